#include "render.h"

#include <algorithm>
#include <cmath>

#include "frames.h"
#include "furniture.h"
#include "labels.h"
#include "panel.h"

namespace neurovasc::scene {
namespace {

constexpr double kLongestBar = 0.22;  // of the scene's width
constexpr double kClockRadius_mm = 4;

Staging stagingOf(View view) {
  Staging staging;
  switch (view) {
    case View::overview:
      staging.brain_opacity = 0.35;
      break;
    case View::retrosigmoid_left:
    case View::retrosigmoid_right:
      staging.brain_cut_mm = 1;             // the cerebellum, which the surgeon holds aside
      staging.other_nerves_opacity = 0.45;  // VIII lies before VII
      break;
    case View::end_on_left:
    case View::end_on_right:
      staging.brain_opacity = 0;
      staging.ears = false;
      staging.near_cut_mm = 1;  // cut across nerve and vessel just before the place
      staging.far_cut_mm = 10;
      break;
    case View::brainstem_left:
    case View::brainstem_right:
      staging.brain_opacity = 0.8;  // lets the sunken part of the root show
      staging.ears = false;
      break;
  }
  return staging;
}

Staging stagingOfContact() {
  Staging staging;
  staging.ears = false;
  staging.other_nerves_opacity = 0.35;
  staging.brain_cut_mm = -1;  // behind nerve and vessel, as a ground
  staging.near_cut_mm = 5;    // what lies between the eye and the contact
  return staging;
}

/// A picture in the making: the scene is drawn, labels and legend are to follow.
class Plate {
 public:
  Plate(Stage& stage, const ViewFrame& frame, const Staging& staging, const PictureOptions& options)
      : frame_(frame),
        staging_(staging),
        layout_(layoutOf(options)),
        canvas_(options.width_px, options.height_px, kPaper),
        placer_(layout_.scene) {
    const Rect& scene = layout_.scene;
    canvas_.paste(
        stage.draw(frame, staging, static_cast<int>(scene.width), static_cast<int>(scene.height)),
        static_cast<int>(scene.x), static_cast<int>(scene.y));
    const double bar_room = kLongestBar * scene.width + 40 * unit();
    placer_.reserve({scene.x, scene.bottom() - 60 * unit(), bar_room, 60 * unit()});
  }

  double unit() const { return layout_.unit; }
  const Layout& layout() const { return layout_; }
  Canvas& canvas() { return canvas_; }
  Spot spot(const Point3& p) const { return spotOf(frame_, p); }
  bool shows(const Point3& p) const {
    const double nearer = dot(p - frame_.center_mm, frame_.toward_viewer);
    return inside(spot(p)) && nearer <= staging_.near_cut_mm.value_or(nearer) &&
           -nearer <= staging_.far_cut_mm.value_or(-nearer);
  }
  bool inside(const Spot& s) const {
    const double margin = 12 * unit();
    const Rect& a = layout_.scene;
    return s.x > a.x + margin && s.y > a.y + margin && s.x < a.right() - margin &&
           s.y < a.bottom() - margin;
  }

  void keepFree(const Rect& box) { placer_.reserve(box); }

  void addLetters(std::optional<Side> side) {
    std::array<std::string, 4> letters = frame_.edge_letters;
    const std::array<Vec3, 4> edges = {frame_.right, frame_.up, -frame_.right, -frame_.up};
    for (std::size_t i = 0; side && i < 4; ++i) {
      letters[i] = wordOf(edges[i], *side) + " (" + letters[i] + ")";
    }
    for (const Rect& box : edgeLetterBoxes(layout_.scene, letters, unit())) {
      placer_.reserve(box);
    }
    drawEdgeLetters(canvas_, layout_.scene, letters, unit(), kInk);
  }

  /// The text beside @p at, if that is to be seen.
  void addLabel(const std::string& text, const Point3& at) {
    if (shows(at)) {
      labels_.push_back({text, spot(at), kInk});
    }
  }

  /// The contact's number, white on black where it probably touches.
  void addNumber(const Contact& contact) {
    if (contact.nerve_point_mm && shows(*contact.nerve_point_mm)) {
      const bool touches = contact.contact_probability.value_or(0) >= kProbable;
      labels_.push_back({contact.id, spot(*contact.nerve_point_mm), kInk, true, touches});
    }
  }

