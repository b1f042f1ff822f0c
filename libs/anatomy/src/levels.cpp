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

/// Otsu's two thresholds, found together: those of three classes between the 0.1st and the 99.9th
/// percentile. One after the other they fail where one class outnumbers the rest: the air around a
/// whole head then makes the first threshold, between itself and everything else.
struct Cuts {
  double dark = 0;  ///< between dark and brain
  double csf = 0;   ///< between brain and CSF
};

constexpr std::size_t kBins = 256;

/// Number and sum of the values up to each bin, in bins.
struct Cumulated {
  std::array<double, kBins + 1> count{};
  std::array<double, kBins + 1> sum{};

  /// Share of the class [from, to) in the variance between classes, but for a constant.
  double weight(std::size_t from, std::size_t to) const {
    const double n = count[to] - count[from];
    const double total = sum[to] - sum[from];
    return n > 0 ? total * total / n : 0;
  }
};

Cuts otsuOfThree(const std::vector<float>& values) {
  const double lowest = percentile(values, 0.001);
  const double highest = percentile(values, 0.999);
  if (!(highest > lowest)) {
    throw Error(ErrorCode::nerve_not_found, "the T2 series shows no contrast",
                "check that the series is the intended one");
  }
  const double width = (highest - lowest) / kBins;
  std::array<double, kBins> histogram{};
  for (const float v : values) {
    histogram[static_cast<std::size_t>(
        std::clamp((v - lowest) / width, 0.0, static_cast<double>(kBins - 1)))] += 1;
  }
  Cumulated upto;
  for (std::size_t i = 0; i < kBins; ++i) {
    upto.count[i + 1] = upto.count[i] + histogram[i];
    upto.sum[i + 1] = upto.sum[i] + histogram[i] * static_cast<double>(i);
  }
  double best = -1;
  Cuts cuts;
  for (std::size_t i = 1; i + 1 < kBins; ++i) {
    for (std::size_t j = i + 1; j < kBins; ++j) {
      const double score = upto.weight(0, i) + upto.weight(i, j) + upto.weight(j, kBins);
      if (score <= best) continue;
      best = score;
      cuts = {lowest + width * static_cast<double>(i), lowest + width * static_cast<double>(j)};
    }
  }
  return cuts;
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

/// Whether @p image holds fluid as bright as the @p series' that its own @p found plateaus miss.
bool missesFluid(const ImageF& image, const T2Levels& found, const T2Levels& series) {
  constexpr double kTooDark = 0.75;
  constexpr double kLeastShare = 0.005;
  if (found.csf >= kTooDark * series.csf) return false;
  const auto bright =
      std::count_if(image.begin(), image.end(), [&](float v) { return v > 0.9 * series.csf; });
  return static_cast<double>(bright) > kLeastShare * static_cast<double>(image.voxelCount());
}

double medianBetween(const std::vector<float>& values, double low, double high, double otherwise) {
  const std::vector<float> inside = between(values, low, high);
  return inside.empty() ? otherwise : percentile(inside, 0.5);
}

}  // namespace

T2Levels measureT2(const ImageF& t2, int threads) {
  const std::vector<float> flat = flatValues(coarse(t2, kPlateauVoxelMm, threads));
  const Cuts cuts = otsuOfThree(flat);
  T2Levels levels;
  levels.csf = percentile(between(flat, cuts.csf, 1e30), 0.6);
  levels.dark = medianBetween(flat, -1e30, cuts.dark, 0);
  levels.brain = medianBetween(flat, cuts.dark, cuts.csf, cuts.dark);
  return levels;
}

TissueLevels measureLevels(const FusedStudy& study, int threads,
                           const std::optional<T2Levels>& series) {
  T2Levels plateaus = measureT2(study.t2.fine, threads);
  if (series && missesFluid(study.t2.fine, plateaus, *series)) plateaus = *series;
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
