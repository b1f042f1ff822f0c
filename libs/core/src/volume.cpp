#include "neurovasc/core/volume.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "neurovasc/core/error.h"

namespace neurovasc {
namespace {

constexpr double kOrthonormalTolerance = 1e-4;

bool isOrthonormal(const Matrix3& direction) {
  for (int a = 0; a < 3; ++a) {
    for (int b = a; b < 3; ++b) {
      const double product = dot(direction.column(a), direction.column(b));
      if (!(std::abs(product - (a == b ? 1.0 : 0.0)) <= kOrthonormalTolerance)) {
        return false;
      }
    }
  }
  return true;
}

/// A continuous index along one axis as its lower voxel and the weight of the next one.
struct AxisSample {
  int lower;
  int upper;
  double weight;
};

AxisSample axisSample(double index, int size) {
  // Written so that no number at all gives the first voxel: a cast of it would be undefined.
  const double held = index > 0 ? std::min(index, static_cast<double>(size - 1)) : 0.0;
  const int lower = static_cast<int>(held);
  return {lower, std::min(lower + 1, size - 1), held - lower};
}

}  // namespace

Point3 GridGeometry::toLps(const Vec3& index) const {
  return origin_mm +
         direction * Vec3{index.x * spacing_mm.x, index.y * spacing_mm.y, index.z * spacing_mm.z};
}

Vec3 GridGeometry::toIndex(const Point3& lps_mm) const {
  const Vec3 mm = transposed(direction) * (lps_mm - origin_mm);
  return {mm.x / spacing_mm.x, mm.y / spacing_mm.y, mm.z / spacing_mm.z};
}

bool GridGeometry::contains(const Point3& lps_mm, double margin_mm) const {
  const Vec3 index = toIndex(lps_mm);
  for (int a = 0; a < 3; ++a) {
    const double margin = margin_mm / spacing_mm[a];
    if (index[a] < margin || index[a] > size[static_cast<std::size_t>(a)] - 1 - margin) {
      return false;
    }
  }
  return true;
}

GridGeometry cropped(const GridGeometry& grid, const IndexBox& box) {
  GridGeometry out = grid;
  for (std::size_t a = 0; a < 3; ++a) {
    out.size[a] = box.upper[a] - box.lower[a];
  }
  out.origin_mm = grid.toLps(box.lower[0], box.lower[1], box.lower[2]);
  return out;
}

void validate(const GridGeometry& geometry, const char* what) {
  for (int a = 0; a < 3; ++a) {
    const double spacing = geometry.spacing_mm[a];
    if (geometry.size[static_cast<std::size_t>(a)] <= 0 || !(spacing > 0) ||
        !std::isfinite(spacing) || !std::isfinite(geometry.origin_mm[a])) {
      throw Error(ErrorCode::inconsistent_geometry,
                  std::string(what) + ": size, spacing or origin is not positive and finite");
    }
  }
  if (!isOrthonormal(geometry.direction)) {
    throw Error(ErrorCode::inconsistent_geometry,
                std::string(what) + ": the axes are not perpendicular unit vectors",
                "Resample the image to a rectangular grid first.");
  }
}

double interpolate(const ImageF& image, const Point3& lps_mm) {
  const Vec3 index = image.geometry().toIndex(lps_mm);
  const AxisSample x = axisSample(index.x, image.size()[0]);
  const AxisSample y = axisSample(index.y, image.size()[1]);
  const AxisSample z = axisSample(index.z, image.size()[2]);
  const auto row = [&](int j, int k) {
    return image(x.lower, j, k) * (1 - x.weight) + image(x.upper, j, k) * x.weight;
  };
  const auto plane = [&](int k) {
    return row(y.lower, k) * (1 - y.weight) + row(y.upper, k) * y.weight;
  };
  return plane(z.lower) * (1 - z.weight) + plane(z.upper) * z.weight;
}

Vec3 gradient(const ImageF& image, const Point3& lps_mm, double step_mm) {
  Vec3 g;
  for (int a = 0; a < 3; ++a) {
    Vec3 step;
    step[a] = step_mm;
    g[a] = (interpolate(image, lps_mm + step) - interpolate(image, lps_mm - step)) / (2 * step_mm);
  }
  return g;
}

}  // namespace neurovasc
