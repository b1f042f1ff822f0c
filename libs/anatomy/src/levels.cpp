#include "neurovasc/anatomy/levels.h"

#include <algorithm>
#include <array>
#include <vector>

#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {

namespace {

/// Every n-th voxel is enough for a histogram of millions.
constexpr std::size_t kMaxSamples = 400000;

std::vector<float> sampled(const ImageF& image) {
  const std::size_t step = std::max<std::size_t>(1, image.voxelCount() / kMaxSamples);
  std::vector<float> values;
  values.reserve(image.voxelCount() / step + 1);
  for (std::size_t i = 0; i < image.voxelCount(); i += step) values.push_back(image[i]);
  return values;
}

double percentile(std::vector<float> values, double fraction) {
  const auto rank = static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return static_cast<double>(values[static_cast<std::size_t>(rank)]);
}

std::vector<float> between(const std::vector<float>& values, double low, double high) {
  std::vector<float> inside;
  for (const float v : values) {
    if (v >= low && v < high) inside.push_back(v);
  }
  return inside;
}

struct TwoThresholds {
  double low = 0;
  double high = 0;
};

/// Otsu's two thresholds on a histogram between the 0.1st and the 99.9th percentile.
TwoThresholds otsuThreeClasses(const std::vector<float>& values) {
  constexpr int kBins = 192;
  const double lowest = percentile(values, 0.001);
  const double highest = percentile(values, 0.999);
  if (!(highest > lowest)) {
    throw Error(ErrorCode::nerve_not_found, "the T2 series shows no contrast",
                "check that the series is the intended one");
  }
  std::array<double, kBins + 1> mass{};
  std::array<double, kBins + 1> moment{};
  const double width = (highest - lowest) / kBins;
  for (const float v : values) {
    const int bin = std::clamp(static_cast<int>((v - lowest) / width), 0, kBins - 1);
    mass[static_cast<std::size_t>(bin) + 1] += 1;
    moment[static_cast<std::size_t>(bin) + 1] += bin + 0.5;
  }
  for (std::size_t i = 1; i <= kBins; ++i) {
    mass[i] += mass[i - 1];
    moment[i] += moment[i - 1];
  }
  const auto spread = [&](std::size_t a, std::size_t b) {
    const double m = mass[b] - mass[a];
    const double s = moment[b] - moment[a];
    return m > 0 ? s * s / m : 0.0;
  };
  double best = -1;
  TwoThresholds found;
  for (std::size_t i = 1; i < kBins - 1; ++i) {
    for (std::size_t j = i + 1; j < kBins; ++j) {
      const double score = spread(0, i) + spread(i, j) + spread(j, kBins);
      if (score > best) {
        best = score;
        found = {lowest + width * static_cast<double>(i), lowest + width * static_cast<double>(j)};
      }
    }
  }
  return found;
}

/// Median of @p image over the voxels whose T2 lies in [low, high).
std::optional<double> medianWhere(const ImageF& image, const ImageF& t2, double low, double high) {
  const std::size_t step = std::max<std::size_t>(1, t2.voxelCount() / kMaxSamples);
  std::vector<float> values;
  for (std::size_t i = 0; i < t2.voxelCount(); i += step) {
    if (t2[i] >= low && t2[i] < high) values.push_back(image[i]);
  }
  if (values.empty()) return std::nullopt;
  return percentile(std::move(values), 0.5);
}

}  // namespace

TissueLevels measureLevels(const FusedStudy& study) {
  const std::vector<float> values = sampled(study.t2.fine);
  const TwoThresholds cuts = otsuThreeClasses(values);
  TissueLevels levels;
  levels.t2_csf = percentile(between(values, cuts.high, 1e30), 0.6);
  levels.t2_brain = percentile(between(values, cuts.low, cuts.high), 0.5);
  levels.t2_dark = percentile(between(values, -1e30, cuts.low), 0.5);
  const double brain_low = 0.6 * levels.t2_brain + 0.4 * cuts.low;
  const double brain_high = 0.6 * levels.t2_brain + 0.4 * cuts.high;
  if (study.tof) {
    levels.tof_brain = medianWhere(study.tof->fine, study.t2.fine, brain_low, brain_high);
    levels.tof_csf = medianWhere(study.tof->fine, study.t2.fine, 0.9 * levels.t2_csf, 1e30);
    const double top = percentile(sampled(study.tof->fine), 0.998);
    if (levels.tof_brain && top >= 1.5 * *levels.tof_brain) levels.tof_artery = top;
  }
  if (study.ce_t1) {
    levels.ce_t1_brain = medianWhere(study.ce_t1->fine, study.t2.fine, brain_low, brain_high);
  }
  return levels;
}

}  // namespace neurovasc::anatomy
