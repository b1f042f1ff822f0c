#include "brainstem.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "neurovasc/imaging/morphology.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

constexpr double kStepMm = 0.25;
/// The brainstem is as wide as this deep behind its anterior surface; two depths, since at one the
/// olive, a rootlet or the flocculus may hide the outline.
constexpr std::array<double, 2> kBehindSurfaceMm = {9, 5};
/// Wider than any pons: the outline runs on into the peduncle or a flocculus.
constexpr double kMostHalfWidthMm = 18.5;
/// The sulcus lies 2 to 11 mm below the detachment point (attached segments are 6 to 11 mm long).
constexpr double kUsualBelowMm = 6.5;
constexpr double kUsualSdMm = 2.0;
constexpr double kUnusualMm = 2.5;
constexpr double kLeastBelowMm = 2;
constexpr double kMostBelowMm = 11;
constexpr double kLowestMm = -26;
/// The medulla is nearly straight over this much, of which there must be at least 3 mm. Its last
/// half millimetre is left out: the outline bends there under the point spread.
constexpr double kMedullaMm = 7.5;
constexpr double kBendMm = 0.5;
constexpr std::size_t kLeastMedullaSteps = 12;
/// The pons begins where the outline stays this far outside the medulla's: twice the roughness by
/// folia, rootlets and voxels. At 0.6 to 1 mm the level is the same within 0.3 mm.
constexpr double kOutsideMm = 0.7;
constexpr double kStaysMm = 0.6;
/// The root lies in the furrow, which is a millimetre wide and more.
constexpr double kSulcusSdMm = 0.6;
constexpr double kOneOutlineSdMm = 1.0;
constexpr double kAgreeMm = 2.5;
/// Larger than the ridge of the nerve on the pons, smaller than the pons' own curvature.
constexpr double kRidgeOpeningMm = 4.0;
constexpr double kFillReachMm = 0.35;
constexpr double kFillEdgeMm = 0.12;

bool isBrain(const SideView& view, const Vec3& p) {
  const Point3 lps = view.lpsOf(p);
  return view.brain_mm.geometry().contains(lps) && interpolate(view.brain_mm, lps) < 0;
}

/// y of the brainstem's anterior surface beside the midline: the first of 6 mm of brain.
std::optional<double> anteriorSurface(const SideView& view, double z) {
  double run = 0;
  for (double y = -16; y < 28; y += kStepMm) {
    run = isBrain(view, {2, y, z}) ? run + kStepMm : 0;
    if (run >= 6) return y - 6;
  }
  return std::nullopt;
}

std::optional<double> halfWidth(const SideView& view, double y, double z) {
  double x = 2;
  while (x < kMostHalfWidthMm && isBrain(view, {x, y, z})) x += kStepMm;
  if (x < 5 || x >= kMostHalfWidthMm) return std::nullopt;
  return x;
}

/// One outline of the brainstem over z, growing from the medulla to the pons.
struct Outline {
  std::vector<double> z_mm;
  std::vector<double> out_mm;

  void add(double z, double out) {
    z_mm.push_back(z);
    out_mm.push_back(out);
  }
};

/// Half-widths at both depths.
std::array<Outline, 2> outlinesOf(const SideView& view, double upper_z_mm) {
  std::array<Outline, 2> outlines;
  for (double z = kLowestMm; z <= upper_z_mm; z += kStepMm) {
    const auto front = anteriorSurface(view, z);
    if (!front) continue;
    for (std::size_t i = 0; i < kBehindSurfaceMm.size(); ++i) {
      if (const auto w = halfWidth(view, *front + kBehindSurfaceMm[i], z)) outlines[i].add(z, *w);
    }
  }
  return outlines;
}

/// Least squares of v over t.
struct Line {
  double mean_t = 0;
  double mean_v = 0;
  double slope = 0;

  double at(double t) const { return mean_v + slope * (t - mean_t); }
};

Line lineThrough(const std::vector<double>& t, const std::vector<double>& v) {
  Line line;
  const auto n = static_cast<double>(t.size());
  for (std::size_t i = 0; i < t.size(); ++i) {
    line.mean_t += t[i] / n;
    line.mean_v += v[i] / n;
  }
  double tt = 0, tv = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    tt += (t[i] - line.mean_t) * (t[i] - line.mean_t);
    tv += (t[i] - line.mean_t) * (v[i] - line.mean_v);
  }
  line.slope = tt > 0 ? tv / tt : 0;
  return line;
}

