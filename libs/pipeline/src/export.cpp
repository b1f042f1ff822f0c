#include "neurovasc/pipeline/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>

#include "export_job.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/report_object.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/mesh_io.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using interop::SegmentationType;
using result::StagedFolder;

/// Writes one kind of @p job into @p folder.
using Writer = std::function<void(ExportJob& job, const StagedFolder& folder)>;

struct KindWriter {
  ExportKind kind;
  Writer write;
};

void writeSegmentation(ExportJob& job, const StagedFolder& folder, SegmentationType type,
                       const char* file) {
  interop::writeSegmentationObject(job.slices(), job.t2Grid(), type, job.context(),
                                   folder.path(file));
}

void writeReport(ExportJob& job, const StagedFolder& folder) {
  const auto segments =
      interop::segmentReferences(job.slices(), SegmentationType::binary, job.context());
  interop::writeMeasurementReport(job.assessment(), job.structures(), segments, job.context(),
                                  {job.options().reader}, folder.path("sr.dcm"));
}

/// The files of @p directory of the result with this ending, by name.
std::vector<fs::path> filesIn(const fs::path& directory, const std::string& ending) {
  std::vector<fs::path> files;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(directory, absent)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > ending.size() &&
        name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void copyFiles(ExportJob& job, const StagedFolder& folder, std::string_view source,
               const std::string& ending, const std::string& kind) {
  for (const auto& file : filesIn(job.result() / std::string(source), ending)) {
    job.progress().stop().throwIfStopped();
    fs::copy_file(file, folder.path(kind + "/" + file.filename().string()));
  }
}

void convertMeshes(ExportJob& job, const StagedFolder& folder, const std::string& kind) {
  for (const auto& file : filesIn(job.result() / std::string(result::kMeshesFolder), ".vtp")) {
    job.progress().stop().throwIfStopped();
    const std::string target = kind + "/" + file.stem().string() + "." + kind;
    scene::writeMesh(scene::readMesh(file.string()), folder.path(target).string());
  }
}

std::vector<KindWriter> dicomWriters() {
  return {
      {{"seg", "DICOM Segmentation, binary, on the T2 voxels", true},
       [](ExportJob& job, const StagedFolder& folder) {
         writeSegmentation(job, folder, SegmentationType::binary, "seg.dcm");
       }},
      {{"seg-fractional", "DICOM Segmentation, each voxel's occupancy", true},
       [](ExportJob& job, const StagedFolder& folder) {
         writeSegmentation(job, folder, SegmentationType::fractional, "seg-fractional.dcm");
       }},
      {{"sr", "DICOM structured report of every measure (with seg)", true}, writeReport},
  };
}

std::vector<KindWriter> plainWriters() {
  const auto copies = [](std::string_view source, const char* ending, const char* kind) {
    return [=](ExportJob& job, const StagedFolder& folder) {
      copyFiles(job, folder, source, ending, kind);
    };
  };
  const auto meshes = [](const char* kind) {
    return [=](ExportJob& job, const StagedFolder& folder) { convertMeshes(job, folder, kind); };
  };
  return {
      {{"mesh-stl", "surfaces as STL", false}, copies(result::kMeshesFolder, ".stl", "mesh-stl")},
      {{"vtp", "surfaces as VTK poly data", false}, copies(result::kMeshesFolder, ".vtp", "vtp")},
      {{"obj", "surfaces as Wavefront OBJ", false}, meshes("obj")},
      {{"ply", "surfaces as PLY", false}, meshes("ply")},
      {{"nifti", "labels and volumes as NIfTI", false},
       [](ExportJob& job, const StagedFolder& folder) {
         copyFiles(job, folder, result::kMasksFolder, ".nii.gz", "nifti");
         copyFiles(job, folder, result::kVolumesFolder, ".nii.gz", "nifti");
       }},
      {{"seg-nrrd", "labels with names, codes and colours for 3D Slicer", false},
       copies(result::kMasksFolder, ".seg.nrrd", "seg-nrrd")},
  };
}

const std::vector<KindWriter>& writers() {
  static const std::vector<KindWriter> all = [] {
    std::vector<KindWriter> writers = dicomWriters();
    const std::vector<KindWriter> plain = plainWriters();
    writers.insert(writers.end(), plain.begin(), plain.end());
    return writers;
  }();
  return all;
}

bool asks(const ExportOptions& options, std::string_view kind) {
  return std::find(options.kinds.begin(), options.kinds.end(), kind) != options.kinds.end();
}

/// A report without the segmentation that it refers to would lead nowhere.
bool isWanted(const ExportOptions& options, std::string_view kind) {
  return asks(options, kind) || (kind == "seg" && asks(options, "sr"));
}

/// For its owner alone, before anything is in it.
void makePrivate(const fs::path& folder) {
  std::error_code failed;
  fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) {
    throw Error(ErrorCode::output_unwritable,
                "the folder for DICOM objects cannot be kept from others: " + failed.message());
  }
}

/// Whether the kind wrote anything.
bool wrote(const StagedFolder& folder, std::string_view kind) {
  const auto files = folder.files();
  return std::any_of(files.begin(), files.end(),
                     [&](const result::OutputFile& file) { return file.path.rfind(kind, 0) == 0; });
}

}  // namespace

const std::vector<ExportKind>& exportKinds() {
  static const std::vector<ExportKind> kinds = [] {
    std::vector<ExportKind> all;
    for (const auto& writer : writers()) {
      all.push_back(writer.kind);
    }
    return all;
  }();
  return kinds;
}

void validate(const ExportOptions& options) {
  if (options.kinds.empty()) {
    throw Error(ErrorCode::usage, "--to names nothing to export",
                "'neurovasc export --help' lists the kinds.");
  }
  for (const auto& kind : options.kinds) {
    const bool known = std::any_of(exportKinds().begin(), exportKinds().end(),
                                   [&](const ExportKind& k) { return k.name == kind; });
    if (!known) {
      throw Error(ErrorCode::usage, fmt::format("--to: there is no kind '{}'", kind),
                  "'neurovasc export --help' lists the kinds.");
    }
  }
  if (options.threads < 0) {
    throw Error(ErrorCode::usage, "--threads must be 0 or more");
  }
}

void exportInto(const StagedFolder& folder, const fs::path& result, const ExportOptions& options,
                const Progress& progress) {
  validate(options);
  ExportJob job(result, options, progress);
  for (const auto& [kind, write] : writers()) {
    if (!isWanted(options, kind.name)) {
      continue;
    }
    progress.report("export", 0, kind.name);
    write(job, folder);
    if (!wrote(folder, kind.name)) {
      throw Error(ErrorCode::usage, fmt::format("the result holds nothing for --to {}", kind.name),
                  "Leave it out, or analyse again without --without.");
    }
  }
  progress.report("export", 1);
}

void exportResult(const std::string& result_folder, const std::string& output,
                  const ExportOptions& options, const Progress& progress) {
  validate(options);
  StagedFolder folder(output, false);
  const bool identity =
      std::any_of(exportKinds().begin(), exportKinds().end(),
                  [&](const ExportKind& kind) { return kind.dicom && asks(options, kind.name); });
  if (identity) {
    makePrivate(folder.path("."));
  }
  exportInto(folder, result_folder, options, progress);
  if (!folder.publish()) {
    progress.warn("the files are written, but the disk did not confirm it");
  }
}

}  // namespace neurovasc::pipeline
