#include "export_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <utility>

#include "neurovasc/contact/reviewed.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/interop/deidentify.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/review_file.h"
#include "neurovasc/result/run_json.h"
#include "neurovasc/result/site_key.h"
#include "read_assessment.h"
#include "source_match.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

/// "2026-11-21T09:35:00Z" as DICOM's date and time.
std::pair<std::string, std::string> dicomMoment(const std::string& moment) {
  std::string digits;
  std::copy_if(moment.begin(), moment.end(), std::back_inserter(digits),
               [](unsigned char c) { return std::isdigit(c) != 0; });
  constexpr std::size_t kDateDigits = 8;
  constexpr std::size_t kAllDigits = 14;
  if (digits.size() != kAllDigits) {
    throw Error(ErrorCode::input_unreadable, "run.json does not say when the analysis was made");
  }
  return {digits.substr(0, kDateDigits), digits.substr(kDateDigits)};
}

std::string readText(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()),
                "Name a result folder that 'neurovasc analyze' made.");
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

interop::ExportContext exportContext(interop::SourceStudy source, const fs::path& folder,
                                     std::string_view content, const ExportOptions& options) {
  const std::string started =
      result::startedFromJson(readText(folder / std::string(result::kRunFile)));
  const auto [date, time] = dicomMoment(started);
  const std::string fingerprint = result::sha256(readText(folder / std::string(content)) + started);
  const interop::ExportContext context{std::move(source), fingerprint, date, time};
  return options.deidentify
             ? interop::deidentified(context, result::SiteKey::readOrMake(options.site_key))
             : context;
}

ExportJob::ExportJob(fs::path result, const ExportOptions& options, const Progress& progress)
    : result_(std::move(result)), options_(options), progress_(progress) {}

const Assessment& ExportJob::assessment() {
  if (!assessment_) {
    assessment_ = readAssessment(result_);
  }
  return *assessment_;
}

const imaging::Segmentation& ExportJob::structures() {
  if (!structures_) {
    const fs::path file = result_ / std::string(result::kMasksFolder) / "anatomy.nii.gz";
    if (!fs::exists(file)) {
      throw Error(ErrorCode::usage, "the result holds no structures to export",
                  "Its report says why nothing could be shown.");
    }
    structures_ = interop::structuresOf(imaging::readLabels(file.string()), assessment().vessels,
                                        progress_.stop());
  }
  return *structures_;
}

const GridGeometry& ExportJob::t2Grid() {
  const Series* t2 = seriesUsed(assessment(), assessment().series_used.t2);
  if (t2 == nullptr) {
    throw Error(ErrorCode::input_unreadable,
                "assessment.json does not say on which T2 series it "
                "stands");
  }
  return t2->geometry;
}

const std::vector<interop::StructureSlices>& ExportJob::slices() {
  if (!slices_) {
    slices_ = interop::onGrid(structures(), t2Grid(), options_.threads, progress_.stop());
  }
  return *slices_;
}

interop::SourceStudy ExportJob::source() {
  if (!options_.study.empty()) {
    return findSource(options_.study, assessment(), options_.threads, progress_);
  }
  return interop::SourceStudy::fromHeaders(result_ / std::string(result::kSourceFolder));
}

const interop::ExportContext& ExportJob::context() {
  if (!context_) {
    context_ = exportContext(source(), result_, result::kAssessmentFile, options_);
  }
  return *context_;
}

std::vector<interop::ReportReview> ExportJob::reviews() {
  std::vector<interop::ReportReview> wanted;
  if (options_.deidentify) {
    return wanted;  // a reader's name and free words
  }
  int number = 0;
  for (const Review& review : result::readReviews(result_)) {
    ++number;
    if (options_.reader.empty() || options_.reader == review.reader) {
      wanted.push_back({contact::reviewed(assessment(), review),
                        result::sha256(result::toJson(std::vector<Review>{review})), number,
                        options_.organization});
    }
  }
  if (wanted.empty() && !options_.reader.empty()) {
    throw Error(ErrorCode::usage,
                fmt::format("--reader: the result holds no review by '{}'", options_.reader),
                "Give the name as in its review.json, or leave it out to export every review.");
  }
  return wanted;
}

}  // namespace neurovasc::pipeline
