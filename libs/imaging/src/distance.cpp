#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"
#include "neurovasc/imaging/morphology.h"

namespace neurovasc::imaging {
namespace {

constexpr float kFar = std::numeric_limits<float>::infinity();

/// Lower envelope of parabolas over one line: turns squared distances across the line into squared
/// distances in the plane that holds it.
class LineEnvelope {
 public:
  explicit LineEnvelope(int longest)
      : heights_(static_cast<std::size_t>(longest)),
        places_(static_cast<std::size_t>(longest)),
        borders_(static_cast<std::size_t>(longest)) {}

  /// @p values are @p count floats @p stride apart with @p step_mm between them.
  void apply(float* values, int count, std::ptrdiff_t stride, double step_mm) {
    std::size_t used = 0;
    for (int n = 0; n < count; ++n) {
      const float height = values[n * stride];
      if (height < kFar) {
        used = push(used, n * step_mm, height);
      }
    }
    std::size_t current = 0;
    for (int n = 0; n < count && used > 0; ++n) {
      const double x = n * step_mm;
      while (current + 1 < used && borders_[current + 1] < x) {
        ++current;
      }
      const double d = x - places_[current];
      values[n * stride] = static_cast<float>(d * d + heights_[current]);
    }
  }

 private:
  /// Adds the parabola over @p place; returns how many stay in the envelope.
  std::size_t push(std::size_t used, double place, double height) {
    double border = -std::numeric_limits<double>::infinity();
    while (used > 0) {
      const double p = places_[used - 1];
      border = ((height + place * place) - (heights_[used - 1] + p * p)) / (2 * (place - p));
      if (border > borders_[used - 1]) {
        break;
      }
      --used;
      border = -std::numeric_limits<double>::infinity();
    }
    places_[used] = place;
    heights_[used] = height;
    borders_[used] = border;
    return used + 1;
  }

  std::vector<double> heights_;
  std::vector<double> places_;
  std::vector<double> borders_;
};

ImageF squaredDistanceTo(const Mask& mask, bool to_set, int threads) {
  ImageF out(mask.geometry());
  const auto [nx, ny, nz] = mask.size();
  const Vec3 step = mask.geometry().spacing_mm;
  const int longest = std::max({nx, ny, nz});
  parallelFor(static_cast<std::size_t>(nz), threads, [&, nx = nx, ny = ny](auto begin, auto end) {
    LineEnvelope envelope(longest);
    for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
      for (int j = 0; j < ny; ++j) {
        for (int i = 0; i < nx; ++i) {
          out(i, j, k) = (mask(i, j, k) != 0) == to_set ? 0.0F : kFar;
        }
        envelope.apply(&out(0, j, k), nx, 1, step.x);
      }
      for (int i = 0; i < nx; ++i) {
        envelope.apply(&out(i, 0, k), ny, nx, step.y);
      }
    }
  });
  parallelFor(static_cast<std::size_t>(ny), threads,
              [&, nx = nx, ny = ny, nz = nz](auto begin, auto end) {
                LineEnvelope envelope(longest);
                for (int j = static_cast<int>(begin); j < static_cast<int>(end); ++j) {
                  for (int i = 0; i < nx; ++i) {
                    envelope.apply(&out(i, j, 0), nz, static_cast<std::ptrdiff_t>(nx) * ny, step.z);
                  }
                }
              });
  return out;
}

/// The voxels whose squared distance to (un)set voxels is within a ball, or beyond it.
Mask ballTest(const Mask& mask, double radius_mm, bool grow, int threads) {
  if (!(radius_mm >= 0) || !std::isfinite(radius_mm)) {
    throw Error(ErrorCode::usage, "a morphology radius must be finite and not negative");
  }
  const ImageF squared = squaredDistanceTo(mask, grow, threads);
  // Voxel centres exactly at the radius belong to the ball; squares in single precision may land a
  // hair beyond.
  const auto limit = static_cast<float>(radius_mm * radius_mm * (1 + 1e-6));
  Mask out(mask.geometry());
  std::transform(squared.begin(), squared.end(), out.begin(), [&](float d2) {
    return static_cast<std::uint8_t>((d2 <= limit) == grow ? 1 : 0);
  });
  return out;
}

}  // namespace

ImageF distanceTo(const Mask& mask, int threads) {
  ImageF out = squaredDistanceTo(mask, true, threads);
  std::transform(out.begin(), out.end(), out.begin(), [](float d2) { return std::sqrt(d2); });
  return out;
}

ImageF signedDistance(const Mask& mask, int threads) {
  ImageF out = distanceTo(mask, threads);
  const ImageF inner = squaredDistanceTo(mask, false, threads);
  for (std::size_t v = 0; v < out.voxelCount(); ++v) {
    out[v] = out[v] > 0 ? out[v] : -std::sqrt(inner[v]);
  }
  return out;
}

Mask dilated(const Mask& mask, double radius_mm, int threads) {
  return ballTest(mask, radius_mm, true, threads);
}

Mask eroded(const Mask& mask, double radius_mm, int threads) {
  return ballTest(mask, radius_mm, false, threads);
}

Mask opened(const Mask& mask, double radius_mm, int threads) {
  return dilated(eroded(mask, radius_mm, threads), radius_mm, threads);
}

Mask closed(const Mask& mask, double radius_mm, int threads) {
  return eroded(dilated(mask, radius_mm, threads), radius_mm, threads);
}

}  // namespace neurovasc::imaging
