#include "vessel_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kPitch_mm = 0.2;
constexpr double kLeastRadius_mm = 0.2;
constexpr double kGreatestRadius_mm = 3.5;
/// Room beyond the tube that enters the fit, mm: enough for the point spread's foot.
constexpr double kRim_mm = 0.7;
/// Sections before and behind, mm, pooled with the one at the point.
constexpr std::array<double, 3> kSections_mm = {-0.25, 0.0, 0.25};
constexpr int kIterations = 6;
constexpr int kRounds = 2;
/// Residuals beyond this many noise deviations are other structures and lose weight (Cauchy).
constexpr double kOutlier = 2.5;
/// The circle on which a tube's surroundings are judged lies this far outside its edge, mm.
constexpr double kRing_mm = 0.65;
constexpr int kRingSamples = 16;
/// Share of the darkness that must be explained for a radius to be believed.
constexpr double kTrusted = 0.5;
constexpr double kFluidLevel = 0.62;
/// Bone, air and pads: below this on T2 (1 CSF), and below this part of the way from CSF to brain
/// on TOF, where nerves and veins have 0.75.
constexpr double kBoneT2 = 0.28;
constexpr double kBoneTof = 0.35;
/// Where the tube's core, out to this radius in mm, has this level of flowing blood on TOF (1
/// brain), what is darker than this on T2, and on TOF below this part of the way from CSF to the
/// tube, is another structure that touches it.
constexpr double kCore_mm = 0.6;
constexpr double kFlow = 1.4;
constexpr double kOtherT2 = 0.45;
constexpr double kOtherTof = 0.3;

/// A point of the line with the plane across it.
struct Section {
  Point3 centre;
  Vec3 along;
  Vec3 u;
  Vec3 v;
};

/// What T2 shows at a place of the cross-section, and what it would show without the tube.
struct Sample {
  double x_mm;
  double y_mm;
  double t2;
  double background;
  double tof;  // 0 without TOF
};

/// In-plane place and radius of the disc.
struct Disc {
  double x_mm = 0;
  double y_mm = 0;
  double radius_mm = 0.5;
};

class SectionFitter {
 public:
  SectionFitter(const VesselImages& images, const TubeProfile& disc, const FitOptions& options,
                double lumen_t2)
      : images_(images), disc_(disc), options_(options), lumen_t2_(lumen_t2) {}

  Disc fit(const Section& section, double radius_mm) const {
    const std::vector<Sample> samples = sample(section, radius_mm);
    Disc best{0, 0, radius_mm};
    for (int n = 0; n < kIterations; ++n) {
      if (!improve(samples, radius_mm, best)) {
        break;
      }
    }
    return best;
  }

  std::vector<Sample> sample(const Section& section, double radius_mm) const {
    const double half = radius_mm + kRim_mm;
    const double pitch = std::max(kPitch_mm, radius_mm / 4);
    const int count = static_cast<int>(std::ceil(half / pitch));
    std::vector<Sample> samples;
    for (const double s : kSections_mm) {
      for (int a = -count; a <= count; ++a) {
        for (int b = -count; b <= count; ++b) {
          const double x = a * pitch;
          const double y = b * pitch;
          const Point3 p = section.centre + s * section.along + x * section.u + y * section.v;
          if (x * x + y * y > half * half || !images_.t2.geometry().contains(p)) {
            continue;
          }
          const double tof = images_.tof.empty() ? 0 : interpolate(images_.tof, p);
          samples.push_back({x, y, interpolate(images_.t2, p), backgroundAt(p), tof});
        }
      }
    }
    if (!images_.tof.empty() && images_.tof_coverage.contains(section.centre)) {
      leaveOutOthers(radius_mm, samples);
    }
    return samples;
  }

  double shareAt(const Sample& s, const Disc& d) const {
    return disc_(std::hypot(s.x_mm - d.x_mm, s.y_mm - d.y_mm), d.radius_mm, images_.t2_sigma_mm);
  }

