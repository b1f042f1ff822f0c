#include "plate.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "frames.h"
#include "furniture.h"

namespace neurovasc::scene {
namespace {

constexpr double kLongestBar = 0.22;  // of the scene's width
constexpr double kClockRadius_mm = 4;
constexpr double kKnownBy_mm = 2;  // a shorter stretch could be anything
/// Pieces of one name whose names would stand nearer than this are one vessel, named once; the
/// arteries of both sides lie farther apart.
constexpr double kOneVessel_mm = 8;
constexpr double kOneVessel_px = 70;  // nor is a name written twice side by side
constexpr double kClear_px = 10;      // of the facial nerve: half of a name's height and a little
/// Neighbours sink into one another a little, and a tube's middle lies below its surface.
constexpr double kHiddenBelow_mm = 0.6;

/// The longest stretch of @p tube whose points @p taken takes.
template <typename Taken>
std::vector<Point3> longestStretch(const Tube& tube, const Taken& taken) {
  std::vector<Point3> run;
  std::vector<Point3> longest;
  for (std::size_t i = 0; i < tube.size(); ++i) {
    if (taken(i)) {
      run.push_back(tube.points_mm[i]);
    } else {
      run.clear();
    }
    if (run.size() > longest.size()) {
      longest = run;
    }
  }
  return longest;
}

std::vector<Point3> seenStretch(const Plate& plate, const Tube& tube) {
  return longestStretch(
      tube, [&](std::size_t i) { return plate.sees(tube.points_mm[i], tube.radius_mm[i]); });
}

/// The place at @p fraction of @p stretch; empty where that is too short to know a thing by.
std::optional<Point3> placeOn(const std::vector<Point3>& stretch, double fraction) {
  const double length = stretch.size() < 2 ? 0 : lengthOf(stretch);
  return length < kKnownBy_mm ? std::nullopt
                              : std::optional<Point3>(pointAt(stretch, fraction * length));
}

std::optional<Point3> placeOnSeen(const Plate& plate, const Tube& tube, double fraction) {
  return placeOn(seenStretch(plate, tube), fraction);
}

/// Whether a name at @p p would stand on @p facial, which may lie behind or before it.
bool coversNerve(const Plate& plate, const SceneNerve& facial, const Point3& p) {
  const Spot at = plate.spot(p);
  for (std::size_t i = 0; i < facial.tube.size(); ++i) {
    const Spot on_nerve = plate.spot(facial.tube.points_mm[i]);
    const double near_px =
        facial.tube.radius_mm[i] / plate.frame().mm_per_pixel + kClear_px * plate.unit();
    if (std::hypot(on_nerve.x - at.x, on_nerve.y - at.y) < near_px) {
      return true;
    }
  }
  return false;
}

/// Where the name of a nerve beside the facial one stands: clear of that one, if it can.
std::optional<Point3> placeBesideFacial(const Plate& plate, const SceneContent& content,
                                        const SceneNerve& nerve) {
  constexpr double kOutward = 0.78;  // towards the canal, apart from the vessels at the root
  const SceneNerve* facial = facialNerveOf(content, nerve.side);
  if (facial != nullptr) {
    const Tube& tube = nerve.tube;
    const std::vector<Point3> clear = longestStretch(tube, [&](std::size_t i) {
      return plate.sees(tube.points_mm[i], tube.radius_mm[i]) &&
             !coversNerve(plate, *facial, tube.points_mm[i]);
    });
    if (const auto at = placeOn(clear, kOutward)) {
      return at;
    }
  }
  return placeOnSeen(plate, nerve.tube, kOutward);
}

/// Rootlets of one name are named once a side.
void addNerveNames(Plate& plate, const SceneContent& content) {
  std::set<std::pair<NerveName, Side>> named;
  for (const SceneNerve& nerve : content.nerves) {
    if (nerve.tube.size() < 2 || nerve.name == NerveName::unknown ||
        named.count({nerve.name, nerve.side}) > 0) {
      continue;
    }
    const auto at = nerve.name == NerveName::facial ? placeOnSeen(plate, nerve.tube, 0.7)
                                                    : placeBesideFacial(plate, content, nerve);
    if (at) {
      plate.addLabel(std::string(name(nerve.name)), *at);
      named.insert({nerve.name, nerve.side});
    }
  }
}

bool isNear(const Vessel& vessel, const std::vector<ContactOnSide>& contacts) {
  return std::any_of(contacts.begin(), contacts.end(), [&vessel](const ContactOnSide& c) {
    return c.contact->vessel_id == vessel.id;
  });
}

/// A vessel's name and where it would stand.
struct VesselLabel {
  std::string text;
  Point3 at;
  bool near_nerve = false;
  double length_mm = 0;  ///< to be seen
};

std::optional<VesselLabel> labelOf(const Plate& plate, const Vessel& vessel,
                                   const std::vector<ContactOnSide>& contacts) {
  // Veins have no name of their own, and there are many.
  const bool named = vessel.name != VesselName::unknown && vessel.name != VesselName::vein;
  const bool near_nerve = isNear(vessel, contacts);
  const std::vector<Point3> seen = seenStretch(plate, vessel.tube);
  const auto at = placeOn(seen, 0.5);
  if (!(named || near_nerve) || !at) {
    return std::nullopt;
  }
  const std::string text =
      vessel.name == VesselName::unknown ? vessel.id : std::string(name(vessel.name));
  return VesselLabel{text, *at, near_nerve, lengthOf(seen)};
}

bool nameOneVessel(const Plate& plate, const VesselLabel& a, const VesselLabel& b) {
  const Spot at = plate.spot(a.at);
  const Spot other = plate.spot(b.at);
  const double apart_px = std::hypot(at.x - other.x, at.y - other.y);
  return a.text == b.text &&
         (distance(a.at, b.at) < kOneVessel_mm || apart_px < kOneVessel_px * plate.unit());
}

/// The pieces at the facial nerve first, then the longest ones, each vessel once.
void addVesselNames(Plate& plate, const SceneContent& content,
                    const std::vector<ContactOnSide>& contacts) {
  std::vector<VesselLabel> labels;
  for (const Vessel& vessel : content.vessels) {
    if (auto label = labelOf(plate, vessel, contacts)) {
      labels.push_back(std::move(*label));
    }
  }
  std::stable_sort(labels.begin(), labels.end(), [](const VesselLabel& a, const VesselLabel& b) {
    return std::make_pair(!a.near_nerve, -a.length_mm) <
           std::make_pair(!b.near_nerve, -b.length_mm);
  });
  for (auto label = labels.begin(); label != labels.end(); ++label) {
    const bool named = std::any_of(labels.begin(), label, [&](const VesselLabel& before) {
      return nameOneVessel(plate, before, *label);
    });
    if (!named) {
      plate.addLabel(label->text, label->at);
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
  const TextStyle style{17 * plate.unit(), kInk, true, true};  // legible on vessels as well
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

}  // namespace

Plate::Plate(Canvas& canvas, const Rect& scene, double unit, Stage& stage, const ViewFrame& frame,
             const Staging& staging)
    : canvas_(canvas),
      scene_(scene),
      unit_(unit),
      frame_(frame),
      staging_(staging),
      placer_(scene) {
  canvas_.paste(
      stage.draw(frame, staging, static_cast<int>(scene.width), static_cast<int>(scene.height)),
      static_cast<int>(scene.x), static_cast<int>(scene.y));
  depths_ = stage.depths();
  const Rect cube = cubeBox(scene, unit);
  drawOrientationCube(canvas_, cube, frame);
  placer_.reserve(cube);
  const double bar_room = kLongestBar * scene.width + 40 * unit;
  placer_.reserve({scene.x, scene.bottom() - 60 * unit, bar_room, 60 * unit});
}

bool Plate::shows(const Point3& p) const {
  const double nearer = dot(p - frame_.center_mm, frame_.toward_viewer);
  return inside(spot(p)) && nearer <= staging_.near_cut_mm.value_or(nearer) &&
         -nearer <= staging_.far_cut_mm.value_or(-nearer);
}

bool Plate::sees(const Point3& p, double radius_mm) const {
  if (!shows(p)) {
    return false;
  }
  const Spot at = spot(p);
  const double nearest =
      depths_.at(static_cast<int>(at.x - scene_.x), static_cast<int>(at.y - scene_.y));
  const double own = dot(p - frame_.center_mm, frame_.toward_viewer);
  return nearest <= own + radius_mm + kHiddenBelow_mm;
}

bool Plate::inside(const Spot& s) const {
  const double margin = 12 * unit_;
  return s.x > scene_.x + margin && s.y > scene_.y + margin && s.x < scene_.right() - margin &&
         s.y < scene_.bottom() - margin;
}

void Plate::addLetters(std::optional<Side> side) {
  std::array<std::string, 4> letters = frame_.edge_letters;
  const std::array<Vec3, 4> edges = {frame_.right, frame_.up, -frame_.right, -frame_.up};
  for (std::size_t i = 0; side && i < 4; ++i) {
    letters[i] = wordOf(edges[i], *side) + " (" + letters[i] + ")";
  }
  for (const Rect& box : edgeLetterBoxes(scene_, letters, unit_)) {
    placer_.reserve(box);
  }
  drawEdgeLetters(canvas_, scene_, letters, unit_, kInk);
}

void Plate::addLabel(const std::string& text, const Point3& at) {
  if (shows(at)) {
    labels_.push_back({text, spot(at), kInk});
  }
}

void Plate::addNumber(const std::string& id, const Point3& at, bool touches) {
  if (shows(at)) {
    labels_.push_back({id, spot(at), kInk, true, touches});
  }
}

void Plate::finish() {
  drawLabels(canvas_, placer_, labels_, unit_);
  drawScaleBar(canvas_,
               {std::round(scene_.x + 20 * unit_), std::round(scene_.bottom() - 18 * unit_)},
               frame_.mm_per_pixel, kLongestBar * scene_.width, unit_, kInk);
}

Sight sightOf(const Plate& plate, const Tube& tube) {
  if (placeOnSeen(plate, tube, 0.5)) {
    return Sight::seen;
  }
  const bool crosses = std::any_of(tube.points_mm.begin(), tube.points_mm.end(),
                                   [&plate](const Point3& p) { return plate.shows(p); });
  return crosses ? Sight::hidden : Sight::beyond;
}

Staging stagingOf(View view) {
  Staging staging;
  switch (view) {
    case View::overview:
      staging.brain_opacity = 0.35;
      break;
    case View::retrosigmoid_left:
    case View::retrosigmoid_right:
      staging.brain_cut_mm = 1;             // the cerebellum, which the surgeon holds aside
      staging.other_nerves_opacity = 0.25;  // VIII lies before VII and would tint its colours
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

void addContacts(Plate& plate, const std::vector<ContactOnSide>& contacts) {
  for (const ContactOnSide& found : contacts) {
    const Contact& contact = *found.contact;
    if (contact.nerve_point_mm) {
      plate.addNumber(contact.id, *contact.nerve_point_mm,
                      contact.contact_probability.value_or(0) >= kProbable);
    }
  }
}

void addNames(Plate& plate, const SceneContent& content,
              const std::vector<ContactOnSide>& contacts) {
  addNerveNames(plate, content);
  addVesselNames(plate, content, contacts);
  addPads(plate, content);
}

void addClock(Plate& plate, const SceneContent& content, View view) {
  if (isEndOn(view)) {
    drawClock(plate, clockCenter(content, *sideOf(view)), plate.frame().mm_per_pixel);
  }
}

}  // namespace neurovasc::scene
