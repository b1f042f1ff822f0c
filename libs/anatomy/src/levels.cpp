#include "neurovasc/anatomy/levels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "neurovasc/core/error.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

double percentile(std::vector<float> values, double fraction) {
  const auto rank = static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return static_cast<double>(values[static_cast<std::size_t>(rank)]);
}

/// Plateaus are measured on voxels of about this size: averaging lowers the noise.
constexpr double kPlateauVoxelMm = 0.5;

/// Values of @p image where it is flat: the flatter half of its voxels. Partial volume between two
/// tissues would otherwise make a class of its own when two plateaus lie close together.
std::vector<float> flatValues(const ImageF& image) {
  const Size3& n = image.size();
  std::vector<float> values;
  std::vector<float> steps;
  for (int k = 1; k + 1 < n[2]; ++k) {
    for (int j = 1; j + 1 < n[1]; ++j) {
      for (int i = 1; i + 1 < n[0]; ++i) {
        values.push_back(image(i, j, k));
        steps.push_back(std::abs(image(i + 1, j, k) - image(i - 1, j, k)) +
                        std::abs(image(i, j + 1, k) - image(i, j - 1, k)) +
                        std::abs(image(i, j, k + 1) - image(i, j, k - 1)));
      }
    }
  }
  if (steps.empty()) return {image.begin(), image.end()};
  const double limit = percentile(steps, 0.5);
  std::vector<float> flat;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (steps[i] <= limit) flat.push_back(values[i]);
  }
  return flat;
}

std::vector<float> between(const std::vector<float>& values, double low, double high) {
  std::vector<float> inside;
  for (const float v : values) {
    if (v >= low && v < high) inside.push_back(v);
  }
  return inside;
}

/// Otsu's threshold between the 0.1st and the 99.9th percentile.
double otsu(const std::vector<float>& values) {
  constexpr std::size_t kBins = 256;
  const double lowest = percentile(values, 0.001);
  const double highest = percentile(values, 0.999);
  if (!(highest > lowest)) {
    throw Error(ErrorCode::nerve_not_found, "the T2 series shows no contrast",
                "check that the series is the intended one");
  }
  std::array<double, kBins> count{};
  const double width = (highest - lowest) / kBins;
  double total = 0;
  for (const float v : values) {
    const auto bin = static_cast<std::size_t>(
        std::clamp((v - lowest) / width, 0.0, static_cast<double>(kBins - 1)));
    count[bin] += 1;
    total += static_cast<double>(bin);
  }
  const auto n = static_cast<double>(values.size());
  double below = 0, moment = 0, best = -1;
  std::size_t cut = 1;
  for (std::size_t i = 0; i + 1 < kBins; ++i) {
    below += count[i];
    moment += count[i] * static_cast<double>(i);
    if (below == 0 || below == n) continue;
    const double apart = moment / below - (total - moment) / (n - below);
    const double score = below * (n - below) * apart * apart;
    if (score > best) {
      best = score;
      cut = i + 1;
    }
  }
  return lowest + width * static_cast<double>(cut);
}

/// A plateau needs so many voxels, about a tenth of a cubic centimetre of tissue.
constexpr std::size_t kPlateauVoxels = 1000;

/// A second series on the plateau grid, and which of its voxels are measurements.
struct Measured {
  ImageF image;
  std::vector<bool> covered;
};

Measured measured(const FusedImage& series, int threads) {
  Measured out{coarse(series.fine, kPlateauVoxelMm, threads), {}};
  const GridGeometry& grid = out.image.geometry();
  const bool all = series.coverage.containsAll(grid);
  out.covered.assign(out.image.voxelCount(), true);
  std::size_t i = 0;
  for (int z = 0; z < grid.size[2] && !all; ++z) {
    for (int y = 0; y < grid.size[1]; ++y) {
      for (int x = 0; x < grid.size[0]; ++x, ++i) {
        out.covered[i] = series.coverage.contains(grid.toLps(x, y, z));
      }
    }
  }
  return out;
}

/// Median of @p series over the voxels it measured whose T2 lies in [low, high). Empty where these
/// are too few, or the series shows nothing there.
std::optional<double> medianWhere(const Measured& series, const ImageF& t2, double low,
                                  double high) {
  std::vector<float> values;
  for (std::size_t i = 0; i < t2.voxelCount(); ++i) {
    if (t2[i] >= low && t2[i] < high && series.covered[i]) values.push_back(series.image[i]);
  }
  if (values.size() < kPlateauVoxels) return std::nullopt;
  const double level = percentile(std::move(values), 0.5);
  return level > 0 ? std::optional<double>(level) : std::nullopt;
}

/// The level that 0.2 % of what the series measured exceed.
double topOf(const Measured& series) {
  std::vector<float> values;
  for (std::size_t i = 0; i < series.covered.size(); ++i) {
    if (series.covered[i]) values.push_back(series.image[i]);
  }
  return values.empty() ? 0 : percentile(std::move(values), 0.998);
}

double medianBetween(const std::vector<float>& values, double low, double high, double otherwise) {
  const std::vector<float> inside = between(values, low, high);
  return inside.empty() ? otherwise : percentile(inside, 0.5);
}

}  // namespace

T2Levels measureT2(const ImageF& t2, int threads) {
  const std::vector<float> flat = flatValues(coarse(t2, kPlateauVoxelMm, threads));
  const double csf_cut = otsu(flat);
  const std::vector<float> rest = between(flat, -1e30, csf_cut);
  const double brain_cut = otsu(rest);
  T2Levels levels;
  levels.csf = percentile(between(flat, csf_cut, 1e30), 0.6);
  levels.dark = medianBetween(rest, -1e30, brain_cut, 0);
  levels.brain = medianBetween(rest, brain_cut, csf_cut, brain_cut);
  return levels;
}

TissueLevels measureLevels(const FusedStudy& study, int threads) {
  const T2Levels plateaus = measureT2(study.t2.fine, threads);
  TissueLevels levels;
  levels.t2_csf = plateaus.csf;
  levels.t2_brain = plateaus.brain;
  levels.t2_dark = plateaus.dark;
  const ImageF t2 = coarse(study.t2.fine, kPlateauVoxelMm, threads);
  const double brain_cut = 0.5 * (plateaus.dark + plateaus.brain);
  const double csf_cut = 0.5 * (plateaus.csf + plateaus.brain);
  const double brain_low = 0.6 * levels.t2_brain + 0.4 * brain_cut;
  const double brain_high = 0.6 * levels.t2_brain + 0.4 * csf_cut;
  if (study.tof) {
    const Measured tof = measured(*study.tof, threads);
    levels.tof_brain = medianWhere(tof, t2, brain_low, brain_high);
    levels.tof_csf = medianWhere(tof, t2, 0.9 * levels.t2_csf, 1e30);
    const double top = topOf(tof);
    if (levels.tof_brain && top >= 1.5 * *levels.tof_brain) levels.tof_artery = top;
  }
  if (study.ce_t1) {
    levels.ce_t1_brain = medianWhere(measured(*study.ce_t1, threads), t2, brain_low, brain_high);
  }
  return levels;
}

}  // namespace neurovasc::anatomy