  double modelled(const Sample& s, const Disc& d) const {
    return s.background + (std::min(lumen_t2_, s.background) - s.background) * shareAt(s, d);
  }

 private:
  double backgroundAt(const Point3& p) const {
    return images_.backgroundOf(1, images_.t2_brain, p, images_.t2_sigma_mm);
  }

  /// Bone, air and pads are as dark on T2 as flowing blood, but dark on TOF too: how dark, depends
  /// on how bright the tube itself is.
  void leaveOutOthers(double radius_mm, std::vector<Sample>& samples) const {
    double top = 0;
    double bottom = 0;
    for (const Sample& s : samples) {
      const double share =
          disc_(std::hypot(s.x_mm, s.y_mm), std::min(radius_mm, kCore_mm), images_.tof_sigma_mm);
      top += share * (s.tof - images_.tof_csf * (1 - share));
      bottom += share * share;
    }
    const double level = bottom > 0 ? top / bottom : 0;
    const bool flows = level > kFlow;
    const double darkest = flows ? kOtherT2 : kBoneT2;
    const double dimmest = images_.tof_csf + (flows ? kOtherTof * (level - images_.tof_csf)
                                                    : kBoneTof * (1 - images_.tof_csf));
    samples.erase(
        std::remove_if(samples.begin(), samples.end(),
                       [&](const Sample& s) { return s.t2 < darkest && s.tof < dimmest; }),
        samples.end());
  }

  /// One damped Gauss-Newton step on (x, y, log radius). False once it stands still.
  bool improve(const std::vector<Sample>& samples, double prior_radius_mm, Disc& d) const {
    constexpr double kDelta = 0.02;
    Matrix3 normal;
    Vec3 right = priorPull(prior_radius_mm, d, normal);
    const Disc dx{d.x_mm + kDelta, d.y_mm, d.radius_mm};
    const Disc dy{d.x_mm, d.y_mm + kDelta, d.radius_mm};
    const Disc dr{d.x_mm, d.y_mm, d.radius_mm * std::exp(kDelta)};
    const double noise2 = options_.t2_noise * options_.t2_noise;
    for (const Sample& s : samples) {
      const double m = modelled(s, d);
      const double residual = s.t2 - m;
      const double scaled2 = residual * residual / noise2;
      const double weight = 1 / (noise2 * (1 + scaled2 / (kOutlier * kOutlier)));
      const Vec3 g{(modelled(s, dx) - m) / kDelta, (modelled(s, dy) - m) / kDelta,
                   (modelled(s, dr) - m) / kDelta};
      for (int a = 0; a < 3; ++a) {
        right[a] += weight * residual * g[a];
        for (int b = 0; b < 3; ++b) {
          normal(a, b) += weight * g[a] * g[b];
        }
      }
    }
    return apply(solved(normal, right), d);
  }

  Vec3 priorPull(double prior_radius_mm, const Disc& d, Matrix3& normal) const {
    const double centre = 1 / (options_.centre_sd_mm * options_.centre_sd_mm);
    const double radius = 1 / (options_.radius_log_sd * options_.radius_log_sd);
    normal.m = {centre, 0, 0, 0, centre, 0, 0, 0, radius};
    return {-centre * d.x_mm, -centre * d.y_mm, -radius * std::log(d.radius_mm / prior_radius_mm)};
  }

  static Vec3 solved(const Matrix3& a, const Vec3& b) {
    const SymmetricEigen e = eigenOfSymmetric(a);
    Vec3 x;
    for (int n = 0; n < 3; ++n) {
      const Vec3 axis = e.vectors.column(n);
      x += (dot(axis, b) / std::max(e.values[n], 1e-9)) * axis;
    }
    return x;
  }

