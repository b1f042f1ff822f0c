#include "scene_folder.h"

#include <fmt/format.h>

#include <utility>

#include "neurovasc/imaging/image_io.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/mesh_io.h"
#include "read_assessment.h"
#include "structures.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

TriangleMesh readOptionalMesh(const fs::path& file) {
  return fs::exists(file) ? scene::readMesh(file.string()) : TriangleMesh{};
}

void addSide(scene::SceneContent& content, const fs::path& meshes, const SideAssessment& side) {
  content.sides.push_back({side.side, side.finding, side.contacts});
  content.nerves.push_back({NerveName::facial, side.side, side.nerve.tube, side.nerve.landmarks});
  const std::string suffix = fmt::format("_{}.vtp", name(side.side));
  content.labyrinths.push_back({side.side, readOptionalMesh(meshes / ("labyrinth" + suffix))});
  content.canals.push_back({side.side, readOptionalMesh(meshes / ("canal" + suffix))});
}

/// Every nerve but VII, which assessment.json holds. Rootlets of one name are numbered from 2.
void addOtherNerves(scene::SceneContent& content, const fs::path& centerlines, Side side) {
  for (const NerveName nerve : {NerveName::vestibulocochlear, NerveName::trigeminal,
                                NerveName::abducens, NerveName::lower, NerveName::unknown}) {
    Nerve called;
    called.name = nerve;
    called.side = side;
    const std::string stem = stemOf(called);
    fs::path file = centerlines / (stem + ".vtp");
    for (int rootlet = 2; fs::exists(file); ++rootlet) {
      content.nerves.push_back({nerve, side, scene::readCenterline(file.string()), {}});
      file = centerlines / fmt::format("{}_{}.vtp", stem, rootlet);
    }
  }
}

}  // namespace

scene::SceneImage windowed(ImageF image) {
  scene::SceneImage out;
  out.image = std::move(image);
  out.window = scene::windowByPercentiles(out.image);
  return out;
}

std::optional<scene::SceneImage> readSceneImage(const fs::path& file) {
  return fs::exists(file)
             ? std::optional<scene::SceneImage>(windowed(imaging::readImage(file.string())))
             : std::nullopt;
}

scene::SceneContent readShapes(const fs::path& folder, Assessment assessment) {
  scene::SceneContent content;
  const fs::path meshes = folder / std::string(result::kMeshesFolder);
  content.brain = readOptionalMesh(meshes / "brain.vtp");
  for (const auto& side : assessment.sides) {
    addSide(content, meshes, side);
    addOtherNerves(content, folder / std::string(result::kCenterlinesFolder), side.side);
  }
  content.vessels = std::move(assessment.vessels);
  content.pads = std::move(assessment.pads).value_or(std::vector<Pad>{});
  content.gaps_measured = assessment.quality.resolution != Resolution::too_thick;
  content.label = assessment.label;
  return content;
}

scene::SceneContent readScene(const fs::path& folder) {
  scene::SceneContent content = readShapes(folder, readAssessment(folder));
  const fs::path volumes = folder / std::string(result::kVolumesFolder);
  content.t2 = readSceneImage(volumes / "t2.nii.gz").value_or(scene::SceneImage{});
  content.tof = readSceneImage(volumes / "tof.nii.gz");
  return content;
}

}  // namespace neurovasc::pipeline
