#include "ball_filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

/// Weights of one line of the ball, for rows (+-dj, +-dk): taps[t] for offsets +-t along i.
struct BallLine {
  int dj;
  int dk;
  std::vector<float> taps;
};

/// The part of the voxel at offset (i, j, k) that lies inside the ball, by 5^3 samples.
double partInside(const Vec3& spacing_mm, double radius_mm, int i, int j, int k) {
  constexpr int kSamples = 5;
  int inside = 0;
  for (int s = 0; s < kSamples * kSamples * kSamples; ++s) {
    const auto shift = [](int step) { return (step + 0.5) / kSamples - 0.5; };
    const Vec3 p = {(i + shift(s % kSamples)) * spacing_mm.x,
                    (j + shift(s / kSamples % kSamples)) * spacing_mm.y,
                    (k + shift(s / kSamples / kSamples)) * spacing_mm.z};
    inside += norm(p) <= radius_mm ? 1 : 0;
  }
  return inside / static_cast<double>(kSamples * kSamples * kSamples);
}

std::vector<BallLine> linesOfBall(const Vec3& spacing_mm, double radius_mm) {
  const auto reach = [&](int axis) {
    return static_cast<int>(std::floor(radius_mm / spacing_mm[axis] + 0.5));
  };
  std::vector<BallLine> lines;
  double total = 0;
  for (int dk = 0; dk <= reach(2); ++dk) {
    for (int dj = 0; dj <= reach(1); ++dj) {
      BallLine line = {dj, dk, {}};
      const double copies = (dj > 0 ? 2 : 1) * (dk > 0 ? 2 : 1);
      for (int i = 0; i <= reach(0); ++i) {
        line.taps.push_back(static_cast<float>(partInside(spacing_mm, radius_mm, i, dj, dk)));
        total += line.taps.back() * copies * (i > 0 ? 2 : 1);
      }
      lines.push_back(std::move(line));
    }
  }
  const double volume = 4.0 / 3.0 * 3.14159265358979323846 * std::pow(radius_mm, 3);
  for (auto& line : lines) {
    for (float& tap : line.taps) {
      tap *= static_cast<float>(volume / total);
    }
  }
  return lines;
}

/// Sums the ball over whole rows.
class RowSummer {
 public:
  RowSummer(const ImageF& image, const std::vector<BallLine>& lines)
      : image_(image), lines_(lines), pad_(lines.front().taps.size() - 1) {
    padded_.resize(static_cast<std::size_t>(image.size()[0]) + 2 * pad_);
  }

  void sumInto(float* out, int j, int k) {
    std::fill(out, out + image_.size()[0], 0.0F);
    for (const auto& line : lines_) {
      gather(line, j, k);
      addLine(out, line.taps);
    }
  }

 private:
  /// Adds up the rows that share the line's weights, with the ends continued.
  void gather(const BallLine& line, int j, int k) {
    const int nx = image_.size()[0];
    float* centre = padded_.data() + pad_;
    std::fill(padded_.begin(), padded_.end(), 0.0F);
    for (const int dk : {line.dk, -line.dk}) {
      for (const int dj : {line.dj, -line.dj}) {
        const float* row = &image_(0, std::clamp(j + dj, 0, image_.size()[1] - 1),
                                   std::clamp(k + dk, 0, image_.size()[2] - 1));
        // A zero offset is visited twice: halve it.
        const float weight = (line.dj == 0 ? 0.5F : 1.0F) * (line.dk == 0 ? 0.5F : 1.0F);
        for (int i = 0; i < nx; ++i) {
          centre[i] += weight * row[i];
        }
      }
    }
    std::fill(padded_.data(), centre, centre[0]);
    std::fill(centre + nx, centre + nx + pad_, centre[nx - 1]);
  }

  void addLine(float* out, const std::vector<float>& taps) const {
    const int nx = image_.size()[0];
    const float* centre = padded_.data() + pad_;
    for (int t = 0; t < static_cast<int>(taps.size()); ++t) {
      const float tap = t == 0 ? taps[0] / 2 : taps[static_cast<std::size_t>(t)];
      for (int i = 0; tap != 0 && i < nx; ++i) {
        out[i] += tap * (centre[i - t] + centre[i + t]);
      }
    }
  }

  const ImageF& image_;
  const std::vector<BallLine>& lines_;
  std::size_t pad_;
  std::vector<float> padded_;
};

}  // namespace

ImageF ballSum(const ImageF& image, double radius_mm, int threads, const Progress& progress) {
  const auto lines = linesOfBall(image.geometry().spacing_mm, radius_mm);
  ImageF out(image.geometry());
  parallelFor(static_cast<std::size_t>(image.size()[2]), threads,
              [&](std::size_t begin, std::size_t end) {
                RowSummer summer(image, lines);
                for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
                  progress.stop().throwIfStopped();
                  for (int j = 0; j < image.size()[1]; ++j) {
                    summer.sumInto(&out(0, j, k), j, k);
                  }
                }
              });
  return out;
}

}  // namespace neurovasc::imaging
