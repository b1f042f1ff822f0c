#include "neurovasc/imaging/bias.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

#include "blocks.h"
#include "least_squares.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

// A block whose deviation is within this factor of the noise holds one tissue.
constexpr double kHomogeneous = 1.5;
// Blocks darker than this many times the noise are air or bone and know nothing of shading.
constexpr double kSignal = 4;
constexpr std::size_t kFewestBlocks = 200;
// Levels of one tissue lie within this of each other once shading is gone (natural logarithm);
// white and grey matter, and brain and CSF, are further apart.
constexpr double kTissueWidth = 0.15;
constexpr double kBinWidth = 0.02;
constexpr int kRounds = 10;
// Deviations beyond this count ever less: partial volume and small structures.
constexpr double kOutlier = 0.04;

/// A homogeneous block in the terms of the fit.
struct Sample {
  std::vector<double> terms;  // monomials at its place
  double level = 0;           // logarithm of its mean
};

/// The tissues' levels: peaks of the distribution of @p levels.
std::vector<double> tissueLevels(const std::vector<double>& levels) {
  const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
  const double start = *low - 5 * kBinWidth;
  std::vector<double> counts(static_cast<std::size_t>((*high - start) / kBinWidth) + 6, 0.0);
  for (const double level : levels) {
    // A triangle of +-4 bins smooths what chance and shading leave.
    const auto bin = static_cast<std::ptrdiff_t>((level - start) / kBinWidth);
    for (std::ptrdiff_t d = -4; d <= 4; ++d) {
      counts[static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, bin + d))] +=
          5.0 - static_cast<double>(std::abs(d));
    }
  }
  const double bar = 0.05 * *std::max_element(counts.begin(), counts.end());
  std::vector<double> peaks;
  for (std::size_t b = 0; b < counts.size(); ++b) {
    const std::size_t reach = static_cast<std::size_t>(kTissueWidth / kBinWidth);
    const auto first = counts.begin() + static_cast<std::ptrdiff_t>(b > reach ? b - reach : 0);
    const auto last =
        counts.begin() + static_cast<std::ptrdiff_t>(std::min(counts.size(), b + reach + 1));
    if (counts[b] >= bar &&
        std::max_element(first, last) == counts.begin() + static_cast<std::ptrdiff_t>(b)) {
      peaks.push_back(start + (static_cast<double>(b) + 0.5) * kBinWidth);
    }
  }
  return peaks;
}

/// The nearest peak; peaks.size() where none is near.
std::size_t tissueOf(double level, const std::vector<double>& peaks) {
  std::size_t best = peaks.size();
  double least = kTissueWidth;
  for (std::size_t p = 0; p < peaks.size(); ++p) {
    if (std::abs(level - peaks[p]) < least) {
      least = std::abs(level - peaks[p]);
      best = p;
    }
  }
  return best;
}

double shadingAt(const Sample& sample, const std::vector<double>& coefficients) {
  return std::inner_product(coefficients.begin(), coefficients.end(), sample.terms.begin(), 0.0);
}

/// One round: cluster what the present field leaves, then fit field and tissue constants together.
class ShadingFit {
 public:
  ShadingFit(std::vector<Sample> samples, std::size_t terms)
      : samples_(std::move(samples)), coefficients_(terms, 0.0) {
    spread_before_ = spread();
  }

  void round() {
    const std::vector<double> levels = flatLevels();
    const std::vector<double> peaks = tissueLevels(levels);
    const std::size_t terms = coefficients_.size();
    LeastSquares equations(terms + peaks.size());
    for (std::size_t s = 0; s < samples_.size(); ++s) {
      const std::size_t tissue = tissueOf(levels[s], peaks);
      if (tissue < peaks.size()) {
        std::vector<double> row = samples_[s].terms;
        row.resize(terms + peaks.size(), 0.0);
        row[terms + tissue] = 1;
        equations.add(row, samples_[s].level, weightOf(levels[s] - peaks[tissue]));
      }
    }
    std::vector<double> solution = equations.solve();
    solution.resize(terms);
    coefficients_ = std::move(solution);
  }

  /// Mean distance of the blocks' levels from their tissue's, without the field's help and with it.
  double spreadBefore() const { return spread_before_; }
  double spread() const {
    const std::vector<double> levels = flatLevels();
    const std::vector<double> peaks = tissueLevels(levels);
    double sum = 0;
    for (const double level : levels) {
      const std::size_t tissue = tissueOf(level, peaks);
      sum += tissue < peaks.size() ? std::abs(level - peaks[tissue]) : kTissueWidth;
    }
    return sum / static_cast<double>(levels.size());
  }

  /// The field's mean logarithm over the blocks, and the largest distance from it.
  double meanShading() const {
    double sum = 0;
    for (const Sample& sample : samples_) {
      sum += shadingAt(sample, coefficients_);
    }
    return sum / static_cast<double>(samples_.size());
  }
  double strongestShading() const {
    const double mean = meanShading();
    double worst = 0;
    for (const Sample& sample : samples_) {
      worst = std::max(worst, std::abs(shadingAt(sample, coefficients_) - mean));
    }
    return worst;
  }

  const std::vector<double>& coefficients() const { return coefficients_; }