  static bool apply(Vec3 step, Disc& d) {
    step.x = std::clamp(step.x, -0.15, 0.15);
    step.y = std::clamp(step.y, -0.15, 0.15);
    step.z = std::clamp(step.z, -0.3, 0.3);
    d.x_mm = std::clamp(d.x_mm + step.x, -0.6, 0.6);
    d.y_mm = std::clamp(d.y_mm + step.y, -0.6, 0.6);
    d.radius_mm = std::clamp(d.radius_mm * std::exp(step.z), kLeastRadius_mm, kGreatestRadius_mm);
    return norm(step) > 2e-3;
  }

  const VesselImages& images_;
  const TubeProfile& disc_;
  const FitOptions& options_;
  double lumen_t2_;
};

Section sectionAt(const std::vector<Point3>& line, double s_mm) {
  Section section;
  section.centre = pointAt(line, s_mm);
  // The tangent over a millimetre: that of one step of the tracer is too noisy.
  const Vec3 chord = pointAt(line, s_mm + 0.5) - pointAt(line, s_mm - 0.5);
  section.along = norm(chord) > 0 ? normalized(chord) : tangentAt(line, s_mm);
  section.u = perpendicularTo(section.along);
  section.v = cross(section.along, section.u);
  return section;
}

/// Gaussian weights that keep a parabola what it is: plain ones would pull every loop of a vessel
/// inward by sigma^2 / (2 R), 0.1 mm and more.
std::vector<double> parabolaKeepingWeights(int half, double sigma) {
  std::vector<double> weights;
  std::array<double, 3> moments{};
  for (int m = -half; m <= half; ++m) {
    const double w = std::exp(-0.5 * m * m / (sigma * sigma));
    weights.push_back(w);
    for (std::size_t n = 0; n < moments.size(); ++n) {
      moments[n] += w * std::pow(m, 2.0 * static_cast<double>(n));
    }
  }
  const double scale = moments[0] * moments[2] - moments[1] * moments[1];
  if (scale <= 0) {
    return weights;
  }
  for (int m = -half; m <= half; ++m) {
    weights[static_cast<std::size_t>(m + half)] *= (moments[2] - moments[1] * m * m) / scale;
  }
  return weights;
}

std::vector<double> smoothed(const std::vector<double>& values, double sigma_in_steps) {
  const int reach = static_cast<int>(std::ceil(2.5 * sigma_in_steps));
  const int count = static_cast<int>(values.size());
  std::vector<double> out(values);
  for (int n = 0; n < count; ++n) {
    // A window that is the same on both sides keeps the ends where they are.
    const int half = std::min({reach, n, count - 1 - n});
    if (half == 0) {
      continue;
    }
    const std::vector<double> weights = parabolaKeepingWeights(half, sigma_in_steps);
    double sum = 0;
    for (int m = -half; m <= half; ++m) {
      sum += weights[static_cast<std::size_t>(m + half)] * values[static_cast<std::size_t>(n + m)];
    }
    out[static_cast<std::size_t>(n)] = sum;
  }
  return out;
}

std::vector<double> positive(std::vector<double> radii) {
  for (double& r : radii) {
    r = std::max(r, kLeastRadius_mm);
  }
  return radii;
}

std::vector<Point3> smoothed(const std::vector<Point3>& points, double sigma_in_steps) {
  std::vector<Point3> out(points.size());
  std::vector<double> axis(points.size());
  for (int a = 0; a < 3; ++a) {
    for (std::size_t n = 0; n < points.size(); ++n) {
      axis[n] = points[n][a];
    }
    axis = smoothed(axis, sigma_in_steps);
    for (std::size_t n = 0; n < points.size(); ++n) {
      out[n][a] = axis[n];
    }
  }
  return out;
}

/// Lumen level of an image in which it is @p level there and @p background around: least squares
/// with the tube's shape known.
class LevelMeter {
 public:
  LevelMeter(const ImageF& image, double csf, double sigma_mm, const VesselImages& images,
             const TubeProfile& disc)
      : image_(image), csf_(csf), sigma_mm_(sigma_mm), images_(images), disc_(disc) {}

