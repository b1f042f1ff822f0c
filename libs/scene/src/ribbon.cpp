#include "ribbon.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::scene {
namespace {

constexpr double kStep_mm = 0.25;
/// The path goes on straight so far at both ends, so that what lies beyond the shown part is not
/// folded on to it.
constexpr double kBeyond_mm = 20;
constexpr double kDirection_mm = 2;  // over which the direction of an end is taken
constexpr double kFar_mm = 6;        // off the surface: cannot cross it within one triangle

Vec3 across(const Vec3& v, const Vec3& sweep) { return v - dot(v, sweep) * sweep; }

/// @p line_mm at even steps, seen down @p sweep.
std::vector<Point3> seenDown(const std::vector<Point3>& line_mm, const Vec3& sweep) {
  std::vector<Point3> seen;
  const double length = lengthOf(line_mm);
  const int steps = std::max(1, static_cast<int>(std::ceil(length / kStep_mm)));
  for (int n = 0; n <= steps; ++n) {
    const Point3 p = across(pointAt(line_mm, n * length / steps), sweep);
    if (seen.empty() || distance(p, seen.back()) > 1e-6) {
      seen.push_back(p);
    }
  }
  if (seen.size() < 2) {
    seen.push_back(seen.front() + perpendicularTo(sweep));
  }
  return seen;
}

std::vector<Point3> prolonged(const std::vector<Point3>& line) {
  const double length = lengthOf(line);
  const double reach = std::min(kDirection_mm, length);
  const Vec3 back = normalized(line.front() - pointAt(line, reach));
  const Vec3 on = normalized(line.back() - pointAt(line, length - reach));
  std::vector<Point3> longer;
  const int steps = static_cast<int>(kBeyond_mm / kStep_mm);
  for (int n = steps; n > 0; --n) {
    longer.push_back(line.front() + n * kStep_mm * back);
  }
  longer.insert(longer.end(), line.begin(), line.end());
  for (int n = 1; n <= steps; ++n) {
    longer.push_back(line.back() + n * kStep_mm * on);
  }
  return longer;
}

}  // namespace

Ribbon::Ribbon(const std::vector<Point3>& line_mm, const Vec3& sweep, double before_mm)
    : sweep_(sweep) {
  const std::vector<Point3> seen = seenDown(line_mm, sweep);
  path_mm_ = prolonged(seen);
  along_mm_ = arcLengths(path_mm_);
  begin_mm_ = kBeyond_mm - before_mm;
  length_mm_ = lengthOf(seen) + before_mm;
}

Point3 Ribbon::at(double h_mm, double u_mm) const {
  const double s = std::clamp(h_mm + begin_mm_, 0.0, along_mm_.back());
  const auto next = std::upper_bound(along_mm_.begin() + 1, along_mm_.end() - 1, s);
  const auto b = static_cast<std::size_t>(next - along_mm_.begin());
  const double f = (s - along_mm_[b - 1]) / (along_mm_[b] - along_mm_[b - 1]);
  return path_mm_[b - 1] + f * (path_mm_[b] - path_mm_[b - 1]) + u_mm * sweep_;
}

Vec3 Ribbon::flat(const Point3& p) const {
  const Point3 seen = across(p, sweep_);
  const Projection at = project(path_mm_, seen);
  const Vec3 along = path_mm_[at.segment + 1] - path_mm_[at.segment];
  const double sign = dot(cross(along, sweep_), seen - at.point_mm) < 0 ? -1 : 1;
  return {at.arclength_mm - begin_mm_, dot(p, sweep_), sign * at.distance_mm};
}

TriangleMesh Ribbon::flattened(const TriangleMesh& mesh) const {
  TriangleMesh flat_mesh;
  flat_mesh.vertices_mm.reserve(mesh.vertices_mm.size());
  std::transform(mesh.vertices_mm.begin(), mesh.vertices_mm.end(),
                 std::back_inserter(flat_mesh.vertices_mm),
                 [this](const Point3& p) { return flat(p); });
  for (const auto& triangle : mesh.triangles) {
    const bool near = std::all_of(triangle.begin(), triangle.end(), [&](std::uint32_t corner) {
      return std::abs(flat_mesh.vertices_mm[corner].z) < kFar_mm;
    });
    if (near) {
      flat_mesh.triangles.push_back(triangle);
    }
  }
  return flat_mesh;
}

}  // namespace neurovasc::scene
