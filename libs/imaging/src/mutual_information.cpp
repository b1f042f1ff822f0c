#include "mutual_information.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "bspline.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

// Sums are formed per slice of the samples and then in order, so that they do not depend on
// threads.
constexpr std::size_t kSlices = 32;
// The cubic window of a value reaches over the bins beside it.
constexpr int kPad = 2;

/// Random bits that depend on @p n alone (splitmix64).
std::uint64_t scrambled(std::uint64_t n) {
  n += 0x9e3779b97f4a7c15ULL;
  n = (n ^ (n >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  n = (n ^ (n >> 27U)) * 0x94d049bb133111ebULL;
  return n ^ (n >> 31U);
}

double uniform(std::uint64_t n) { return static_cast<double>(scrambled(n) >> 11U) * 0x1.0p-53; }

/// Cubic B-spline of the distance to the first of four bins, and its slope.
struct Window {
  int first;
  std::array<float, 4> weight;
  std::array<float, 4> slope;
};

Window windowOf(float value) {
  const float floor = std::floor(value);
  const float f = value - floor;
  const float g = 1 - f;
  return {static_cast<int>(floor) - 1,
          {g * g * g / 6, 2.0F / 3 - f * f * (2 - f) / 2, 2.0F / 3 - g * g * (2 - g) / 2,
           f * f * f / 6},
          {-g * g / 2, f * (1.5F * f - 2), -g * (1.5F * g - 2), f * f / 2}};
}

/// A spline's value and gradient along the image's axes at a continuous index.
struct SplineSample {
  float value;
  std::array<float, 3> slope;
};

SplineSample sampleSpline(const ImageF& coefficients, const Vec3& index) {
  std::array<SplineTaps, 3> taps;
  std::array<std::array<float, 4>, 3> slopes;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    taps[a] = splineTaps(index[axis], coefficients.size()[a]);
    slopes[a] = windowOf(static_cast<float>(index[axis] - std::floor(index[axis]))).slope;
  }
  SplineSample out = {0, {0, 0, 0}};
  for (std::size_t c = 0; c < 4; ++c) {
    for (std::size_t b = 0; b < 4; ++b) {
      const float* row = &coefficients(0, taps[1].index[b], taps[2].index[c]);
      float line = 0;
      float along = 0;
      for (std::size_t a = 0; a < 4; ++a) {
        const float here = row[taps[0].index[a]];
        line += taps[0].weight[a] * here;
        along += slopes[0][a] * here;
      }
      const float yz = taps[1].weight[b] * taps[2].weight[c];
      out.value += yz * line;
      out.slope[0] += yz * along;
      out.slope[1] += slopes[1][b] * taps[2].weight[c] * line;
      out.slope[2] += taps[1].weight[b] * slopes[2][c] * line;
    }
  }
  return out;
}

double entropyTerm(double p) { return p > 0 ? -p * std::log(p) : 0; }

void forSlices(
    std::size_t count, int threads,
    const std::function<void(std::size_t slice, std::size_t begin, std::size_t end)>& body) {
  parallelFor(kSlices, threads, [&](std::size_t first, std::size_t last) {
    for (std::size_t s = first; s < last; ++s) {
      body(s, count * s / kSlices, count * (s + 1) / kSlices);
    }
  });
}

}  // namespace

FixedSamples sampleEvenly(const ImageF& image, int count) {
  const GridGeometry& grid = image.geometry();
  const double volume_mm3 = static_cast<double>(grid.voxelCount()) * grid.voxelVolumeMm3();
  const double cell_mm = std::cbrt(volume_mm3 / std::max(1, count));
  Size3 cells;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double length_mm = (grid.size[a] - 1) * grid.spacing_mm[axis];
    cells[a] = std::max(1, static_cast<int>(std::lround(length_mm / cell_mm)));
  }
  FixedSamples samples;
  std::uint64_t n = 0;
  for (int k = 0; k < cells[2]; ++k) {
    for (int j = 0; j < cells[1]; ++j) {
      for (int i = 0; i < cells[0]; ++i) {
        const Vec3 index = {(i + uniform(n)) / cells[0] * (grid.size[0] - 1),
                            (j + uniform(n + 1)) / cells[1] * (grid.size[1] - 1),
                            (k + uniform(n + 2)) / cells[2] * (grid.size[2] - 1)};
        n += 3;
        samples.points_mm.push_back(grid.toLps(index));
        samples.values.push_back(static_cast<float>(interpolate(image, samples.points_mm.back())));
      }
    }
  }
  return samples;
}

BinScale binScale(const ImageF& image, int bins) {
  // Every seventh voxel tells the percentiles well enough; 7 is prime to usual row lengths.
  std::vector<float> values;
  for (std::size_t v = 0; v < image.voxelCount(); v += 7) {
    values.push_back(image[v]);
  }
  const auto at = [&values](double share) {
    const auto place = values.begin() +
                       static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
  };
  const float lowest = at(0.005);
  const float highest = at(0.995);
  const float range = highest > lowest ? highest - lowest : 1.0F;
  return {lowest, static_cast<float>(bins - 1) / range};
}

MutualInformation::MutualInformation(const FixedSamples& samples, const ImageF& coefficients,
                                     const BinScale& fixed_scale, const BinScale& moving_scale,
                                     int bins, int threads)
    : samples_(samples),
      coefficients_(coefficients),
      moving_scale_(moving_scale),
      bins_(static_cast<std::size_t>(bins)),
      threads_(threads),
      moving_(samples.values.size()),
      slope_(samples.values.size()) {
  fixed_bin_.reserve(samples.values.size());
  for (const float value : samples.values) {
    const float bin = (value - fixed_scale.lowest) * fixed_scale.bins_per_unit;
    fixed_bin_.push_back(std::clamp(static_cast<int>(std::lround(bin)), 0, bins - 1));
  }
}

