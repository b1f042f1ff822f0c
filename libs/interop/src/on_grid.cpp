#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "neurovasc/core/parallel.h"
#include "neurovasc/interop/structures.h"

namespace neurovasc::interop {
namespace {

/// More than this per axis adds nothing: shares are then finer than a label map's own steps.
constexpr int kMostSamples = 8;

/// Offsets of the samples of a voxel, in voxels from its middle.
std::vector<Vec3> samplesOf(const GridGeometry& grid, double fine_mm) {
  std::array<int, 3> count{};
  for (int axis = 0; axis < 3; ++axis) {
    // Even, so that none lies on the border of two fine voxels where the grids fit.
    const double wanted = 2 * std::ceil(grid.spacing_mm[axis] / fine_mm - 1e-6);
    count[static_cast<std::size_t>(axis)] =
        static_cast<int>(std::clamp(wanted, 2.0, double{kMostSamples}));
  }
  std::vector<Vec3> samples;
  for (int k = 0; k < count[2]; ++k) {
    for (int j = 0; j < count[1]; ++j) {
      for (int i = 0; i < count[0]; ++i) {
        samples.push_back(
            {(i + 0.5) / count[0] - 0.5, (j + 0.5) / count[1] - 0.5, (k + 0.5) / count[2] - 0.5});
      }
    }
  }
  return samples;
}

/// An affine map of continuous indices: those of one grid in the other's.
struct IndexMap {
  Vec3 start;
  Vec3 di;
  Vec3 dj;
  Vec3 dk;

  IndexMap(const GridGeometry& from, const GridGeometry& to)
      : start(to.toIndex(from.toLps(0, 0, 0))),
        di(to.toIndex(from.toLps(1, 0, 0)) - start),
        dj(to.toIndex(from.toLps(0, 1, 0)) - start),
        dk(to.toIndex(from.toLps(0, 0, 1)) - start) {}
  Vec3 offset(const Vec3& v) const { return v.x * di + v.y * dj + v.z * dk; }
};

/// Counts of each label in the samples of one voxel.
using Shares = std::array<std::uint16_t, 256>;

class Sampler {
 public:
  Sampler(const LabelMap& labels, const GridGeometry& grid)
      : labels_(labels), map_(grid, labels.geometry()) {
    const Vec3& fine = labels.geometry().spacing_mm;
    for (const Vec3& sample : samplesOf(grid, std::min({fine.x, fine.y, fine.z}))) {
      samples_.push_back(map_.offset(sample));
      reach_ = std::max(reach_, norm(samples_.back()));
    }
  }

  std::size_t samples() const { return samples_.size(); }

  /// The shares of voxel (i, j, k); false where it lies outside the labels altogether.
  bool count(int i, int j, int k, Shares& shares) const {
    const Vec3 middle = map_.start + map_.offset({static_cast<double>(i), static_cast<double>(j),
                                                  static_cast<double>(k)});
    for (int axis = 0; axis < 3; ++axis) {
      const double size = labels_.size()[static_cast<std::size_t>(axis)];
      if (middle[axis] < -0.5 - reach_ || middle[axis] > size - 0.5 + reach_) {
        return false;
      }
    }
    shares.fill(0);
    for (const Vec3& sample : samples_) {
      ++shares[valueAt(middle + sample)];
    }
    return true;
  }

 private:
  std::uint8_t valueAt(const Vec3& index) const {
    const int i = static_cast<int>(std::floor(index.x + 0.5));
    const int j = static_cast<int>(std::floor(index.y + 0.5));
    const int k = static_cast<int>(std::floor(index.z + 0.5));
    return labels_.geometry().contains(i, j, k) ? labels_(i, j, k) : std::uint8_t{0};
  }

  const LabelMap& labels_;
  IndexMap map_;
  std::vector<Vec3> samples_;
  double reach_ = 0;
};

/// The structures' parts of one slice of the grid; those without any part stay empty.
class SliceFiller {
 public:
  SliceFiller(const Sampler& sampler, const std::vector<imaging::Segment>& segments,
              const GridGeometry& grid, int slice)
      : sampler_(sampler), segments_(segments), grid_(grid), slice_(slice) {
    parts_.resize(segments.size());
  }

  std::vector<StructureSlice> fill() && {
    for (int j = 0; j < grid_.size[1]; ++j) {
      for (int i = 0; i < grid_.size[0]; ++i) {
        if (sampler_.count(i, j, slice_, shares_)) {
          putVoxel(grid_.offset(i, j, 0));
        }
      }
    }
    return std::move(parts_);
  }

 private:
  void putVoxel(std::size_t offset) {
    std::size_t winner = segments_.size();
    unsigned most = 0;
    unsigned described = 0;
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const unsigned share = shares_[segments_[s].value];
      described += share;
      if (share > 0) {
        partOf(s).occupancy[offset] = occupancyOf(share);
      }
      if (share > most) {
        most = share;
        winner = s;
      }
    }
    const unsigned nothing = static_cast<unsigned>(sampler_.samples()) - described;
    if (winner < segments_.size() && most >= nothing) {
      partOf(winner).binary[offset] = 1;
    }
  }

  std::uint8_t occupancyOf(unsigned share) const {
    const double part = static_cast<double>(share) / static_cast<double>(sampler_.samples());
    return static_cast<std::uint8_t>(std::lround(255 * part));
  }

  StructureSlice& partOf(std::size_t segment) {
    StructureSlice& part = parts_[segment];
    if (part.occupancy.empty()) {
      part.slice = slice_;
      part.occupancy.resize(grid_.offset(0, 0, 1));
      part.binary.resize(grid_.offset(0, 0, 1));
    }
    return part;
  }

  const Sampler& sampler_;
  const std::vector<imaging::Segment>& segments_;
  const GridGeometry& grid_;
  int slice_;
  std::vector<StructureSlice> parts_;
  Shares shares_{};
};

}  // namespace

std::vector<StructureSlices> onGrid(const imaging::Segmentation& structures,
                                    const GridGeometry& grid, int threads, const StopToken& stop) {
  const Sampler sampler(structures.labels, grid);
  std::vector<std::vector<StructureSlice>> slices(static_cast<std::size_t>(grid.size[2]));
  parallelFor(slices.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      stop.throwIfStopped();
      slices[k] = SliceFiller(sampler, structures.segments, grid, static_cast<int>(k)).fill();
    }
  });
  std::vector<StructureSlices> all;
  for (std::size_t s = 0; s < structures.segments.size(); ++s) {
    StructureSlices structure{structures.segments[s], {}};
    for (auto& slice : slices) {
      if (!slice[s].occupancy.empty()) {
        structure.slices.push_back(std::move(slice[s]));
      }
    }
    if (!structure.slices.empty()) {
      all.push_back(std::move(structure));
    }
  }
  return all;
}

}  // namespace neurovasc::interop
