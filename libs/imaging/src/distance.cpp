#include <itkSignedMaurerDistanceMapImageFilter.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

#include "itk_volume.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/morphology.h"

namespace neurovasc::imaging {
namespace {

enum class Measure { distance, square };

/// From each voxel to the nearest one of @p mask that is set, or to the nearest that is not.
ImageF distanceToVoxels(const Mask& mask, bool set, Measure measure, int threads) {
  Mask target(mask.geometry());
  std::transform(mask.begin(), mask.end(), target.begin(), [set](std::uint8_t here) {
    return static_cast<std::uint8_t>((here != 0) == set ? 1 : 0);
  });
  if (std::find(target.begin(), target.end(), 1) == target.end()) {
    return ImageF(mask.geometry(), std::numeric_limits<float>::infinity());
  }
  if (std::find(target.begin(), target.end(), 0) == target.end()) {
    return ImageF(mask.geometry(), 0.0F);  // ITK measures from borders, and here is none
  }
  using Filter = itk::SignedMaurerDistanceMapImageFilter<ItkImage<std::uint8_t>, ItkImage<float>>;
  const auto filter = Filter::New();
  filter->SetInput(wrapped(target));
  filter->SetSquaredDistance(measure == Measure::square);
  filter->UseImageSpacingOn();
  filter->SetNumberOfWorkUnits(workUnits(threads));
  filter->Update();
  ImageF out(mask.geometry());
  const float* found = filter->GetOutput()->GetBufferPointer();
  // Inside, ITK gives the negative distance to the target's own border voxels.
  std::transform(found, found + out.voxelCount(), out.begin(),
                 [](float d) { return std::max(d, 0.0F); });
  return out;
}

/// The voxels whose squared distance to (un)set voxels is within a ball, or beyond it.
Mask ballTest(const Mask& mask, double radius_mm, bool grow, int threads) {
  if (!(radius_mm >= 0) || !std::isfinite(radius_mm)) {
    throw Error(ErrorCode::usage, "a morphology radius must be finite and not negative");
  }
  const ImageF squared = distanceToVoxels(mask, grow, Measure::square, threads);
  // Voxel centres exactly at the radius belong to the ball; squares in single precision may land a
  // hair beyond.
  const auto limit = static_cast<float>(radius_mm * radius_mm * (1 + 1e-6));
  Mask out(mask.geometry());
  std::transform(squared.begin(), squared.end(), out.begin(), [&](float d2) {
    return static_cast<std::uint8_t>((d2 <= limit) == grow ? 1 : 0);
  });
  return out;
}

}  // namespace

ImageF distanceTo(const Mask& mask, int threads) {
  return distanceToVoxels(mask, true, Measure::distance, threads);
}

ImageF signedDistance(const Mask& mask, int threads) {
  ImageF out = distanceToVoxels(mask, true, Measure::distance, threads);
  const ImageF inner = distanceToVoxels(mask, false, Measure::distance, threads);
  std::transform(out.begin(), out.end(), inner.begin(), out.begin(), std::minus<>());
  return out;
}

Mask dilated(const Mask& mask, double radius_mm, int threads) {
  return ballTest(mask, radius_mm, true, threads);
}

Mask eroded(const Mask& mask, double radius_mm, int threads) {
  return ballTest(mask, radius_mm, false, threads);
}

Mask opened(const Mask& mask, double radius_mm, int threads) {
  return dilated(eroded(mask, radius_mm, threads), radius_mm, threads);
}

Mask closed(const Mask& mask, double radius_mm, int threads) {
  return eroded(dilated(mask, radius_mm, threads), radius_mm, threads);
}

}  // namespace neurovasc::imaging
