#include "neurovasc/imaging/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

// Standard deviation of a Rayleigh distribution, in units of the Gaussian noise it comes from.
constexpr double kRayleighSd = 0.6551;
// Mean over standard deviation of a Rayleigh distribution is 1.91; above this it is not pure noise.
constexpr double kBackgroundSnr = 2.3;

struct Block {
  double mean = 0;
  double sd = 0;  // about the linear trend
};

int at(const Size3& size, int axis) { return size[static_cast<std::size_t>(axis)]; }

/// An odd number of voxels, at least 3 as a trend needs, along each axis; 1 where there are fewer.
Size3 blockSize(const GridGeometry& grid, double block_mm) {
  Size3 size;
  for (int axis = 0; axis < 3; ++axis) {
    const int wanted = std::max(3, static_cast<int>(std::lround(block_mm / grid.spacing_mm[axis])));
    const int held = std::min(wanted, at(grid.size, axis));
    size[static_cast<std::size_t>(axis)] = std::max(1, held - 1 + held % 2);
  }
  return size;
}

/// Mean and residual deviation of the block whose first voxel is @p lower. The coordinates are
/// centred, so that constant and ramps are perpendicular and can be taken off one by one.
Block measure(const ImageF& image, const Size3& lower, const Size3& n) {
  double sum = 0;
  double squares = 0;
  Vec3 ramp;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      const float* row = &image(lower[0], lower[1] + j, lower[2] + k);
      double line = 0;
      for (int i = 0; i < n[0]; ++i) {
        line += row[i];
        squares += static_cast<double>(row[i]) * row[i];
        ramp.x += (i - n[0] / 2) * static_cast<double>(row[i]);
      }
      sum += line;
      ramp.y += (j - n[1] / 2) * line;
      ramp.z += (k - n[2] / 2) * line;
    }
  }
  const double count = static_cast<double>(n[0]) * n[1] * n[2];
  double rest = squares - sum * sum / count;
  double freedom = count - 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double m = at(n, axis);
    const double ramp_squares = count * (m * m - 1) / 12;
    rest -= ramp_squares > 0 ? ramp[axis] * ramp[axis] / ramp_squares : 0;
    freedom -= ramp_squares > 0 ? 1 : 0;
  }
  // Rounding leaves a trace of the squares in images without noise.
  const bool constant = freedom < 1 || rest < 1e-10 * squares;
  return {sum / count, constant ? 0 : std::sqrt(rest / freedom)};
}

std::vector<Block> measureAll(const ImageF& image, const NoiseOptions& options) {
  const Size3 n = blockSize(image.geometry(), options.block_mm);
  Size3 step;
  Size3 count;
  for (std::size_t a = 0; a < 3; ++a) {
    step[a] = std::max(1, n[a] / 2);
    count[a] = (image.size()[a] - n[a]) / step[a] + 1;
  }
  const std::size_t per_plane =
      static_cast<std::size_t>(count[0]) * static_cast<std::size_t>(count[1]);
  std::vector<Block> blocks(per_plane * static_cast<std::size_t>(count[2]));
  parallelFor(blocks.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t b = begin; b < end; ++b) {
      const auto i = static_cast<int>(b % static_cast<std::size_t>(count[0]));
      const auto j = static_cast<int>(b % per_plane / static_cast<std::size_t>(count[0]));
      const auto k = static_cast<int>(b / per_plane);
      blocks[b] = measure(image, {i * step[0], j * step[1], k * step[2]}, n);
    }
  });
  return blocks;
}

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
  for (const Block& block : measureAll(image, options)) {
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
