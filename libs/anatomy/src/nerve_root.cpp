#include "nerve_root.h"

#include "neurovasc/core/tube.h"
#include "strand_paths.h"

namespace neurovasc::anatomy {

namespace {

/// A line this high above the smooth surface so near to its root does not run along the brain:
/// axes of attached nerves lie within 0.3 mm of that surface.
constexpr double kBridgeMm = 1.5;
constexpr double kBridgeHeightMm = 0.35;
/// At the root of a bridging nerve the axis is about this far below the smooth surface.
constexpr double kRootDepthMm = 0.1;
constexpr double kDirectionMm = 1.5;
constexpr double kShortMm = 0.2;
/// The line ends within 2.4 mm of the root; farther on it would be guessed.
constexpr int kMostSteps = 12;
/// Paths go astray on the attached segment, 8 to 10 mm long; what is left must show a direction.
constexpr double kAstrayMm = 8.0;
constexpr double kLeastLineMm = 3.0;
/// Paths on the brain's surface pass through its blurred edge; this share of the way from brain to
/// fluid over a millimetre is fluid.
constexpr double kFluidRunMm = 0.5;
constexpr double kFluidShare = 0.75;

}  // namespace

std::size_t astrayPoints(const std::vector<Point3>& line, const SideView& view) {
  const std::vector<bool> artery = onArtery(view, line);
  const std::vector<double> t2 = meanAlong(view.t2, line, kFluidRunMm);
  const std::vector<double> s = arcLengths(line);
  const double fluid = view.brain + kFluidShare * (1 - view.brain);
  std::size_t first = 0;
  for (std::size_t i = 0; i < line.size() && s[i] < kAstrayMm; ++i) {
    if (artery[i] || t2[i] > fluid) first = i + 1;
  }
  return first < line.size() && s.back() - s[first] > kLeastLineMm ? first : 0;
}

void endAtRoot(std::vector<Point3>& line, const SideView& view, const ImageF& brain_distance_mm,
               double sulcus_z_mm) {
  const bool bridges = interpolate(brain_distance_mm, pointAt(line, kBridgeMm)) > kBridgeHeightMm;
  const auto isThere = [&](const Point3& p) {
    return bridges ? interpolate(brain_distance_mm, p) <= -kRootDepthMm
                   : view.sideOf(p).z <= sulcus_z_mm;
  };
  while (line.size() > 4 && isThere(line[1])) line.erase(line.begin());
  const Vec3 along = normalized(line.front() - pointAt(line, kDirectionMm));
  for (int i = 0; i < kMostSteps && !isThere(line.front()); ++i) {
    const Vec3 in = -normalized(gradient(brain_distance_mm, line.front(), 1.0));
    const Vec3 step = bridges ? along + in : along - in * dot(along, in);
    line.insert(line.begin(), line.front() + normalized(step) * kShortMm);
  }
}

}  // namespace neurovasc::anatomy
