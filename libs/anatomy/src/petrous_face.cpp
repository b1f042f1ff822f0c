#include "petrous_face.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace neurovasc::anatomy {

namespace {

/// Canals are up to 7 mm wide at their mouth; farther out the face curves.
constexpr double kFromAxisMm = 3.6;
constexpr double kToAxisMm = 9.0;
constexpr double kGridMm = 0.75;
/// The lips lie up to 8 mm apart along the axis, and the start is known to a few millimetres.
constexpr double kMedialMm = 12;
constexpr double kLateralMm = 14;
constexpr double kStepMm = 0.25;
/// Dark for longer than a small vessel is wide.
constexpr int kBoneSteps = 8;
/// What lies before the bone is judged over this much.
constexpr int kBeforeSteps = 9;
constexpr std::size_t kLeastPoints = 80;
/// The porus is the middle of the canal's opening in the face for some, level with its anterior lip
/// for others: a millimetre or two apart, for the face is oblique. The two are weighed alike.
constexpr double kFaceSdMm = 0.8;
/// The face's own unevenness; points farther off are vessels, nerves, or the clivus.
constexpr double kUnevenMm = 1.0;
constexpr double kLeastShareOnPlane = 0.45;
constexpr double kEvenShareOnPlane = 0.6;
constexpr double kUnevenFactor = 2.0;
constexpr int kRounds = 20;

/// Height of the face along the axis, @p a and @p b beside it.
struct FacePoint {
  double a;
  double b;
  double height;
};

struct AxisFrame {
  Point3 origin;
  Vec3 medial;
  Vec3 a;
  Vec3 b;

  Point3 at(double u, double v, double s) const { return origin + a * u + b * v + medial * s; }
};

/// Height at which a line from the cistern meets bone.
std::optional<double> faceHeight(const ImageF& t2, double bone_cut, const AxisFrame& frame,
                                 double u, double v) {
  std::vector<double> seen;
  int run = 0;
  for (double s = kMedialMm; s > -kLateralMm; s -= kStepMm) {
    const Point3 p = frame.at(u, v, s);
    if (!t2.geometry().contains(p)) {
      seen.clear();
      run = 0;
      continue;
    }
    seen.push_back(interpolate(t2, p));
    run = seen.back() < bone_cut ? run + 1 : 0;
    if (run < kBoneSteps) continue;
    auto first = static_cast<int>(seen.size()) - kBoneSteps;
    if (first <= kBeforeSteps) return std::nullopt;
    const double before =
        *std::max_element(seen.begin() + first - kBeforeSteps, seen.begin() + first);
    const double half = 0.5 * std::min(1.0, before);
    while (first > 1 && seen[static_cast<std::size_t>(first) - 1] < half) --first;
    return s + kStepMm * (static_cast<double>(seen.size()) - 1 - first + 0.5);
  }
  return std::nullopt;
}

std::vector<FacePoint> facePoints(const ImageF& t2, double bone_cut, const AxisFrame& frame) {
  std::vector<FacePoint> points;
  for (double v = -kToAxisMm; v <= kToAxisMm; v += kGridMm) {
    for (double u = -kToAxisMm; u <= kToAxisMm; u += kGridMm) {
      const double r = std::hypot(u, v);
      if (r < kFromAxisMm || r > kToAxisMm) continue;
      if (const auto s = faceHeight(t2, bone_cut, frame, u, v)) points.push_back({u, v, *s});
    }
  }
  return points;
}

/// height = x a + y b + z, by least squares with Cauchy weights that narrow to kUnevenMm.
Vec3 planeThrough(const std::vector<FacePoint>& points) {
  Vec3 plane;
  for (int round = 0; round < kRounds; ++round) {
    const double scale = std::max(kUnevenMm, 6 * std::pow(0.8, round));
    std::array<Vec3, 3> m{};
    Vec3 right;
    for (const FacePoint& p : points) {
      const Vec3 row = {p.a, p.b, 1};
      const double e = (p.height - dot(plane, row)) / scale;
      const double w = round == 0 ? 1 : 1 / (1 + e * e);
      for (int i = 0; i < 3; ++i) m[static_cast<std::size_t>(i)] += row * (w * row[i]);
      right += row * (w * p.height);
    }
    const double det = dot(m[0], cross(m[1], m[2]));
    if (std::abs(det) < 1e-9) break;
    // Cramer's rule; the matrix is symmetric.
    plane = Vec3{dot(right, cross(m[1], m[2])), dot(m[0], cross(right, m[2])),
                 dot(m[0], cross(m[1], right))} /
            det;
  }
  return plane;
}

}  // namespace

std::optional<PetrousFace> findPetrousFace(const SideView& view, const ImageF& t2, double bone_cut,
                                           const Point3& on_axis_mm, const Vec3& medial) {
  const Vec3 up = view.lpsDirection({0, 0, 1});
  AxisFrame frame{on_axis_mm, medial, {}, normalized(up - medial * dot(up, medial))};
  frame.a = cross(frame.b, medial);
  const std::vector<FacePoint> points = facePoints(t2, bone_cut, frame);
  if (points.size() < kLeastPoints) return std::nullopt;
  const Vec3 plane = planeThrough(points);
  const auto on_plane = std::count_if(points.begin(), points.end(), [&](const FacePoint& p) {
    return std::abs(p.height - dot(plane, {p.a, p.b, 1})) < kUnevenMm;
  });
  const double share = static_cast<double>(on_plane) / static_cast<double>(points.size());
  if (share < kLeastShareOnPlane) return std::nullopt;
  PetrousFace face;
  face.point_mm = frame.at(0, 0, plane.z);
  face.sd_mm = kFaceSdMm * (share < kEvenShareOnPlane ? kUnevenFactor : 1);
  face.normal = normalized(medial - frame.a * plane.x - frame.b * plane.y);
  return face;
}

}  // namespace neurovasc::anatomy
