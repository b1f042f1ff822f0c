#include "neurovasc/scene/animation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "frames.h"
#include "furniture.h"
#include "neurovasc/core/error.h"
#include "panel.h"
#include "plate.h"

namespace neurovasc::scene {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kFromBelow = 0.35;     // of the direction to the eye: shows the roots from beneath
constexpr double kBrainOpacity = 0.22;  // the roots on the far side stay visible
constexpr double kFilling = 0.92;       // of the picture's width by what turns
constexpr double kNumbersWithin_mm = 15;  // contacts farther ahead of an endoscope are not numbered

void require(bool holds, const char* message, const char* hint) {
  if (!holds) {
    throw Error(ErrorCode::usage, message, hint);
  }
}

Vec3 turned(double angle) {
  // From the front over the patient's left.
  return normalized({std::sin(angle), -std::cos(angle), -kFromBelow});
}

/// How far what a turntable shows reaches from @p axis, seen from above.
double reachFrom(const SceneContent& content, const Point3& axis) {
  double reach = 1;
  for (const SceneNerve& nerve : content.nerves) {
    for (const Point3& p : nerve.tube.points_mm) {
      if (nerve.name == NerveName::facial) {
        reach = std::max(reach, std::hypot(p.x - axis.x, p.y - axis.y));
      }
    }
  }
  return reach;
}

/// What stays the same in every frame: the legend is drawn once.
class Backdrop {
 public:
  Backdrop(const SceneContent& content, const PictureOptions& options, PanelParts parts,
           const std::string& title)
      : layout_(layoutOf(options)), canvas_(options.width_px, options.height_px, kPaper) {
    parts.gap_colors = content.gaps_measured;
    drawPanel(canvas_, layout_, content, parts, options.gap_range_mm);
    drawHeaderAndFooter(canvas_, layout_, title, content.label);
  }

  const Layout& layout() const { return layout_; }
  Canvas copy() const { return canvas_; }

 private:
  Layout layout_;
  Canvas canvas_;
};

Staging turntableStaging() {
  Staging staging;
  staging.brain_opacity = kBrainOpacity;
  return staging;
}

Picture turntableFrame(const Backdrop& backdrop, Stage& stage, const ViewFrame& frame,
                       const std::vector<ContactOnSide>& contacts) {
  Canvas canvas = backdrop.copy();
  const Layout& layout = backdrop.layout();
  Plate plate(canvas, layout.scene, layout.unit, stage, frame, turntableStaging());
  plate.addLetters(std::nullopt);
  addContacts(plate, contacts);
  plate.finish();
  return canvas.take();
}

Staging endoscopeStaging() {
  Staging staging;
  staging.ears = false;  // the eye starts within the canal
  return staging;
}

EyePlace eyeOf(const EndoscopePlace& place) { return {place.eye_mm, place.forward, place.up}; }

/// Where a place ahead of the eye appears; empty behind it or far off.
std::optional<Spot> spotFrom(const EyePlace& eye, const Rect& scene, const Point3& p) {
  const Vec3 to = p - eye.eye_mm;
  const double ahead = dot(to, eye.forward);
  if (ahead < 0.5 || ahead > kNumbersWithin_mm) {
    return std::nullopt;
  }
  const double scale = scene.height / 2 / std::tan(eye.opening_deg * kPi / 360) / ahead;
  const Vec3 right = cross(eye.forward, eye.up);
  const Spot at = {scene.center().x + scale * dot(to, right),
                   scene.center().y - scale * dot(to, eye.up)};
  const bool inside =
      at.x > scene.x && at.x < scene.right() && at.y > scene.y && at.y < scene.bottom();
  return inside ? std::optional<Spot>(at) : std::nullopt;
}

void drawNumbers(Canvas& canvas, const Layout& layout, const EyePlace& eye,
                 const std::vector<ContactOnSide>& contacts) {
  LabelPlacer placer(layout.scene);
  placer.reserve(cubeBox(layout.scene, layout.unit));
  std::vector<Label2d> labels;
  for (const ContactOnSide& found : contacts) {
    if (const auto& place = found.contact->nerve_point_mm) {
      if (const auto at = spotFrom(eye, layout.scene, *place)) {
        labels.push_back({found.contact->id, *at, kInk, true,
                          found.contact->contact_probability.value_or(0) >= kProbable});
      }
    }
  }
  drawLabels(canvas, placer, labels, layout.unit);
}

Picture endoscopeFrame(const Backdrop& backdrop, Stage& stage, const EndoscopePlace& place,
                       const std::vector<ContactOnSide>& contacts) {
  Canvas canvas = backdrop.copy();
  const Layout& layout = backdrop.layout();
  const EyePlace eye = eyeOf(place);
  canvas.paste(stage.drawFrom(eye, endoscopeStaging(), static_cast<int>(layout.scene.width),
                              static_cast<int>(layout.scene.height)),
               static_cast<int>(layout.scene.x), static_cast<int>(layout.scene.y));
  drawOrientationCube(canvas, cubeBox(layout.scene, layout.unit),
                      lookAt(place.eye_mm, -place.forward, place.up, layout.scene));
  drawNumbers(canvas, layout, eye, contacts);
  canvas.text(fmt::format("{:.1f} mm from root exit", place.arclength_mm),
              {layout.scene.x + 14 * layout.unit, layout.scene.bottom() - 34 * layout.unit},
              {18 * layout.unit, kPaper, true, true});
  return canvas.take();
}

}  // namespace