  Picture finish(const std::string& title, const SceneContent& content, PanelParts parts,
                 const PictureOptions& options) {
    parts.gap_colors = parts.gap_colors && content.gaps_measured;
    drawLabels(canvas_, placer_, labels_, unit());
    const Rect& scene = layout_.scene;
    drawScaleBar(canvas_,
                 {std::round(scene.x + 20 * unit()), std::round(scene.bottom() - 18 * unit())},
                 frame_.mm_per_pixel, kLongestBar * scene.width, unit(), kInk);
    drawPanel(canvas_, layout_, content, parts, options.gap_range_mm);
    drawHeaderAndFooter(canvas_, layout_, title, content.label);
    return canvas_.take();
  }

 private:
  ViewFrame frame_;
  Staging staging_;
  Layout layout_;
  Canvas canvas_;
  LabelPlacer placer_;
  std::vector<Label2d> labels_;
};

/// The place at @p fraction of the longest stretch of @p line that the plate shows; empty where it
/// shows less than 3 mm.
std::optional<Point3> placeOnShown(const Plate& plate, const std::vector<Point3>& line,
                                   double fraction) {
  std::size_t best_from = 0;
  std::size_t best_count = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!plate.shows(line[i])) {
      from = i + 1;
    } else if (i + 1 - from > best_count) {
      best_from = from;
      best_count = i + 1 - from;
    }
  }
  if (best_count < 2) {
    return std::nullopt;
  }
  const std::vector<Point3> shown(
      line.begin() + static_cast<std::ptrdiff_t>(best_from),
      line.begin() + static_cast<std::ptrdiff_t>(best_from + best_count));
  const double length = lengthOf(shown);
  return length < 3 ? std::nullopt : std::optional<Point3>(pointAt(shown, fraction * length));
}

void addContacts(Plate& plate, const std::vector<ContactOnSide>& contacts) {
  for (const ContactOnSide& found : contacts) {
    plate.addNumber(*found.contact);
  }
}

void addNerveNames(Plate& plate, const SceneContent& content) {
  for (const SceneNerve& nerve : content.nerves) {
    const bool facial = nerve.name == NerveName::facial;
    if (nerve.tube.size() < 2 || nerve.name == NerveName::unknown) {
      continue;
    }
    // Towards the canal, where VII and VIII are apart from the vessels at the root.
    if (const auto at = placeOnShown(plate, nerve.tube.points_mm, facial ? 0.7 : 0.78)) {
      plate.addLabel(std::string(name(nerve.name)), *at);
    }
  }
}

bool isNear(const Vessel& vessel, const std::vector<ContactOnSide>& contacts) {
  return std::any_of(contacts.begin(), contacts.end(), [&vessel](const ContactOnSide& c) {
    return c.contact->vessel_id == vessel.id;
  });
}

void addVesselNames(Plate& plate, const SceneContent& content,
                    const std::vector<ContactOnSide>& contacts) {
  for (const Vessel& vessel : content.vessels) {
    // Veins have no name of their own, and there are many.
    const bool named = vessel.name != VesselName::unknown && vessel.name != VesselName::vein;
    if (!named && !isNear(vessel, contacts)) {
      continue;
    }
    if (const auto at = placeOnShown(plate, vessel.tube.points_mm, 0.5)) {
      plate.addLabel(
          vessel.name == VesselName::unknown ? vessel.id : std::string(name(vessel.name)), *at);
    }
  }
}

void addPads(Plate& plate, const SceneContent& content) {
  for (const Pad& pad : content.pads) {
    plate.addLabel(pad.id.empty() ? "pad" : "pad " + pad.id, pad.center_mm);
  }
}

