#pragma once

#include <itkImage.h>
#include <itkImportImageContainer.h>
#include <itkMatrix.h>
#include <itkMultiThreaderBase.h>
#include <itkVector.h>

#include <cstddef>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

template <typename T>
using ItkImage = itk::Image<T, 3>;

/// Puts spacing, origin and direction of @p image into words of ours.
template <typename ItkImageBase>
GridGeometry geometryOf(const ItkImageBase& image) {
  GridGeometry grid;
  const auto& size = image.GetLargestPossibleRegion().GetSize();
  for (unsigned a = 0; a < 3; ++a) {
    const int axis = static_cast<int>(a);
    grid.size[a] = static_cast<int>(size[a]);
    grid.spacing_mm[axis] = image.GetSpacing()[a];
    grid.origin_mm[axis] = image.GetOrigin()[a];
    for (unsigned b = 0; b < 3; ++b) {
      grid.direction(axis, static_cast<int>(b)) = image.GetDirection()(a, b);
    }
  }
  return grid;
}

template <typename ItkImageBase>
void setGeometry(ItkImageBase& image, const GridGeometry& grid) {
  typename ItkImageBase::RegionType region;
  typename ItkImageBase::SpacingType spacing;
  typename ItkImageBase::PointType origin;
  typename ItkImageBase::DirectionType direction;
  for (unsigned a = 0; a < 3; ++a) {
    const int axis = static_cast<int>(a);
    region.SetSize(a, static_cast<itk::SizeValueType>(grid.size[a]));
    spacing[a] = grid.spacing_mm[axis];
    origin[a] = grid.origin_mm[axis];
    for (unsigned b = 0; b < 3; ++b) {
      direction(a, b) = grid.direction(axis, static_cast<int>(b));
    }
  }
  image.SetRegions(region);
  image.SetSpacing(spacing);
  image.SetOrigin(origin);
  image.SetDirection(direction);
}

/// An ITK image over the buffer of @p volume, nothing copied. @p volume must outlive it and is only
/// read, though ITK's interface is not const.
template <typename T>
typename ItkImage<T>::Pointer wrapped(const Volume<T>& volume) {
  auto image = ItkImage<T>::New();
  setGeometry(*image, volume.geometry());
  image->GetPixelContainer()->SetImportPointer(const_cast<T*>(volume.data()), volume.voxelCount(),
                                               false);
  return image;
}

inline itk::Vector<double, 3> itkVector(const Vec3& v) {
  itk::Vector<double, 3> out;
  out[0] = v.x;
  out[1] = v.y;
  out[2] = v.z;
  return out;
}

inline itk::Matrix<double, 3, 3> itkMatrix(const Matrix3& m) {
  itk::Matrix<double, 3, 3> out;
  for (unsigned row = 0; row < 3; ++row) {
    for (unsigned column = 0; column < 3; ++column) {
      out(row, column) = m(static_cast<int>(row), static_cast<int>(column));
    }
  }
  return out;
}

/// What a filter is given for a number of threads of ours (0: one per processor).
inline itk::ThreadIdType workUnits(int threads) {
  return threads > 0 ? static_cast<itk::ThreadIdType>(threads)
                     : itk::MultiThreaderBase::GetGlobalDefaultNumberOfThreads();
}

}  // namespace neurovasc::imaging
