#include "curve.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::phantom {
namespace {

/// Samples of @p second against @p first; see nearestApproach().
constexpr double kSampleMm = 0.1;

Point3 mixed(const Point3& a, const Point3& b, double ta, double tb, double t) {
  const double w = tb > ta ? (t - ta) / (tb - ta) : 0.0;
  return a * (1 - w) + b * w;
}

/// One span of a centripetal Catmull-Rom curve (Barry, Goldman), u from 0 to 1.
struct Span {
  Point3 p0, p1, p2, p3;

  Point3 operator()(double u) const {
    const double t1 = std::sqrt(distance(p0, p1));
    const double t2 = t1 + std::sqrt(distance(p1, p2));
    const double t3 = t2 + std::sqrt(distance(p2, p3));
    const double t = t1 + (t2 - t1) * u;
    const Point3 a1 = mixed(p0, p1, 0, t1, t);
    const Point3 a2 = mixed(p1, p2, t1, t2, t);
    const Point3 a3 = mixed(p2, p3, t2, t3, t);
    return mixed(mixed(a1, a2, 0, t2, t), mixed(a2, a3, t1, t3, t), t1, t2, t);
  }
};

double radiusAt(const Tube& tube, const Projection& place) {
  const double here = tube.radius_mm[place.segment];
  const double next = tube.radius_mm[std::min(place.segment + 1, tube.size() - 1)];
  return here * (1 - place.fraction) + next * place.fraction;
}

}  // namespace

std::vector<Point3> spline(const std::vector<Point3>& knots, double step_mm) {
  std::vector<Point3> ends = knots;
  ends.insert(ends.begin(), knots[0] * 2 - knots[1]);
  ends.push_back(knots.back() * 2 - knots[knots.size() - 2]);
  std::vector<Point3> dense;
  for (std::size_t i = 1; i + 2 < ends.size(); ++i) {
    const Span span{ends[i - 1], ends[i], ends[i + 1], ends[i + 2]};
    const int count = std::max(2, static_cast<int>(5 * distance(ends[i], ends[i + 1]) / step_mm));
    for (int n = 0; n < count; ++n) {
      dense.push_back(span(static_cast<double>(n) / count));
    }
  }
  dense.push_back(knots.back());
  return respaced(dense, step_mm);
}

std::vector<Point3> respaced(const std::vector<Point3>& line, double step_mm) {
  return resampled(Tube{line, {}, {}}, step_mm).points_mm;
}

Tube makeTube(std::vector<Point3> line, double radius_mm) {
  return makeTube(std::move(line), radius_mm, radius_mm);
}

Tube makeTube(std::vector<Point3> line, double first_radius_mm, double last_radius_mm) {
  Tube tube;
  const double steps = std::max(1.0, static_cast<double>(line.size()) - 1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double t = static_cast<double>(i) / steps;
    tube.radius_mm.push_back(first_radius_mm * (1 - t) + last_radius_mm * t);
  }
  tube.points_mm = std::move(line);
  return tube;
}

Approach nearestApproach(const Tube& first, const Tube& second) {
  const Tube dense = resampled(second, kSampleMm);
  const auto second_arcs = arcLengths(dense.points_mm);
  Approach best;
  for (std::size_t i = 0; i < dense.size(); ++i) {
    const Point3& p = dense.points_mm[i];
    const Projection near = project(first.points_mm, p);
    const double gap = near.distance_mm - radiusAt(first, near) - dense.radius_mm[i];
    if (gap < best.gap_mm) {
      best = {gap, near.point_mm, p, near.arclength_mm, second_arcs[i]};
    }
  }
  return best;
}

void bend(std::vector<Point3>& line, double center_mm, const Vec3& shift, double width_mm) {
  const auto arcs = arcLengths(line);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double u = (arcs[i] - center_mm) / width_mm;
    line[i] += shift * std::exp(-0.5 * u * u);
  }
}

}  // namespace neurovasc::phantom
