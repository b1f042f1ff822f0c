#include "neurovasc/scene/parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "frames.h"
#include "neurovasc/core/error.h"
#include "palette.h"
#include "plate.h"
#include "render.h"
#include "stage.h"

namespace neurovasc::scene {
namespace {

constexpr double kEarOpacity = 0.3;

constexpr std::array<std::string_view, 9> kNames = {"facial_nerve", "other_nerve",    "artery",
                                                    "vein",         "unknown_vessel", "brain",
                                                    "canal",        "labyrinth",      "pad"};

Rgb rgbOf(Color color) { return {color.r, color.g, color.b}; }

std::string onSide(const std::string& what, Side side) {
  return what + ", " + std::string(name(side));
}

std::string titleOf(const SceneNerve& nerve) {
  return onSide(nerve.name == NerveName::facial ? "facial nerve (VII)"
                                                : "cranial nerve " + std::string(name(nerve.name)),
                nerve.side);
}

std::string titleOf(const Vessel& vessel) {
  const bool named = vessel.name != VesselName::unknown;
  return vessel.id + ": " + std::string(named ? name(vessel.name) : name(vessel.kind));
}

PartKind kindOf(const Vessel& vessel) {
  return vessel.kind == VesselKind::artery ? PartKind::artery
         : vessel.kind == VesselKind::vein ? PartKind::vein
                                           : PartKind::unknown_vessel;
}

TriangleMesh tubeMesh(const Tube& tube, const PartOptions& options) {
  return tubeSurface(resampled(tube, options.tube_step_mm), options.tube_sides);
}

std::vector<Rgb> gapColors(const TriangleMesh& mesh, const SceneContent& content,
                           const PartOptions& options) {
  std::vector<Rgb> colors;
  for (const double gap : gapsTo(content.vessels, mesh.vertices_mm)) {
    colors.push_back(rgbOf(cividis(gap / options.gap_range_mm)));
  }
  return colors;
}

ScenePart partOf(const SceneNerve& nerve, const SceneContent& content, const PartOptions& options) {
  ScenePart part;
  const bool facial = nerve.name == NerveName::facial;
  part.kind = facial ? PartKind::facial_nerve : PartKind::other_nerve;
  part.title = titleOf(nerve);
  part.side = nerve.side;
  part.mesh = tubeMesh(nerve.tube, options);
  part.color = rgbOf(colorOf(nerve.name));
  if (facial && content.gaps_measured) {
    part.vertex_colors = gapColors(part.mesh, content, options);
  }
  return part;
}

ScenePart partOf(const Vessel& vessel, const PartOptions& options) {
  ScenePart part;
  part.kind = kindOf(vessel);
  part.id = vessel.id;
  part.title = titleOf(vessel);
  part.mesh = tubeMesh(vessel.tube, options);
  part.color = rgbOf(colorOf(vessel.kind));
  return part;
}

ScenePart partOf(const Pad& pad) {
  ScenePart part;
  part.kind = PartKind::pad;
  part.id = pad.id;
  part.title = onSide("pad " + pad.id, pad.side);
  part.side = pad.side;
  part.mesh = pad.surface;
  part.color = rgbOf(kPadColor);
  return part;
}

ScenePart earPart(PartKind kind, const char* title, const SceneSurface& ear) {
  ScenePart part;
  part.kind = kind;
  part.title = onSide(title, ear.side);
  part.side = ear.side;
  part.mesh = ear.surface;
  part.color = rgbOf(kEarColor);
  part.opacity = kEarOpacity;
  return part;
}

ScenePart brainPart(const TriangleMesh& mesh) {
  ScenePart part;
  part.title = "brainstem and cerebellum";
  part.mesh = mesh;
  part.color = rgbOf(kBrainColor);
  return part;
}

void addTubes(std::vector<ScenePart>& parts, const SceneContent& content,
              const PartOptions& options) {
  for (const SceneNerve& nerve : content.nerves) {
    if (nerve.tube.size() >= 2) {
      parts.push_back(partOf(nerve, content, options));
    }
  }
  for (const Vessel& vessel : content.vessels) {
    if (vessel.tube.size() >= 2) {
      parts.push_back(partOf(vessel, options));
    }
  }
}

SceneView viewOf(const std::string& view_name, const ViewFrame& frame, const Staging& staging) {
  SceneView view;
  view.name = view_name;
  view.frame = frame;
  const Rect scene = layoutOf({}).scene;
  view.width_mm = scene.width * frame.mm_per_pixel;
  view.height_mm = scene.height * frame.mm_per_pixel;
  view.brain_opacity = staging.brain_opacity;
  view.ears = staging.ears;
  view.other_nerves_opacity = staging.other_nerves_opacity;
  view.brain_cut_mm = staging.brain_cut_mm;
  view.near_cut_mm = staging.near_cut_mm;
  view.far_cut_mm = staging.far_cut_mm;
  return view;
}

SceneView closeUpOf(const SceneContent& content, const ContactOnSide& found) {
  const std::string& id = found.contact->id;
  SceneView view = viewOf("contact_" + id, contactFrame(content, found, {}), stagingOfContact());
  view.title = onSide("Contact " + id, found.side);
  view.side = found.side;
  view.contact = id;
  return view;
}

void addCloseUps(std::vector<SceneView>& views, const SceneContent& content) {
  for (const SceneSide& side : content.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm && facialNerveOf(content, side.side) != nullptr) {
        views.push_back(closeUpOf(content, {side.side, &contact}));
      }
    }
  }
}

void require(bool holds, const char* message) {
  if (!holds) {
    throw Error(ErrorCode::usage, message);
  }
}

}  // namespace

std::string_view name(PartKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

void validate(const PartOptions& options) {
  require(options.tube_step_mm >= 0.05 && options.tube_step_mm <= 5,
          "tube_step_mm is not within 0.05 to 5");
  require(options.tube_sides >= 3 && options.tube_sides <= 128,
          "tube_sides is not within 3 to 128");
  require(options.gap_range_mm > 0, "gap_range_mm is not positive");
}

std::vector<ScenePart> sceneParts(const SceneContent& content, const PartOptions& options) {
  validate(options);
  std::vector<ScenePart> parts;
  addTubes(parts, content, options);
  std::transform(content.pads.begin(), content.pads.end(), std::back_inserter(parts),
                 [](const Pad& pad) { return partOf(pad); });
  for (const SceneSurface& canal : content.canals) {
    parts.push_back(earPart(PartKind::canal, "internal auditory canal", canal));
  }
  for (const SceneSurface& labyrinth : content.labyrinths) {
    parts.push_back(earPart(PartKind::labyrinth, "labyrinth", labyrinth));
  }
  parts.push_back(brainPart(content.brain));
  parts.erase(std::remove_if(parts.begin(), parts.end(),
                             [](const ScenePart& part) { return part.mesh.empty(); }),
              parts.end());
  return parts;
}

std::vector<SceneView> sceneViews(const SceneContent& content) {
  std::vector<SceneView> views;
  for (const View view : allViews()) {
    const std::optional<Side> side = sideOf(view);
    if (side && facialNerveOf(content, *side) == nullptr) {
      continue;
    }
    views.push_back(viewOf(std::string(name(view)), viewFrame(content, view), stagingOf(view)));
    views.back().title = title(view);
    views.back().side = side;
  }
  addCloseUps(views, content);
  return views;
}

}  // namespace neurovasc::scene
