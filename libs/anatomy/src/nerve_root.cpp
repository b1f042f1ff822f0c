#include "nerve_root.h"

#include <algorithm>

#include "neurovasc/core/tube.h"
#include "ridge_end.h"
#include "strand_cost.h"

namespace neurovasc::anatomy {

namespace {

/// A line this high above the smooth surface so near to its root does not run along the brain:
/// axes of attached nerves lie within 0.3 mm of that surface, under noise within 0.5 mm.
constexpr double kBridgeMm = 1.5;
constexpr double kBridgeHeightMm = 0.5;
/// A nerve that bridges a furrow sinks to its root, to 0.45 to 0.7 of that height where its line
/// ends; a line that went astray beyond the root is as high there or higher (0.8 and more).
constexpr double kSunkShare = 0.75;
/// What is seen of a nerve on the brain is not this far from its path: a fit that went more than
/// 0.6 mm was no nearer to the nerve than the path (77 of 2300 places).
constexpr double kMaxFromPathMm = 0.5;
/// At the root of a bridging nerve the axis is about this far below the smooth surface.
constexpr double kRootDepthMm = 0.1;
constexpr double kDirectionMm = 1.5;
/// Round an artery that crosses the root a path goes 1 mm astray on average, 3.6 mm at most; the
/// nerve goes straight on under it. What lies beyond this much of the line is taken for straight,
/// with the direction of the next part (2 to 3 mm taken off and 3 to 5 mm of direction do as well).
constexpr double kRoundArteryMm = 3.0;
constexpr double kDirectionUnderArteryMm = 4.0;
constexpr double kArteryReachMm = 1.5;
/// Share of what the ridge's end tells in the place of the root; the sulcus' level has the rest.
constexpr double kRidgeShare = 0.6;
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
/// Over so much a nerve may be hidden where it goes on beyond.
constexpr double kMostHiddenMm = 2.5;
/// Shorter pieces are the edge of the brain.
constexpr double kLeastStumpMm = 1.5;

/// Where a line runs through fluid.
std::vector<bool> inFluid(const std::vector<Point3>& line, const SideView& view) {
  const std::vector<double> t2 = meanAlong(view.t2, line, kFluidRunMm);
  const double fluid = view.brain + kFluidShare * (1 - view.brain);
  std::vector<bool> in(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) in[i] = t2[i] > fluid;
  return in;
}

/// Where it runs through fluid or along an artery.
std::vector<bool> offNerves(const std::vector<Point3>& line, const SideView& view) {
  std::vector<bool> off = onArtery(view, line);
  const std::vector<bool> fluid = inFluid(line, view);
  for (std::size_t i = 0; i < line.size(); ++i) off[i] = off[i] || fluid[i];
  return off;
}

/// Where it runs in an artery or through what one lends its brightness.
std::vector<bool> inFlow(const std::vector<Point3>& line, const SideView& view) {
  std::vector<bool> in = onArtery(view, line);
  const std::vector<double> tof = meanAlong(*view.tof, line, kFluidRunMm);
  for (std::size_t i = 0; i < line.size(); ++i) in[i] = in[i] || tof[i] > kFlowTof;
  return in;
}

/// How many points of @p line lie before the end of the last place of @p off near its beginning; 0
/// where hardly any line would be left.
std::size_t pointsTo(const std::vector<bool>& off, const std::vector<Point3>& line) {
  const std::vector<double> s = arcLengths(line);
  std::size_t first = 0;
  for (std::size_t i = 0; i < line.size() && s[i] < kAstrayMm; ++i) {
    if (off[i]) first = i + 1;
  }
  return first < line.size() && s.back() - s[first] > kLeastLineMm ? first : 0;
}

bool flowsNear(const SideView& view, const Point3& p) {
  constexpr double kStepMm = 0.5;
  constexpr int kSteps = static_cast<int>(kArteryReachMm / kStepMm);
  for (int k = -kSteps; k <= kSteps; ++k) {
    for (int j = -kSteps; j <= kSteps; ++j) {
      for (int i = -kSteps; i <= kSteps; ++i) {
        const Vec3 d = Vec3{1.0 * i, 1.0 * j, 1.0 * k} * kStepMm;
        if (norm(d) <= kArteryReachMm && interpolate(*view.tof, p + d) > kFlowTof) return true;
      }
    }
  }
  return false;
}

/// Whether an artery flows beside @p line between @p from_mm and @p to_mm.
bool flowsBeside(const SideView& view, const std::vector<Point3>& line, double from_mm,
                 double to_mm) {
  constexpr double kStepMm = 0.5;
  for (double mm = from_mm; mm <= to_mm; mm += kStepMm) {
    if (flowsNear(view, pointAt(line, mm))) return true;
  }
  return false;
}

/// Takes off the first @p mm of a line, and gives how much that was.
double cutFirst(double mm, std::vector<Point3>& line) {
  const std::vector<double> s = arcLengths(line);
  const auto kept = std::lower_bound(s.begin(), s.end(), mm) - s.begin();
  line.erase(line.begin(), line.begin() + kept);
  return s[static_cast<std::size_t>(kept)];
}

/// Takes off the beginning of a line where an artery lies beside it or beside its straight
/// continuation, but not beside what gives the direction: that it may have led astray as well.
/// Gives the length taken off, mm.
double takeOffRoundArtery(std::vector<Point3>& line, const SideView& view) {
  if (!view.tof || lengthOf(line) < kRoundArteryMm + kLeastLineMm) return 0;
  constexpr double kEndMm = kRoundArteryMm + kDirectionUnderArteryMm;
  if (flowsBeside(view, line, kRoundArteryMm, kEndMm)) return 0;
  const Point3 from = pointAt(line, kRoundArteryMm);
  const Vec3 along = normalized(from - pointAt(line, kEndMm));
  const std::vector<Point3> straight = {from, from + along * kRoundArteryMm};
  if (!flowsBeside(view, line, 0, kRoundArteryMm) &&
      !flowsBeside(view, straight, 0, kRoundArteryMm)) {
    return 0;
  }
  return cutFirst(kRoundArteryMm, line);
}

/// Whether the nerve bridges the furrow between pons and medulla.
bool bridgesFurrow(const std::vector<Point3>& line, const ImageF& brain_distance_mm) {
  const double height = interpolate(brain_distance_mm, pointAt(line, kBridgeMm));
  return height > kBridgeHeightMm &&
         interpolate(brain_distance_mm, line.front()) < kSunkShare * height;
}

/// One step farther on: into the brain where the nerve bridges a furrow, else along its surface.
void goOn(std::vector<Point3>& line, const Vec3& along, const ImageF& brain_distance_mm,
          bool bridges) {
  const Vec3 in = -normalized(gradient(brain_distance_mm, line.front(), 1.0));
  const Vec3 step = bridges ? along + in : along - in * dot(along, in);
  line.insert(line.begin(), line.front() + normalized(step) * kShortMm);
}

}  // namespace

std::size_t astrayPoints(const std::vector<Point3>& line, const SideView& view) {
  return pointsTo(offNerves(line, view), line);
}

std::size_t pointsBeyondArteries(const std::vector<Point3>& line, const SideView& view) {
  if (view.lumen.empty()) return 0;
  const std::vector<bool> flow = inFlow(line, view);
  std::vector<bool> in(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool lumen = view.lumen[voxelAt(view.lumen.geometry(), line[i])] != 0;
    in[i] = lumen || (i > 0 && in[i - 1] && flow[i]);  // to the artery's own edge
  }
  return pointsTo(in, line);
}

void mendAstray(std::vector<Point3>& line, const SideView& view) {
  const std::vector<bool> off = offNerves(line, view);
  const std::vector<double> s = arcLengths(line);
  std::size_t end = astrayPoints(line, view);
  while (end > 0) {
    std::size_t begin = end;
    while (begin > 0 && off[begin - 1]) --begin;
    const bool short_way = s[end] - s[begin] < kMostHiddenMm && s[begin] > kLeastStumpMm;
    const auto at = [&](std::size_t i) { return line.begin() + static_cast<std::ptrdiff_t>(i); };
    if (!short_way) {
      line.erase(line.begin(), at(end));
      return;
    }
    line.erase(at(begin), at(end));
    end = begin;
    while (end > 0 && !off[end - 1]) --end;
  }
}

std::vector<Point3> stumpOf(const std::vector<Point3>& line, const SideView& view) {
  if (!view.tof || line.size() < 3) return {};
  const std::vector<bool> flow = inFlow(line, view);
  const auto end = std::find(flow.begin(), flow.end(), true) - flow.begin();
  const std::vector<Point3> stump(line.begin(), line.begin() + end);
  if (stump.size() < 2 || stump.size() == line.size() || lengthOf(stump) < kLeastStumpMm) return {};
  // Through fluid the line may have come from anywhere.
  const std::vector<bool> fluid = inFluid(line, view);
  const std::vector<double> s = arcLengths(line);
  for (std::size_t i = 0; i < line.size() && s[i] < kAstrayMm; ++i) {
    if (fluid[i]) return {};
  }
  return stump;
}

void keepNearPath(const std::vector<Point3>& path, std::vector<Point3>& line) {
  for (Point3& p : line) {
    const Projection on_path = project(path, p);
    if (on_path.distance_mm <= kMaxFromPathMm) continue;
    p = on_path.point_mm + (p - on_path.point_mm) * (kMaxFromPathMm / on_path.distance_mm);
  }
}

bool takeOutOfBlood(const SideView& view, const std::vector<Point3>& path,
                    std::vector<Point3>& fitted) {
  if (!view.tof) return false;
  bool any = false;
  for (Point3& p : fitted) {
    if (interpolate(*view.tof, p) <= kFlowTof) continue;
    p = project(path, p).point_mm;
    any = true;
  }
  return any;
}

void endAtRoot(std::vector<Point3>& line, const SideView& view, const ImageF& brain_distance_mm,
               double sulcus_z_mm) {
  const double off_mm = takeOffRoundArtery(line, view);
  const int most_steps = kMostSteps + static_cast<int>(off_mm / kShortMm);
  // Where its end is taken off the line is still on its way to the brain, and high for that.
  const bool bridges = off_mm == 0 && bridgesFurrow(line, brain_distance_mm);
  const auto isThere = [&](const Point3& p) {
    return bridges ? interpolate(brain_distance_mm, p) <= -kRootDepthMm
                   : view.sideOf(p).z <= sulcus_z_mm;
  };
  while (line.size() > 4 && isThere(line[1])) line.erase(line.begin());
  const double over_mm = off_mm > 0 ? kDirectionUnderArteryMm : kDirectionMm;
  const Vec3 along = normalized(line.front() - pointAt(line, over_mm));
  for (int i = 0; i < most_steps && !isThere(line.front()); ++i) {
    goOn(line, along, brain_distance_mm, bridges);
  }
  if (bridges) return;
  const double beyond_mm = kRidgeShare * ridgeEndBeyond(line, view).value_or(0);
  for (double mm = kShortMm; mm <= beyond_mm; mm += kShortMm) {
    goOn(line, along, brain_distance_mm, bridges);
  }
  cutFirst(-beyond_mm, line);
}

}  // namespace neurovasc::anatomy
