#include "neurovasc/scene/dates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <functional>

#include "common_field.h"
#include "frames.h"
#include "furniture.h"
#include "plate.h"

namespace neurovasc::scene {
namespace {

constexpr double kWider = 1.5;  // than a picture of one date
constexpr double kBetween_px = 4;
/// A cut through a surface that ends beside it, almost in the same plane, would be ragged: two
/// surfaces of one border differ by less than this.
constexpr double kRim_mm = 1.5;

void move(Tube& tube, const RigidTransform& to) {
  std::transform(tube.points_mm.begin(), tube.points_mm.end(), tube.points_mm.begin(), to);
}

void move(TriangleMesh& mesh, const RigidTransform& to) {
  std::transform(mesh.vertices_mm.begin(), mesh.vertices_mm.end(), mesh.vertices_mm.begin(), to);
}

void move(std::optional<Point3>& point, const RigidTransform& to) {
  if (point) {
    point = to(*point);
  }
}

void move(NerveLandmarks& marks, const RigidTransform& to) {
  for (auto* mark : {&marks.root_exit_point, &marks.detachment_point, &marks.porus}) {
    if (*mark) {
      (*mark)->lps_mm = to((*mark)->lps_mm);
    }
  }
}

void move(ImageF& image, const RigidTransform& to) {
  GridGeometry grid = image.geometry();
  grid.origin_mm = to(grid.origin_mm);
  grid.direction = to.rotation * grid.direction;
  ImageF moved(grid);
  std::copy(image.begin(), image.end(), moved.begin());
  image = std::move(moved);
}

PictureOptions widened(PictureOptions options) {
  options.width_px = static_cast<int>(kWider * options.width_px);
  return options;
}

/// The scene's part of a picture, for the first or the second of two dates.
Rect halfOf(const Rect& scene, bool second) {
  const double width = std::floor((scene.width - kBetween_px) / 2);
  return {scene.x + (second ? width + kBetween_px : 0), scene.y, width, scene.height};
}

bool hasNerves(const DatesScene& scene, Side side) {
  return facialNerveOf(scene.first, side) != nullptr && facialNerveOf(scene.later, side) != nullptr;
}

std::vector<View> viewsOf(const DatesScene& scene) {
  std::vector<View> views = {View::overview};
  if (hasNerves(scene, Side::left)) {
    views.insert(views.end(), {View::retrosigmoid_left, View::end_on_left});
  }
  if (hasNerves(scene, Side::right)) {
    views.insert(views.end(), {View::retrosigmoid_right, View::end_on_right});
  }
  return views;
}

std::vector<PanelNote> notesOf(const DatesScene& scene, std::optional<Side> side) {
  std::vector<PanelNote> notes;
  for (const FollowedPlace& place : scene.places) {
    if (!side || place.side == *side) {
      notes.push_back({place.id, place.lines});
    }
  }
  return notes;
}

void addPlaces(Plate& plate, const DatesScene& scene, std::optional<Side> side, bool later) {
  for (const FollowedPlace& place : scene.places) {
    if (!side || place.side == *side) {
      plate.addNumber(place.id, place.place_mm, later ? place.touches_later : place.touches_first);
    }
  }
}

void addCaption(Plate& plate, const Rect& area, const std::string& text) {
  const TextStyle style{19 * plate.unit(), kInk, true, true};
  // Below the line of the letters, which a long caption would run into.
  const Spot at = {area.x + 14 * plate.unit(), area.y + 38 * plate.unit()};
  const Rect size = Canvas::measure(text, style);
  plate.keepFree({at.x, at.y, size.width, size.height});
  plate.canvas().text(text, at, style);
}

std::vector<Tube> facialNerves(const DatesScene& scene) {
  std::vector<Tube> nerves;
  for (const SceneContent* content : {&scene.first, &scene.later}) {
    for (const SceneNerve& nerve : content->nerves) {
      if (nerve.name == NerveName::facial) {
        nerves.push_back(nerve.tube);
      }
    }
  }
  return nerves;
}

/// What @p content shows: its image but for a rim, and of that no more than its brain reaches.
/// Brain fills the region that was looked at but for the cistern, and that region is smaller than
/// the images. Empty where there is no image.
std::optional<GridGeometry> fieldOf(const SceneContent& content) {
  if (content.t2.image.empty()) {
    return std::nullopt;
  }
  const GridGeometry& grid = content.t2.image.geometry();
  Vec3 lower = {0, 0, 0};
  Vec3 upper = {grid.size[0] - 1.0, grid.size[1] - 1.0, grid.size[2] - 1.0};
  if (!content.brain.empty()) {
    std::swap(lower, upper);
    for (const Point3& p : content.brain.vertices_mm) {
      const Vec3 at = grid.toIndex(p);
      for (int axis = 0; axis < 3; ++axis) {
        lower[axis] = std::min(lower[axis], at[axis]);
        upper[axis] = std::max(upper[axis], at[axis]);
      }
    }
  }
  GridGeometry field = grid;
  for (int axis = 0; axis < 3; ++axis) {
    const double rim = kRim_mm / grid.spacing_mm[axis];
    lower[axis] = std::max(lower[axis], 0.0) + rim;
    const double end = std::min(upper[axis], grid.size[static_cast<std::size_t>(axis)] - 1.0) - rim;
    field.size[static_cast<std::size_t>(axis)] =
        std::max(1, 1 + static_cast<int>(std::floor(end - lower[axis])));
  }
  field.origin_mm = grid.toLps(lower);
  return field;
}

/// Both contents' kinds of things, for one legend.
SceneContent together(const DatesScene& scene) {
  SceneContent both;
  both.nerves = scene.first.nerves;
  both.vessels = scene.first.vessels;
  both.vessels.insert(both.vessels.end(), scene.later.vessels.begin(), scene.later.vessels.end());
  both.pads = scene.first.pads;
  both.pads.insert(both.pads.end(), scene.later.pads.begin(), scene.later.pads.end());
  both.brain = scene.first.brain;
  both.labyrinths = scene.first.labyrinths;
  both.canals = scene.first.canals;
  both.gaps_measured = scene.first.gaps_measured && scene.later.gaps_measured;
  return both;
}

PanelParts partsOf(const DatesScene& scene, View view) {
  const Staging staging = stagingOf(view);
  PanelParts parts;
  parts.gap_colors = scene.first.gaps_measured && scene.later.gaps_measured;
  parts.brain = staging.brain_opacity > 0;
  parts.ears = staging.ears;
  parts.numbers = !scene.places.empty();
  parts.notes = notesOf(scene, sideOf(view));
  parts.notes_title = "Followed";
  return parts;
}

/// One date in its half of the picture.
void drawHalf(Canvas& canvas, const Layout& layout, Stage& stage, const DatesScene& scene,
              View view, bool later) {
  const SceneContent& content = later ? scene.later : scene.first;
  const Rect area = halfOf(layout.scene, later);
  // The first date's camera for both; only the middle of the picture differs.
  ViewFrame frame = frameWithin(scene.first, view, halfOf(layout.scene, false));
  frame.center_x_px = area.center().x;
  Plate plate(canvas, area, layout.unit, stage, frame, stagingOf(view));
  addCaption(plate, area, later ? scene.later_title : scene.first_title);
  plate.addLetters(sideOf(view));
  addClock(plate, scene.first, view);
  addPlaces(plate, scene, sideOf(view), later);
  addNames(plate, content, contactsOf(content, sideOf(view)));
  plate.finish();
}

Picture drawDates(Stage& first, Stage& later, const DatesScene& scene, View view,
                  const PictureOptions& options) {
  const PictureOptions wide = widened(options);
  const Layout layout = layoutOf(wide);
  Canvas canvas(wide.width_px, wide.height_px, kRule);
  drawHalf(canvas, layout, first, scene, view, false);
  drawHalf(canvas, layout, later, scene, view, true);
  drawPanel(canvas, layout, together(scene), partsOf(scene, view), options.gap_range_mm);
  drawHeaderAndFooter(canvas, layout, title(view) + ", two dates", scene.first.label);
  return canvas.take();
}

View surgicalView(Side side) {
  return side == Side::left ? View::retrosigmoid_left : View::retrosigmoid_right;
}

SceneContent withVesselsBefore(const DatesScene& scene) {
  SceneContent content = scene.later;
  content.vessels_before = scene.first.vessels;
  return content;
}

Picture drawGapChange(Stage& stage, const SceneContent& content, const DatesScene& scene, Side side,
                      const PictureOptions& options) {
  const View view = surgicalView(side);
  Staging staging = stagingOf(view);
  staging.other_nerves_opacity = 0.15;  // VIII would tint the colours of VII
  const Layout layout = layoutOf(options);
  Canvas canvas(options.width_px, options.height_px, kPaper);
  Plate plate(canvas, layout.scene, layout.unit, stage,
              frameWithin(scene.first, view, layout.scene), staging);
  plate.addLetters(side);
  addPlaces(plate, scene, side, true);
  addNames(plate, content, contactsOf(content, side));
  plate.finish();
  drawPanel(canvas, layout, content, partsOf(scene, view), options.gap_range_mm);
  drawHeaderAndFooter(canvas, layout, "Change of the gap, " + std::string(name(side)),
                      scene.first.label);
  return canvas.take();
}

/// The stages of both dates and of the change, made when first needed.
class Stages {
 public:
  Stages(const DatesScene& scene, const PictureOptions& options)
      : changed(withVesselsBefore(scene)),
        first(scene.first, options),
        later(scene.later, options),
        change(changed, options) {}