/// Whether an outline leaves, at @p level_mm, the straight line of what lies below.
bool bendsOutward(const Outline& outline, double level_mm) {
  std::vector<double> z, v;
  for (std::size_t i = 0; i < outline.z_mm.size(); ++i) {
    const double at = outline.z_mm[i] - level_mm;
    if (at < -kMedullaMm || at > -kBendMm) continue;
    z.push_back(outline.z_mm[i]);
    v.push_back(outline.out_mm[i]);
  }
  if (z.size() < kLeastMedullaSteps) return false;
  const Line medulla = lineThrough(z, v);
  double least = kMostHalfWidthMm;
  bool any = false;
  for (std::size_t i = 0; i < outline.z_mm.size(); ++i) {
    const double at = outline.z_mm[i] - level_mm;
    if (at < 0 || at > kStaysMm) continue;
    least = std::min(least, outline.out_mm[i] - medulla.at(outline.z_mm[i]));
    any = true;
  }
  return any && least > kOutsideMm;
}

/// The lowest level within reach of the detachment point's at which an outline bends outward.
std::optional<double> footOfPons(const Outline& outline, double detachment_z_mm) {
  for (double z = detachment_z_mm - kMostBelowMm; z <= detachment_z_mm - kLeastBelowMm;
       z += kStepMm) {
    if (bendsOutward(outline, z)) return z;
  }
  return std::nullopt;
}

/// Foot of the pons by both outlines.
struct Foot {
  double z_mm = 0;
  double sd_mm = std::numeric_limits<double>::infinity();
};

/// Where the two differ, a flocculus, an olive or an artery widens one of them: the one nearer to
/// the usual level is kept. Far from that it may be such a thing's by both.
Foot footOf(const std::optional<double>& deep, const std::optional<double>& shallow,
            double usual_z_mm) {
  if (!deep && !shallow) return {};
  const double one = deep ? *deep : *shallow;
  const double other = shallow ? *shallow : one;
  Foot foot;
  if (deep && shallow && std::abs(one - other) < kAgreeMm) {
    foot = {0.5 * (one + other), std::hypot(kSulcusSdMm, 0.5 * (one - other))};
  } else {
    const bool first = std::abs(one - usual_z_mm) < std::abs(other - usual_z_mm);
    foot = {first ? one : other, kOneOutlineSdMm};
  }
  if (std::abs(foot.z_mm - usual_z_mm) > kUnusualMm) foot.sd_mm = kUsualSdMm;
  return foot;
}

}  // namespace

SulcusLevel findSulcus(const SideView& view, double detachment_z_mm) {
  const auto outlines = outlinesOf(view, detachment_z_mm - kLeastBelowMm + kStaysMm);
  const double usual = detachment_z_mm - kUsualBelowMm;
  const Foot foot = footOf(footOfPons(outlines[0], detachment_z_mm),
                           footOfPons(outlines[1], detachment_z_mm), usual);
  const double measured = 1 / (foot.sd_mm * foot.sd_mm);
  const double expected = 1 / (kUsualSdMm * kUsualSdMm);
  SulcusLevel level;
  level.measured = measured > 0;
  level.z_mm = (measured * foot.z_mm + expected * usual) / (measured + expected);
  // Where the two contradict each other neither is worth its own standard deviation (Birge).
  const double apart = level.measured ? foot.z_mm - usual : 0;
  const double chi = std::abs(apart) * std::sqrt(measured * expected / (measured + expected));
  level.sd_mm = std::max(1.0, chi) / std::sqrt(measured + expected);
  return level;
}

FilledBrain brainFilledWithCsf(const SideView& view, int threads, const Progress& progress) {
  const Mask core = between(view.brain_mm, -1e6, -kRidgeOpeningMm);
  FilledBrain filled{view.t2, imaging::distanceTo(core, threads)};
  progress.stop().throwIfStopped();
  for (std::size_t i = 0; i < filled.t2.voxelCount(); ++i) {
    float& d = filled.distance_mm[i];
    d -= static_cast<float>(kRidgeOpeningMm);
    const double x = std::clamp((d - kFillReachMm) / kFillEdgeMm, -30.0, 30.0);
    const double s = 1 / (1 + std::exp(x));
    filled.t2[i] = static_cast<float>(filled.t2[i] * (1 - s) + s);
  }
  return filled;
}

}  // namespace neurovasc::anatomy
