#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/contact/masks.h"
#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

constexpr float kLevel = 0.5F;
constexpr std::uint32_t kNone = 0xFFFFFFFFU;

/// The voxels inside, with a margin of one on each side.
IndexBox insideBox(const ImageF& occupancy) {
  const Size3 size = occupancy.size();
  IndexBox box{size, {-1, -1, -1}};
  for (int k = 0; k < size[2]; ++k) {
    for (int j = 0; j < size[1]; ++j) {
      for (int i = 0; i < size[0]; ++i) {
        if (occupancy(i, j, k) >= kLevel) {
          const Size3 at = {i, j, k};
          for (std::size_t a = 0; a < 3; ++a) {
            box.lower[a] = std::min(box.lower[a], at[a] - 1);
            box.upper[a] = std::max(box.upper[a], at[a] + 1);
          }
        }
      }
    }
  }
  return box;
}

bool isBinary(const ImageF& occupancy) {
  return std::all_of(occupancy.begin(), occupancy.end(),
                     [](float v) { return v == 0.0F || v == 1.0F; });
}

/// Constrained surface nets: one vertex in each cell of eight voxel centres that the surface
/// passes, one quadrilateral across each voxel edge that it cuts.
class SurfaceNets {
 public:
  explicit SurfaceNets(const ImageF& occupancy)
      : occupancy_(occupancy), box_(insideBox(occupancy)) {
    if (box_.upper[0] < 0) {
      throw Error(ErrorCode::input_unreadable, "a mask holds no voxel of the structure",
                  "check the label that was asked for");
    }
    for (std::size_t a = 0; a < 3; ++a) {
      cells_[a] = box_.upper[a] - box_.lower[a];
    }
    vertex_of_.assign(static_cast<std::size_t>(cells_[0]) * static_cast<std::size_t>(cells_[1]) *
                          static_cast<std::size_t>(cells_[2]),
                      kNone);
  }

  TriangleMesh run() {
    placeVertices();
    connect();
    if (isBinary(occupancy_)) {
      relax();
    }
    return meshInLps();
  }

 private:
  float value(int i, int j, int k) const {
    return occupancy_.geometry().contains(i, j, k) ? occupancy_(i, j, k) : 0.0F;
  }

  std::uint32_t& vertexOf(const Size3& cell) {
    std::size_t offset = 0;
    for (std::size_t a = 3; a-- > 0;) {
      offset = offset * static_cast<std::size_t>(cells_[a]) +
               static_cast<std::size_t>(cell[a] - box_.lower[a]);
    }
    return vertex_of_[offset];
  }

  template <typename Visit>
  void forEachCell(const Visit& visit) const {
    for (int k = box_.lower[2]; k < box_.upper[2]; ++k) {
      for (int j = box_.lower[1]; j < box_.upper[1]; ++j) {
        for (int i = box_.lower[0]; i < box_.upper[0]; ++i) {
          visit(Size3{i, j, k});
        }
      }
    }
  }

  /// The mean of the places where the cell's twelve edges are cut; false if none is.
  bool crossing(const Size3& cell, Vec3& mean) const {
    Vec3 sum;
    int cuts = 0;
    for (int axis = 0; axis < 3; ++axis) {
      for (int corner = 0; corner < 4; ++corner) {
        Size3 a = cell;
        a[static_cast<std::size_t>((axis + 1) % 3)] += corner & 1;
        a[static_cast<std::size_t>((axis + 2) % 3)] += corner >> 1;
        Size3 b = a;
        ++b[static_cast<std::size_t>(axis)];
        const float va = value(a[0], a[1], a[2]);
        const float vb = value(b[0], b[1], b[2]);
        if ((va >= kLevel) != (vb >= kLevel)) {
          Vec3 p = {static_cast<double>(a[0]), static_cast<double>(a[1]),
                    static_cast<double>(a[2])};
          p[axis] += static_cast<double>((kLevel - va) / (vb - va));
          sum += p;
          ++cuts;
        }
      }
    }
    mean = cuts > 0 ? sum / cuts : sum;
    return cuts > 0;
  }

  void placeVertices() {
    const Vec3 h = occupancy_.geometry().spacing_mm;
    forEachCell([&](const Size3& cell) {
      Vec3 p;
      if (crossing(cell, p)) {
        vertexOf(cell) = static_cast<std::uint32_t>(points_.size());
        points_.push_back({p.x * h.x, p.y * h.y, p.z * h.z});
        centers_.push_back({(cell[0] + 0.5) * h.x, (cell[1] + 0.5) * h.y, (cell[2] + 0.5) * h.z});
      }
    });
  }