  SceneContent changed;
  Stage first;
  Stage later;
  Stage change;
};

struct Job {
  PictureFile file;
  std::function<Picture(Stages&)> draw;
};

std::vector<Job> jobsOf(const DatesScene& scene, const PictureOptions& options) {
  std::vector<Job> jobs;
  for (const View view : viewsOf(scene)) {
    jobs.push_back({{"dates_" + std::string(name(view)) + ".png", title(view) + ", two dates"},
                    [&scene, &options, view](Stages& stages) {
                      return drawDates(stages.first, stages.later, scene, view, options);
                    }});
  }
  for (const Side side : kSides) {
    if (hasNerves(scene, side) && together(scene).gaps_measured) {
      const std::string word(name(side));
      jobs.push_back({{"gap_change_" + word + ".png", "Change of the gap, " + word},
                      [&scene, &options, side](Stages& stages) {
                        return drawGapChange(stages.change, stages.changed, scene, side, options);
                      }});
    }
  }
  for (const FollowedPlace& place : scene.places) {
    jobs.push_back(
        {{"dates_" + place.id + "_slices.png", "Cuts through " + place.id + ", two dates"},
         [&scene, &options, &place](Stages&) {
           return renderDatesSlices(scene, place.id, options);
         }});
  }
  return jobs;
}

}  // namespace

SceneContent inFrame(SceneContent content, const RigidTransform& to) {
  for (ImageF* image : {&content.t2.image, content.tof ? &content.tof->image : nullptr}) {
    if (image != nullptr && !image->empty()) {
      move(*image, to);
    }
  }
  for (SceneNerve& nerve : content.nerves) {
    move(nerve.tube, to);
    move(nerve.landmarks, to);
  }
  for (Vessel& vessel : content.vessels) {
    move(vessel.tube, to);
  }
  for (auto* surfaces : {&content.labyrinths, &content.canals}) {
    for (SceneSurface& each : *surfaces) {
      move(each.surface, to);
    }
  }
  for (Pad& pad : content.pads) {
    move(pad.surface, to);
    pad.center_mm = to(pad.center_mm);
  }
  for (SceneSide& side : content.sides) {
    for (Contact& contact : side.contacts) {
      move(contact.nerve_point_mm, to);
      move(contact.vessel_point_mm, to);
    }
  }
  move(content.brain, to);
  return content;
}

DatesScene inCommonField(DatesScene scene) {
  const std::vector<Tube> nerves = facialNerves(scene);
  const std::array<std::optional<GridGeometry>, 2> fields = {fieldOf(scene.first),
                                                             fieldOf(scene.later)};
  if (!fields[0] || !fields[1]) {
    return scene;
  }
  for (SceneContent* content : {&scene.first, &scene.later}) {
    const SceneContent& other = content == &scene.first ? scene.later : scene.first;
    content->vessels = cutTo(other.t2.image.geometry(), content->vessels, nerves);
    // By both fields, so that what hangs together at one date does at the other.
    for (const auto& field : fields) {
      content->brain = cutTo(*field, content->brain);
    }
  }
  return scene;
}

std::vector<PictureFile> datesPictureFiles(const DatesScene& scene) {
  std::vector<PictureFile> files;
  for (const Job& job : jobsOf(scene, {})) {
    files.push_back(job.file);
  }
  return files;
}

Picture renderDates(const DatesScene& scene, View view, const PictureOptions& options,
                    const Progress& progress) {
  validate(options);
  progress.report("pictures", 0, title(view));
  Stage first(scene.first, options);
  Stage later(scene.later, options);
  return drawDates(first, later, scene, view, options);
}

Picture renderGapChange(const DatesScene& scene, Side side, const PictureOptions& options,
                        const Progress& progress) {
  validate(options);
  progress.report("pictures", 0, "change of the gap");
  const SceneContent content = withVesselsBefore(scene);
  Stage stage(content, options);
  return drawGapChange(stage, content, scene, side, options);
}

std::vector<std::string> writeDatesPictures(const DatesScene& scene, const std::string& directory,
                                            const PictureOptions& options,
                                            const Progress& progress) {
  validate(options);
  const std::vector<Job> jobs = jobsOf(scene, options);
  progress.report("pictures", 0);
  Stages stages(scene, options);
  std::vector<std::string> written;
  for (const Job& job : jobs) {
    progress.stop().throwIfStopped();
    writePng(job.draw(stages), (std::filesystem::path(directory) / job.file.name).string());
    written.push_back(job.file.name);
    progress.report("pictures", static_cast<double>(written.size()) / jobs.size(), job.file.title);
  }
  return written;
}

}  // namespace neurovasc::scene
