#include "neurovasc/anatomy/tube_fit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "blurred_disc.h"
#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {

namespace {

constexpr std::size_t kUnknowns = 5;  // centre (2), radius, core, surrounding
using Parameters = std::array<double, kUnknowns>;

/// Darkness below this is noise and shading of the surrounding.
constexpr double kDarknessFloor = 0.08;
constexpr double kCentroidSigmaMm = 0.5;
constexpr double kCentroidReachMm = 1.0;
constexpr double kSampleMm = 0.25;
/// Residual at which a sample counts half: a neighbour's edge, not noise.
constexpr double kCauchyScale = 0.1;
constexpr double kMaxShiftMm = 0.6;
constexpr double kAxisMm = 0.35;

struct Sample {
  double a;  ///< position in the plane, mm
  double b;
  double value;
  double weight;
};

/// A plane across the tube.
struct Section {
  Point3 center;
  Vec3 u;
  Vec3 v;
  Vec3 tangent;
};

Section sectionAt(const std::vector<Point3>& line, std::size_t i) {
  const std::size_t before = i == 0 ? 0 : i - 1;
  const std::size_t after = std::min(i + 1, line.size() - 1);
  Section s;
  s.center = line[i];
  s.tangent = normalized(line[after] - line[before]);
  s.u = perpendicularTo(s.tangent);
  s.v = cross(s.tangent, s.u);
  return s;
}

std::vector<Sample> samplesOf(const ImageF& image, const ImageF& weight, const Section& section,
                              double reach_mm) {
  std::vector<Sample> samples;
  const int n = static_cast<int>(std::ceil(reach_mm / kSampleMm));
  for (int slab = -1; slab <= 1; ++slab) {
    for (int j = -n; j <= n; ++j) {
      for (int i = -n; i <= n; ++i) {
        const double a = i * kSampleMm;
        const double b = j * kSampleMm;
        if (a * a + b * b > reach_mm * reach_mm) continue;
        const Point3 p =
            section.center + section.u * a + section.v * b + section.tangent * (0.35 * slab);
        const double w = weight.empty() ? 1.0 : interpolate(weight, p);
        samples.push_back({a, b, interpolate(image, p), w});
      }
    }
  }
  return samples;
}

/// Shift of the centre to the centroid of darkness, in the plane.
Vec3 centroidShift(const std::vector<Sample>& samples, const Section& section, double core) {
  double sum = 0, sa = 0, sb = 0;
  for (const Sample& s : samples) {
    // A vessel without signal is darker than any nerve and must not pull harder.
    const double darkness = std::min(1 - s.value, 1 - core) - kDarknessFloor;
    if (darkness <= 0) continue;
    const double near =
        std::exp(-0.5 * (s.a * s.a + s.b * s.b) / (kCentroidSigmaMm * kCentroidSigmaMm));
    const double w = darkness * near * s.weight;
    sum += w;
    sa += w * s.a;
    sb += w * s.b;
  }
  if (sum <= 0) return {};
  return section.u * (sa / sum) + section.v * (sb / sum);
}

double modelAt(const BlurredDisc& disc, const Parameters& x, const Sample& s) {
  const double rho = std::hypot(s.a - x[0], s.b - x[1]);
  return x[4] - (x[4] - x[3]) * disc(rho, x[2]);
}

/// Solves the small symmetric system in place; false if singular.
bool solve(std::array<std::array<double, kUnknowns>, kUnknowns> a, Parameters b, Parameters& x) {
  for (std::size_t c = 0; c < kUnknowns; ++c) {
    if (std::abs(a[c][c]) < 1e-12) return false;
    for (std::size_t r = c + 1; r < kUnknowns; ++r) {
      const double f = a[r][c] / a[c][c];
      for (std::size_t k = c; k < kUnknowns; ++k) a[r][k] -= f * a[c][k];
      b[r] -= f * b[c];
    }
  }
  for (std::size_t c = kUnknowns; c-- > 0;) {
    for (std::size_t k = c + 1; k < kUnknowns; ++k) b[c] -= a[c][k] * x[k];
    x[c] = b[c] / a[c][c];
  }
  return true;
}

struct SectionFit {
  Parameters x{};
  double residual = 1;
};

/// Gauss-Newton with Cauchy weights and Gaussian priors on radius, core and surrounding.
SectionFit fitSection(const std::vector<Sample>& samples, const BlurredDisc& disc,
                      const TubeFitOptions& options) {
  const Parameters prior = {0, 0, options.radius_mm, options.core, 1};
  const Parameters sd = {0.3, 0.3, options.radius_sd_mm, options.core_sd, 0.1};
  const Parameters delta = {0.02, 0.02, 0.02, 0.01, 0.01};
  // Samples overlap within the point spread: about this many of them are independent.
  const double noise = 0.15;
  SectionFit fit;
  fit.x = prior;
  for (int round = 0; round < 8; ++round) {
    std::array<std::array<double, kUnknowns>, kUnknowns> normal{};
    Parameters right{};
    double total = 0, error = 0;
    for (const Sample& s : samples) {
      const double m = modelAt(disc, fit.x, s);
      const double e = s.value - m;
      const double w = s.weight / (1 + e * e / (kCauchyScale * kCauchyScale));
      total += w;
      error += w * e * e;
      Parameters slope;
      for (std::size_t p = 0; p < kUnknowns; ++p) {
        Parameters y = fit.x;
        y[p] += delta[p];
        slope[p] = (modelAt(disc, y, s) - m) / delta[p];
      }
      for (std::size_t p = 0; p < kUnknowns; ++p) {
        right[p] += w * slope[p] * e / (noise * noise);
        for (std::size_t q = 0; q < kUnknowns; ++q) {
          normal[p][q] += w * slope[p] * slope[q] / (noise * noise);
        }
      }
    }
    for (std::size_t p = 0; p < kUnknowns; ++p) {
      normal[p][p] += 1 / (sd[p] * sd[p]);
      right[p] += (prior[p] - fit.x[p]) / (sd[p] * sd[p]);
    }
    fit.residual = std::sqrt(error / std::max(total, 1e-6));
    Parameters step{};
    if (!solve(normal, right, step)) break;
    for (std::size_t p = 0; p < kUnknowns; ++p) fit.x[p] += step[p];
    fit.x[0] = std::clamp(fit.x[0], -kMaxShiftMm, kMaxShiftMm);
    fit.x[1] = std::clamp(fit.x[1], -kMaxShiftMm, kMaxShiftMm);
    fit.x[2] = std::clamp(fit.x[2], 0.2, 1.5);
  }
  return fit;
}

/// Mean weight of the samples on the axis: a tube that lies in what is known to be no nerve is
/// none.
double weightOnAxis(const std::vector<Sample>& samples, const Parameters& x) {
  double sum = 0;
  double count = 0;
  for (const Sample& s : samples) {
    if (std::hypot(s.a - x[0], s.b - x[1]) > kAxisMm) continue;
    sum += s.weight;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}

std::vector<double> smoothedValues(const std::vector<double>& values, double sigma_steps) {
  std::vector<double> result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = 0, weight = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
      const double d = (static_cast<double>(i) - static_cast<double>(j)) / sigma_steps;
      if (std::abs(d) > 3) continue;
      const double w = std::exp(-0.5 * d * d);
      sum += w * values[j];
      weight += w;
    }
    result[i] = sum / weight;
  }
  return result;
}

