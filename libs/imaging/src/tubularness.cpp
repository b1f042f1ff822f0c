#include "neurovasc/imaging/tubularness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>

#include "ball_filter.h"
#include "hessian_planes.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kDirectionSteps = 127;  // of each packed coordinate, to either side of 0

void refuse(const char* option, const char* rule) {
  throw Error(ErrorCode::usage, std::string("tubularness option ") + option + " " + rule);
}

/// A symmetric matrix by its six entries.
struct Symmetric {
  double xx, yy, zz, xy, xz, yz;
};

Symmetric shifted(Symmetric a, double by) {
  a.xx -= by;
  a.yy -= by;
  a.zz -= by;
  return a;
}

double determinantOf(const Symmetric& a) {
  return a.xx * (a.yy * a.zz - a.yz * a.yz) - a.xy * (a.xy * a.zz - a.yz * a.xz) +
         a.xz * (a.xy * a.yz - a.yy * a.xz);
}

/// Whether the middle eigenvalue exceeds @p bar, from the signs of the characteristic polynomial of
/// a - bar I: it has two positive eigenvalues. Much cheaper than the eigenvalues themselves.
bool middleExceeds(const Symmetric& matrix, double bar) {
  const Symmetric a = shifted(matrix, bar);
  const double sum = a.xx + a.yy + a.zz;
  const double minors =
      a.xx * a.yy - a.xy * a.xy + a.xx * a.zz - a.xz * a.xz + a.yy * a.zz - a.yz * a.yz;
  const double product = determinantOf(a);
  const bool definite = minors > 0 && (product >= 0 ? sum > 0 : sum < 0);
  return product >= 0 ? definite : !definite;
}

struct Eigenvalues {
  double least, middle;
};

/// Smith's trigonometric solution (Comm. ACM 4:168, 1961).
Eigenvalues eigenvaluesOf(const Symmetric& matrix) {
  const double mean = (matrix.xx + matrix.yy + matrix.zz) / 3;
  const Symmetric a = shifted(matrix, mean);
  const double p2 =
      (a.xx * a.xx + a.yy * a.yy + a.zz * a.zz + 2 * (a.xy * a.xy + a.xz * a.xz + a.yz * a.yz)) / 6;
  if (!(p2 > 0)) {
    return {mean, mean};
  }
  const double p = std::sqrt(p2);
  const double angle = std::acos(std::clamp(determinantOf(a) / (2 * p * p2), -1.0, 1.0)) / 3;
  const double c = p * std::cos(angle);
  const double s = p * std::sqrt(3.0) * std::sin(angle);
  return {mean - c - s, mean - c + s};
}

/// The eigenvector of @p value: perpendicular to two rows of a - value I.
Vec3 eigenvectorOf(const Symmetric& matrix, double value) {
  const Symmetric a = shifted(matrix, value);
  const std::array<Vec3, 3> rows = {{{a.xx, a.xy, a.xz}, {a.xy, a.yy, a.yz}, {a.xz, a.yz, a.zz}}};
  Vec3 best;
  for (int r = 0; r < 3; ++r) {
    const Vec3 candidate =
        cross(rows[static_cast<std::size_t>(r)], rows[static_cast<std::size_t>((r + 1) % 3)]);
    best = dot(candidate, candidate) > dot(best, best) ? candidate : best;
  }
  return normalized(best);
}

/// c(r, sigma) of the header: the flux on the axis of an ideal tube, by the Hankel transform of its
/// disc, J1 the Bessel function:
///     c = 1/2 integral of k^2 B(k) D(k) G(k) k dk / (2 pi) / (4 pi r^2)
double fluxOfIdealTube(double radius_mm, double sigma_mm) {
  const double k_end = 8 / sigma_mm;
  constexpr int kSteps = 4000;
  double sum = 0;
  for (int step = 1; step <= kSteps; ++step) {
    const double k = k_end * (step - 0.5) / kSteps;
    const double kr = k * radius_mm;
    const double ball = 4 * kPi * (std::sin(kr) - kr * std::cos(kr)) / (k * k * k);
    const double disc = 2 * kPi * radius_mm * std::cyl_bessel_j(1.0, kr) / k;
    sum += k * k * k * ball * disc * std::exp(-0.5 * sigma_mm * sigma_mm * k * k);
  }
  return sum * (k_end / kSteps) / (4 * kPi) / (4 * kPi * radius_mm * radius_mm);
}

/// One radius of the filter: the image whose Hessian is taken, at which smoothing, times what.
struct Scale {
  std::unique_ptr<ImageF> own;  // set when it is not the input image itself
  double sigma_mm;
  double factor;
};

Scale scaleFor(const ImageF& image, const TubularnessOptions& options, double radius_mm,
               const Progress& progress) {
  const double sign = options.polarity == TubePolarity::dark ? 1 : -1;
  if (options.filter == TubeFilter::hessian) {
    const double sigma = radius_mm / std::sqrt(2.0);
    return {nullptr, sigma, sign * std::exp(1.0) * sigma * sigma};
  }
  const double sigma = options.flux_sigma_mm;
  auto filled = std::make_unique<ImageF>(ballSum(image, radius_mm, options.threads, progress));
  const double area = 4 * kPi * radius_mm * radius_mm;
  return {std::move(filled), sigma, sign / (area * fluxOfIdealTube(radius_mm, sigma))};
}

/// Applies one scale and keeps in the map what is better than before.
class ScalePass {
 public:
  ScalePass(const ImageF& image, const Mask* where, const Scale& scale, std::uint8_t index,
            TubularnessMap& map)
      : image_(image), where_(where), scale_(scale), index_(index), map_(map) {}

