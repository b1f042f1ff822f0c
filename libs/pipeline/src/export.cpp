#include "neurovasc/pipeline/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <system_error>
#include <utility>

#include "bids_output.h"
#include "export_comparison.h"
#include "export_documents.h"
#include "export_folder.h"
#include "export_job.h"
#include "export_within.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/interop/document_object.h"
#include "neurovasc/interop/picture_object.h"
#include "neurovasc/interop/report_object.h"
#include "neurovasc/pipeline/read_result.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/run_json.h"
#include "neurovasc/scene/mesh_io.h"
#include "outputs.h"
#include "run_log.h"
#include "slicer_output.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using interop::SegmentationType;
using result::StagedFolder;

constexpr std::size_t kLongestOrganization = 64;  ///< VR LO

/// Writes one kind of @p job into @p folder.
using Writer = std::function<void(ExportJob& job, const ExportFolder& folder)>;

struct KindWriter {
  ExportKind kind;
  Writer write;
};

void writeSegmentation(ExportJob& job, const ExportFolder& folder, SegmentationType type,
                       const char* file) {
  interop::writeSegmentationObject(job.slices(), job.t2Grid(), type, job.context(),
                                   folder.path(file));
}

void writeReports(ExportJob& job, const ExportFolder& folder) {
  const auto segments =
      interop::segmentReferences(job.slices(), SegmentationType::binary, job.context());
  const auto write = [&](const interop::ReportOptions& options, const std::string& file) {
    interop::writeMeasurementReport(job.assessment(), job.structures(), segments, job.context(),
                                    options, folder.path(file));
  };
  write({}, "sr.dcm");
  for (interop::ReportReview& review : job.reviews()) {
    const int number = review.number;
    write({std::move(review)}, fmt::format("sr-{}.dcm", number));
  }
}

void copyFiles(ExportJob& job, const ExportFolder& folder, std::string_view source,
               const std::string& ending, const std::string& kind) {
  for (const auto& file : filesIn(job.result() / std::string(source), ending)) {
    job.progress().stop().throwIfStopped();
    fs::copy_file(file, folder.path(kind + "/" + file.filename().string()));
  }
}

void convertMeshes(ExportJob& job, const ExportFolder& folder, const std::string& kind) {
  for (const auto& file : filesIn(job.result() / std::string(result::kMeshesFolder), ".vtp")) {
    job.progress().stop().throwIfStopped();
    const std::string target = kind + "/" + file.stem().string() + "." + kind;
    scene::writeMesh(scene::readMesh(file.string()), folder.path(target).string());
  }
}

void writeSurfaces(ExportJob& job, const ExportFolder& folder) {
  int number = 0;
  for (const auto& file : filesIn(job.result() / std::string(result::kMeshesFolder), ".stl")) {
    job.progress().stop().throwIfStopped();
    ++number;
    interop::writeEncapsulatedStl(file, file.stem().string(), number, job.context(),
                                  folder.path(fmt::format("stl-{}.dcm", number)));
  }
}

void writeBurnedIn(ExportJob& job, const ExportFolder& folder) {
  const ImageF t2 = imaging::readImage(
      (job.result() / std::string(result::kVolumesFolder) / "t2.nii.gz").string());
  const auto slices = interop::onGrid(job.structures(), t2.geometry(), job.options().threads,
                                      job.progress().stop());
  interop::writeBurnedInSeries(t2, slices, job.context(), folder.path("burned-in"));
}

/// A dataset of its own. The result does not know whom a study's keepers call the patient, so its
/// own fingerprint stands for the patient.
void writeBids(ExportJob& job, const ExportFolder& folder) {
  constexpr std::size_t kLabelLength = 8;
  const std::string fingerprint =
      result::sha256OfFile(job.result() / std::string(result::kAssessmentFile));
  const BidsOutput output{{fingerprint.substr(0, kLabelLength), ""}, {}};
  const std::string session = interop::bidsFolder(output.entities) + "/";
  writeBidsRoot(std::nullopt, [&](const std::string& file) { return folder.path("bids/" + file); });
  writeBidsSession(job, output,
                   [&](const std::string& file) { return folder.path("bids/" + session + file); });
}

std::vector<KindWriter> dicomWriters() {
  return {
      {{"seg", "DICOM Segmentation, binary, on the T2 voxels", true},
       [](ExportJob& job, const ExportFolder& folder) {
         writeSegmentation(job, folder, SegmentationType::binary, "seg.dcm");
       }},
      {{"seg-fractional", "DICOM Segmentation, each voxel's occupancy", true},
       [](ExportJob& job, const ExportFolder& folder) {
         writeSegmentation(job, folder, SegmentationType::fractional, "seg-fractional.dcm");
       }},
      {{"sr", "DICOM structured report of every measure (with seg), and one of each review", true,
        true},
       writeReports},
      {{"sc", "the pictures as DICOM secondary captures", true, true},
       [](ExportJob& job, const ExportFolder& folder) {
         writeCaptures(job.result(), job.context(), folder, job.progress().stop());
       }},
      {{"pdf", "report.pdf as a DICOM object", true, true},
       [](ExportJob& job, const ExportFolder& folder) {
         writePdfObject(job.result(), "neurovasc report", job.context(), folder);
       }},
      {{"stl", "surfaces as DICOM objects", true}, writeSurfaces},
      {{"burned-in", "DICOM MR series of T2 with outlines in the pixels", true}, writeBurnedIn},
      {{"rtstruct", "DICOM RT structure set: outlines on the T2 slices", true},
       [](ExportJob& job, const ExportFolder& folder) {
         interop::writeStructureSet(job.slices(), job.t2Grid(), job.context(),
                                    folder.path("rtstruct.dcm"));
       }},
  };
}

