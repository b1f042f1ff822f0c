#include "expected_nerve.h"

#include <algorithm>

#include "neurovasc/anatomy/tube_fit.h"
#include "voxel_ball.h"

namespace neurovasc::anatomy {
namespace {

/// Between dates registration and tracing err by 0.1 to 0.3 mm; decompression lets a nerve that was
/// pushed aside move by a millimetre. A strand in fluid is 30 times as cheap as what is none.
constexpr double kFreelyOffMm = 0.3;
constexpr double kShiftMm = 0.5;
constexpr double kMostOffMm = 3;
/// A black body that takes so much of a nerve's surroundings hides where its edge is; one that
/// touches it takes an eighth.
constexpr double kAroundMm = 1.0;
constexpr double kHidingShare = 0.03;
constexpr double kHiddenShare = 0.13;
/// T2 over a nerve's: what is darker is felt, air or bone, unless TOF is as bright as what flows.
constexpr double kBlack = 0.4;

/// Share of what surrounds @p p that is black and no flowing blood.
double blackShare(const SideView& view, const Point3& p) {
  double black = 0;
  double all = 0;
  forBall(view.t2.geometry(), p, kAroundMm, [&](std::size_t at, const Point3&) {
    const bool blood = view.tof && (*view.tof)[at] > kFlowTof;
    black += !blood && view.overNerve(view.t2[at]) < kBlack ? 1 : 0;
    all += 1;
  });
  return all > 0 ? black / all : 0;
}

}  // namespace

std::vector<Point3> upTo(const std::vector<Point3>& line, const Point3& end) {
  const Projection last = project(line, end);
  std::vector<Point3> part(line.begin(),
                           line.begin() + static_cast<std::ptrdiff_t>(last.segment + 1));
  part.push_back(last.point_mm);
  return part;
}

void keepNear(const std::vector<Point3>& expected_mm, ImageF& cost) {
  if (expected_mm.size() < 2) return;
  ImageF off_mm(cost.geometry());
  std::fill(off_mm.begin(), off_mm.end(), static_cast<float>(kMostOffMm));
  for (const Point3& center : smoothedLine(expected_mm, 0.3, 0.4)) {
    forBall(off_mm.geometry(), center, kMostOffMm, [&](std::size_t at, const Point3& p) {
      off_mm[at] = std::min(off_mm[at], static_cast<float>(distance(p, center)));
    });
  }
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    const double beyond = std::max(0.0, off_mm[i] - kFreelyOffMm) / kShiftMm;
    cost[i] *= static_cast<float>(1 + beyond * beyond);
  }
}

void hideAsExpected(const SideView& view, const std::vector<Point3>& expected_mm,
                    double unseen_confidence, Tube& tube) {
  const double end_mm = lengthOf(expected_mm);
  for (std::size_t i = 0; i < tube.size(); ++i) {
    const Projection place = project(expected_mm, tube.points_mm[i]);
    const double share = blackShare(view, place.point_mm);
    const double hidden =
        std::clamp((share - kHidingShare) / (kHiddenShare - kHidingShare), 0.0, 1.0);
    if (hidden == 0 || place.arclength_mm >= end_mm) continue;
    tube.points_mm[i] = tube.points_mm[i] + (place.point_mm - tube.points_mm[i]) * hidden;
    tube.confidence[i] += (unseen_confidence - tube.confidence[i]) * hidden;
  }
}

}  // namespace neurovasc::anatomy