void validate(const AnimationOptions& options) {
  validate(options.picture);
  require(options.frames_per_second >= 1 && options.frames_per_second <= 60,
          "frames_per_second is not within 1 to 60", "12 turns calmly.");
  require(options.turntable_frames >= 4 && options.turntable_frames <= 3600,
          "turntable_frames is not within 4 to 3600", "72 are 5 degrees each.");
  require(options.endoscopy_step_mm >= 0.02 && options.endoscopy_step_mm <= 5,
          "endoscopy_step_mm is not within 0.02 to 5", "0.2 mm can be followed.");
}

std::vector<ViewFrame> turntableFrames(const SceneContent& content,
                                       const AnimationOptions& options) {
  validate(options);
  const Rect scene = layoutOf(options.picture).scene;
  const Point3 axis = viewFrame(content, View::overview, options.picture).center_mm;
  const double mm_per_pixel = 2 * reachFrom(content, axis) / (kFilling * scene.width);
  std::vector<ViewFrame> frames;
  for (int n = 0; n < options.turntable_frames; ++n) {
    frames.push_back(
        lookAt(axis, turned(2 * kPi * n / options.turntable_frames), {0, 0, 1}, scene));
    frames.back().mm_per_pixel = mm_per_pixel;
  }
  return frames;
}

void writeTurntable(const SceneContent& content, const std::string& path,
                    const AnimationOptions& options, const Progress& progress) {
  const std::vector<ViewFrame> frames = turntableFrames(content, options);
  FilmWriter film(path, options.frames_per_second);
  PanelParts parts;
  parts.contacts = contactsOf(content, std::nullopt);
  parts.findings = sidesOf(content, std::nullopt);
  const Backdrop backdrop(content, options.picture, parts, "Turntable");
  Stage stage(content, options.picture);
  for (std::size_t n = 0; n < frames.size(); ++n) {
    progress.report("pictures", static_cast<double>(n) / static_cast<double>(frames.size()),
                    "turntable");
    film.add(turntableFrame(backdrop, stage, frames[n], parts.contacts));
  }
  film.finish();
}

void writeEndoscopy(const SceneContent& content, Side side, const std::string& path,
                    const AnimationOptions& options, const Progress& progress) {
  validate(options);
  const std::vector<EndoscopePlace> places =
      endoscopePath(content, side, options.endoscopy_step_mm);
  FilmWriter film(path, options.frames_per_second);
  PanelParts parts;
  parts.ears = false;
  parts.contacts = contactsOf(content, side);
  parts.findings = sidesOf(content, side);
  const Backdrop backdrop(content, options.picture, parts,
                          fmt::format("Through the cistern to the root, {}", name(side)));
  Stage stage(content, options.picture);
  for (std::size_t n = 0; n < places.size(); ++n) {
    progress.report("pictures", static_cast<double>(n) / static_cast<double>(places.size()),
                    "endoscopy");
    film.add(endoscopeFrame(backdrop, stage, places[n], parts.contacts));
  }
  film.finish();
}

}  // namespace neurovasc::scene
