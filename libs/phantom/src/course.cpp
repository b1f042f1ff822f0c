#include "course.h"

#include <algorithm>
#include <cmath>

#include "curve.h"

namespace neurovasc::phantom {
namespace {

constexpr double kRestMm = 0.003;
constexpr int kSettleRounds = 45;
constexpr int kBendRounds = 60;
constexpr double kGapToleranceMm = 0.001;
constexpr double kBendWidthMm = 2.2;
constexpr double kStiffness = 0.3;  // share of the way to the neighbours' middle per round

/// Moves a point out of what it must not enter.
class Guard {
 public:
  explicit Guard(const CourseRules& rules) : rules_(rules) {
    for (const Obstacle& obstacle : rules.obstacles) {
      boxes_.push_back(boundingBox(obstacle.tube->points_mm, 4.0));
    }
  }

  Point3 corrected(Point3 p, double radius) const {
    p = offObstacles(p, radius);
    const HeadShape& head = *rules_.head;
    p = pushed([&head](const Point3& q) { return head.brain(q); }, p, radius + rules_.brain_gap_mm);
    return pushed([&head](const Point3& q) { return -head.fossa(q); }, p, radius + 0.1);
  }

 private:
  /// @p p moved up the slope of @p shape until that is @p least.
  static Point3 pushed(const Shape& shape, const Point3& p, double least) {
    const double value = shape(p);
    if (value >= least) {
      return p;
    }
    const Vec3 up = slope(shape, p);
    return p + normalized(up) * std::min(1.0, (least - value) / std::max(0.5, norm(up)));
  }

  Point3 offObstacles(Point3 p, double radius) const {
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
      if (!boxes_[i].contains(p)) {
        continue;
      }
      const Obstacle& obstacle = rules_.obstacles[i];
      const Projection near = project(obstacle.tube->points_mm, p);
      const double least = radius + obstacle.tube->radius_mm[near.segment] + obstacle.gap_mm;
      if (near.distance_mm < least && near.distance_mm > 1e-6) {
        p += (p - near.point_mm) * ((least - near.distance_mm) / near.distance_mm);
      }
    }
    return p;
  }

  const CourseRules& rules_;
  std::vector<Box> boxes_;
};

/// Which points of the course may move.
std::vector<bool> movable(const Tube& vessel, const CourseRules& rules) {
  const auto arcs = arcLengths(vessel.points_mm);
  double pin = -1e9;
  if (rules.pinned) {
    pin = project(vessel.points_mm, *rules.pinned).arclength_mm;
  }
  std::vector<bool> may(vessel.size());
  for (std::size_t i = 0; i < may.size(); ++i) {
    may[i] = std::abs(arcs[i] - pin) > rules.pinned_mm && arcs[i] > rules.fixed_start_mm &&
             arcs[i] < arcs.back() - rules.fixed_start_mm;
  }
  return may;
}

/// Moves the nearest place by @p error_mm away from the nerve.
void bendFrom(Tube& vessel, const Approach& near, double error_mm) {
  const Vec3 apart = near.on_second - near.on_first;
  const Vec3 away = norm(apart) > 0.05 ? normalized(apart) : perpendicularTo({0, 0, 1});
  bend(vessel.points_mm, near.second_arc_mm, away * error_mm, kBendWidthMm);
}

}  // namespace

void settle(Tube& vessel, const CourseRules& rules) {
  const Guard guard(rules);
  const std::vector<bool> may = movable(vessel, rules);
  std::vector<Point3>& line = vessel.points_mm;
  for (int round = 0; round < kSettleRounds; ++round) {
    const std::vector<Point3> before = line;
    double moved = 0;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      if (may[i]) {
        const Vec3 pull = (before[i - 1] + before[i + 1]) * 0.5 - before[i];
        line[i] = guard.corrected(before[i] + kStiffness * pull, vessel.radius_mm[i]);
        moved = std::max(moved, distance(line[i], before[i]));
      }
    }
    if (moved < kRestMm) {
      return;
    }
  }
}

bool setGap(Tube& vessel, const Tube& nerve, double gap_mm) {
  for (int round = 0; round < kBendRounds; ++round) {
    const Approach near = nearestApproach(nerve, vessel);
    const double error = gap_mm - near.gap_mm;
    if (std::abs(error) < kGapToleranceMm) {
      return true;
    }
    bendFrom(vessel, near, error);
  }
  return false;
}

void keepOff(Tube& vessel, const Tube& nerve, double gap_mm) {
  for (int round = 0; round < kBendRounds; ++round) {
    const Approach near = nearestApproach(nerve, vessel);
    if (near.gap_mm >= gap_mm) {
      return;
    }
    bendFrom(vessel, near, gap_mm - near.gap_mm + 0.02);
  }
}

}  // namespace neurovasc::phantom
