#include "ridge_end.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/core/tube.h"
#include "vessel_fit.h"

namespace neurovasc::anatomy {

namespace {

/// The direction is taken from this part of the line: its beginning is what is in question.
constexpr double kFromMm = 2.5;
constexpr double kToMm = 6.0;
constexpr double kStepMm = 0.25;
/// Heights are taken from so far before the line's beginning to so far beyond it.
constexpr double kReachMm = 6.0;
/// The first of them tell how high the ridge is.
constexpr std::size_t kRidgeSteps = 12;
/// Looked for from in the brain outwards, on three tracks side by side, mm.
constexpr double kDeepMm = -3.5;
constexpr double kHighMm = 6.0;
constexpr double kFineMm = 0.1;
constexpr std::array<double, 3> kTracksMm = {-0.4, 0, 0.4};
/// The gradient of T2 is taken over this.
constexpr double kGradientMm = 1.2;
/// A change of height by a nerve's radius is none of noise or voxels. An artery on the nerve looks
/// like more ridge and is passed over.
constexpr double kChangeMm = 0.5;
/// The ridge is known to have sunk so much beyond the root, and the bulge begins beyond the furrow.
constexpr double kSinksAfterMm = 0.2;
constexpr double kBulgesAfterMm = 1.3;
constexpr double kEarliestMm = -3.5;
constexpr double kLatestMm = 4.0;
constexpr double kMostMm = 2.5;

/// Axes at the straight continuation of a line: s runs on from its beginning.
struct Continuation {
  Point3 begin;
  Vec3 on;
  Vec3 out;
  Vec3 aside;

  Point3 at(double s, double height, double track) const {
    return begin + on * s + out * height + aside * track;
  }
};

/// Straight through the line between kFromMm and kToMm, by least squares.
Continuation continuationOf(const std::vector<Point3>& line, const ImageF& t2) {
  Continuation axes;
  Vec3 mean;
  Vec3 slope;
  Vec3 outward;
  double n = 0;
  double squares = 0;
  constexpr double kMiddleMm = 0.5 * (kFromMm + kToMm);
  for (double s = kFromMm; s <= kToMm; s += kStepMm) {
    const Point3 p = pointAt(line, s);
    mean += p;
    slope += p * (s - kMiddleMm);
    squares += (s - kMiddleMm) * (s - kMiddleMm);
    outward += gradient(t2, p, kGradientMm);
    n += 1;
  }
  axes.begin = mean / n - slope * (kMiddleMm / squares);
  axes.on = -normalized(slope);
  axes.out = normalized(outward - axes.on * dot(outward, axes.on));
  axes.aside = cross(axes.on, axes.out);
  return axes;
}

double heightAt(const SideView& view, const Continuation& axes, double s, double track) {
  const double half = 0.5 * (view.brain + 1);
  double height = kDeepMm;
  while (height < kHighMm && interpolate(view.t2, axes.at(s, height, track)) <= half) {
    height += kFineMm;
  }
  return height;
}

/// Heights of the brain's surface over the ridge's, from -kReachMm to kReachMm.
std::vector<double> heightsOf(const SideView& view, const Continuation& axes) {
  std::vector<double> heights;
  for (double s = -kReachMm; s <= kReachMm; s += kStepMm) {
    std::vector<double> of_tracks;
    for (const double track : kTracksMm) of_tracks.push_back(heightAt(view, axes, s, track));
    heights.push_back(medianOf(std::move(of_tracks)));
  }
  const double ridge = medianOf({heights.begin(), heights.begin() + kRidgeSteps});
  for (double& height : heights) height -= ridge;
  return heights;
}

double placeOf(std::size_t step) { return -kReachMm + kStepMm * static_cast<double>(step); }

std::optional<double> whereItSinks(const std::vector<double>& heights) {
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const double s = placeOf(i);
    if (s >= kEarliestMm && s <= kLatestMm && heights[i] < -kChangeMm) return s - kSinksAfterMm;
  }
  return std::nullopt;
}

/// Beyond the last place that is no higher than the ridge.
std::optional<double> whereItBulges(const std::vector<double>& heights) {
  std::size_t i = heights.size();
  while (i > 0 && heights[i - 1] >= kChangeMm) --i;
  if (i == 0 || i == heights.size()) return std::nullopt;
  return placeOf(i - 1) - kBulgesAfterMm;
}

}  // namespace

std::optional<double> ridgeEndBeyond(const std::vector<Point3>& line, const SideView& view) {
  if (lengthOf(line) < kToMm) return std::nullopt;
  const std::vector<double> heights = heightsOf(view, continuationOf(line, view.t2));
  std::optional<double> end = whereItSinks(heights);
  if (!end) end = whereItBulges(heights);
  if (!end || std::abs(*end) > kMostMm) return std::nullopt;
  return end;
}

}  // namespace neurovasc::anatomy
