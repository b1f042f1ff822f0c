#include "surgeon.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "frames.h"

namespace neurovasc::scene {
namespace {

/// Nearer than this to the image's end the brain's surface is where the image was cut.
constexpr double kCutSurface_mm = 1.5;
constexpr double kStep_mm = 0.25;
/// A surface as near as this is the brain that the nerve itself lies on.
constexpr double kOwnBed_mm = 3;
/// Vessels farther than this from the nerve are no part of its surroundings.
constexpr double kSurroundings_mm = 20;

/// How far along the ray from @p p a triangle is met (Moeller & Trumbore 1997), if at all.
std::optional<double> meet(const Point3& p, const Vec3& ray, const Point3& a, const Point3& b,
                           const Point3& c) {
  const Vec3 ab = b - a;
  const Vec3 ac = c - a;
  const Vec3 across = cross(ray, ac);
  const double turn = dot(ab, across);
  if (std::abs(turn) < 1e-12) {
    return std::nullopt;
  }
  const Vec3 ap = p - a;
  const double u = dot(ap, across) / turn;
  const Vec3 q = cross(ap, ab);
  const double v = dot(ray, q) / turn;
  const double t = dot(ac, q) / turn;
  const bool inside = u >= 0 && v >= 0 && u + v <= 1;
  return inside && t > 0 ? std::optional<double>(t) : std::nullopt;
}

double lastCrossing(const TriangleMesh& mesh, const Point3& p, const Vec3& ray) {
  double last = 0;
  for (const auto& t : mesh.triangles) {
    const auto met =
        meet(p, ray, mesh.vertices_mm[t[0]], mesh.vertices_mm[t[1]], mesh.vertices_mm[t[2]]);
    last = std::max(last, met.value_or(0));
  }
  return last;
}

double reachOf(const GridGeometry& grid, const Point3& p, const Vec3& ray) {
  double reach = 0;
  while (grid.contains(p + (reach + kStep_mm) * ray)) {
    reach += kStep_mm;
  }
  return reach;
}

PanelNote depthNote(const Plate& plate, const SceneContent& content, Side side) {
  PanelNote note{"Depth in the line of sight", {}};
  for (const ContactOnSide& found : contactsOf(content, side)) {
    const auto& place = found.contact->nerve_point_mm;
    if (!place) {
      continue;
    }
    if (const auto depth = depthOf(content, *place, plate.frame().toward_viewer)) {
      note.lines.push_back(depth->whole
                               ? fmt::format("{}: {:.0f} mm below the cerebellum's surface",
                                             found.contact->id, depth->mm)
                               : fmt::format("{}: over {:.0f} mm, the image ends there",
                                             found.contact->id, std::floor(depth->mm)));
    }
  }
  return note;
}

bool isAround(const Tube& tube, const SceneNerve& nerve) {
  return std::any_of(tube.points_mm.begin(), tube.points_mm.end(), [&nerve](const Point3& p) {
    return project(nerve.tube.points_mm, p).distance_mm < kSurroundings_mm;
  });
}

/// "a, b, c", each once.
void listOnce(std::string& list, const std::string& item) {
  const std::string spaced = ", " + list + ",";
  if (spaced.find(", " + item + ",") == spaced.npos) {
    list += (list.empty() ? "" : ", ") + item;
  }
}

/// Everything of @p side that is wholly hidden or beyond the picture, by name.
struct Unseen {
  std::string hidden;
  std::string beyond;

  void add(Sight sight, const std::string& item) {
    if (sight != Sight::seen) {
      listOnce(sight == Sight::hidden ? hidden : beyond, item);
    }
  }
};

/// Whether one of the rootlets or parts that @p nerve shares its name with is to be seen.
bool anySeen(const Plate& plate, const SceneContent& content, const SceneNerve& nerve) {
  return std::any_of(content.nerves.begin(), content.nerves.end(), [&](const SceneNerve& each) {
    return each.name == nerve.name && each.side == nerve.side && each.tube.size() >= 2 &&
           sightOf(plate, each.tube) == Sight::seen;
  });
}

Unseen unseenOf(const Plate& plate, const SceneContent& content, Side side) {
  Unseen unseen;
  const SceneNerve* facial = facialNerveOf(content, side);
  for (const SceneNerve& nerve : content.nerves) {
    const bool known = nerve.tube.size() >= 2 && nerve.name != NerveName::unknown;
    if (known && nerve.side == side && !anySeen(plate, content, nerve)) {
      unseen.add(sightOf(plate, nerve.tube), std::string(name(nerve.name)));
    }
  }
  for (const Vessel& vessel : content.vessels) {
    const bool named = vessel.name != VesselName::unknown && vessel.name != VesselName::vein;
    if (named && facial != nullptr && isAround(vessel.tube, *facial)) {
      unseen.add(sightOf(plate, vessel.tube), std::string(name(vessel.name)) + " " + vessel.id);
    }
  }
  return unseen;
}

PanelNote unseenNote(const Plate& plate, const SceneContent& content, Side side) {
  const Unseen unseen = unseenOf(plate, content, side);
  PanelNote note{"Not in this picture", {}};
  if (!unseen.hidden.empty()) {
    note.lines.push_back("hidden: " + unseen.hidden);
  }
  if (!unseen.beyond.empty()) {
    note.lines.push_back("beyond its edges: " + unseen.beyond);
  }
  note.lines.emplace_back("not told apart in the images: sigmoid sinus, petrous face, flocculus");
  return note;
}

}  // namespace

std::optional<Depth> depthOf(const SceneContent& content, const Point3& p,
                             const Vec3& toward_viewer) {
  if (content.t2.image.empty() || !content.t2.image.geometry().contains(p)) {
    return std::nullopt;
  }
  const double reach = reachOf(content.t2.image.geometry(), p, toward_viewer);
  const double surface = lastCrossing(content.brain, p, toward_viewer);
  const bool whole = surface > kOwnBed_mm && surface < reach - kCutSurface_mm;
  return Depth{whole ? surface : reach, whole};
}

std::vector<PanelNote> surgeonsNotes(const Plate& plate, const SceneContent& content, Side side) {
  std::vector<PanelNote> notes;
  PanelNote depth = depthNote(plate, content, side);
  if (!depth.lines.empty()) {
    notes.push_back(std::move(depth));
  }
  notes.push_back(unseenNote(plate, content, side));
  return notes;
}

}  // namespace neurovasc::scene
