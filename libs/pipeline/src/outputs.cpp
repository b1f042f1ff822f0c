#include "outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "neurovasc/core/mesh.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/imaging/segmentation_io.h"
#include "neurovasc/imaging/transform_io.h"
#include "neurovasc/interop/structures.h"
#include "neurovasc/scene/mesh_io.h"
#include "neurovasc/scene/parts.h"
#include "structures.h"

namespace neurovasc::pipeline {
namespace {

using result::ResultFile;
using result::StagedFolder;

/// Enough sides that a tube of 1 mm radius is round to within 0.01 mm.
constexpr int kTubeSides = 24;

/// Writes the data files one by one and keeps the list of what they are.
class DataWriter {
 public:
  DataWriter(const StagedFolder& folder, const StopToken& stop) : folder_(folder), stop_(stop) {}

  template <typename Write>
  void add(const std::string& path, const std::string& what, Write&& write) {
    stop_.throwIfStopped();
    write(folder_.path(path).string());
    files_.push_back({path, what});
  }

  void addMesh(const std::string& stem, const std::string& what, const TriangleMesh& mesh) {
    if (mesh.empty()) {
      return;
    }
    for (const char* extension : {".stl", ".vtp"}) {
      add("meshes/" + stem + extension, what + ", surface, LPS mm",
          [&](const std::string& file) { scene::writeMesh(mesh, file); });
    }
  }

  void addScene(const scene::SceneContent& scene) {
    const std::vector<scene::ScenePart> parts = scene::sceneParts(scene);
    if (!parts.empty()) {
      add("meshes/scene.glb", "all surfaces with names and colours, glTF, metres",
          [&](const std::string& file) { scene::writeGltf(parts, file); });
    }
  }

  void addTube(const std::string& stem, const std::string& what, const Tube& tube) {
    if (tube.size() < 2) {
      return;
    }
    add("centerlines/" + stem + ".vtp", what + ", centre line with radius, LPS mm",
        [&](const std::string& file) { scene::writeCenterline(tube, file); });
    addMesh(stem, what, tubeSurface(tube, kTubeSides));
  }

  std::vector<ResultFile> files() && { return std::move(files_); }

 private:
  const StagedFolder& folder_;
  const StopToken& stop_;
  std::vector<ResultFile> files_;
};

void writeVolume(DataWriter& out, const char* stem, const char* what, const FusedImage& image) {
  out.add(fmt::format("volumes/{}.nii.gz", stem), fmt::format("{} on the T2 voxels, cropped", what),
          [&](const std::string& file) { imaging::writeImage(image.on_t2_voxels, file); });
}

void writeVolumes(DataWriter& out, const FusedStudy& fused) {
  writeVolume(out, "t2", "T2", fused.t2);
  if (fused.tof) {
    writeVolume(out, "tof", "TOF", *fused.tof);
  }
  if (fused.ce_t1) {
    writeVolume(out, "ce_t1", "contrast-enhanced T1", *fused.ce_t1);
  }
}

void writeMasks(DataWriter& out, const Anatomy& anatomy) {
  out.add("masks/anatomy.nii.gz", "all structures as labels, fine grid",
          [&](const std::string& file) { imaging::writeLabels(anatomy.labels, file); });
  out.add("masks/anatomy.seg.nrrd", "the same for 3D Slicer, with names, codes and colours",
          [&](const std::string& file) {
            imaging::writeSegmentation({anatomy.labels, interop::segmentsIn(anatomy.labels)}, file);
          });
}

void writeNerves(DataWriter& out, const Anatomy& anatomy) {
  std::map<std::string, int> used;
  for (const auto& nerve : anatomy.nerves) {
    const std::string base = stemOf(nerve);
    // Several rootlets share one name: the second and later ones are numbered.
    const int count = ++used[base];
    const std::string stem = count == 1 ? base : fmt::format("{}_{}", base, count);
    out.addTube(stem, fmt::format("cranial nerve {}, {}", name(nerve.name), name(nerve.side)),
                nerve.tube);
  }
}

void writeVessels(DataWriter& out, const Anatomy& anatomy) {
  for (const auto& vessel : anatomy.vessels) {
    out.addTube(stemOf(vessel),
                fmt::format("vessel {} ({}, {})", vessel.id, name(vessel.kind), name(vessel.name)),
                vessel.tube);
  }
}

void writeSurfaces(DataWriter& out, const scene::SceneContent& scene) {
  out.addMesh("brain", "brainstem and cerebellum", scene.brain);
  for (const auto& [side, surface] : scene.labyrinths) {
    out.addMesh(fmt::format("labyrinth_{}", name(side)), fmt::format("labyrinth, {}", name(side)),
                surface);
  }
  out.addScene(scene);
  for (const auto& [side, surface] : scene.canals) {
    out.addMesh(fmt::format("canal_{}", name(side)),
                fmt::format("internal auditory canal, {}", name(side)), surface);
  }
}

void writeTransforms(DataWriter& out, const FusedStudy& fused) {
  for (const auto& registration : fused.registrations) {
    out.add(fmt::format("transforms/{}_from_t2.tfm", name(registration.moving)),
            fmt::format("takes T2 points to {} points, LPS mm{}", name(registration.moving),
                        registration.accepted ? "" : "; refused, not used"),
            [&](const std::string& file) {
              imaging::writeTransform(registration.moving_from_t2, file);
            });
  }
}

}  // namespace

void publish(StagedFolder& folder, const Progress& progress) {
  progress.report("write", 1, "done");
  if (!folder.publish()) {
    progress.warn("the result is written, but the disk did not confirm it");
  }
}

std::vector<ResultFile> writeImages(const StagedFolder& folder, const FusedStudy& fused,
                                    const Anatomy& anatomy, const StopToken& stop) {
  DataWriter out(folder, stop);
  writeVolumes(out, fused);
  writeMasks(out, anatomy);
  writeTransforms(out, fused);
  return std::move(out).files();
}

std::vector<ResultFile> writeShapes(const StagedFolder& folder, const Anatomy& anatomy,
                                    const scene::SceneContent& scene, const Progress& progress) {
  DataWriter out(folder, progress.stop());
  progress.report("write", 0.2, "nerves and vessels");
  writeNerves(out, anatomy);
  writeVessels(out, anatomy);
  progress.report("write", 0.7, "surfaces");
  writeSurfaces(out, scene);
  return std::move(out).files();
}

}  // namespace neurovasc::pipeline