 private:
  static double weightOf(double residual) {
    const double r = residual / kOutlier;
    return 1 / (1 + r * r);
  }

  std::vector<double> flatLevels() const {
    std::vector<double> levels;
    for (const Sample& sample : samples_) {
      levels.push_back(sample.level - shadingAt(sample, coefficients_));
    }
    return levels;
  }

  std::vector<Sample> samples_;
  std::vector<double> coefficients_;
  double spread_before_ = 0;
};

/// Homogeneous tissue blocks of an image.
std::vector<Block> tissueBlocks(const ImageF& image, double noise_sd, const BiasOptions& options) {
  std::vector<Block> blocks = measureBlocks(image, options.block_mm, options.threads);
  blocks.erase(std::remove_if(blocks.begin(), blocks.end(),
                              [noise_sd](const Block& b) {
                                return b.mean < kSignal * noise_sd || b.mean <= 0 ||
                                       b.sd > kHomogeneous * noise_sd;
                              }),
               blocks.end());
  return blocks;
}

/// Half the diagonal of a grid.
double reachOf(const GridGeometry& grid) {
  return distance(grid.toLps(0, 0, 0),
                  grid.toLps(grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1)) /
         2;
}

Point3 centreOf(const GridGeometry& grid) {
  return grid.toLps(
      Vec3{(grid.size[0] - 1) / 2.0, (grid.size[1] - 1) / 2.0, (grid.size[2] - 1) / 2.0});
}

}  // namespace

void validate(const BiasOptions& options) {
  const auto check = [](bool good, const char* rule) {
    if (!good) {
      throw Error(ErrorCode::usage, std::string("bias option ") + rule);
    }
  };
  check(options.degree >= 1 && options.degree <= 4, "degree must be from 1 to 4");
  check(options.block_mm > 0 && std::isfinite(options.block_mm), "block_mm must be positive");
  check(options.minimum_gain >= 0 && options.minimum_gain < 1, "minimum_gain must be from 0 to 1");
  check(options.maximum_log_field > 0, "maximum_log_field must be positive");
  check(options.threads >= 0, "threads must not be negative");
}

BiasField::BiasField(Point3 centre_mm, double scale_mm, int degree,
                     std::vector<double> coefficients)
    : centre_mm_(centre_mm),
      scale_mm_(scale_mm),
      degree_(degree),
      coefficients_(std::move(coefficients)) {}

double BiasField::at(const Point3& lps_mm) const {
  if (flat()) {
    return 1;
  }
  const std::vector<double> terms = monomials((lps_mm - centre_mm_) / scale_mm_, degree_);
  // The last coefficient is the constant.
  return std::exp(
      std::inner_product(terms.begin(), terms.end(), coefficients_.begin(), coefficients_.back()));
}

std::vector<double> BiasField::monomials(const Vec3& place, int degree) {
  std::vector<double> terms;
  for (int sum = 1; sum <= degree; ++sum) {
    for (int a = sum; a >= 0; --a) {
      for (int b = sum - a; b >= 0; --b) {
        terms.push_back(std::pow(place.x, a) * std::pow(place.y, b) *
                        std::pow(place.z, sum - a - b));
      }
    }
  }
  return terms;
}

BiasField estimateBias(const ImageF& image, double noise_sd, const BiasOptions& options) {
  validate(options);
  const std::vector<Block> blocks = tissueBlocks(image, noise_sd, options);
  if (blocks.size() < kFewestBlocks) {
    return {};
  }
  const Point3 centre = centreOf(image.geometry());
  const double scale_mm = reachOf(image.geometry());
  std::vector<Sample> samples;
  for (const Block& block : blocks) {
    samples.push_back({BiasField::monomials((block.centre_mm - centre) / scale_mm, options.degree),
                       std::log(block.mean)});
  }
  const std::size_t terms = samples.front().terms.size();
  ShadingFit fit(std::move(samples), terms);
  for (int n = 0; n < kRounds; ++n) {
    fit.round();
  }
  if (!(fit.spread() < (1 - options.minimum_gain) * fit.spreadBefore()) ||
      !(fit.strongestShading() < options.maximum_log_field)) {
    return {};
  }
  std::vector<double> coefficients = fit.coefficients();
  coefficients.push_back(-fit.meanShading());
  return {centre, scale_mm, options.degree, std::move(coefficients)};
}

void removeBias(ImageF& image, const BiasField& field, int threads) {
  if (field.flat()) {
    return;
  }
  const GridGeometry& grid = image.geometry();
  // The field is so smooth that along a row it may be held between places 8 voxels apart.
  constexpr int kStride = 8;
  parallelFor(static_cast<std::size_t>(grid.size[2]), threads, [&](auto begin, auto end) {
    for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
      for (int j = 0; j < grid.size[1]; ++j) {
        double here = field.at(grid.toLps(0, j, k));
        for (int i = 0; i < grid.size[0]; i += kStride) {
          const double next = field.at(grid.toLps(i + kStride, j, k));
          for (int n = 0; n < kStride && i + n < grid.size[0]; ++n) {
            const double value = here + (next - here) * n / kStride;
            image(i + n, j, k) = static_cast<float>(image(i + n, j, k) / value);
          }
          here = next;
        }
      }
    }
  });
}

}  // namespace neurovasc::imaging
