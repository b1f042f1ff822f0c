#include "vessel_ridges.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/parallel.h"
#include "vessel_voxels.h"

namespace neurovasc::anatomy {
namespace {

/// From the thinnest artery that a 0.5 mm voxel shows to a wide vertebral artery.
const std::vector<double>& thinRadii() {
  static const std::vector<double> radii_mm = {0.4, 0.65};
  return radii_mm;
}
const std::vector<double>& thickRadii() {
  static const std::vector<double> radii_mm = {1.0, 1.5, 2.1};
  return radii_mm;
}

imaging::TubularnessMap tubesOf(const ImageF& joint, const Mask& where,
                                const std::vector<double>& radii_mm, int threads,
                                const Progress& progress) {
  imaging::TubularnessOptions options;
  options.radii_mm = radii_mm;
  options.polarity = imaging::TubePolarity::bright;
  options.directions = true;
  options.threads = threads;
  return imaging::tubularness(joint, where, options, progress);
}

/// The voxels of @p coarse between which interpolation at the voxels of @p search takes its values.
Mask neededOf(const Mask& search, const GridGeometry& coarse) {
  Mask needed(coarse);
  const GridGeometry& grid = search.geometry();
  const auto nearest = [](double index, int side, int size) {
    const double down = std::floor(index + 1e-6);
    return std::clamp(static_cast<int>(down) + side, 0, size - 1);
  };
  for (std::size_t n = 0; n < search.voxelCount(); ++n) {
    if (search[n] == 0) {
      continue;
    }
    const Vec3 index = coarse.toIndex(lpsOf(grid, n));
    for (int corner = 0; corner < 8; ++corner) {
      needed(nearest(index.x, corner & 1, coarse.size[0]),
             nearest(index.y, corner >> 1 & 1, coarse.size[1]),
             nearest(index.z, corner >> 2, coarse.size[2])) = 1;
    }
  }
  return needed;
}

/// Puts the thick tubes' answers where they exceed the thin ones', and clears what may not be
/// searched.
void mergeThick(const imaging::TubularnessMap& thick, const Mask& search, std::uint8_t first_scale,
                imaging::TubularnessMap& map, int threads) {
  const GridGeometry& grid = map.response.geometry();
  parallelFor(map.response.voxelCount(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      if (search[n] == 0) {
        map.response[n] = 0;
        continue;
      }
      const Point3 p = lpsOf(grid, n);
      const auto response = static_cast<float>(interpolate(thick.response, p));
      if (response > map.response[n]) {
        const std::size_t m = nearestVoxel(thick.response.geometry(), p);
        map.response[n] = response;
        map.scale[n] = static_cast<std::uint8_t>(thick.scale[m] + first_scale);
        map.direction[n] = thick.direction[m];
      }
    }
  });
}

/// Adds the thick tubes to @p ridges.
void addThick(const VesselImages& images, int threads, const Progress& progress, RidgeMap& ridges) {
  const ImageF coarse = halved(images.joint, threads);
  const Mask needed = neededOf(images.search, coarse.geometry());
  const auto thick = tubesOf(coarse, needed, thickRadii(), threads, progress);
  const auto first = static_cast<std::uint8_t>(ridges.radii_mm.size());
  mergeThick(thick, images.search, first, ridges.map, threads);
  ridges.radii_mm.insert(ridges.radii_mm.end(), thickRadii().begin(), thickRadii().end());
}

}  // namespace

RidgeMap findRidges(const VesselImages& images, int threads, const Progress& progress) {
  RidgeMap ridges{tubesOf(images.joint, images.search, thinRadii(), threads, progress),
                  thinRadii()};
  addThick(images, threads, progress, ridges);
  return ridges;
}

RidgeMap findThickRidges(const VesselImages& images, int threads, const Progress& progress) {
  const GridGeometry& grid = images.joint.geometry();
  RidgeMap ridges{{ImageF(grid), Volume<std::uint8_t>(grid), Volume<std::uint16_t>(grid)}, {}};
  addThick(images, threads, progress, ridges);
  return ridges;
}

}  // namespace neurovasc::anatomy
