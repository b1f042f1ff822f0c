#include "slicer_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "neurovasc/imaging/segmentation_io.h"
#include "neurovasc/interop/slicer_scene.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/mesh_io.h"
#include "neurovasc/scene/parts.h"
#include "scene_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using interop::SlicerNode;
using interop::SlicerShape;

// Colours of points after Okabe & Ito (2008), as those of the structures.
constexpr std::array<double, 3> kLandmarkColor = {0.90, 0.62, 0.00};
constexpr std::array<double, 3> kContactColor = {0.84, 0.37, 0.00};

using Place = std::function<fs::path(const std::string& file)>;

std::vector<SlicerNode> copiedVolumes(const ExportJob& job, const Place& path) {
  std::vector<SlicerNode> volumes;
  for (const auto& [stem, name] :
       {std::pair{"t2", "T2"}, std::pair{"tof", "TOF"}, std::pair{"ce_t1", "CE-T1"}}) {
    const std::string file = std::string(stem) + ".nii.gz";
    const fs::path source = job.result() / std::string(result::kVolumesFolder) / file;
    if (fs::exists(source)) {
      fs::copy_file(source, path(file));
      volumes.push_back({file, name});
    }
  }
  return volumes;
}

std::array<double, 3> unitColor(const scene::Rgb& rgb) {
  constexpr double kFull = 255;
  return {rgb[0] / kFull, rgb[1] / kFull, rgb[2] / kFull};
}

/// The brain's outline on a slice would hide nothing but help nobody: its edge is seen.
bool isOutlined(scene::PartKind kind) { return kind != scene::PartKind::brain; }

std::vector<SlicerShape> writtenModels(ExportJob& job, const Place& path) {
  std::vector<SlicerShape> models;
  for (const scene::ScenePart& part :
       scene::sceneParts(readShapes(job.result(), job.assessment()))) {
    job.progress().stop().throwIfStopped();
    const std::string file = fmt::format("models/{:02}_{}.vtp", models.size() + 1, name(part.kind));
    scene::writeVtp(part.mesh, path(file).string());
    models.push_back(
        {{file, part.title}, unitColor(part.color), part.opacity, isOutlined(part.kind)});
  }
  return models;
}

}  // namespace

void writeSlicerScene(ExportJob& job, const Place& path) {
  const imaging::Segmentation& structures = job.structures();
  interop::SlicerScene scene;
  scene.volumes = copiedVolumes(job, path);
  scene.models = writtenModels(job, path);
  imaging::writeSegmentation(structures, path("anatomy.seg.nrrd").string());
  scene.segmentations = {{"anatomy.seg.nrrd", "Structures"}};
  result::replaceFile(path("landmarks.mrk.json"), interop::slicerLandmarks(job.assessment()));
  result::replaceFile(path("contacts.mrk.json"), interop::slicerContacts(job.assessment()));
  scene.points = {{{"landmarks.mrk.json", "Landmarks"}, kLandmarkColor},
                  {{"contacts.mrk.json", "Contacts"}, kContactColor}};
  result::replaceFile(path("colors.csv"), interop::slicerColorTable(structures.segments));
  result::replaceFile(path("terminology.json"), interop::slicerTerminology());
  result::replaceFile(path("scene.mrml"), interop::slicerSceneXml(scene));
}

}  // namespace neurovasc::pipeline
