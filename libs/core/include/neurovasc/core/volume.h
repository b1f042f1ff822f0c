#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "neurovasc/core/geometry.h"

namespace neurovasc {

/// Size in voxels along the grid's axes i (fastest), j, k.
using Size3 = std::array<int, 3>;

/// Where the voxels of a grid are:
///
///     p = origin_mm + direction * diag(spacing_mm) * (i, j, k)
///
/// with p the LPS position in mm of the centre of voxel (i, j, k) and the columns of direction unit
/// vectors, orthogonal to 1e-4, of either handedness.
struct GridGeometry {
  Size3 size = {0, 0, 0};
  Vec3 spacing_mm = {1, 1, 1};
  Point3 origin_mm;
  Matrix3 direction;

  std::size_t voxelCount() const {
    return static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
           static_cast<std::size_t>(size[2]);
  }
  double voxelVolumeMm3() const { return spacing_mm.x * spacing_mm.y * spacing_mm.z; }

  /// The LPS position of a continuous index.
  Point3 toLps(const Vec3& index) const;
  Point3 toLps(int i, int j, int k) const {
    return toLps(Vec3{static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
  }
  /// The continuous index of an LPS position; voxel centres have whole numbers.
  Vec3 toIndex(const Point3& lps_mm) const;

  bool contains(int i, int j, int k) const {
    return i >= 0 && j >= 0 && k >= 0 && i < size[0] && j < size[1] && k < size[2];
  }
  /// Whether @p lps_mm lies within the block of voxel centres shrunk by @p margin_mm.
  bool contains(const Point3& lps_mm, double margin_mm = 0) const;

  std::size_t offset(int i, int j, int k) const {
    return static_cast<std::size_t>(i) +
           static_cast<std::size_t>(size[0]) *
               (static_cast<std::size_t>(j) +
                static_cast<std::size_t>(size[1]) * static_cast<std::size_t>(k));
  }

  friend bool operator==(const GridGeometry& a, const GridGeometry& b) {
    return a.size == b.size && a.spacing_mm == b.spacing_mm && a.origin_mm == b.origin_mm &&
           a.direction == b.direction;
  }
};

/// A block of voxels: lower[a] <= index < upper[a] along each axis.
struct IndexBox {
  Size3 lower = {0, 0, 0};
  Size3 upper = {0, 0, 0};
};

/// The geometry of the voxels of @p grid inside @p box; every voxel keeps its position.
GridGeometry cropped(const GridGeometry& grid, const IndexBox& box);

/// Throws Error(inconsistent_geometry) unless sizes and spacings are positive and finite and the
/// direction is orthonormal to 1e-4. @p what names the image in the message.
void validate(const GridGeometry& geometry, const char* what);

/// An image: a grid and one value for each of its voxels in one buffer, i fastest.
template <typename T>
class Volume {
 public:
  using Value = T;

  Volume() = default;
  explicit Volume(const GridGeometry& geometry, T fill = T{})
      : geometry_(geometry), voxels_(geometry.voxelCount(), fill) {}
  /// @p voxels holds geometry.voxelCount() values.
  Volume(const GridGeometry& geometry, std::vector<T> voxels)
      : geometry_(geometry), voxels_(std::move(voxels)) {}

  const GridGeometry& geometry() const { return geometry_; }
  const Size3& size() const { return geometry_.size; }
  bool empty() const { return voxels_.empty(); }
  std::size_t voxelCount() const { return voxels_.size(); }

  T* data() { return voxels_.data(); }
  const T* data() const { return voxels_.data(); }
  auto begin() { return voxels_.begin(); }
  auto end() { return voxels_.end(); }
  auto begin() const { return voxels_.begin(); }
  auto end() const { return voxels_.end(); }

  T& operator()(int i, int j, int k) { return voxels_[geometry_.offset(i, j, k)]; }
  const T& operator()(int i, int j, int k) const { return voxels_[geometry_.offset(i, j, k)]; }
  T& operator[](std::size_t offset) { return voxels_[offset]; }
  const T& operator[](std::size_t offset) const { return voxels_[offset]; }

 private:
  GridGeometry geometry_;
  std::vector<T> voxels_;
};

using ImageF = Volume<float>;
using LabelMap = Volume<std::uint8_t>;
using Mask = Volume<std::uint8_t>;

/// Trilinear interpolation at an LPS position; positions outside give the value of the nearest
/// border voxel centre, so check geometry().contains() where that matters.
double interpolate(const ImageF& image, const Point3& lps_mm);

/// Gradient of the trilinear interpolation by central differences over @p step_mm, in LPS, per mm.
Vec3 gradient(const ImageF& image, const Point3& lps_mm, double step_mm);

}  // namespace neurovasc
