// glTF is read back by VTK's reader and by assimp, which share no code with our writer or each
// other.

#include <gtest/gtest.h>
#include <vtkGLTFReader.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/mesh_io.h"
#include "neurovasc/scene/parts.h"
#include "scene/analytic_scene.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

using neurovasc::testing::TemporaryFolder;
using testing::analyticScene;

/// x from, x to, y from... of everything in the file, as another program sees it.
std::array<double, 6> boundsOf(const std::string& path) {
  vtkNew<vtkGLTFReader> reader;
  reader->SetFileName(path.c_str());
  reader->Update();
  std::array<double, 6> bounds;
  reader->GetOutput()->GetBounds(bounds.data());
  return bounds;
}

std::string contentsOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Gltf, IsInMetresWithThePatientsHeadUpForAnotherReader) {
  const TemporaryFolder folder;
  const std::vector<ScenePart> parts = sceneParts(analyticScene());
  writeGltf(parts, folder.path("scene.glb"));
  const Box box = boundingBox(mergedMesh(parts).vertices_mm, 0);
  const std::array<double, 6> bounds = boundsOf(folder.path("scene.glb"));
  EXPECT_NEAR(bounds[0], 0.001 * box.lower.x, 1e-6);
  EXPECT_NEAR(bounds[1], 0.001 * box.upper.x, 1e-6);
  EXPECT_NEAR(bounds[2], 0.001 * box.lower.z, 1e-6);
  EXPECT_NEAR(bounds[3], 0.001 * box.upper.z, 1e-6);
  EXPECT_NEAR(bounds[4], -0.001 * box.upper.y, 1e-6);
  EXPECT_NEAR(bounds[5], -0.001 * box.lower.y, 1e-6);
}

/// What assimp's command line says of a file; empty where it is not installed.
std::string saidByAssimp(const std::string& path) {
  std::string said;
  FILE* pipe = popen(("assimp info " + path + " 2> /dev/null").c_str(), "r");
  std::array<char, 256> part;
  while (pipe != nullptr && std::fgets(part.data(), part.size(), pipe) != nullptr) {
    said += part.data();
  }
  return pipe != nullptr && pclose(pipe) == 0 ? said : std::string();
}

/// The three numbers after @p heading in assimp's words, "(0.1 0.2 0.3)".
std::array<double, 3> pointAfter(const std::string& said, const std::string& heading) {
  std::array<double, 3> point = {NAN, NAN, NAN};
  const auto at = said.find('(', said.find(heading));
  if (at != std::string::npos) {
    std::istringstream(said.substr(at + 1)) >> point[0] >> point[1] >> point[2];
  }
  return point;
}

TEST(Gltf, IsInMetresForAReaderThatIsNotVtkAsWell) {
  const TemporaryFolder folder;
  const std::vector<ScenePart> parts = sceneParts(analyticScene());
  writeGltf(parts, folder.path("scene.glb"));
  const std::string said = saidByAssimp(folder.path("scene.glb"));
  if (said.empty()) {
    GTEST_SKIP() << "assimp (Debian's assimp-utils) is not installed";
  }
  const Box box = boundingBox(mergedMesh(parts).vertices_mm, 0);
  const std::array<double, 3> lower = pointAfter(said, "Minimum point");
  const std::array<double, 3> upper = pointAfter(said, "Maximum point");
  constexpr double kPrinted = 2e-6;  // six decimals
  EXPECT_NEAR(lower[0], 0.001 * box.lower.x, kPrinted);
  EXPECT_NEAR(upper[0], 0.001 * box.upper.x, kPrinted);
  EXPECT_NEAR(lower[1], 0.001 * box.lower.z, kPrinted);
  EXPECT_NEAR(upper[1], 0.001 * box.upper.z, kPrinted);
  EXPECT_NEAR(lower[2], -0.001 * box.upper.y, kPrinted);
  EXPECT_NEAR(upper[2], -0.001 * box.lower.y, kPrinted);
}

TEST(Gltf, SaysItsFrameAndNamesItsParts) {
  const TemporaryFolder folder;
  writeGltf(sceneParts(analyticScene()), folder.path("scene.glb"));
  const std::string bytes = contentsOf(folder.path("scene.glb"));
  EXPECT_EQ(bytes.substr(0, 4), "glTF");
  EXPECT_EQ(bytes.size() % 4, 0U);
  EXPECT_NE(bytes.find(R"("source_space":"LPS")"), std::string::npos);
  EXPECT_NE(bytes.find(R"("name":"facial nerve (VII), left")"), std::string::npos);
  EXPECT_NE(bytes.find(R"("name":"V1: AICA")"), std::string::npos);
  writeGltf(sceneParts(analyticScene()), folder.path("again.glb"));
  EXPECT_TRUE(bytes == contentsOf(folder.path("again.glb")));
}

TEST(Gltf, IsWrittenOfOneSurfaceAndRefusedOfNone) {
  const TemporaryFolder folder;
  writeMesh(tubeSurface(testing::straightTube({10, 20, 30}, {14, 20, 30}, 1), 12),
            folder.path("tube.glb"));
  EXPECT_NEAR(boundsOf(folder.path("tube.glb"))[0], 0.010, 1e-6);
  EXPECT_NEAR(boundsOf(folder.path("tube.glb"))[1], 0.014, 1e-6);
  EXPECT_THROW(writeGltf({}, folder.path("none.glb")), Error);
}

}  // namespace
}  // namespace neurovasc::scene
