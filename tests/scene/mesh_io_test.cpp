#include "neurovasc/scene/mesh_io.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vtkCellArray.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkXMLPolyDataWriter.h>

#include <array>
#include <fstream>
#include <sstream>

#include "neurovasc/core/error.h"
#include "scene/fixtures.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

using neurovasc::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using testing::straightTube;

TriangleMesh someSurface() {
  return tubeSurface(straightTube({12.25, -40.5, 7}, {30, -38, 11.125}, 1.5, 6), 12);
}

std::string contentsOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Largest distance of a vertex of @p a from the nearest vertex of @p b.
double farthest(const TriangleMesh& a, const TriangleMesh& b) {
  double largest = 0;
  for (const Point3& p : a.vertices_mm) {
    double nearest = 1e9;
    for (const Point3& q : b.vertices_mm) {
      nearest = std::min(nearest, distance(p, q));
    }
    largest = std::max(largest, nearest);
  }
  return largest;
}

class MeshFile : public ::testing::TestWithParam<const char*> {
 protected:
  TemporaryFolder folder_;
  std::string path_ = folder_.path(std::string("surface") + GetParam());
};

TEST_P(MeshFile, ComesBackInTheSamePlaceAndTheSameWayRound) {
  const TriangleMesh mesh = someSurface();
  writeMesh(mesh, path_);
  const TriangleMesh back = readMesh(path_);
  EXPECT_EQ(back.triangles.size(), mesh.triangles.size());
  EXPECT_EQ(back.vertices_mm.size(), mesh.vertices_mm.size());
  EXPECT_LT(farthest(mesh, back), 1e-5);
  EXPECT_NEAR(volumeMm3(back), volumeMm3(mesh), 1e-3);
}

TEST_P(MeshFile, HasTheSameBytesEachTime) {
  writeMesh(someSurface(), path_);
  const std::string first = contentsOf(path_);
  writeMesh(someSurface(), path_);
  EXPECT_EQ(contentsOf(path_), first);
}

INSTANTIATE_TEST_SUITE_P(Formats, MeshFile, ::testing::Values(".stl", ".vtp"));

TEST(MeshFiles, SayThatTheyAreLps) {
  const TemporaryFolder folder;
  for (const char* extension : {".stl", ".ply", ".obj"}) {
    const std::string path = folder.path(std::string("surface") + extension);
    writeMesh(someSurface(), path);
    EXPECT_THAT(contentsOf(path).substr(0, 90), HasSubstr("SPACE=LPS")) << extension;
  }
  writeVtp(someSurface(), folder.path("surface.vtp"));
  EXPECT_THAT(contentsOf(folder.path("surface.vtp")), HasSubstr("Name=\"SPACE\""));
}

TEST(MeshFiles, HoldEveryVertexAndTriangleAsPlyAndObj) {
  const TemporaryFolder folder;
  const TriangleMesh mesh = someSurface();
  writePly(mesh, folder.path("surface.ply"));
  const std::string ply = contentsOf(folder.path("surface.ply"));
  const std::string end = "end_header\n";
  const std::size_t data = ply.size() - ply.find(end) - end.size();
  EXPECT_EQ(data, 24 * mesh.vertices_mm.size() + 13 * mesh.triangles.size());
  writeObj(mesh, folder.path("surface.obj"));
  EXPECT_THAT(contentsOf(folder.path("surface.obj")), HasSubstr("\nv 12."));
  EXPECT_THAT(contentsOf(folder.path("surface.obj")), HasSubstr("\nf 1 "));
}

TEST(MeshFiles, AreTurnedWhenTheySayRas) {
  const TemporaryFolder folder;
  const std::string path = folder.path("surface.stl");
  writeStl(someSurface(), path);
  std::string bytes = contentsOf(path);
  bytes.replace(bytes.find("SPACE=LPS"), 9, "SPACE=RAS");
  std::ofstream(path, std::ios::binary) << bytes;
  const Point3 first = readMesh(path).vertices_mm.front();
  EXPECT_LT(first.x, 0);
  EXPECT_GT(first.y, 0);
  EXPECT_GT(first.z, 0);
}

TEST(MeshFiles, OfQuadsAndStripsAreCutIntoTriangles) {
  vtkNew<vtkPoints> points;
  for (const auto& p : {Point3{1, 2, 3}, {5, 2, 3}, {5, 7, 3}, {1, 7, 3}, {1, 2, 9}, {5, 2, 9}}) {
    points->InsertNextPoint(p.x, p.y, p.z);
  }
  const std::array<vtkIdType, 4> quad = {0, 1, 2, 3};
  const std::array<vtkIdType, 4> strip = {0, 1, 4, 5};
  vtkNew<vtkCellArray> quads;
  quads->InsertNextCell(4, quad.data());
  vtkNew<vtkCellArray> strips;
  strips->InsertNextCell(4, strip.data());
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  data->SetPolys(quads);
  data->SetStrips(strips);
  const TemporaryFolder folder;
  vtkNew<vtkXMLPolyDataWriter> writer;
  writer->SetFileName(folder.path("quads.vtp").c_str());
  writer->SetInputData(data);
  ASSERT_EQ(writer->Write(), 1);
  const TriangleMesh mesh = readMesh(folder.path("quads.vtp"));
  EXPECT_EQ(mesh.triangles.size(), 4U);
  EXPECT_NEAR(surfaceAreaMm2(mesh), 4 * 5 + 4 * 6, 1e-4);
}

TEST(MeshFiles, ThatAreDamagedAreRefused) {
  const TemporaryFolder folder;
  for (const char* name : {"surface.stl", "surface.vtp"}) {
    std::ofstream(folder.path(name)) << "nothing of the kind";
    EXPECT_THROW(readMesh(folder.path(name)), Error) << name;
  }
  EXPECT_THROW(readMesh(folder.path("absent.stl")), Error);
  EXPECT_THROW(writeMesh(someSurface(), folder.path("surface.txt")), Error);
  EXPECT_THROW(writeMesh(someSurface(), folder.path("no_folder/surface.stl")), Error);
  EXPECT_THROW(writeMesh(someSurface(), folder.path("no_folder/surface.vtp")), Error);
}

TEST(CenterlineFiles, ComeBackWithRadiusAndConfidence) {
  const TemporaryFolder folder;
  Tube tube = straightTube({12.25, -40.5, 7}, {30, -38, 11.125}, 1.5, 6);
  tube.radius_mm[2] = 0.75;
  tube.confidence = {1, 0.9, 0.8, 0.7, 0.6, 0.5};
  writeCenterline(tube, folder.path("line.vtp"));
  const Tube back = readCenterline(folder.path("line.vtp"));
  EXPECT_EQ(back.points_mm, tube.points_mm);
  EXPECT_EQ(back.radius_mm, tube.radius_mm);
  EXPECT_EQ(back.confidence, tube.confidence);
  EXPECT_THAT(contentsOf(folder.path("line.vtp")), HasSubstr("Name=\"UNITS\""));
}

TEST(CenterlineFiles, MayLackConfidence) {
  const TemporaryFolder folder;
  writeCenterline(straightTube({1, 2, 3}, {4, 5, 6}, 1, 3), folder.path("line.vtp"));
  EXPECT_TRUE(readCenterline(folder.path("line.vtp")).confidence.empty());
}

}  // namespace
}  // namespace neurovasc::scene
