#include "neurovasc/anatomy/minimal_path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <queue>

namespace neurovasc::anatomy {

namespace {

struct Step {
  std::array<int, 3> d;
  std::ptrdiff_t offset;
  float length_mm;
};

std::vector<Step> neighbourSteps(const GridGeometry& grid) {
  std::vector<Step> steps;
  for (int k = -1; k <= 1; ++k) {
    for (int j = -1; j <= 1; ++j) {
      for (int i = -1; i <= 1; ++i) {
        if (i == 0 && j == 0 && k == 0) continue;
        const Vec3 d = {i * grid.spacing_mm.x, j * grid.spacing_mm.y, k * grid.spacing_mm.z};
        const std::ptrdiff_t offset =
            i + static_cast<std::ptrdiff_t>(grid.size[0]) * (j + std::ptrdiff_t{grid.size[1]} * k);
        steps.push_back({{i, j, k}, offset, static_cast<float>(norm(d))});
      }
    }
  }
  return steps;
}

/// One search of Dijkstra's, kept apart from the geometry of its result.
class Search {
 public:
  explicit Search(const ImageF& cost)
      : cost_(cost),
        steps_(neighbourSteps(cost.geometry())),
        reached_(cost.voxelCount(), std::numeric_limits<float>::infinity()),
        from_(cost.voxelCount(), -1) {}

  /// The target reached first, or -1.
  std::ptrdiff_t run(const std::vector<std::size_t>& sources, const Mask& targets,
                     const Progress& progress) {
    for (const std::size_t s : sources) {
      reached_[s] = 0;
      queue_.push({0.0F, s});
    }
    for (std::size_t visits = 0; !queue_.empty(); ++visits) {
      if (visits % 65536 == 0) progress.stop().throwIfStopped();
      const auto [cost, at] = queue_.top();
      queue_.pop();
      if (cost > reached_[at]) continue;
      if (targets[at]) return static_cast<std::ptrdiff_t>(at);
      relax(at);
    }
    return -1;
  }

  double costTo(std::ptrdiff_t at) const { return reached_[static_cast<std::size_t>(at)]; }

  std::vector<std::ptrdiff_t> backFrom(std::ptrdiff_t at) const {
    std::vector<std::ptrdiff_t> voxels;
    for (; at >= 0; at = from_[static_cast<std::size_t>(at)]) voxels.push_back(at);
    std::reverse(voxels.begin(), voxels.end());
    return voxels;
  }

 private:
  using Entry = std::pair<float, std::size_t>;

  void relax(std::size_t at) {
    const auto nx = static_cast<std::size_t>(cost_.size()[0]);
    const auto ny = static_cast<std::size_t>(cost_.size()[1]);
    const std::array<int, 3> p = {static_cast<int>(at % nx), static_cast<int>(at / nx % ny),
                                  static_cast<int>(at / (nx * ny))};
    for (const Step& step : steps_) {
      if (!cost_.geometry().contains(p[0] + step.d[0], p[1] + step.d[1], p[2] + step.d[2])) {
        continue;
      }
      const auto next = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + step.offset);
      if (!(cost_[next] > 0)) continue;
      const float reached = reached_[at] + 0.5F * (cost_[at] + cost_[next]) * step.length_mm;
      if (reached >= reached_[next]) continue;
      reached_[next] = reached;
      from_[next] = static_cast<std::int32_t>(at);
      queue_.push({reached, next});
    }
  }

  const ImageF& cost_;
  std::vector<Step> steps_;
  std::vector<float> reached_;
  std::vector<std::int32_t> from_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

}  // namespace

GridPath minimalPath(const ImageF& cost, const std::vector<std::size_t>& sources,
                     const Mask& targets, const Progress& progress) {
  GridPath path;
  Search search(cost);
  const std::ptrdiff_t end = search.run(sources, targets, progress);
  if (end < 0) return path;
  const GridGeometry& grid = cost.geometry();
  const int nx = grid.size[0];
  const int ny = grid.size[1];
  for (const std::ptrdiff_t v : search.backFrom(end)) {
    const int at = static_cast<int>(v);
    path.points_mm.push_back(grid.toLps(at % nx, at / nx % ny, at / (nx * ny)));
  }
  path.cost = search.costTo(end);
  double length_mm = 0;
  for (std::size_t i = 1; i < path.points_mm.size(); ++i) {
    length_mm += distance(path.points_mm[i - 1], path.points_mm[i]);
  }
  path.mean_cost = length_mm > 0 ? path.cost / length_mm : 0;
  return path;
}

}  // namespace neurovasc::anatomy