/// The clock round the nerve: 12 cranial, as in Contact::clock_h.
void drawClock(Plate& plate, const Point3& center, double mm_per_pixel) {
  const Spot middle = plate.spot(center);
  const double radius = kClockRadius_mm / mm_per_pixel;
  plate.canvas().ring(middle, radius, 1.5 * plate.unit(), kGreyInk);
  const TextStyle style{17 * plate.unit(), kGreyInk, true, true};
  for (int hour = 1; hour <= 12; ++hour) {
    const double angle = hour * 2 * 3.14159265358979323846 / 12;
    const double c = std::sin(angle);
    const double s = -std::cos(angle);
    const double tick = hour % 3 == 0 ? 0.9 : 0.95;
    plate.canvas().line({middle.x + tick * radius * c, middle.y + tick * radius * s},
                        {middle.x + radius * c, middle.y + radius * s}, 1.5 * plate.unit(),
                        kGreyInk);
    if (hour % 3 == 0) {
      plate.canvas().text(
          std::to_string(hour),
          {middle.x + 1.12 * radius * c, middle.y + 1.12 * radius * s - 11 * plate.unit()}, style,
          Align::center);
    }
  }
}

bool isEndOn(View view) { return view == View::end_on_left || view == View::end_on_right; }

/// The nearest pair of points, drawn over everything.
void drawPair(Plate& plate, const Contact& contact) {
  const double u = plate.unit();
  const Spot a = plate.spot(*contact.nerve_point_mm);
  const Spot b = plate.spot(contact.vessel_point_mm.value_or(*contact.nerve_point_mm));
  const double around = 26 * u;
  const Spot corner = {std::min(a.x, b.x) - around, std::min(a.y, b.y) - around};
  plate.keepFree(
      {corner.x, corner.y, std::abs(a.x - b.x) + 2 * around, std::abs(a.y - b.y) + 2 * around});
  plate.canvas().line(a, b, 5 * u, kPaper);
  plate.canvas().line(a, b, 2.4 * u, kInk);
  for (const Spot& end : {a, b}) {
    plate.canvas().disc(end, 6.5 * u, kPaper);
    plate.canvas().disc(end, 4.5 * u, kInk);
  }
}

}  // namespace

Picture drawView(Stage& stage, const SceneContent& content, View view,
                 const PictureOptions& options) {
  const std::optional<Side> side = sideOf(view);
  const ViewFrame frame = viewFrame(content, view, options);
  const Staging staging = stagingOf(view);
  PanelParts parts;
  parts.brain = staging.brain_opacity > 0;
  parts.ears = staging.ears;
  parts.contacts = contactsOf(content, side);
  parts.findings = sidesOf(content, side);
  Plate plate(stage, frame, staging, options);
  plate.addLetters(side);
  if (isEndOn(view)) {
    drawClock(plate, clockCenter(content, *side), frame.mm_per_pixel);
  }
  addContacts(plate, parts.contacts);
  addNerveNames(plate, content);
  addVesselNames(plate, content, parts.contacts);
  addPads(plate, content);
  return plate.finish(title(view), content, parts, options);
}

Picture drawContact(Stage& stage, const SceneContent& content, const std::string& contact_id,
                    const PictureOptions& options) {
  const ContactOnSide found = findContact(content, contact_id);
  const Staging staging = stagingOfContact();
  PanelParts parts;
  parts.ears = staging.ears;
  parts.contacts = {found};
  Plate plate(stage, contactFrame(content, found, options), staging, options);
  plate.addLetters(found.side);
  drawPair(plate, *found.contact);
  addContacts(plate, parts.contacts);
  addNerveNames(plate, content);
  addVesselNames(plate, content, parts.contacts);
  addPads(plate, content);
  return plate.finish("Contact " + contact_id + ", " + std::string(name(found.side)), content,
                      parts, options);
}

Picture renderView(const SceneContent& content, View view, const PictureOptions& options,
                   const Progress& progress) {
  validate(options);
  progress.report("pictures", 0, title(view));
  Stage stage(content, options);
  Picture picture = drawView(stage, content, view, options);
  progress.report("pictures", 1, title(view));
  return picture;
}

Picture renderContact(const SceneContent& content, const std::string& contact_id,
                      const PictureOptions& options, const Progress& progress) {
  validate(options);
  placeOf(content, findContact(content, contact_id));  // refused before anything is drawn
  progress.report("pictures", 0, contact_id);
  Stage stage(content, options);
  Picture picture = drawContact(stage, content, contact_id, options);
  progress.report("pictures", 1, contact_id);
  return picture;
}

}  // namespace neurovasc::scene
