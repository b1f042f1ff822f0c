#pragma once

#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/imaging/tubularness.h"
#include "vessel_images.h"

namespace neurovasc::anatomy {

/// Tubularness of images.joint where images.search allows it, with the scales that gave it.
struct RidgeMap {
  imaging::TubularnessMap map;
  std::vector<double> radii_mm;
};

/// Thin tubes are looked for on the fine grid, thick ones on a grid of twice the spacing, which
/// costs an eighth and loses nothing at their scale.
RidgeMap findRidges(const VesselImages& images, int threads, const Progress& progress);

/// The thick tubes' part of it: vertebral and basilar arteries.
RidgeMap findThickRidges(const VesselImages& images, int threads, const Progress& progress);

}  // namespace neurovasc::anatomy
