#include "frames.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/error.h"

namespace neurovasc::scene {
namespace {

constexpr Vec3 kCranial = {0, 0, 1};
constexpr double kSmallestField_mm = 20;  // keeps a short nerve in its surroundings
constexpr double kMargin_px = 70;         // for letters at the edges

/// Directions from the region to the eye, LPS, for the left side (x turns for the right).
constexpr Vec3 kFrontBelow = {0, -0.86, -0.5};
constexpr Vec3 kRetrosigmoid = {0.5, 0.65, -0.57};
constexpr Vec3 kRootEye = {0.5, -0.65, -0.55};

Vec3 onSide(const Vec3& v, Side side) { return {lateralSign(side) * v.x, v.y, v.z}; }

/// The nerve from the root exit point to 3 mm beyond the porus, which is what can be touched.
std::vector<Point3> rootToPorus(const SceneNerve& nerve) {
  const std::vector<Point3>& line = nerve.tube.points_mm;
  if (!nerve.landmarks.porus) {
    return line;
  }
  const double end = project(line, nerve.landmarks.porus->lps_mm).arclength_mm + 3;
  const std::vector<double> s = arcLengths(line);
  const auto count = std::upper_bound(s.begin(), s.end(), end) - s.begin();
  return {line.begin(), line.begin() + std::max<std::ptrdiff_t>(count, 2)};
}

std::vector<Point3> cornersOf(const GridGeometry& grid) {
  std::vector<Point3> corners;
  corners.reserve(8);
  for (int c = 0; c < 8; ++c) {
    corners.push_back(grid.toLps((c & 1) * (grid.size[0] - 1), (c >> 1 & 1) * (grid.size[1] - 1),
                                 (c >> 2) * (grid.size[2] - 1)));
  }
  return corners;
}

/// Something to look at where a side has no nerve: everything there is.
std::vector<Point3> anything(const SceneContent& content) {
  std::vector<Point3> points;
  for (const Vessel& vessel : content.vessels) {
    points.insert(points.end(), vessel.tube.points_mm.begin(), vessel.tube.points_mm.end());
  }
  points.insert(points.end(), content.brain.vertices_mm.begin(), content.brain.vertices_mm.end());
  if (points.empty() && !content.t2.image.empty()) {
    points = cornersOf(content.t2.image.geometry());
  }
  return points.empty() ? std::vector<Point3>{{-1, -1, -1}, {1, 1, 1}} : points;
}

std::vector<Point3> pointsToShow(const SceneContent& content, std::optional<Side> side) {
  std::vector<Point3> points;
  for (const Side each : kSides) {
    const SceneNerve* nerve = facialNerveOf(content, each);
    if (nerve != nullptr && (!side || *side == each)) {
      const std::vector<Point3> shown = rootToPorus(*nerve);
      points.insert(points.end(), shown.begin(), shown.end());
    }
  }
  return points.empty() ? anything(content) : points;
}

/// Centres @p frame on @p points and chooses its scale so that they fill @p fraction of the scene.
void fit(ViewFrame& frame, const std::vector<Point3>& points, const Rect& scene, double fraction) {
  std::array<double, 2> low = {1e9, 1e9};
  std::array<double, 2> high = {-1e9, -1e9};
  for (const Point3& p : points) {
    const std::array<double, 2> at = {dot(p, frame.right), dot(p, frame.up)};
    for (std::size_t a = 0; a < 2; ++a) {
      low[a] = std::min(low[a], at[a]);
      high[a] = std::max(high[a], at[a]);
    }
  }
  const double depth = dot(points.front(), frame.toward_viewer);
  frame.center_mm = (low[0] + high[0]) / 2 * frame.right + (low[1] + high[1]) / 2 * frame.up +
                    depth * frame.toward_viewer;
  const double width = std::max(high[0] - low[0], kSmallestField_mm * fraction);
  const double height = std::max(high[1] - low[1], kSmallestField_mm * fraction / 2);
  frame.mm_per_pixel = std::max(width / (fraction * (scene.width - 2 * kMargin_px)),
                                height / (fraction * (scene.height - 2 * kMargin_px)));
}

/// The nerve from the root exit to the detachment point.
std::vector<Point3> attachedPart(const SceneContent& content, Side side) {
  const SceneNerve* nerve = facialNerveOf(content, side);
  if (nerve == nullptr) {
    return {};
  }
  const std::vector<Point3>& line = nerve->tube.points_mm;
  const auto& detached = nerve->landmarks.detachment_point;
  const double end = detached ? project(line, detached->lps_mm).arclength_mm : 0;
  const std::vector<double> s = arcLengths(line);
  return {line.begin(), line.begin() + (std::upper_bound(s.begin(), s.end(), end) - s.begin())};
}

/// Moves the frame's centre along the line of sight to the deepest of @p points, so that cutting
/// the brain there leaves all of them free.
void bringToDeepest(ViewFrame& frame, const std::vector<Point3>& points) {
  double deepest = 0;
  for (const Point3& p : points) {
    deepest = std::min(deepest, dot(p - frame.center_mm, frame.toward_viewer));
  }
  frame.center_mm += deepest * frame.toward_viewer;
}

const Contact* likeliestContact(const SceneContent& content, Side side) {
  const Contact* best = nullptr;
  for (const SceneSide& each : content.sides) {
    for (const Contact& contact : each.contacts) {
      const bool better = best == nullptr || contact.contact_probability.value_or(0) >
                                                 best->contact_probability.value_or(0);
      if (each.side == side && contact.nerve_point_mm && better) {
        best = &contact;
      }
    }
  }
  return best;
}

ViewFrame endOnFrame(const SceneContent& content, Side side, const Rect& scene) {
  const SceneNerve* nerve = facialNerveOf(content, side);
  Vec3 outward = onSide({1, 0, 0}, side);
  if (nerve != nullptr) {
    const std::vector<Point3>& line = nerve->tube.points_mm;
    const double s = project(line, clockCenter(content, side)).arclength_mm;
    // The mean direction over the neighbourhood: the tangent of one place would turn with noise.
    outward = normalized(pointAt(line, s + 2.5) - pointAt(line, s - 2.5));
  }
  ViewFrame frame = lookAt(clockCenter(content, side), -outward, kCranial, scene);
  frame.mm_per_pixel = kSmallestField_mm / std::min(scene.width, scene.height);
  return frame;
}

}  // namespace

const SceneNerve* facialNerveOf(const SceneContent& content, Side side) {
  for (const SceneNerve& nerve : content.nerves) {
    if (nerve.name == NerveName::facial && nerve.side == side && nerve.tube.size() >= 2) {
      return &nerve;
    }
  }
  return nullptr;
}

const Vessel* vesselOf(const SceneContent& content, const std::string& id) {
  const auto found = std::find_if(content.vessels.begin(), content.vessels.end(),
                                  [&id](const Vessel& v) { return v.id == id; });
  return found == content.vessels.end() ? nullptr : &*found;
}

ContactPlace placeOf(const SceneContent& content, const ContactOnSide& found) {
  const Contact& contact = *found.contact;
  const SceneNerve* nerve = facialNerveOf(content, found.side);
  if (!contact.nerve_point_mm || nerve == nullptr) {
    throw Error(ErrorCode::usage, "contact " + contact.id + " has no place to be shown",
                "Only contacts with nerve_point_lps_mm on a segmented nerve can be drawn.");
  }
  const Projection on_nerve = project(nerve->tube.points_mm, *contact.nerve_point_mm);
  ContactPlace place;
  place.axis_mm = on_nerve.point_mm;
  place.tangent = tangentAt(nerve->tube.points_mm, on_nerve.arclength_mm);
  Point3 other = contact.vessel_point_mm.value_or(*contact.nerve_point_mm);
  const Vessel* vessel = vesselOf(content, contact.vessel_id);
  if (vessel != nullptr && !vessel->tube.empty()) {
    other = project(vessel->tube.points_mm, other).point_mm;
  }
  place.to_vessel = normalized(other - place.axis_mm);
  return place;
}

ViewFrame contactFrame(const SceneContent& content, const ContactOnSide& found,
                       const PictureOptions& options) {
  const Rect scene = layoutOf(options).scene;
  const ContactPlace place = placeOf(content, found);
  const Vec3 preferred = onSide(kRetrosigmoid, found.side);
  Vec3 toward = cross(place.tangent, place.to_vessel);
  if (norm(toward) < 0.2) {
    toward = preferred;  // the vessel lies before the nerve's end: any direction will do
  }
  const double turn = dot(toward, preferred) < 0 ? -1 : 1;
  const bool along_axis = std::abs(normalized(toward).z) > 0.95;
  const Vec3 up = along_axis ? Vec3{0, -1, 0} : kCranial;
  ViewFrame frame = lookAt(place.axis_mm, turn * toward, up, scene);
  frame.mm_per_pixel = options.contact_field_mm / scene.width;
  return frame;
}

Point3 clockCenter(const SceneContent& content, Side side) {
  const SceneNerve* nerve = facialNerveOf(content, side);
  if (nerve == nullptr) {
    const Box box = boundingBox(anything(content), 0);
    return 0.5 * (box.lower + box.upper);
  }
  const std::vector<Point3>& line = nerve->tube.points_mm;
  const Contact* contact = likeliestContact(content, side);
  if (contact != nullptr) {
    return project(line, *contact->nerve_point_mm).point_mm;
  }
  if (nerve->landmarks.detachment_point) {
    return project(line, nerve->landmarks.detachment_point->lps_mm).point_mm;
  }
  return pointAt(line, lengthOf(line) / 2);
}

ViewFrame viewFrame(const SceneContent& content, View view, const PictureOptions& options) {
  return frameWithin(content, view, layoutOf(options).scene, options.position);
}

ViewFrame frameWithin(const SceneContent& content, View view, const Rect& scene,
                      PatientPosition position) {
  const std::optional<Side> side = sideOf(view);
  const std::vector<Point3> points = pointsToShow(content, side);
  if (!side) {
    ViewFrame frame = lookAt({}, kFrontBelow, kCranial, scene);
    fit(frame, points, scene, 0.85);
    return frame;
  }
  if (view == View::end_on_left || view == View::end_on_right) {
    return endOnFrame(content, *side, scene);
  }
  const bool surgical = view == View::retrosigmoid_left || view == View::retrosigmoid_right;
  const bool lying = surgical && position == PatientPosition::lateral;
  const Vec3 up = lying ? onSide({1, 0, 0}, *side) : kCranial;
  ViewFrame frame = lookAt({}, onSide(surgical ? kRetrosigmoid : kRootEye, *side), up, scene);
  fit(frame, points, scene, 0.6);
  if (surgical) {
    bringToDeepest(frame, attachedPart(content, *side));
  }
  return frame;
}

}  // namespace neurovasc::scene