  /// The four cells round the voxel edge that leaves voxel @p a along @p axis, in turning order.
  std::array<std::uint32_t, 4> around(const Size3& a, int axis) {
    const auto u = static_cast<std::size_t>((axis + 1) % 3);
    const auto v = static_cast<std::size_t>((axis + 2) % 3);
    std::array<std::uint32_t, 4> out{};
    constexpr std::array<std::array<int, 2>, 4> kTurns{{{-1, -1}, {0, -1}, {0, 0}, {-1, 0}}};
    for (std::size_t n = 0; n < out.size(); ++n) {
      Size3 cell = a;
      cell[u] += kTurns[n][0];
      cell[v] += kTurns[n][1];
      out[n] = vertexOf(cell);
    }
    return out;
  }

  void addQuad(const std::array<std::uint32_t, 4>& q, bool flipped) {
    const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
      triangles_.push_back(flipped ? std::array<std::uint32_t, 3>{a, c, b}
                                   : std::array<std::uint32_t, 3>{a, b, c});
    };
    add(q[0], q[1], q[2]);
    add(q[0], q[2], q[3]);
    for (std::size_t n = 0; n < q.size(); ++n) {
      edges_.push_back({q[n], q[(n + 1) % q.size()]});
    }
  }

  void connect() {
    const bool mirrored = determinant(occupancy_.geometry().direction) < 0;
    forEachCell([&](const Size3& a) {
      const bool inside = value(a[0], a[1], a[2]) >= kLevel;
      for (int axis = 0; axis < 3; ++axis) {
        Size3 b = a;
        ++b[static_cast<std::size_t>(axis)];
        if (inside != (value(b[0], b[1], b[2]) >= kLevel)) {
          addQuad(around(a, axis), inside == mirrored);
        }
      }
    });
  }

  void smoothingPass(double factor) {
    std::vector<Vec3> sum(points_.size());
    std::vector<int> count(points_.size(), 0);
    for (const auto& [a, b] : edges_) {
      sum[a] += points_[b];
      sum[b] += points_[a];
      ++count[a];
      ++count[b];
    }
    const Vec3 h = occupancy_.geometry().spacing_mm;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      points_[i] += factor * (sum[i] / count[i] - points_[i]);
      for (int axis = 0; axis < 3; ++axis) {
        points_[i][axis] = std::clamp(points_[i][axis], centers_[i][axis] - h[axis] / 2,
                                      centers_[i][axis] + h[axis] / 2);
      }
    }
  }

  /// Takes the terraces off a binary mask (Taubin, SIGGRAPH 1995: alternating signs hardly shrink),
  /// then gives back the volume that cutting the corners took, which for a structure one voxel
  /// thick is most of it.
  void relax() {
    constexpr int kPasses = 12;
    constexpr int kRestorations = 4;
    for (int pass = 0; pass < kPasses; ++pass) {
      smoothingPass(0.5);
      smoothingPass(-0.53);
    }
    const auto inside = std::count(occupancy_.begin(), occupancy_.end(), 1.0F);
    const double volume = static_cast<double>(inside) * occupancy_.geometry().voxelVolumeMm3();
    for (int round = 0; round < kRestorations; ++round) {
      restoreVolume(volume);
    }
  }

  /// Moves the surface along its normals by what lacks in volume over its area.
  void restoreVolume(double volume_mm3) {
    const TriangleMesh mesh = meshInLps();
    const double by = (volume_mm3 - volumeMm3(mesh)) / surfaceAreaMm2(mesh);
    const Matrix3 to_grid = transposed(occupancy_.geometry().direction);
    std::vector<Vec3> normals(points_.size());
    for (const auto& t : mesh.triangles) {
      const Point3& a = mesh.vertices_mm[t[0]];
      const Vec3 area = cross(mesh.vertices_mm[t[1]] - a, mesh.vertices_mm[t[2]] - a);
      for (const std::uint32_t corner : t) {
        normals[corner] += area;
      }
    }
    for (std::size_t i = 0; i < points_.size(); ++i) {
      points_[i] += by * (to_grid * normalized(normals[i]));
    }
  }

  TriangleMesh meshInLps() const {
    const GridGeometry& grid = occupancy_.geometry();
    TriangleMesh mesh;
    mesh.triangles = triangles_;
    for (const Vec3& p : points_) {
      mesh.vertices_mm.push_back(grid.origin_mm + grid.direction * p);
    }
    return mesh;
  }

  const ImageF& occupancy_;
  IndexBox box_;
  Size3 cells_{};
  std::vector<std::uint32_t> vertex_of_;
  std::vector<Vec3> points_;  ///< along the grid's axes, mm from its origin
  std::vector<Vec3> centers_;
  std::vector<std::array<std::uint32_t, 3>> triangles_;
  std::vector<std::array<std::uint32_t, 2>> edges_;
};

}  // namespace

TriangleMesh surfaceOf(const ImageF& occupancy) { return SurfaceNets(occupancy).run(); }

}  // namespace neurovasc::contact
