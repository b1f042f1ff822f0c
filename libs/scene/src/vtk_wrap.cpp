#include "vtk_wrap.h"

#include <vtkCellArray.h>
#include <vtkExecutive.h>
#include <vtkFloatArray.h>
#include <vtkIdList.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkTriangleFilter.h>

#include <algorithm>
#include <array>

namespace neurovasc::scene {

vtkSmartPointer<vtkPolyData> toPolyData(const TriangleMesh& mesh) {
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  points->SetNumberOfPoints(static_cast<vtkIdType>(mesh.vertices_mm.size()));
  for (std::size_t i = 0; i < mesh.vertices_mm.size(); ++i) {
    const Point3& p = mesh.vertices_mm[i];
    points->SetPoint(static_cast<vtkIdType>(i), p.x, p.y, p.z);
  }
  vtkNew<vtkCellArray> cells;
  cells->AllocateExact(static_cast<vtkIdType>(mesh.triangles.size()),
                       3 * static_cast<vtkIdType>(mesh.triangles.size()));
  for (const auto& t : mesh.triangles) {
    cells->InsertNextCell(
        {static_cast<vtkIdType>(t[0]), static_cast<vtkIdType>(t[1]), static_cast<vtkIdType>(t[2])});
  }
  auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(points);
  data->SetPolys(cells);
  return data;
}

vtkSmartPointer<vtkPolyData> inTriangles(vtkPolyData& data) {
  vtkNew<vtkTriangleFilter> filter;
  filter->SetInputData(&data);
  filter->PassLinesOff();
  filter->PassVertsOff();
  filter->Update();
  return filter->GetOutput();
}

TriangleMesh toMesh(vtkPolyData& data) {
  TriangleMesh mesh;
  mesh.vertices_mm.resize(static_cast<std::size_t>(data.GetNumberOfPoints()));
  for (std::size_t i = 0; i < mesh.vertices_mm.size(); ++i) {
    std::array<double, 3> p;
    data.GetPoint(static_cast<vtkIdType>(i), p.data());
    mesh.vertices_mm[i] = {p[0], p[1], p[2]};
  }
  vtkNew<vtkIdList> cell;
  vtkCellArray& cells = *data.GetPolys();
  for (vtkIdType c = 0; c < cells.GetNumberOfCells(); ++c) {
    cells.GetCellAtId(c, cell);
    if (cell->GetNumberOfIds() == 3) {
      mesh.triangles.push_back({static_cast<std::uint32_t>(cell->GetId(0)),
                                static_cast<std::uint32_t>(cell->GetId(1)),
                                static_cast<std::uint32_t>(cell->GetId(2))});
    }
  }
  return mesh;
}

vtkSmartPointer<vtkImageData> inIndexSpace(const ImageF& image) {
  const Size3& n = image.size();
  vtkNew<vtkFloatArray> scalars;
  // VTK takes a pointer to non-const; save = 1 keeps it from writing or freeing.
  scalars->SetArray(const_cast<float*>(image.data()), static_cast<vtkIdType>(image.voxelCount()),
                    1);
  auto data = vtkSmartPointer<vtkImageData>::New();
  data->SetDimensions(n[0], n[1], n[2]);
  data->GetPointData()->SetScalars(scalars);
  return data;
}

void ErrorCollector::watch(vtkAlgorithm& algorithm) {
  algorithm.AddObserver(vtkCommand::ErrorEvent, this);
  algorithm.GetExecutive()->AddObserver(vtkCommand::ErrorEvent, this);
}

vtkSmartPointer<vtkImageData> upsideDown(const Picture& picture) {
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(picture.width, picture.height, 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  const auto row_bytes = static_cast<std::ptrdiff_t>(3) * picture.width;
  for (int y = 0; y < picture.height; ++y) {
    const auto row = picture.rgb.begin() + row_bytes * (picture.height - 1 - y);
    std::copy(row, row + row_bytes, static_cast<std::uint8_t*>(image->GetScalarPointer(0, y, 0)));
  }
  return image;
}

void ErrorCollector::Execute(vtkObject*, unsigned long, void*) { failed_ = true; }

}  // namespace neurovasc::scene
