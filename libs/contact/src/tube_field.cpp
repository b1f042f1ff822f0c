#include "tube_field.h"

#include <algorithm>
#include <cmath>

#include "linear.h"
#include "local_box.h"

namespace neurovasc::contact {
namespace {

constexpr double kStepMm = 0.25;

/// The point of @p tube at @p s_mm after smoothing: the constant term of a local quadratic.
Point3 smoothPoint(const Tube& fine, const std::vector<double>& s, double s_mm,
                   double smoothing_mm) {
  constexpr double kReachSds = 2.5;
  std::vector<double> x;
  std::vector<double> weights;
  std::array<std::vector<double>, 3> y;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const double d = s[i] - s_mm;
    if (std::abs(d) <= kReachSds * smoothing_mm) {
      x.push_back(d);
      weights.push_back(std::exp(-0.5 * d * d / (smoothing_mm * smoothing_mm)));
      for (int axis = 0; axis < 3; ++axis) {
        y[static_cast<std::size_t>(axis)].push_back(fine.points_mm[i][axis]);
      }
    }
  }
  constexpr std::size_t kQuadratic = 3;
  if (x.size() <= kQuadratic) {
    return pointAt(fine.points_mm, s_mm);
  }
  return {fitPolynomial(x, y[0], weights, kQuadratic)[0],
          fitPolynomial(x, y[1], weights, kQuadratic)[0],
          fitPolynomial(x, y[2], weights, kQuadratic)[0]};
}

void retime(LocalCurve& curve, std::size_t center) {
  const std::vector<double> s = arcLengths(curve.points_mm);
  curve.tau_mm.clear();
  for (const double value : s) {
    curve.tau_mm.push_back(value - s[center]);
  }
}

}  // namespace

LocalCurve localCurve(const Tube& tube, double center_mm, double half_length_mm,
                      double smoothing_mm) {
  const Tube fine = resampled(tube, kStepMm);
  const std::vector<double> s = arcLengths(fine.points_mm);
  const double from = std::max(0.0, center_mm - half_length_mm);
  const double to = std::min(s.back(), center_mm + half_length_mm);
  LocalCurve out;
  out.open_start = from > 0;
  out.open_end = to < s.back();
  std::size_t center = 0;
  const int before = static_cast<int>((center_mm - from) / kStepMm);
  const int after = static_cast<int>((to - center_mm) / kStepMm);
  for (int i = -before; i <= after; ++i) {
    const double at = center_mm + i * kStepMm;
    center = i == 0 ? out.points_mm.size() : center;
    out.points_mm.push_back(smoothPoint(fine, s, at, smoothing_mm));
    out.radius_mm.push_back(valueAt(fine.points_mm, fine.radius_mm, at));
  }
  retime(out, center);
  return out;
}

Vec3 Shift::at(double tau_mm) const {
  const double t = std::clamp(tau_mm, -reach_mm, reach_mm);
  return (along_u[0] + t * (along_u[1] + t * along_u[2])) * u +
         (along_v[0] + t * (along_v[1] + t * along_v[2])) * v;
}

Tube shifted(const LocalCurve& curve, const Shift& shift, double radius_change_mm,
             double reach_mm) {
  Tube out;
  for (std::size_t i = 0; i < curve.points_mm.size(); ++i) {
    if (std::abs(curve.tau_mm[i]) <= reach_mm) {
      out.points_mm.push_back(curve.points_mm[i] + shift.at(curve.tau_mm[i]));
      out.radius_mm.push_back(std::max(0.05, curve.radius_mm[i] + radius_change_mm));
    }
  }
  return out;
}

TubeField::TubeField(const GridGeometry& grid, const LocalCurve& curve) {
  entries_.reserve(grid.voxelCount());
  const std::size_t last = curve.points_mm.size() - 1;
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const Point3 p = grid.toLps(i, j, k);
        const Projection at = project(curve.points_mm, p);
        const std::size_t a = at.segment;
        const std::size_t b = std::min(a + 1, last);
        const bool first_end = a == 0 && at.fraction == 0 && !curve.open_start;
        const bool last_end = b == last && at.fraction == 1 && !curve.open_end;
        const Vec3 tangent = normalized(curve.points_mm[b] - curve.points_mm[a]);
        const double f = at.fraction;
        entries_.push_back({p - at.point_mm, first_end || last_end ? Vec3{} : tangent,
                            (1 - f) * curve.tau_mm[a] + f * curve.tau_mm[b],
                            (1 - f) * curve.radius_mm[a] + f * curve.radius_mm[b]});
      }
    }
  }
}

double TubeField::surfaceDistance(std::size_t i) const {
  return norm(entries_[i].to_voxel) - entries_[i].radius_mm;
}

void TubeField::occupancy(const Shift& shift, double radius_change_mm, double edge_sigma_mm,
                          std::vector<float>& out) const {
  // A disc of radius r under the softening keeps its area if its edge lies at sqrt(r^2 - sigma^2).
  constexpr double kLeastRadiusMm = 0.05;
  const double scale = 1 / edge_sigma_mm;
  out.resize(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& e = entries_[i];
    const double r = std::max(kLeastRadiusMm, e.radius_mm + radius_change_mm);
    const double edge =
        std::sqrt(std::max(kLeastRadiusMm * kLeastRadiusMm, r * r - edge_sigma_mm * edge_sigma_mm));
    const Vec3 w = e.to_voxel - shift.at(e.tau_mm);
    const double axial = dot(w, e.tangent);
    const double d = std::sqrt(std::max(0.0, dot(w, w) - axial * axial));
    out[i] = normalCdf(static_cast<float>((edge - d) * scale));
  }
}

}  // namespace neurovasc::contact
