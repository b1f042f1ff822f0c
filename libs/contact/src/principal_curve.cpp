#include "principal_curve.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::contact {
namespace {

constexpr double kStepMm = 0.5;

/// What of the surface belongs to one point of the curve.
struct Ring {
  Vec3 sum;
  double weight = 0;
  double radius_sum = 0;
};

std::vector<Ring> ringsOf(const std::vector<Point3>& surface, const std::vector<Point3>& line) {
  // A ring is as long as the curve's own smoothness asks: half a millimetre to either side.
  constexpr double kReachMm = 1.5;
  constexpr double kSigmaMm = 0.5;
  const std::vector<double> s = arcLengths(line);
  std::vector<Ring> rings(line.size());
  for (const Point3& p : surface) {
    const Projection at = project(line, p);
    const bool beyond = (at.arclength_mm <= 0 || at.arclength_mm >= s.back());
    for (std::size_t i = 0; i < line.size(); ++i) {
      const double d = s[i] - at.arclength_mm;
      if (std::abs(d) <= kReachMm && !(beyond && std::abs(d) > 0)) {
        const double w = std::exp(-0.5 * d * d / (kSigmaMm * kSigmaMm));
        rings[i].sum += w * (p - at.point_mm);
        rings[i].weight += w;
        rings[i].radius_sum += w * at.distance_mm;
      }
    }
  }
  return rings;
}

std::vector<Point3> smoothed(const std::vector<Point3>& line) {
  std::vector<Point3> out = line;
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    out[i] = 0.25 * line[i - 1] + 0.5 * line[i] + 0.25 * line[i + 1];
  }
  return out;
}

std::vector<Point3> evenly(const std::vector<Point3>& line) {
  return resampled(Tube{line, {}, {}}, kStepMm).points_mm;
}

}  // namespace

Tube principalCurve(const std::vector<Point3>& surface_mm, std::vector<Point3> start) {
  constexpr int kRounds = 30;
  constexpr double kLeastWeight = 1;
  std::vector<Point3> line = evenly(start);
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<Ring> rings = ringsOf(surface_mm, line);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (rings[i].weight > kLeastWeight) {
        line[i] += rings[i].sum / rings[i].weight;
      }
    }
    line = evenly(smoothed(line));
  }
  Tube tube;
  const std::vector<Ring> rings = ringsOf(surface_mm, line);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (rings[i].weight > kLeastWeight) {
      tube.points_mm.push_back(line[i]);
      tube.radius_mm.push_back(rings[i].radius_sum / rings[i].weight);
    }
  }
  return tube.size() >= 2 ? tube : Tube{};
}

}  // namespace neurovasc::contact
