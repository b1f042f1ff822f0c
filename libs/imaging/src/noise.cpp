#include "neurovasc/imaging/noise.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "blocks.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

// Standard deviation of a Rayleigh distribution, in units of the Gaussian noise it comes from.
constexpr double kRayleighSd = 0.6551;
// Mean over standard deviation of a Rayleigh distribution is 1.91; above this it is not pure noise.
constexpr double kBackgroundSnr = 2.3;

/// The logarithms' histogram, smoothed, with bins of 4 %.
class LogHistogram {
 public:
  explicit LogHistogram(const std::vector<double>& values)
      : lowest_(std::log(*std::min_element(values.begin(), values.end())) - 3 * kBin) {
    const double highest = std::log(*std::max_element(values.begin(), values.end()));
    std::vector<double> raw(static_cast<std::size_t>((highest - lowest_) / kBin) + 4, 0.0);
    for (const double value : values) {
      raw[static_cast<std::size_t>((std::log(value) - lowest_) / kBin)] += 1;
    }
    counts_.assign(raw.size(), 0.0);
    for (std::size_t b = 2; b + 2 < raw.size(); ++b) {
      counts_[b] = (raw[b - 2] + 2 * raw[b - 1] + 3 * raw[b] + 2 * raw[b + 1] + raw[b + 2]) / 9;
    }
  }

  /// The place of the first peak of at least @p share of the highest one.
  double firstPeak(double share) const {
    const double bar = share * *std::max_element(counts_.begin(), counts_.end());
    for (std::size_t b = 2; b + 2 < counts_.size(); ++b) {
      const bool peak = counts_[b] >= std::max(counts_[b - 1], counts_[b - 2]) &&
                        counts_[b] >= std::max(counts_[b + 1], counts_[b + 2]);
      if (peak && counts_[b] >= bar) {
        return std::exp(lowest_ + (static_cast<double>(b) + 0.5 + vertex(b)) * kBin);
      }
    }
    return 0;
  }

 private:
  static constexpr double kBin = 0.04;

  /// Where in -0.5 to 0.5 bins the parabola through a peak and its neighbours has its top.
  double vertex(std::size_t b) const {
    const double curve = counts_[b - 1] - 2 * counts_[b] + counts_[b + 1];
    return curve < 0 ? 0.5 * (counts_[b - 1] - counts_[b + 1]) / curve : 0;
  }

  double lowest_;
  std::vector<double> counts_;
};

/// A peak counts from a quarter of the highest: homogeneous places are few in a head full of
/// structure, yet chance makes no peak of that height.
double noisePeak(const std::vector<double>& deviations) {
  constexpr double kShare = 0.25;
  return deviations.empty() ? 0 : LogHistogram(deviations).firstPeak(kShare);
}

}  // namespace

void validate(const NoiseOptions& options) {
  const auto check = [](bool good, const char* rule) {
    if (!good) {
      throw Error(ErrorCode::usage, std::string("noise option ") + rule);
    }
  };
  check(options.block_mm > 0 && std::isfinite(options.block_mm), "block_mm must be positive");
  check(options.minimum_snr > kBackgroundSnr, "minimum_snr must be above 2.3");
  check(options.threads >= 0, "threads must not be negative");
}

NoiseEstimate estimateNoise(const ImageF& image, const NoiseOptions& options) {
  validate(options);
  std::vector<double> tissue;
  std::vector<double> background;
  for (const Block& block : measureBlocks(image, options.block_mm, options.threads)) {
    if (block.sd > 0 && block.mean > options.minimum_snr * block.sd) {
      tissue.push_back(block.sd);
    } else if (block.sd > 0 && block.mean < kBackgroundSnr * block.sd) {
      background.push_back(block.sd);
    }
  }
  NoiseEstimate estimate;
  estimate.tissue_blocks = tissue.size();
  estimate.background_blocks = background.size();
  estimate.sd = noisePeak(tissue);
  estimate.background_sd = noisePeak(background) / kRayleighSd;
  return estimate;
}

}  // namespace neurovasc::imaging
