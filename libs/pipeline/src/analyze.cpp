#include "neurovasc/pipeline/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "export_within.h"
#include "load.h"
#include "neurovasc/anatomy/region.h"
#include "neurovasc/anatomy/segment.h"
#include "neurovasc/contact/assess.h"
#include "neurovasc/dicom/source_headers.h"
#include "neurovasc/imaging/fusion.h"
#include "neurovasc/report/tables.h"
#include "neurovasc/report/text_report.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/clinical_file.h"
#include "neurovasc/result/landmarks_file.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/pictures.h"
#include "outputs.h"
#include "page_output.h"
#include "pdf_output.h"
#include "run_log.h"

namespace neurovasc::pipeline {
namespace {

using result::ResultFile;
using result::StagedFolder;

ManualLandmarks readOptionalLandmarks(const std::string& file) {
  return file.empty() ? ManualLandmarks{} : result::readLandmarks(file);
}

ClinicalCourse readOptionalClinical(const std::string& file) {
  return file.empty() ? ClinicalCourse{} : result::withoutDates(result::readClinical(file));
}

anatomy::StudyRegion locate(const SeriesImage& t2, const AnalyzeOptions& options,
                            const Progress& progress) {
  anatomy::RegionOptions region_options;
  region_options.threads = options.threads;
  return anatomy::locateRegion(t2, region_options, progress);
}

FusedStudy fuse(StudyImages images, const anatomy::StudyRegion& region,
                const AnalyzeOptions& options, const Progress& progress) {
  imaging::FusionOptions fusion;
  fusion.threads = options.threads;
  fusion.required = options.required;
  FusedStudy fused = imaging::fuse(images, region.box, fusion, progress);
  for (const auto& warning : fused.warnings) {
    progress.warn(warning);
  }
  return fused;
}

Anatomy findAnatomy(const FusedStudy& fused, const anatomy::StudyRegion& region,
                    const ManualLandmarks& landmarks, const AnalyzeOptions& options,
                    const Progress& progress) {
  anatomy::AnatomyOptions anatomy_options;
  anatomy_options.sides = options.sides;
  anatomy_options.landmarks = landmarks;
  anatomy_options.region = region;
  anatomy_options.threads = options.threads;
  Anatomy anatomy = anatomy::segment(fused, anatomy_options, progress);
  for (const auto& warning : anatomy.warnings) {
    progress.warn(warning);
  }
  return anatomy;
}

Quality qualityOf(const FusedStudy& fused, const Anatomy& anatomy) {
  Quality quality;
  if (fused.t2.noise_measured) {
    quality.csf_snr = anatomy.levels.t2_csf / fused.t2.noise_sd;
  }
  quality.acquired_voxel_mm = fused.t2.series.acquisition.acquired_voxel_mm;
  quality.reconstructed_voxel_mm = fused.t2.series.geometry.spacing_mm;
  quality.resolution = fused.resolution;
  return quality;
}

SeriesUsed seriesUsed(const FusedStudy& fused) {
  return {fused.t2.series.id, fused.tof ? fused.tof->series.id : "",
          fused.ce_t1 ? fused.ce_t1->series.id : ""};
}

Assessment assess(const FusedStudy& fused, const Anatomy& anatomy, const AnalyzeOptions& options,
                  const Progress& progress) {
  contact::ContactOptions contact_options;
  contact_options.sides = options.sides;
  contact_options.threads = options.threads;
  Assessment assessment;
  assessment.sides = contact::assess(fused, anatomy, contact_options, progress);
  assessment.vessels = anatomy.vessels;
  assessment.registrations = fused.registrations;
  assessment.quality = qualityOf(fused, anatomy);
  assessment.series_used = seriesUsed(fused);
  assessment.label = options.label;
  return assessment;
}

/// What a study showed.
struct Findings {
  std::optional<FusedStudy> fused;  ///< empty where T2 shows no contrast at all
  Anatomy anatomy;
  Assessment assessment;
};

/// A side on which nothing could be seen.
SideAssessment unseenSide(Side side, const std::string& reason) {
  SideAssessment unseen;
  unseen.side = side;
  unseen.nerve.side = side;
  unseen.nerve.reason = reason;
  for (const Zone zone : kZones) {
    unseen.zones.emplace_back();
    unseen.zones.back().zone = zone;
    unseen.zones.back().reason = reason;
  }
  return unseen;
}

/// The result of a T2 series that shows nothing.
Assessment unseen(const Series& t2, const std::string& reason, const AnalyzeOptions& options) {
  Assessment assessment;
  for (const Side side : options.sides) {
    assessment.sides.push_back(unseenSide(side, reason));
  }
  assessment.quality.acquired_voxel_mm = t2.acquisition.acquired_voxel_mm;
  assessment.quality.reconstructed_voxel_mm = t2.geometry.spacing_mm;
  assessment.quality.resolution = t2.resolution;
  assessment.series_used.t2 = t2.id;
  assessment.label = options.label;
  return assessment;
}

bool anyNerve(const Assessment& assessment) {
  return std::any_of(assessment.sides.begin(), assessment.sides.end(), [](const SideAssessment& s) {
    return s.nerve.status != NerveStatus::not_found;
  });
}

void warnOfResolution(const FusedStudy& fused, const Progress& progress) {
  const double coarsest = coarsestVoxelMm(fused.t2.series);
  if (fused.resolution == Resolution::too_thick) {
    progress.warn(
        fmt::format("the T2 series' voxels reach {:.2f} mm: nerve and vessels are drawn where "
                    "they can be seen, nothing is measured ({} mm or less is needed)",
                    coarsest, kVisualVoxelMm));
  } else if (fused.resolution == Resolution::visual_only) {
    progress.warn(
        fmt::format("the T2 series' voxels reach {:.2f} mm: measures are for orientation only "
                    "({} mm or less is needed)",
                    coarsest, kQuantitativeVoxelMm));
  }
}

Findings examine(StudyImages images, const ManualLandmarks& landmarks,
                 const AnalyzeOptions& options, const Progress& progress) {
  const Series t2 = images.t2.series;
  Findings found;
  try {
    const anatomy::StudyRegion region = locate(images.t2, options, progress);
    found.fused = fuse(std::move(images), region, options, progress);
    warnOfResolution(*found.fused, progress);
    found.anatomy = findAnatomy(*found.fused, region, landmarks, options, progress);
    found.assessment = assess(*found.fused, found.anatomy, options, progress);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::nerve_not_found) {
      throw;
    }
    found = {std::nullopt, {}, unseen(t2, error.message(), options)};
  }
  return found;
}

std::vector<ResultFile> writePictures(const StagedFolder& folder,
                                      const scene::SceneContent& content,
                                      const Progress& progress) {
  const std::string directory = folder.path(std::string(result::kPicturesFolder)).string();
  std::filesystem::create_directories(directory);
  scene::writePictures(content, directory, {}, progress);
  std::vector<ResultFile> files;
  for (const auto& picture : scene::pictureFiles(content)) {
    files.push_back({"pictures/" + picture.name, picture.title});
  }
  return files;
}

void append(std::vector<ResultFile>& files, const std::vector<ResultFile>& more) {
  files.insert(files.end(), more.begin(), more.end());
}

/// Everything for the eye and for other programs. Compressing the images takes as long as drawing
/// the pictures, so the two run side by side.
std::vector<ResultFile> writeData(const StagedFolder& folder, const FusedStudy& fused,
                                  const Anatomy& anatomy, const scene::SceneContent& content,
                                  const AnalyzeOptions& options, const Progress& progress) {
  progress.report("write", 0, "volumes");
  auto images = std::async(options.threads == 1 ? std::launch::deferred : std::launch::async,
                           [&] { return writeImages(folder, fused, anatomy, progress.stop()); });
  const std::vector<ResultFile> shapes = writeShapes(folder, anatomy, content, progress);
  const std::vector<ResultFile> pictures =
      options.pictures ? writePictures(folder, content, progress) : std::vector<ResultFile>{};
  std::vector<ResultFile> files = images.get();
  append(files, shapes);
  append(files, pictures);
  return files;
}

std::vector<ResultFile> writeTexts(const StagedFolder& folder, const Assessment& assessment,
                                   const std::string& report) {
  folder.write(result::kTextReportFile, report);
  folder.write("contacts.tsv", report::contactsTsv(assessment));
  folder.write("sides.tsv", report::sidesTsv(assessment));
  folder.write("dictionary.tsv", report::dataDictionaryTsv());
  return {{std::string(result::kTextReportFile), "report in words"},
          {"contacts.tsv", "one row per contact"},
          {"sides.tsv", "one row per side"},
          {"dictionary.tsv", "what the tables' columns mean"}};
}

void writeSourceHeaders(const StagedFolder& folder, const LoadedStudy& loaded,
                        const AnalyzeOptions& options) {
  if (loaded.from_dicom && options.source_headers) {
    dicom::writeSourceHeaders(loaded.study, folder.path(std::string(result::kSourceFolder)));
  }
}

std::vector<ResultFile> writeStudyPage(const StagedFolder& folder, page::PageContent page,
                                       const Assessment& assessment, const RunLog& log) {
  page.assessment = assessment;
  page.versions = softwareVersions();
  return writePage(folder, page, log.progress(), log.screen());
}

/// Writes everything but run.json and returns the report's text.
std::string writeResult(const StagedFolder& folder, const Findings& found,
                        const AnalyzeOptions& options, const RunLog& log) {
  std::vector<ResultFile> files;
  page::PageContent page;
  if (found.fused) {
    page.scene = scene::makeScene(*found.fused, found.anatomy, found.assessment);
    files = writeData(folder, *found.fused, found.anatomy, page.scene, options, log.progress());
    page.pictures = options.pictures ? pagePictures(folder, scene::pictureFiles(page.scene))
                                     : std::vector<page::PagePicture>{};
  }
  std::string report = report::textReport(found.assessment);
  append(files, writeTexts(folder, found.assessment, report));
  if (options.pdf) {
    append(files, writePdf(folder, found.assessment, page.pictures, log.progress()));
  }
  if (options.page) {
    page.report = report;
    append(files, writeStudyPage(folder, std::move(page), found.assessment, log));
  }
  folder.write(result::kAssessmentFile, result::toJson(found.assessment, files));
  return report;
}

void writeRunRecord(const StagedFolder& folder, const AnalyzeOutcome& outcome, const RunLog& log) {
  const int exit_code = outcome.failure ? describe(*outcome.failure).exit_code : 0;
  folder.write(result::kRunFile, result::toJson(log.record(folder.files(), exit_code)));
}

ExportOptions exportOptions(const AnalyzeOptions& options) {
  ExportOptions exports;
  exports.kinds = options.exports;
  exports.deidentify = options.deidentify;
  exports.site_key = options.site_key;
  exports.threads = options.threads;
  return exports;
}

/// What is exported stands on the whole result, run.json included, which then lists it as well.
void writeExports(const StagedFolder& folder, const AnalyzeOutcome& outcome,
                  const AnalyzeOptions& options, const RunLog& log) {
  if (!options.exports.empty() && !outcome.failure) {
    exportWithin(folder, exportOptions(options), log.progress());
    writeRunRecord(folder, outcome, log);
  }
}

/// Known before the work is done.
void requireExportable(const StudyInput& input, const AnalyzeOptions& options) {
  if (options.exports.empty()) {
    if (options.deidentify) {
      throw Error(ErrorCode::usage, "--deidentify is about what --export writes",
                  "Name what to export, or leave it out: the result itself names nobody.");
    }
    return;
  }
  validate(exportOptions(options));
  const bool headers = options.source_headers && !input.fromVolumes();
  if (needsIdentity(exportOptions(options)) && !headers) {
    throw Error(ErrorCode::usage, "--export: DICOM objects need the headers of a DICOM study",
                "Analyse a DICOM study, without '--without source'.");
  }
}

}  // namespace

