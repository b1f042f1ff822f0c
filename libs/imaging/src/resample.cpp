#include "neurovasc/imaging/resample.h"

#include <itkAffineTransform.h>
#include <itkBSplineInterpolateImageFunction.h>
#include <itkLinearInterpolateImageFunction.h>
#include <itkNearestNeighborInterpolateImageFunction.h>
#include <itkResampleImageFilter.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "itk_volume.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

using Affine = itk::AffineTransform<double, 3>;

Affine::Pointer itkTransform(const RigidTransform& transform) {
  const auto out = Affine::New();
  out->SetMatrix(itkMatrix(transform.rotation));
  out->SetOffset(itkVector(transform.translation));
  return out;
}

template <typename T>
using Interpolator = itk::InterpolateImageFunction<ItkImage<T>, double>;

Interpolator<float>::Pointer interpolator(Interpolation interpolation) {
  if (interpolation == Interpolation::linear) {
    return itk::LinearInterpolateImageFunction<ItkImage<float>, double>::New().GetPointer();
  }
  // Coefficients in single precision: they are as many as voxels.
  const auto cubic = itk::BSplineInterpolateImageFunction<ItkImage<float>, double, float>::New();
  cubic->SetSplineOrder(3);
  return cubic.GetPointer();
}

/// Runs @p filter so that a stop request ends it at its next report of progress.
void update(itk::ProcessObject& filter, const StopToken& stop) {
  filter.AddObserver(itk::ProgressEvent(), [&filter, &stop](const itk::EventObject&) {
    filter.SetAbortGenerateData(stop.stopRequested());
  });
  try {
    filter.Update();
  } catch (const itk::ProcessAborted&) {
    stop.throwIfStopped();
    throw;
  }
}

template <typename T>
Volume<T> sampled(const Volume<T>& image, const GridGeometry& grid, const RigidTransform& transform,
                  Interpolator<T>* interpolator, T outside, int threads, const StopToken& stop) {
  Volume<T> out(grid);
  const auto filter = itk::ResampleImageFilter<ItkImage<T>, ItkImage<T>>::New();
  filter->SetInput(wrapped(image));
  filter->SetOutputParametersFromImage(wrapped(out));
  filter->SetTransform(itkTransform(transform));
  filter->SetInterpolator(interpolator);
  filter->SetDefaultPixelValue(outside);
  filter->SetNumberOfWorkUnits(workUnits(threads));
  filter->GraftOutput(wrapped(out));
  update(*filter, stop);
  return out;
}

}  // namespace

ImageF resample(const ImageF& image, const GridGeometry& grid,
                const RigidTransform& moving_from_grid, Interpolation interpolation, float outside,
                int threads, const StopToken& stop) {
  return sampled<float>(image, grid, moving_from_grid, interpolator(interpolation), outside,
                        threads, stop);
}

LabelMap resampleLabels(const LabelMap& labels, const GridGeometry& grid,
                        const RigidTransform& moving_from_grid, int threads) {
  const auto nearest =
      itk::NearestNeighborInterpolateImageFunction<ItkImage<std::uint8_t>, double>::New();
  return sampled<std::uint8_t>(labels, grid, moving_from_grid, nearest, 0, threads, StopToken());
}

GridGeometry fineGrid(const GridGeometry& coarse, double spacing_mm) {
  GridGeometry fine = coarse;
  fine.spacing_mm = {spacing_mm, spacing_mm, spacing_mm};
  Vec3 first;  // continuous index of the first fine voxel in the coarse grid
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double extent_mm = coarse.size[a] * coarse.spacing_mm[axis];
    if (!(spacing_mm > 0) || !(spacing_mm <= extent_mm)) {
      throw Error(ErrorCode::usage,
                  "the fine grid's spacing_mm must be positive and smaller than the region");
    }
    fine.size[a] = static_cast<int>(std::floor(extent_mm / spacing_mm + 1e-6));
    first[axis] = -0.5 + 0.5 * spacing_mm / coarse.spacing_mm[axis];
  }
  fine.origin_mm = coarse.toLps(first);
  return fine;
}

ImageF crop(const ImageF& image, const IndexBox& box) {
  ImageF out(cropped(image.geometry(), box));
  for (int k = 0; k < out.size()[2]; ++k) {
    for (int j = 0; j < out.size()[1]; ++j) {
      const float* row = &image(box.lower[0], box.lower[1] + j, box.lower[2] + k);
      std::copy(row, row + out.size()[0], &out(0, j, k));
    }
  }
  return out;
}

IndexBox boxCovering(const GridGeometry& grid, const GridGeometry& region, double margin_mm) {
  Vec3 lower = {1e30, 1e30, 1e30};
  Vec3 upper = -lower;
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 index;
    for (int axis = 0; axis < 3; ++axis) {
      const int size = region.size[static_cast<std::size_t>(axis)];
      index[axis] = (corner >> axis & 1) != 0 ? size - 0.5 : -0.5;
    }
    const Vec3 here = grid.toIndex(region.toLps(index));
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], here[axis]);
      upper[axis] = std::max(upper[axis], here[axis]);
    }
  }
  IndexBox box;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double margin = margin_mm / grid.spacing_mm[axis];
    const double size = grid.size[a];
    box.lower[a] = static_cast<int>(std::clamp(std::floor(lower[axis] - margin), 0.0, size));
    box.upper[a] = static_cast<int>(std::clamp(std::ceil(upper[axis] + margin) + 1, 0.0, size));
    box.upper[a] = std::max(box.upper[a], box.lower[a]);
  }
  return box;
}

}  // namespace neurovasc::imaging