std::vector<Point3> resampledLine(const std::vector<Point3>& line, double step_mm) {
  const double length = lengthOf(line);
  const int n = std::max(1, static_cast<int>(std::lround(length / step_mm)));
  std::vector<Point3> result;
  for (int i = 0; i <= n; ++i) result.push_back(pointAt(line, length * i / n));
  return result;
}

}  // namespace

void validate(const TubeFitOptions& options) {
  if (!(options.step_mm > 0.05)) throw Error(ErrorCode::usage, "step_mm must exceed 0.05");
  if (!(options.window_mm >= 0.5)) throw Error(ErrorCode::usage, "window_mm must be at least 0.5");
  if (options.rounds < 1) throw Error(ErrorCode::usage, "rounds must be at least 1");
}

std::vector<Point3> smoothedLine(const std::vector<Point3>& line_mm, double sigma_mm,
                                 double step_mm) {
  if (line_mm.size() < 3) return line_mm;
  const std::vector<Point3> even = resampledLine(line_mm, step_mm);
  const double sigma = sigma_mm / step_mm;
  const auto n = static_cast<int>(even.size());
  std::vector<Point3> result = even;
  for (int i = 1; i + 1 < n; ++i) {
    // The kernel stays symmetric towards the ends, so that they do not pull the line in.
    const int reach = std::min({static_cast<int>(std::ceil(3 * sigma)), i, n - 1 - i});
    Vec3 sum;
    double weight = 0;
    for (int d = -reach; d <= reach; ++d) {
      const double w = std::exp(-0.5 * d * d / (sigma * sigma));
      sum += even[static_cast<std::size_t>(i + d)] * w;
      weight += w;
    }
    result[static_cast<std::size_t>(i)] = sum / weight;
  }
  return resampledLine(result, step_mm);
}

Tube fitTube(const ImageF& image, const ImageF& weight, const std::vector<Point3>& line_mm,
             const TubeFitOptions& options, const Progress& progress) {
  validate(options);
  std::vector<Point3> line = smoothedLine(line_mm, options.smoothing_mm, options.step_mm);
  for (int round = 0; round < 2; ++round) {
    const std::vector<Point3> before = line;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Section section = sectionAt(before, i);
      line[i] +=
          centroidShift(samplesOf(image, weight, section, kCentroidReachMm), section, options.core);
    }
    line = smoothedLine(line, options.smoothing_mm, options.step_mm);
  }
  const BlurredDisc disc(options.psf_sigma_mm);
  Tube tube;
  for (int round = 0; round < options.rounds; ++round) {
    progress.stop().throwIfStopped();
    tube = Tube{};
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Section section = sectionAt(line, i);
      const std::vector<Sample> samples = samplesOf(image, weight, section, options.window_mm);
      const SectionFit fit = fitSection(samples, disc, options);
      tube.points_mm.push_back(section.center + section.u * fit.x[0] + section.v * fit.x[1]);
      tube.radius_mm.push_back(fit.x[2]);
      const double contrast = (fit.x[4] - fit.x[3]) * disc(0, fit.x[2]);
      const double stands_out = contrast / (contrast + 2.5 * fit.residual);
      tube.confidence.push_back(std::clamp(stands_out, 0.0, 1.0) * weightOnAxis(samples, fit.x));
    }
    line = smoothedLine(tube.points_mm, options.smoothing_mm, options.step_mm);
  }
  const double sigma_steps = 2 * options.smoothing_mm / options.step_mm;
  const std::vector<double> radius = smoothedValues(tube.radius_mm, sigma_steps);
  const std::vector<double> confidence = smoothedValues(tube.confidence, sigma_steps / 2);
  Tube result;
  for (const Point3& p : line) {
    const double s = project(tube.points_mm, p).arclength_mm;
    result.points_mm.push_back(p);
    result.radius_mm.push_back(valueAt(tube.points_mm, radius, s));
    result.confidence.push_back(valueAt(tube.points_mm, confidence, s));
  }
  return result;
}

}  // namespace neurovasc::anatomy
