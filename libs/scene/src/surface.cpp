#include "neurovasc/scene/surface.h"

#include <vtkFlyingEdges3D.h>
#include <vtkNew.h>
#include <vtkQuadricDecimation.h>
#include <vtkTriangleFilter.h>
#include <vtkWindowedSincPolyDataFilter.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "neurovasc/core/error.h"
#include "vtk_wrap.h"

namespace neurovasc::scene {
namespace {

/// @p image with one more voxel of @p value on every side.
ImageF padded(const ImageF& image, float value) {
  GridGeometry grid = image.geometry();
  grid.origin_mm = grid.toLps(-1, -1, -1);
  for (int& n : grid.size) {
    n += 2;
  }
  ImageF out(grid, value);
  const Size3& n = image.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      const float* row = &image(0, j, k);
      std::copy(row, row + n[0], &out(1, j + 1, k + 1));
    }
  }
  return out;
}

TriangleMesh flyingEdges(const ImageF& image, double iso_value) {
  vtkNew<vtkFlyingEdges3D> contour;
  contour->SetInputData(inIndexSpace(image));
  contour->SetValue(0, iso_value);
  contour->ComputeNormalsOff();
  contour->ComputeGradientsOff();
  contour->ComputeScalarsOff();
  contour->Update();
  TriangleMesh mesh = toMesh(*contour->GetOutput());
  for (Point3& p : mesh.vertices_mm) {
    p = image.geometry().toLps(p);
  }
  return mesh;
}

void turnInsideOut(TriangleMesh& mesh) {
  for (auto& t : mesh.triangles) {
    std::swap(t[1], t[2]);
  }
}

TriangleMesh smoothed(const TriangleMesh& mesh, int iterations) {
  if (mesh.empty()) {
    return mesh;  // VTK would print an error
  }
  vtkNew<vtkWindowedSincPolyDataFilter> filter;
  filter->SetInputData(toPolyData(mesh));
  filter->SetNumberOfIterations(iterations);
  filter->SetPassBand(0.05);  // takes out what is finer than some five voxels
  filter->FeatureEdgeSmoothingOff();
  filter->BoundarySmoothingOff();
  filter->NonManifoldSmoothingOn();
  filter->NormalizeCoordinatesOn();
  filter->Update();
  return toMesh(*filter->GetOutput());
}

TriangleMesh decimated(const TriangleMesh& mesh, int max_triangles) {
  if (mesh.empty()) {
    return mesh;
  }
  const double kept = static_cast<double>(max_triangles) /
                      static_cast<double>(std::max<std::size_t>(1, mesh.triangles.size()));
  if (kept >= 1) {
    return mesh;
  }
  vtkNew<vtkQuadricDecimation> filter;
  filter->SetInputData(toPolyData(mesh));
  filter->SetTargetReduction(1 - kept);
  filter->VolumePreservationOn();
  filter->Update();
  return toMesh(*filter->GetOutput());
}

IndexBox boxOf(const LabelMap& labels, std::uint8_t value) {
  IndexBox box{labels.size(), {0, 0, 0}};
  const Size3& n = labels.size();
  std::size_t at = 0;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i, ++at) {
        if (labels[at] == value) {
          box.lower = {std::min(box.lower[0], i), std::min(box.lower[1], j),
                       std::min(box.lower[2], k)};
          box.upper = {std::max(box.upper[0], i + 1), std::max(box.upper[1], j + 1),
                       std::max(box.upper[2], k + 1)};
        }
      }
    }
  }
  return box;
}

/// 1 where @p labels is @p value, with a rim of zeros around @p box that closes the surface.
ImageF maskInBox(const LabelMap& labels, std::uint8_t value, IndexBox box) {
  for (std::size_t a = 0; a < 3; ++a) {
    box.lower[a] -= 1;
    box.upper[a] += 1;
  }
  ImageF mask(cropped(labels.geometry(), box));
  std::size_t at = 0;
  for (int k = box.lower[2]; k < box.upper[2]; ++k) {
    for (int j = box.lower[1]; j < box.upper[1]; ++j) {
      for (int i = box.lower[0]; i < box.upper[0]; ++i, ++at) {
        const bool inside = labels.geometry().contains(i, j, k) && labels(i, j, k) == value;
        mask[at] = inside ? 1.0F : 0.0F;
      }
    }
  }
  return mask;
}

}  // namespace

void validate(const SurfaceOptions& options) {
  if (options.smoothing_iterations < 0) {
    throw Error(ErrorCode::usage, "smoothing_iterations is negative", "Use 0 for no smoothing.");
  }
  if (options.max_triangles < 0) {
    throw Error(ErrorCode::usage, "max_triangles is negative", "Use 0 to keep all triangles.");
  }
}

TriangleMesh extractSurface(const ImageF& image, double iso_value, const SurfaceOptions& options) {
  validate(options);
  if (image.empty()) {
    return {};
  }
  // So far outside that a closing face lies on the border voxels' centres.
  const double side = options.inside_is_below ? 1.0 : -1.0;
  const auto outside = static_cast<float>(iso_value + side * 1e4 * (1 + std::abs(iso_value)));
  TriangleMesh mesh =
      flyingEdges(options.close_at_border ? padded(image, outside) : image, iso_value);
  const bool left_handed = determinant(image.geometry().direction) < 0;
  if (options.inside_is_below != left_handed) {
    turnInsideOut(mesh);
  }
  if (options.smoothing_iterations > 0) {
    mesh = smoothed(mesh, options.smoothing_iterations);
  }
  return options.max_triangles > 0 ? decimated(mesh, options.max_triangles) : mesh;
}

TriangleMesh extractLabelSurface(const LabelMap& labels, std::uint8_t value) {
  const IndexBox box = boxOf(labels, value);
  if (box.upper[0] <= box.lower[0]) {
    return {};
  }
  SurfaceOptions options;
  options.smoothing_iterations = 20;
  return extractSurface(maskInBox(labels, value, box), 0.5, options);
}

}  // namespace neurovasc::scene