std::vector<KindWriter> plainWriters() {
  const auto copies = [](std::string_view source, const char* ending, const char* kind) {
    return [=](ExportJob& job, const ExportFolder& folder) {
      copyFiles(job, folder, source, ending, kind);
    };
  };
  const auto meshes = [](const char* kind) {
    return [=](ExportJob& job, const ExportFolder& folder) { convertMeshes(job, folder, kind); };
  };
  return {
      {{"mesh-stl", "surfaces as STL", false}, copies(result::kMeshesFolder, ".stl", "mesh-stl")},
      {{"vtp", "surfaces as VTK poly data", false}, copies(result::kMeshesFolder, ".vtp", "vtp")},
      {{"obj", "surfaces as Wavefront OBJ", false}, meshes("obj")},
      {{"ply", "surfaces as PLY", false}, meshes("ply")},
      {{"gltf", "all surfaces with names and colours as glTF", false},
       copies(result::kMeshesFolder, ".glb", "gltf")},
      {{"nifti", "labels and volumes as NIfTI", false},
       [](ExportJob& job, const ExportFolder& folder) {
         copyFiles(job, folder, result::kMasksFolder, ".nii.gz", "nifti");
         copyFiles(job, folder, result::kVolumesFolder, ".nii.gz", "nifti");
       }},
      {{"seg-nrrd", "labels with names, codes and colours for 3D Slicer", false},
       copies(result::kMasksFolder, ".seg.nrrd", "seg-nrrd")},
      {{"bids", "a BIDS derivative dataset: images, labels, tables, reports", false}, writeBids},
      {{"slicer", "a scene for 3D Slicer with all it shows, named and coloured", false},
       [](ExportJob& job, const ExportFolder& folder) {
         writeSlicerScene(job,
                          [&](const std::string& file) { return folder.path("slicer/" + file); });
       }},
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

/// A result takes minutes to make again, and may be the one that is to be exported.
void refuseResult(const fs::path& output) {
  if (resultKindOf(output) != ResultKind::none) {
    throw Error(ErrorCode::output_unwritable,
                fmt::format("{}: is a result itself, which no export replaces", output.string()),
                "Choose another --output.");
  }
}

void writeKinds(const ExportFolder& folder, const fs::path& result, const ExportOptions& options,
                const Progress& progress) {
  if (needsIdentity(options)) {
    folder.makePrivate();
  }
  ExportJob job(result, options, progress);
  for (const auto& [kind, write] : writers()) {
    if (!isWanted(options, kind.name)) {
      continue;
    }
    progress.report("export", 0, kind.name);
    write(job, folder);
    folder.require(kind.name);
  }
  progress.report("export", 1);
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
  if (options.deidentify == options.site_key.empty()) {
    throw Error(
        ErrorCode::usage,
        options.deidentify ? "--deidentify needs a site key" : "--site-key is for --deidentify",
        "Give both: --deidentify --site-key FILE. The file is made where it is absent; keep it, "
        "for the same key gives the same names, UIDs and intervals.");
  }
  if (options.deidentify && !(options.reader.empty() && options.organization.empty())) {
    throw Error(ErrorCode::usage,
                fmt::format("--{} names somebody, which --deidentify is against",
                            options.reader.empty() ? "organization" : "reader"),
                "Leave out one of them.");
  }
  if (options.organization.size() > kLongestOrganization ||
      options.organization.find('\\') != std::string::npos) {
    throw Error(ErrorCode::usage, "--organization must have 64 letters at most, and no backslash");
  }
}

bool needsIdentity(const ExportOptions& options) {
  return std::any_of(exportKinds().begin(), exportKinds().end(), [&](const ExportKind& kind) {
    return kind.dicom && asks(options, kind.name);
  });
}

void exportComparisonWithin(const StagedFolder& folder, const ExportOptions& options,
                            const Progress& progress) {
  validate(options);
  fs::create_directories(folder.path("export"));
  writeComparisonKinds({folder, "export/"}, folder.path("."), options, progress);
}

void exportWithin(const StagedFolder& folder, const ExportOptions& options,
                  const Progress& progress) {
  validate(options);
  fs::create_directories(folder.path("export"));
  writeKinds({folder, "export/"}, folder.path("."), options, progress);
}

void exportResult(const std::string& result_folder, const std::string& output,
                  const ExportOptions& options, const Progress& progress) {
  validate(options);
  const bool of_comparison = resultKindOf(result_folder) == ResultKind::comparison;
  if (of_comparison) {
    requireForComparison(options);
  } else if (!options.dates.empty()) {
    throw Error(ErrorCode::usage,
                fmt::format("{}: dates are named after a comparison only", result_folder),
                "Name one result, or a comparison and then what was compared.");
  }
  refuseResult(output);
  StagedFolder folder(output, options.overwrite);
  const RunLog log("export", progress, options.given_options, options.threads);
  (of_comparison ? writeComparisonKinds : writeKinds)({folder, ""}, result_folder, options,
                                                      log.screen());
  folder.write(result::kRunFile, result::toJson(log.record(folder.files(), 0)));
  publish(folder, log.screen());
}

}  // namespace neurovasc::pipeline
