#pragma once

#include <vtkAlgorithm.h>
#include <vtkCommand.h>
#include <vtkImageData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include <string>

#include "neurovasc/core/mesh.h"
#include "neurovasc/core/volume.h"
#include "neurovasc/scene/picture.h"

namespace neurovasc::scene {

vtkSmartPointer<vtkPolyData> toPolyData(const TriangleMesh& mesh);

/// @p data with quads, polygons and strips cut into triangles; lines and points are left out.
vtkSmartPointer<vtkPolyData> inTriangles(vtkPolyData& data);

/// Triangles of @p data; other cells are left out.
TriangleMesh toMesh(vtkPolyData& data);

/// @p image as VTK's scalars without copying, with origin 0, spacing 1 and no direction: in index
/// coordinates, because not every VTK 9.1 filter honours a direction matrix. @p image must outlive
/// the result.
vtkSmartPointer<vtkImageData> inIndexSpace(const ImageF& image);

/// @p picture as VTK has pictures: rows from the bottom.
vtkSmartPointer<vtkImageData> upsideDown(const Picture& picture);

/// Collects the errors of VTK objects, which would else go to the terminal.
class ErrorCollector : public vtkCommand {
 public:
  static ErrorCollector* New() { return new ErrorCollector; }
  void Execute(vtkObject* caller, unsigned long event, void* text) override;

  void watch(vtkObject& object) { object.AddObserver(vtkCommand::ErrorEvent, this); }
  /// Its pipeline too, which complains a second time.
  void watch(vtkAlgorithm& algorithm);
  bool failed() const { return failed_; }

 private:
  bool failed_ = false;
};

}  // namespace neurovasc::scene
