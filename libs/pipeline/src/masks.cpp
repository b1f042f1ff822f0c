#include "neurovasc/pipeline/masks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <limits>
#include <utility>

#include "neurovasc/contact/masks.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/interop/segmentation_object.h"
#include "neurovasc/report/text_report.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/landmarks_file.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/mesh_io.h"
#include "outputs.h"
#include "page_output.h"
#include "pdf_output.h"
#include "run_log.h"

namespace neurovasc::pipeline {
namespace {

bool isSurface(const std::string& file) {
  std::string extension = std::filesystem::path(file).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".stl" || extension == ".vtp";
}

/// How much of each voxel belongs to the structure: 0 or 1, but for fractional segmentations.
ImageF occupancy(const MaskInput& input) {
  if (interop::isDicomFile(input.file)) {
    return interop::readSegment(input.file, input.label);
  }
  ImageF image = imaging::readImage(input.file);
  bool any = false;
  for (float& value : image) {
    const bool inside = input.label ? value == static_cast<float>(*input.label) : value > 0;
    value = inside ? 1.0F : 0.0F;
    any = any || inside;
  }
  if (!any) {
    throw Error(ErrorCode::input_unreadable,
                input.label ? fmt::format("{}: no voxel has the label {}", input.file, *input.label)
                            : fmt::format("{}: the mask is empty", input.file),
                "Check the file and the label after its colon.");
  }
  return image;
}

contact::Shape readShape(const MaskInput& input) {
  if (isSurface(input.file)) {
    return scene::readMesh(input.file);
  }
  return occupancy(input);
}

std::vector<contact::ShapeVessel> readVessels(const std::vector<MaskInput>& inputs,
                                              const Progress& progress) {
  std::vector<contact::ShapeVessel> vessels;
  for (const auto& input : inputs) {
    progress.report("read",
                    static_cast<double>(vessels.size()) / static_cast<double>(inputs.size()),
                    "vessels");
    contact::ShapeVessel vessel;
    vessel.id = fmt::format("V{}", vessels.size() + 1);
    vessel.shape = readShape(input);
    vessels.push_back(std::move(vessel));
  }
  return vessels;
}

NerveLandmarks landmarksOf(const MaskRequest& request) {
  return request.landmarks_file.empty()
             ? NerveLandmarks{}
             : result::readLandmarks(request.landmarks_file).of(request.side);
}

/// A vessel of which nothing is known but its shape.
Vessel unjudged(const std::string& id) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  Vessel vessel;
  vessel.id = id;
  vessel.kind_confidence = kUnknown;
  vessel.name_confidence = kUnknown;
  vessel.evidence.t2_over_csf = kUnknown;
  return vessel;
}

Assessment assessmentOf(const MaskRequest& request,
                        const std::vector<contact::ShapeVessel>& vessels,
                        const Progress& progress) {
  contact::MaskOptions options;
  options.threads = request.threads;
  Assessment assessment;
  assessment.label = request.label;
  assessment.sides.push_back(contact::assessSurfaces(
      readShape(request.nerve), vessels, request.side, landmarksOf(request), options, progress));
  for (const auto& vessel : vessels) {
    assessment.vessels.push_back(unjudged(vessel.id));
  }
  return assessment;
}

/// In words, for paper and for a browser. None has pictures: masks come without an image to show.
std::vector<result::ResultFile> writeReports(const result::StagedFolder& folder,
                                             const MaskOutcome& outcome, const RunLog& log) {
  folder.write(result::kTextReportFile, outcome.report);
  std::vector<result::ResultFile> files = {
      {std::string(result::kTextReportFile), "report in words"}};
  page::PageContent page;
  page.assessment = outcome.assessment;
  page.report = outcome.report;
  page.versions = softwareVersions();
  for (const auto& written : {writePdf(folder, outcome.assessment, {}, log.progress()),
                              writePage(folder, page, log.progress(), log.screen())}) {
    files.insert(files.end(), written.begin(), written.end());
  }
  return files;
}

}  // namespace

MaskInput parseMaskInput(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || std::filesystem::exists(text)) {
    return {text, std::nullopt};
  }
  int label = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, label);
  if (error != std::errc() || stop != end) {
    throw Error(ErrorCode::usage,
                fmt::format("'{}': what follows the colon is not a whole number", text),
                "Give a mask as FILE or FILE:LABEL.");
  }
  const std::string file = text.substr(0, colon);
  if (isSurface(file)) {
    throw Error(ErrorCode::usage, fmt::format("'{}': a surface has no labels", text),
                "Give the surface alone; labels choose voxels of a mask.");
  }
  return {file, label};
}

MaskOutcome measureMasks(const MaskRequest& request, const std::string& output,
                         const Progress& progress) {
  if (request.vessels.empty()) {
    throw Error(ErrorCode::usage, "no vessel was given", "Name at least one with --vessel.");
  }
  result::StagedFolder folder(output, request.overwrite);
  const RunLog log("contact", progress, request.given_options, request.threads);
  const auto vessels = readVessels(request.vessels, log.progress());
  MaskOutcome outcome;
  outcome.assessment = assessmentOf(request, vessels, log.progress());
  outcome.assessment.warnings = log.warnings();
  outcome.report = report::textReport(outcome.assessment);
  const std::vector<result::ResultFile> files = writeReports(folder, outcome, log);
  folder.write(result::kAssessmentFile, result::toJson(outcome.assessment, files));
  folder.write(result::kRunFile, result::toJson(log.record(folder.files(), 0)));
  publish(folder, log.screen());
  return outcome;
}

}  // namespace neurovasc::pipeline