  void run(std::size_t k_begin, std::size_t k_end, const StopToken& stop) const {
    HessianPlanes planes(scale_.own ? *scale_.own : image_, scale_.sigma_mm);
    for (int k = static_cast<int>(k_begin); k < static_cast<int>(k_end); ++k) {
      stop.throwIfStopped();
      bool loaded = false;
      for (int j = 0; j < image_.size()[1]; ++j) {
        const std::size_t offset = image_.geometry().offset(0, j, k);
        if (!asksForRow(offset)) {
          continue;
        }
        if (!loaded) {
          planes.loadPlane(k);
          loaded = true;
        }
        keepBetter(planes.row(j), offset);
      }
    }
  }

 private:
  bool asksFor(std::size_t voxel) const { return where_ == nullptr || (*where_)[voxel] != 0; }

  bool asksForRow(std::size_t offset) const {
    const auto length = static_cast<std::size_t>(image_.size()[0]);
    for (std::size_t i = 0; i < length; ++i) {
      if (asksFor(offset + i)) {
        return true;
      }
    }
    return false;
  }

  void keepBetter(const HessianRow& row, std::size_t offset) const {
    const double f = scale_.factor;
    for (std::size_t i = 0; i < row.xx.size(); ++i) {
      if (!asksFor(offset + i)) {
        continue;
      }
      const Symmetric a = {f * row.xx[i], f * row.yy[i], f * row.zz[i],
                           f * row.xy[i], f * row.xz[i], f * row.yz[i]};
      if (middleExceeds(a, map_.response[offset + i])) {
        keep(a, offset + i);
      }
    }
  }

  void keep(const Symmetric& a, std::size_t voxel) const {
    const Eigenvalues values = eigenvaluesOf(a);
    map_.response[voxel] = std::max(map_.response[voxel], static_cast<float>(values.middle));
    map_.scale[voxel] = index_;
    if (!map_.direction.empty()) {
      map_.direction[voxel] =
          packDirection(image_.geometry().direction * eigenvectorOf(a, values.least));
    }
  }

  const ImageF& image_;
  const Mask* where_;  // null: everywhere
  const Scale& scale_;
  std::uint8_t index_;
  TubularnessMap& map_;
};

double signOf(double v) { return v < 0 ? -1 : 1; }

TubularnessMap tubularnessWhere(const ImageF& image, const Mask* where,
                                const TubularnessOptions& options, const Progress& progress) {
  validate(options);
  TubularnessMap map = {ImageF(image.geometry()), Volume<std::uint8_t>(image.geometry()), {}};
  if (options.directions) {
    map.direction = Volume<std::uint16_t>(image.geometry());
  }
  for (std::size_t r = 0; r < options.radii_mm.size(); ++r) {
    const Scale scale = scaleFor(image, options, options.radii_mm[r], progress);
    const ScalePass pass(image, where, scale, static_cast<std::uint8_t>(r), map);
    parallelFor(static_cast<std::size_t>(image.size()[2]), options.threads,
                [&](std::size_t begin, std::size_t end) { pass.run(begin, end, progress.stop()); });
  }
  return map;
}

}  // namespace

void validate(const TubularnessOptions& options) {
  const auto& radii = options.radii_mm;
  if (radii.empty() || radii.size() > 255) {
    refuse("radii_mm", "needs 1 to 255 radii");
  }
  if (!(radii.front() > 0) || !std::isfinite(radii.back()) ||
      std::adjacent_find(radii.begin(), radii.end(), [](double a, double b) { return !(a < b); }) !=
          radii.end()) {
    refuse("radii_mm", "must be positive and ascending");
  }
  if (!(options.flux_sigma_mm > 0)) {
    refuse("flux_sigma_mm", "must be positive");
  }
  if (options.threads < 0) {
    refuse("threads", "must not be negative");
  }
}

TubularnessMap tubularness(const ImageF& image, const TubularnessOptions& options,
                           const Progress& progress) {
  return tubularnessWhere(image, nullptr, options, progress);
}

TubularnessMap tubularness(const ImageF& image, const Mask& where,
                           const TubularnessOptions& options, const Progress& progress) {
  if (where.size() != image.size()) {
    throw Error(ErrorCode::internal, "the mask of the tube filter is not on the image's grid", "");
  }
  return tubularnessWhere(image, &where, options, progress);
}

// A direction and its opposite are the same axis, so the upper half of the octahedral map is
// enough: (x, y) / (|x| + |y| + |z|) of the half z >= 0, turned by 45 degrees to fill a square.
std::uint16_t packDirection(const Vec3& direction) {
  const Vec3 d = direction * signOf(direction.z);
  const double sum = std::abs(d.x) + std::abs(d.y) + std::abs(d.z);
  if (!(sum > 0)) {
    return packDirection({0, 0, 1});
  }
  const auto coded = [](double v) {
    return static_cast<unsigned>(std::lround(v * kDirectionSteps) + kDirectionSteps);
  };
  return static_cast<std::uint16_t>(coded((d.x + d.y) / sum) << 8U | coded((d.x - d.y) / sum));
}

Vec3 unpackDirection(std::uint16_t packed) {
  const auto decoded = [](unsigned v) {
    return (static_cast<double>(v) - kDirectionSteps) / kDirectionSteps;
  };
  const double u = decoded(packed >> 8U);
  const double v = decoded(packed & 0xffU);
  const Vec3 d = {(u + v) / 2, (u - v) / 2, 0};
  return normalized({d.x, d.y, 1 - std::abs(d.x) - std::abs(d.y)});
}

}  // namespace neurovasc::imaging