MutualInformation::Value MutualInformation::evaluate(const RigidTransform& moving_from_fixed,
                                                     const Point3& centre_mm, bool with_gradient) {
  transform_ = moving_from_fixed;
  const std::size_t cells = bins_ * (bins_ + 2 * kPad);
  std::array<std::vector<double>, kSlices> parts;
  forSlices(moving_.size(), threads_, [&](std::size_t slice, std::size_t begin, std::size_t end) {
    sampleMoving(begin, end, with_gradient);
    parts[slice].assign(cells, 0.0);
    countPairs(begin, end, parts[slice]);
  });
  joint_.assign(cells, 0.0);
  for (const auto& part : parts) {
    std::transform(part.begin(), part.end(), joint_.begin(), joint_.begin(), std::plus<>());
  }
  Value value = entropies();
  if (with_gradient) {
    std::array<Twist, kSlices> twists;
    forSlices(moving_.size(), threads_, [&](std::size_t slice, std::size_t begin, std::size_t end) {
      twists[slice] = sumGradient(begin, end, centre_mm);
    });
    for (const Twist& twist : twists) {
      value.gradient.rotation += twist.rotation;
      value.gradient.shift_mm += twist.shift_mm;
    }
  }
  return value;
}

void MutualInformation::sampleMoving(std::size_t begin, std::size_t end, bool with_gradient) {
  const GridGeometry& grid = coefficients_.geometry();
  const auto highest = static_cast<float>(bins_ - 1);
  for (std::size_t s = begin; s < end; ++s) {
    Vec3 index = grid.toIndex(transform_(samples_.points_mm[s]));
    for (int axis = 0; axis < 3; ++axis) {
      index[axis] = std::clamp(index[axis], 0.0,
                               static_cast<double>(grid.size[static_cast<std::size_t>(axis)] - 1));
    }
    const SplineSample sample = sampleSpline(coefficients_, index);
    const float bin = (sample.value - moving_scale_.lowest) * moving_scale_.bins_per_unit;
    moving_[s] = std::clamp(bin, 0.0F, highest);
    if (with_gradient) {
      const bool held = bin != moving_[s];
      const double scale = held ? 0 : static_cast<double>(moving_scale_.bins_per_unit);
      slope_[s] =
          grid.direction * Vec3{scale * static_cast<double>(sample.slope[0]) / grid.spacing_mm.x,
                                scale * static_cast<double>(sample.slope[1]) / grid.spacing_mm.y,
                                scale * static_cast<double>(sample.slope[2]) / grid.spacing_mm.z};
    }
  }
}

void MutualInformation::countPairs(std::size_t begin, std::size_t end,
                                   std::vector<double>& joint) const {
  for (std::size_t s = begin; s < end; ++s) {
    const Window window = windowOf(moving_[s]);
    double* cell = joint.data() + static_cast<std::size_t>(fixed_bin_[s]) * (bins_ + 2 * kPad) +
                   (window.first + kPad);
    for (std::size_t t = 0; t < 4; ++t) {
      cell[t] += static_cast<double>(window.weight[t]);
    }
  }
}

MutualInformation::Value MutualInformation::entropies() {
  const std::size_t width = bins_ + 2 * kPad;
  const double total = static_cast<double>(std::max<std::size_t>(1, moving_.size()));
  std::vector<double> fixed(bins_, 0.0);
  std::vector<double> moving(width, 0.0);
  for (std::size_t c = 0; c < joint_.size(); ++c) {
    joint_[c] /= total;
    fixed[c / width] += joint_[c];
    moving[c % width] += joint_[c];
  }
  double h_fixed = 0;
  double h_moving = 0;
  double h_joint = 0;
  for (const double p : fixed) {
    h_fixed += entropyTerm(p);
  }
  for (const double p : moving) {
    h_moving += entropyTerm(p);
  }
  log_ratio_.assign(joint_.size(), 0.0);
  for (std::size_t c = 0; c < joint_.size(); ++c) {
    h_joint += entropyTerm(joint_[c]);
    log_ratio_[c] = joint_[c] > 0 ? std::log(joint_[c] / moving[c % width]) : 0;
  }
  const double information = h_fixed + h_moving - h_joint;
  const double sum = h_fixed + h_moving;
  return {information, sum > 0 ? 2 * information / sum : 0, {}};
}

Twist MutualInformation::sumGradient(std::size_t begin, std::size_t end,
                                     const Point3& centre_mm) const {
  Twist twist;
  for (std::size_t s = begin; s < end; ++s) {
    const Window window = windowOf(moving_[s]);
    const double* ratio = log_ratio_.data() +
                          static_cast<std::size_t>(fixed_bin_[s]) * (bins_ + 2 * kPad) +
                          (window.first + kPad);
    double weight = 0;
    for (std::size_t t = 0; t < 4; ++t) {
      weight += static_cast<double>(window.slope[t]) * ratio[t];
    }
    const Vec3 pull = weight * slope_[s];
    twist.shift_mm += pull;
    twist.rotation += cross(transform_(samples_.points_mm[s]) - centre_mm, pull);
  }
  const double total = static_cast<double>(std::max<std::size_t>(1, moving_.size()));
  return {twist.rotation / total, twist.shift_mm / total};
}

}  // namespace neurovasc::imaging
