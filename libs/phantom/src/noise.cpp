#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "neurovasc/core/parallel.h"
#include "random.h"
#include "render.h"

namespace neurovasc::phantom {
namespace {

constexpr double kPi = 3.141592653589793;

/// Smooth multiplicative field: a random polynomial of second degree over the grid.
class ReceiveField {
 public:
  explicit ReceiveField(const Shot& shot) : half_(0.5 * shot.bias_fraction) {
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      terms_[i] = 0.5 * normalPair(shot.seed, 0xB1A5ULL + i)[0];
    }
  }
  double at(double u, double v, double w) const {  // each -1 to 1
    const double sum = terms_[0] * u + terms_[1] * v + terms_[2] * w + terms_[3] * u * v +
                       terms_[4] * (u * u - 0.33) + terms_[5] * (v * v - 0.33);
    return 1 + half_ * std::tanh(sum);
  }

 private:
  double half_;
  std::array<double, 6> terms_{};
};

double kept(const std::vector<Artefact>& artefacts, const Point3& head_mm) {
  double share = 1;
  for (const Artefact& artefact : artefacts) {
    const double u = distance(head_mm, artefact.center) / artefact.radius_mm;
    share *= 1 - artefact.loss * std::exp(-u * u * u * u);
  }
  return share;
}

/// What two phase cycles leave of the bands of balanced SSFP. They follow the field's disturbance
/// by the sphenoid sinus: thin shells around it, farther apart than the nerve is long.
double keptInBands(const Point3& head_mm) {
  constexpr Point3 kSinus = {4, -46, 16};  // to one side: the shells are no mirror images
  constexpr double kApartMm = 17;
  constexpr double kWidthMm = 1.1;
  constexpr double kLoss = 0.4;
  const double turns = distance(head_mm, kSinus) / kApartMm;
  const double off_mm = (turns - std::round(turns)) * kApartMm;
  return 1 - kLoss * std::exp(-off_mm * off_mm / (kWidthMm * kWidthMm));
}

/// Calls body(k) for every slice, on several threads.
template <typename Body>
void forSlices(const GridGeometry& grid, int threads, const Body& body) {
  parallelFor(static_cast<std::size_t>(grid.size[2]), threads,
              [&body](std::size_t begin, std::size_t end) {
                for (std::size_t k = begin; k < end; ++k) {
                  body(static_cast<int>(k));
                }
              });
}

/// Weights that interpolate one sample between two: a sinc under a Hann window of @p kReach samples
/// to either side, which is zero-filling but for the window.
constexpr int kReach = 8;

std::array<double, 2 * kReach> sincWeights(double fraction) {
  std::array<double, 2 * kReach> weights{};
  double sum = 0;
  for (int t = 0; t < 2 * kReach; ++t) {
    const double u = fraction - (t - kReach + 1);
    const double sinc = std::abs(u) < 1e-9 ? 1.0 : std::sin(kPi * u) / (kPi * u);
    weights[static_cast<std::size_t>(t)] = sinc * (0.5 + 0.5 * std::cos(kPi * u / kReach));
    sum += weights[static_cast<std::size_t>(t)];
  }
  for (double& weight : weights) {
    weight /= sum;
  }
  return weights;
}

/// @p image with @p factor samples for each one along axis @p axis (0 or 1); the first stays.
ImageF refined(const ImageF& image, int axis, int factor, int threads) {
  const auto a = static_cast<std::size_t>(axis);
  GridGeometry grid = image.geometry();
  grid.size[a] *= factor;
  grid.spacing_mm[axis] /= factor;
  ImageF out(grid);
  const int last = image.size()[a] - 1;
  forSlices(grid, threads, [&](int k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const int here = axis == 0 ? i : j;
        const auto weights = sincWeights(static_cast<double>(here % factor) / factor);
        double sum = 0;
        for (int t = 0; t < 2 * kReach; ++t) {
          const int n = std::clamp(here / factor + t - kReach + 1, 0, last);
          sum +=
              weights[static_cast<std::size_t>(t)] * (axis == 0 ? image(n, j, k) : image(i, n, k));
        }
        out(i, j, k) = static_cast<float>(sum);
      }
    }
  });
  return out;
}

}  // namespace

void shade(ImageF& image, const Shot& shot, int threads) {
  const GridGeometry& grid = image.geometry();
  const ReceiveField field(shot);
  const auto centred = [&grid](int index, std::size_t axis) {
    return 2.0 * index / std::max(1, grid.size[axis] - 1) - 1;
  };
  forSlices(grid, threads, [&](int k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        double factor = field.at(centred(i, 0), centred(j, 1), centred(k, 2));
        if (!shot.artefacts.empty() || shot.banding) {
          const Point3 head_mm = shot.head_from_lps(grid.toLps(i, j, k));
          factor *= kept(shot.artefacts, head_mm) * (shot.banding ? keptInBands(head_mm) : 1);
        }
        image(i, j, k) *= static_cast<float>(factor);
      }
    }
  });
}

ImageF withNoise(const ImageF& signal, const Shot& shot, int threads) {
  const GridGeometry& grid = signal.geometry();
  ImageF real = signal;
  ImageF imaginary(grid);
  forSlices(grid, threads, [&](int k) {
    for (std::size_t o = grid.offset(0, 0, k); o < grid.offset(0, 0, k + 1); ++o) {
      const auto noise = normalPair(shot.seed, o);
      real[o] += static_cast<float>(shot.noise_sd * noise[0]);
      imaginary[o] = static_cast<float>(shot.noise_sd * noise[1]);
    }
  });
  for (int axis = 0; axis < 2 && shot.interpolation > 1; ++axis) {
    real = refined(real, axis, shot.interpolation, threads);
    imaginary = refined(imaginary, axis, shot.interpolation, threads);
  }
  for (std::size_t o = 0; o < real.voxelCount(); ++o) {
    real[o] = std::hypot(real[o], imaginary[o]);
  }
  return real;
}

}  // namespace neurovasc::phantom