  double levelAt(const Section& section, double radius_mm) const {
    const int count = static_cast<int>(std::ceil((radius_mm + sigma_mm_) / kPitch_mm));
    double top = 0;
    double bottom = 0;
    for (const double s : kSections_mm) {
      for (int a = -count; a <= count; ++a) {
        for (int b = -count; b <= count; ++b) {
          const Vec3 offset = kPitch_mm * (a * section.u + b * section.v);
          const Point3 p = section.centre + s * section.along + offset;
          const double share = disc_(norm(offset), radius_mm, sigma_mm_);
          const double background = images_.backgroundOf(csf_, 1, p, sigma_mm_);
          top += share * (interpolate(image_, p) - background * (1 - share));
          bottom += share * share;
        }
      }
    }
    return bottom > 0 ? top / bottom : 0;
  }

 private:
  const ImageF& image_;
  double csf_;
  double sigma_mm_;
  const VesselImages& images_;
  const TubeProfile& disc_;
};

void look(const Section& section, const Disc& d, const SectionFitter& fitter, FittedLine& out) {
  double without = 0;
  double with = 0;
  for (const Sample& s : fitter.sample(section, d.radius_mm)) {
    without += (s.t2 - s.background) * (s.t2 - s.background);
    const double residual = s.t2 - fitter.modelled(s, d);
    with += residual * residual;
  }
  out.explained.push_back(without > 0 ? 1 - with / without : 0);
}

/// What surrounds the tube: CSF, the known brain, or something else.
void lookAround(const Section& section, double radius_mm, const VesselImages& images,
                FittedLine& out) {
  int open = 0;
  int brain = 0;
  for (int n = 0; n < kRingSamples; ++n) {
    const double angle = 2 * 3.14159265358979323846 * n / kRingSamples;
    const Point3 p = section.centre + (radius_mm + kRing_mm) * (std::cos(angle) * section.u +
                                                                std::sin(angle) * section.v);
    if (interpolate(images.t2, p) > kFluidLevel) {
      ++open;
    } else if (!images.brain_mm.empty() && interpolate(images.brain_mm, p) < 0.2) {
      ++brain;
    }
  }
  out.open.push_back(static_cast<double>(open) / kRingSamples);
  out.blocked.push_back(static_cast<double>(kRingSamples - open - brain) / kRingSamples);
  out.brain_mm.push_back(images.brain_mm.empty() ? std::numeric_limits<double>::infinity()
                                                 : interpolate(images.brain_mm, section.centre));
}

/// Lumen level on T2 of a line wide enough to show it: the median on its axis there.
double lumenLevel(const std::vector<Point3>& points, const std::vector<double>& radii,
                  const VesselImages& images, double otherwise) {
  std::vector<double> levels;
  for (std::size_t n = 0; n < points.size(); ++n) {
    if (radii[n] > 3 * images.t2_sigma_mm) {
      levels.push_back(interpolate(images.t2, points[n]));
    }
  }
  return levels.size() < 4 ? otherwise : std::clamp(medianOf(levels), 0.0, images.t2_brain);
}

/// @p line at the step of the fit.
FittedLine startingLine(const TracedLine& line, const FitOptions& options) {
  FittedLine out;
  const double length = lengthOf(line.points_mm);
  const auto steps = static_cast<std::size_t>(std::max(2.0, std::round(length / options.step_mm)));
  for (std::size_t n = 0; n <= steps; ++n) {
    const double s = length * static_cast<double>(n) / static_cast<double>(steps);
    out.points_mm.push_back(pointAt(line.points_mm, s));
    out.radius_mm.push_back(std::max(kLeastRadius_mm, valueAt(line.points_mm, line.radius_mm, s)));
  }
  const double sigma = options.smoothing_mm / options.step_mm;
  out.points_mm = smoothed(out.points_mm, sigma);
  out.radius_mm = positive(smoothed(out.radius_mm, 3 * sigma));
  out.response = medianOf(line.response);
  out.first_on = line.first_on;
  out.last_on = line.last_on;
  return out;
}

