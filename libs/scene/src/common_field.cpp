#include "common_field.h"

#include <vtkCleanPolyData.h>
#include <vtkClipClosedSurface.h>
#include <vtkNew.h>
#include <vtkPlane.h>
#include <vtkPlaneCollection.h>
#include <vtkPolyDataConnectivityFilter.h>

#include <algorithm>
#include <utility>

#include "vtk_wrap.h"

namespace neurovasc::scene {
namespace {

/// Gaps are painted up to 3 mm; vessels are up to 5 mm wide.
constexpr double kNearNerveMm = 6;

void addFace(vtkPlaneCollection& faces, const Point3& origin, const Vec3& inward) {
  vtkNew<vtkPlane> face;
  face->SetOrigin(origin.x, origin.y, origin.z);
  face->SetNormal(inward.x, inward.y, inward.z);
  faces.AddItem(face);
}

TriangleMesh largestPart(vtkPolyData& surface) {
  vtkNew<vtkPolyDataConnectivityFilter> largest;
  largest->SetInputData(inTriangles(surface));
  largest->SetExtractionModeToLargestRegion();
  vtkNew<vtkCleanPolyData> clean;  // takes out the points of the rest
  clean->SetInputConnection(largest->GetOutputPort());
  clean->Update();
  return toMesh(*clean->GetOutput());
}

bool isNear(const Point3& p, const std::vector<Tube>& nerves) {
  return std::any_of(nerves.begin(), nerves.end(), [&p](const Tube& nerve) {
    return nerve.size() >= 2 && project(nerve.points_mm, p).distance_mm < kNearNerveMm;
  });
}

}  // namespace

TriangleMesh cutTo(const GridGeometry& field, const TriangleMesh& surface) {
  if (surface.empty()) {
    return surface;
  }
  const Point3 first = field.toLps(0, 0, 0);
  const Point3 last = field.toLps(field.size[0] - 1, field.size[1] - 1, field.size[2] - 1);
  vtkNew<vtkPlaneCollection> faces;
  for (int axis = 0; axis < 3; ++axis) {
    const Vec3 way = {field.direction(0, axis), field.direction(1, axis), field.direction(2, axis)};
    addFace(*faces, first, way);
    addFace(*faces, last, -way);
  }
  vtkNew<vtkClipClosedSurface> cut;
  cut->SetInputData(toPolyData(surface));
  cut->SetClippingPlanes(faces);
  cut->Update();
  return cut->GetOutput()->GetNumberOfCells() > 0 ? largestPart(*cut->GetOutput()) : TriangleMesh{};
}

std::vector<Vessel> cutTo(const GridGeometry& field, const std::vector<Vessel>& vessels,
                          const std::vector<Tube>& nerves) {
  std::vector<Vessel> kept;
  for (const Vessel& vessel : vessels) {
    Vessel piece = vessel;
    piece.tube = {};
    const auto finish = [&] {
      if (piece.tube.size() >= 2) {
        kept.push_back(piece);
      }
      piece.tube = {};
    };
    for (std::size_t n = 0; n < vessel.tube.size(); ++n) {
      const Point3& p = vessel.tube.points_mm[n];
      if (field.contains(p) || isNear(p, nerves)) {
        piece.tube.points_mm.push_back(p);
        piece.tube.radius_mm.push_back(vessel.tube.radius_mm[n]);
      } else {
        finish();
      }
    }
    finish();
  }
  return kept;
}

}  // namespace neurovasc::scene
