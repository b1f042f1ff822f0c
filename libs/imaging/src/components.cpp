#include <algorithm>
#include <cstddef>
#include <vector>

#include "neurovasc/imaging/morphology.h"

namespace neurovasc::imaging {
namespace {

/// Grows one component after another from its first voxel.
class ComponentGrower {
 public:
  ComponentGrower(const Mask& mask, Connectivity connectivity)
      : mask_(mask), labels_(mask.geometry()) {
    for (int n = 0; n < 27; ++n) {
      const Size3 step = {n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1};
      const int reach = std::abs(step[0]) + std::abs(step[1]) + std::abs(step[2]);
      if (reach > 0 && (reach == 1 || connectivity == Connectivity::corners)) {
        steps_.push_back(step);
      }
    }
  }

  Component grow(const Size3& seed, std::uint32_t label) {
    Component part;
    part.label = label;
    part.box = {seed, seed};
    Vec3 sum;
    visit(seed, label);
    while (!front_.empty()) {
      const Size3 here = front_.back();
      front_.pop_back();
      ++part.voxels;
      for (std::size_t a = 0; a < 3; ++a) {
        part.box.lower[a] = std::min(part.box.lower[a], here[a]);
        part.box.upper[a] = std::max(part.box.upper[a], here[a] + 1);
        sum[static_cast<int>(a)] += here[a];
      }
      for (const Size3& step : steps_) {
        visit({here[0] + step[0], here[1] + step[1], here[2] + step[2]}, label);
      }
    }
    const auto count = static_cast<double>(part.voxels);
    part.volume_mm3 = count * mask_.geometry().voxelVolumeMm3();
    part.centroid_mm = mask_.geometry().toLps(sum / count);
    return part;
  }

  bool isNew(std::size_t voxel) const { return mask_[voxel] != 0 && labels_[voxel] == 0; }

  Volume<std::uint32_t> takeLabels() { return std::move(labels_); }

 private:
  void visit(const Size3& at, std::uint32_t label) {
    if (!mask_.geometry().contains(at[0], at[1], at[2])) {
      return;
    }
    const std::size_t voxel = mask_.geometry().offset(at[0], at[1], at[2]);
    if (isNew(voxel)) {
      labels_[voxel] = label;
      front_.push_back(at);
    }
  }

  const Mask& mask_;
  Volume<std::uint32_t> labels_;
  std::vector<Size3> steps_;
  std::vector<Size3> front_;
};

/// Sorts by size, drops what is too small, and gives the labels 1, 2, ... in the new order.
void order(Components& components, double minimum_mm3) {
  auto& list = components.list;
  std::stable_sort(list.begin(), list.end(),
                   [](const Component& a, const Component& b) { return a.voxels > b.voxels; });
  std::vector<std::uint32_t> renamed(list.size() + 1, 0);
  std::size_t kept = 0;
  for (; kept < list.size() && list[kept].volume_mm3 >= minimum_mm3; ++kept) {
    renamed[list[kept].label] = static_cast<std::uint32_t>(kept + 1);
    list[kept].label = static_cast<std::uint32_t>(kept + 1);
  }
  list.resize(kept);
  for (std::uint32_t& label : components.labels) {
    label = renamed[label];
  }
}

}  // namespace

Components connectedComponents(const Mask& mask, Connectivity connectivity, double minimum_mm3) {
  ComponentGrower grower(mask, connectivity);
  Components components;
  const auto [nx, ny, nz] = mask.size();
  for (int k = 0; k < nz; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        if (grower.isNew(mask.geometry().offset(i, j, k))) {
          const auto label = static_cast<std::uint32_t>(components.list.size() + 1);
          components.list.push_back(grower.grow({i, j, k}, label));
        }
      }
    }
  }
  components.labels = grower.takeLabels();
  order(components, minimum_mm3);
  return components;
}

Mask maskOf(const Components& components, std::uint32_t label) {
  Mask out(components.labels.geometry());
  std::transform(components.labels.begin(), components.labels.end(), out.begin(),
                 [label](std::uint32_t here) {
                   return static_cast<std::uint8_t>(here == label && label != 0 ? 1 : 0);
                 });
  return out;
}

Mask largestComponent(const Mask& mask, Connectivity connectivity) {
  return maskOf(connectedComponents(mask, connectivity), 1);
}

}  // namespace neurovasc::imaging