/// One round of fits in all sections, then smoothing along the line.
void refine(const SectionFitter& fitter, double sigma, FittedLine& line) {
  const std::vector<Point3> before = line.points_mm;
  const std::vector<double> arc = arcLengths(before);
  for (std::size_t n = 0; n < before.size(); ++n) {
    const Section section = sectionAt(before, arc[n]);
    const Disc d = fitter.fit(section, line.radius_mm[n]);
    line.points_mm[n] = section.centre + d.x_mm * section.u + d.y_mm * section.v;
    line.radius_mm[n] = d.radius_mm;
  }
  line.points_mm = smoothed(line.points_mm, sigma);
  line.radius_mm = positive(smoothed(line.radius_mm, 2 * sigma));
}

/// What the images show along a fitted line.
void measure(const VesselImages& images, const TubeProfile& disc, const FitOptions& options,
             FittedLine& line) {
  const SectionFitter fitter(images, disc, options, line.lumen_t2);
  const LevelMeter tof(images.tof, images.tof_csf, images.tof_sigma_mm, images, disc);
  const LevelMeter ce_t1(images.ce_t1, images.ce_t1_csf, images.ce_t1_sigma_mm, images, disc);
  const std::vector<double> arc = arcLengths(line.points_mm);
  for (std::size_t n = 0; n < line.size(); ++n) {
    const Section section = sectionAt(line.points_mm, arc[n]);
    look(section, {0, 0, line.radius_mm[n]}, fitter, line);
    lookAround(section, line.radius_mm[n], images, line);
    line.t2_level.push_back(interpolate(images.t2, line.points_mm[n]));
    if (!images.tof.empty()) {
      const bool measured = images.tof_coverage.contains(section.centre);
      line.tof_level.push_back(measured ? tof.levelAt(section, line.radius_mm[n]) : kUnmeasured);
    }
    if (!images.ce_t1.empty()) {
      const bool measured = images.ce_t1_coverage.contains(section.centre);
      line.ce_t1_level.push_back(measured ? ce_t1.levelAt(section, line.radius_mm[n])
                                          : kUnmeasured);
    }
  }
}

/// Where the disc explains little (sharp bends, other structures), the radius is taken over from
/// the nearest places on both sides where it explains much.
void mendRadii(FittedLine& line) {
  std::vector<std::size_t> good;
  for (std::size_t n = 0; n < line.size(); ++n) {
    if (line.explained[n] >= kTrusted) {
      good.push_back(n);
    }
  }
  if (good.empty()) {
    return;
  }
  for (std::size_t n = 0; n < line.size(); ++n) {
    const auto next = std::lower_bound(good.begin(), good.end(), n);
    if (next != good.end() && *next == n) {
      continue;
    }
    const std::size_t after = next == good.end() ? good.back() : *next;
    const std::size_t before = next == good.begin() ? good.front() : *(next - 1);
    const double f = after > before
                         ? static_cast<double>(n - before) / static_cast<double>(after - before)
                         : 0.0;
    line.radius_mm[n] = (1 - f) * line.radius_mm[before] + f * line.radius_mm[after];
  }
}

}  // namespace

double medianOf(std::vector<double> values) {
  if (values.empty()) {
    return 0;
  }
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

FittedLine fitLine(const TracedLine& line, const VesselImages& images, const TubeProfile& disc,
                   const FitOptions& options) {
  FittedLine out = startingLine(line, options);
  out.lumen_t2 = lumenLevel(out.points_mm, out.radius_mm, images, options.lumen_t2);
  for (int round = 0; round < kRounds; ++round) {
    const SectionFitter fitter(images, disc, options, out.lumen_t2);
    refine(fitter, options.smoothing_mm / options.step_mm, out);
    out.lumen_t2 = lumenLevel(out.points_mm, out.radius_mm, images, options.lumen_t2);
  }
  measure(images, disc, options, out);
  mendRadii(out);
  return out;
}

}  // namespace neurovasc::anatomy
