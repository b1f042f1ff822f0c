#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "neurovasc/anatomy/tissue.h"

namespace neurovasc::anatomy {

namespace {

constexpr float kNoSurface = 1e3F;
constexpr std::int32_t kUnknown = -1;

/// A point of the surface with the outward normal, in mm along the grid's axes.
struct SurfacePoint {
  std::array<float, 3> at;
  std::array<float, 3> normal;
};

/// Finds for each voxel the nearest of the surface points.
class NearestSurface {
 public:
  explicit NearestSurface(const ImageF& field) : field_(field), n_(field.size()) {
    for (std::size_t a = 0; a < 3; ++a) {
      h_[a] = static_cast<float>(field.geometry().spacing_mm[static_cast<int>(a)]);
    }
    nearest_.assign(field.voxelCount(), kUnknown);
    square_.assign(field.voxelCount(), std::numeric_limits<float>::max());
    findEarlierNeighbours();
    collect();
  }

  bool empty() const { return points_.empty(); }

  /// A forward and a backward scan carry each point to where it is nearest; the second round mends
  /// what the first left behind corners.
  void propagate(const StopToken& stop) {
    for (int round = 0; round < 2; ++round) {
      scan(1, stop);
      scan(-1, stop);
    }
  }

  float distanceAt(int i, int j, int k) const {
    const SurfacePoint& s = points_[static_cast<std::size_t>(nearest_[offset(i, j, k)])];
    const std::array<float, 3> p = position(i, j, k);
    float square = 0;
    float along = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      square += (p[a] - s.at[a]) * (p[a] - s.at[a]);
      along += (p[a] - s.at[a]) * s.normal[a];
    }
    // Close to the surface the points' spacing would show; the tangent plane does not.
    const float aside = square - along * along;
    if (square < 9 * h_[0] * h_[0] && aside < h_[0] * h_[0]) return along;
    const float d = std::sqrt(square);
    return field_(i, j, k) < 0 ? -d : d;
  }

 private:
  struct Neighbour {
    std::array<int, 3> d;
    std::ptrdiff_t offset;
  };

  /// Half of the 26 neighbours: those that a forward scan has visited before.
  void findEarlierNeighbours() {
    for (int k = -1; k <= 0; ++k) {
      for (int j = -1; j <= (k < 0 ? 1 : 0); ++j) {
        for (int i = -1; i <= (k < 0 || j < 0 ? 1 : -1); ++i) {
          const std::ptrdiff_t row = j + std::ptrdiff_t{n_[1]} * k;
          earlier_.push_back({{i, j, k}, i + std::ptrdiff_t{n_[0]} * row});
        }
      }
    }
  }

  std::size_t offset(int i, int j, int k) const { return field_.geometry().offset(i, j, k); }
  std::array<float, 3> position(int i, int j, int k) const {
    return {static_cast<float>(i) * h_[0], static_cast<float>(j) * h_[1],
            static_cast<float>(k) * h_[2]};
  }

  std::array<float, 3> normalAt(int i, int j, int k) const {
    const std::array<int, 3> p = {i, j, k};
    std::array<float, 3> g{};
    for (std::size_t a = 0; a < 3; ++a) {
      std::array<int, 3> up = p;
      std::array<int, 3> down = p;
      up[a] = std::min(p[a] + 1, n_[a] - 1);
      down[a] = std::max(p[a] - 1, 0);
      g[a] = (field_(up[0], up[1], up[2]) - field_(down[0], down[1], down[2])) /
             (static_cast<float>(std::max(1, up[a] - down[a])) * h_[a]);
    }
    return g;
  }

  void collect() {
    for (int k = 0; k < n_[2]; ++k) {
      for (int j = 0; j < n_[1]; ++j) {
        for (int i = 0; i < n_[0]; ++i) {
          for (std::size_t a = 0; a < 3; ++a) addCrossing({i, j, k}, a);
        }
      }
    }
  }

  void addCrossing(const std::array<int, 3>& p, std::size_t axis) {
    std::array<int, 3> q = p;
    if (++q[axis] >= n_[axis]) return;
    const float u = field_(p[0], p[1], p[2]);
    const float v = field_(q[0], q[1], q[2]);
    if ((u < 0) == (v < 0)) return;
    const float t = u / (u - v);
    SurfacePoint s{position(p[0], p[1], p[2]), {}};
    s.at[axis] += t * h_[axis];
    const auto g = normalAt(p[0], p[1], p[2]);
    const auto e = normalAt(q[0], q[1], q[2]);
    float length = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      s.normal[a] = (1 - t) * g[a] + t * e[a];
      length += s.normal[a] * s.normal[a];
    }
    length = std::sqrt(std::max(length, 1e-20F));
    for (float& c : s.normal) c /= length;
    const auto index = static_cast<std::int32_t>(points_.size());
    points_.push_back(s);
    offer(p, offset(p[0], p[1], p[2]), index);
    offer(q, offset(q[0], q[1], q[2]), index);
  }

  float squareTo(const std::array<int, 3>& p, std::int32_t index) const {
    const SurfacePoint& s = points_[static_cast<std::size_t>(index)];
    float square = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      const float d = static_cast<float>(p[a]) * h_[a] - s.at[a];
      square += d * d;
    }
    return square;
  }

  void offer(const std::array<int, 3>& p, std::size_t at, std::int32_t index) {
    if (index == kUnknown || index == nearest_[at]) return;
    const float square = squareTo(p, index);
    if (square >= square_[at]) return;
    square_[at] = square;
    nearest_[at] = index;
  }

  /// Takes over what the neighbours already visited in this scan hold.
  void visit(const std::array<int, 3>& p, int direction) {
    const std::size_t at = offset(p[0], p[1], p[2]);
    for (const Neighbour& step : earlier_) {
      const std::array<int, 3> q = {p[0] + direction * step.d[0], p[1] + direction * step.d[1],
                                    p[2] + direction * step.d[2]};
      if (!field_.geometry().contains(q[0], q[1], q[2])) continue;
      const auto from = static_cast<std::ptrdiff_t>(at) + direction * step.offset;
      offer(p, at, nearest_[static_cast<std::size_t>(from)]);
    }
  }

  void scan(int direction, const StopToken& stop) {
    const auto first = [&](std::size_t a) { return direction > 0 ? 0 : n_[a] - 1; };
    for (int k = first(2); k >= 0 && k < n_[2]; k += direction) {
      stop.throwIfStopped();
      for (int j = first(1); j >= 0 && j < n_[1]; j += direction) {
        for (int i = first(0); i >= 0 && i < n_[0]; i += direction) visit({i, j, k}, direction);
      }
    }
  }

  const ImageF& field_;
  Size3 n_;
  std::array<float, 3> h_{};
  std::vector<SurfacePoint> points_;
  std::vector<std::int32_t> nearest_;
  std::vector<float> square_;  ///< of the distance to nearest_
  std::vector<Neighbour> earlier_;
};

}  // namespace

ImageF signedDistance(const ImageF& field, const StopToken& stop) {
  ImageF result(field.geometry(), kNoSurface);
  NearestSurface surface(field);
  stop.throwIfStopped();
  if (surface.empty()) return result;
  surface.propagate(stop);
  const Size3& n = field.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) result(i, j, k) = surface.distanceAt(i, j, k);
    }
  }
  return result;
}

}  // namespace neurovasc::anatomy