void validate(const AnalyzeOptions& options) {
  if (options.sides.empty()) {
    throw Error(ErrorCode::usage, "--sides names no side", "Give left, right or both.");
  }
  if (options.threads < 0) {
    throw Error(ErrorCode::usage, "--threads must be 0 or more");
  }
}

AnalyzeOutcome analyze(const StudyInput& input, const std::string& output,
                       const AnalyzeOptions& options, const Progress& progress) {
  validate(options);
  validate(input);
  requireExportable(input, options);
  const ManualLandmarks landmarks = readOptionalLandmarks(options.landmarks_file);
  const ClinicalCourse clinical = readOptionalClinical(options.clinical_file);
  StagedFolder folder(output, options.overwrite);
  const RunLog log("analyze", progress, options.given_options, options.threads);

  LoadedStudy loaded = loadStudyInput(input, options.required, options.threads, log);
  Findings found = examine(std::move(loaded.images), landmarks, options, log.progress());
  found.assessment.series = loaded.study.series;
  found.assessment.clinical = clinical;
  AnalyzeOutcome outcome;
  if (!anyNerve(found.assessment)) {
    outcome.failure = ErrorCode::nerve_not_found;
    log.progress().warn("no facial nerve was found on the sides asked for");
  }
  found.assessment.warnings = log.warnings();
  outcome.report = writeResult(folder, found, options, log);
  writeSourceHeaders(folder, loaded, options);
  writeRunRecord(folder, outcome, log);
  writeExports(folder, outcome, options, log);
  publish(folder, log.screen());
  outcome.assessment = std::move(found.assessment);
  return outcome;
}

}  // namespace neurovasc::pipeline
