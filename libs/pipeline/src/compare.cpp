#include "neurovasc/pipeline/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "comparison_pictures.h"
#include "comparison_scenes.h"
#include "date_folder.h"
#include "export_comparison.h"
#include "export_within.h"
#include "measure_anew.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/source_headers.h"
#include "neurovasc/followup/compare.h"
#include "neurovasc/imaging/transform_io.h"
#include "neurovasc/pipeline/analyze.h"
#include "neurovasc/report/comparison_report.h"
#include "neurovasc/result/clinical_file.h"
#include "neurovasc/result/comparison_json.h"
#include "neurovasc/result/result_folder.h"
#include "outputs.h"
#include "page_output.h"
#include "pdf_output.h"
#include "run_log.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using followup::FollowupDate;
using result::ResultFile;
using result::StagedFolder;

/// A date with when and of whom it is, as far as its headers are at hand.
struct LoadedDate {
  FollowupDate date;
  dicom::StudyOrigin origin;
  fs::path folder;  ///< of its result
};

dicom::StudyOrigin originOf(const std::string& study, int threads) {
  dicom::ScanOptions options;
  options.threads = threads;
  const dicom::StudyCatalogue catalogue = dicom::scanStudies(study, options);
  return catalogue.studies.empty() ? dicom::StudyOrigin{} : catalogue.studies.front().origin;
}

/// Analyses a study into @p folder as dates/N and reads that back.
LoadedDate analyzed(const std::string& study, std::size_t number, const StagedFolder& folder,
                    const CompareRequest& request, const Progress& progress) {
  StudyInput input;
  input.study = study;
  AnalyzeOptions options;
  options.label = request.label;
  options.pictures = request.pictures;
  options.page = request.page;
  options.pdf = request.pdf;
  options.source_headers = false;  // identity stands in as few places as can be
  options.threads = request.threads;
  const fs::path target = folder.path(fmt::format("dates/{}", number));
  analyze(input, target.string(), options, progress);
  return {readDate(target), originOf(study, request.threads), target};
}

LoadedDate load(const std::string& path, std::size_t number, const StagedFolder& folder,
                const CompareRequest& request, const Progress& progress) {
  if (!isResultFolder(path)) {
    return analyzed(path, number, folder, request, progress);
  }
  progress.report("read", 0, fmt::format("date {}", number));
  return {readDate(path),
          dicom::readSourceOrigin(fs::path(path) / std::string(result::kSourceFolder)), path};
}

std::vector<LoadedDate> loadAll(const CompareRequest& request, const StagedFolder& folder,
                                const Progress& progress) {
  std::vector<LoadedDate> dates;
  for (std::size_t n = 0; n < request.dates.size(); ++n) {
    LoadedDate loaded = load(request.dates[n], n + 1, folder, request, progress);
    if (!loaded.origin.day && !request.study_days.empty()) {
      loaded.origin.day = result::daysSinceEpoch(request.study_days[n]);
    }
    loaded.date.day = loaded.origin.day;
    dates.push_back(std::move(loaded));
  }
  return dates;
}

bool sameImage(const ImageF& a, const ImageF& b) {
  return a.geometry() == b.geometry() && std::equal(a.begin(), a.end(), b.begin());
}

void refuseSameSeries(const std::vector<LoadedDate>& dates) {
  for (std::size_t a = 0; a < dates.size(); ++a) {
    for (std::size_t b = a + 1; b < dates.size(); ++b) {
      if (sameImage(dates[a].date.t2, dates[b].date.t2)) {
        throw Error(ErrorCode::not_a_pair,
                    fmt::format("dates {} and {} are the same T2 series", a + 1, b + 1),
                    "Give one study from before surgery and another from after it.");
      }
    }
  }
}

void refuseWrongOrder(const std::vector<LoadedDate>& dates) {
  for (std::size_t n = 1; n < dates.size(); ++n) {
    const auto& before = dates[n - 1].origin.day;
    const auto& now = dates[n].origin.day;
    if (before && now && *now < *before) {
      throw Error(
          ErrorCode::not_a_pair,
          fmt::format("date {} was scanned {} days before date {}", n + 1, *before - *now, n),
          "Name the studies in order of time, the earliest first.");
    }
  }
}

void warnOfOtherPatient(const std::vector<LoadedDate>& dates, const CompareRequest& request,
                        const Progress& progress) {
  const std::size_t first = dates.front().origin.patient_hash;
  const bool differ = std::any_of(dates.begin(), dates.end(), [first](const LoadedDate& date) {
    return first != 0 && date.origin.patient_hash != 0 && date.origin.patient_hash != first;
  });
  if (differ && !request.same_patient) {
    progress.warn(
        "the studies carry different patient identifiers; their bones were found to agree "
        "(--same-patient confirms that they are of one patient)");
  }
}

/// Nothing takes a pad out again but another operation.
void warnOfLostPads(const Comparison& comparison, const Progress& progress) {
  const auto pads_at = [&comparison](std::size_t date) {
    return std::any_of(
        comparison.pads.begin(), comparison.pads.end(),
        [date](const ComparedPad& pad) { return pad.date == date && pad.kind == PadKind::pad; });
  };
  if (comparison.dates.size() > 1 && pads_at(0) && !pads_at(comparison.dates.size() - 1)) {
    progress.warn(
        "a pad is seen at the first date and none at the last: are the studies named in order of "
        "time?");
  }
}

void requireNerves(const std::vector<LoadedDate>& dates) {
  for (std::size_t n = 0; n < dates.size(); ++n) {
    const auto& sides = dates[n].date.assessment.sides;
    if (std::all_of(sides.begin(), sides.end(), [](const SideAssessment& side) {
          return side.nerve.status == NerveStatus::not_found;
        })) {
      throw Error(ErrorCode::nerve_not_found,
                  fmt::format("no facial nerve was found at date {}", n + 1),
                  "Without a nerve there is nothing to compare; analyse that study by itself.");
    }
  }
}

std::optional<int> surgeryDay(const CompareRequest& request) {
  return request.surgery_date.empty()
             ? std::nullopt
             : std::optional<int>(result::daysSinceEpoch(request.surgery_date));
}

void refuseSurgeryOutside(const std::optional<int>& surgery,
                          const std::vector<FollowupDate>& dates) {
  const auto& last = dates.back().day;
  if (surgery && last && *surgery > *last) {
    throw Error(ErrorCode::usage, "--surgery-date lies after the last study",
                "Give the date of an operation before the last study.");
  }
}

/// What is known of operations, on the scale of the dates' days.
std::vector<followup::KnownSurgery> knownSurgeries(const ClinicalCourse& dated,
                                                   const std::optional<int>& told) {
  std::vector<followup::KnownSurgery> known;
  if (told) {
    known.push_back({std::nullopt, told, {}});
  }
  for (const Surgery& surgery : dated.surgeries) {
    const auto day =
        surgery.date ? std::optional<int>(result::daysSinceEpoch(*surgery.date)) : std::nullopt;
    // The same operation told twice: the file knows more of it.
    if (!known.empty() && told && day == told) {
      known.erase(known.begin());
    }
    known.push_back({surgery.side, day, surgery.zones_explored});
  }
  return known;
}

/// The clinical course as told, with the surgery of the command line in it.
ClinicalCourse readCourse(const CompareRequest& request) {
  ClinicalCourse course = request.clinical_file.empty()
                              ? ClinicalCourse{}
                              : result::readClinical(request.clinical_file);
  const bool dated_surgery =
      std::any_of(course.surgeries.begin(), course.surgeries.end(),
                  [](const Surgery& surgery) { return surgery.date.has_value(); });
  if (!request.surgery_date.empty() && !dated_surgery && !request.clinical_file.empty()) {
    course.surgeries.emplace_back();
    course.surgeries.back().date = request.surgery_date;
  }
  return course;
}

/// The scan's day on the course's own scale, which counts from the first dated surgery; without one
/// there is no time since surgery to tell.
std::optional<int> courseDay(const ClinicalCourse& course, const std::optional<int>& scan_day) {
  if (!scan_day) {
    return std::nullopt;
  }
  std::optional<int> zero;
  for (const Surgery& surgery : course.surgeries) {
    if (surgery.date) {
      const int day = result::daysSinceEpoch(*surgery.date);
      zero = std::min(zero.value_or(day), day);
    }
  }
  return zero ? std::optional<int>(*scan_day - *zero) : std::nullopt;
}

followup::CourseOptions courseOptions(const CompareRequest& request) {
  followup::CourseOptions options;
  options.assumed_cure = request.assumed_cure;
  return options;
}

/// Sides whose line is doubtful at a later date take the first date's landmarks; @p dates then hold
/// what was measured so.
Comparison compared(std::vector<FollowupDate>& dates, const std::vector<fs::path>& folders,
                    const CompareRequest& request, const Progress& progress) {
  const ClinicalCourse course = readCourse(request);
  const std::optional<int> surgery = surgeryDay(request);
  refuseSurgeryOutside(surgery, dates);
  followup::CompareOptions options;
  options.surgeries = knownSurgeries(course, surgery);
  options.pads.early_weeks = request.early_weeks;
  options.threads = request.threads;
  Comparison comparison = followup::compare(dates, options, progress);
  std::vector<ComparedDate> placed = comparison.dates;
  if (measureDoubtfulSides(comparison, folders, options, dates, placed, progress)) {
    comparison = followup::comparePlaced(dates, std::move(placed), options, progress);
  }
  comparison.clinical = result::withoutDates(course);
  comparison.clinical_day = courseDay(course, dates.back().day);
  comparison.label = request.label;
  comparison.assumed_cure = request.assumed_cure;
  followup::joinCourse(comparison, courseOptions(request));
  return comparison;
}

std::vector<fs::path> foldersOf(const std::vector<LoadedDate>& dates) {
  std::vector<fs::path> folders;
  folders.reserve(dates.size());
  for (const LoadedDate& date : dates) {
    folders.push_back(date.folder);
  }
  return folders;
}

std::vector<FollowupDate> datesOf(std::vector<LoadedDate> loaded) {
  std::vector<FollowupDate> dates;
  dates.reserve(loaded.size());
  for (LoadedDate& date : loaded) {
    dates.push_back(std::move(date.date));
  }
  return dates;
}

void append(std::vector<ResultFile>& files, const std::vector<ResultFile>& more) {
  files.insert(files.end(), more.begin(), more.end());
}

std::vector<ResultFile> writeTransforms(const StagedFolder& folder, const Comparison& comparison) {
  std::vector<ResultFile> files;
  for (std::size_t n = 1; n < comparison.dates.size(); ++n) {
    const std::string path = fmt::format("transforms/date_{}_from_first.tfm", n + 1);
    imaging::writeTransform(comparison.dates[n].registration->date_from_first,
                            folder.path(path).string());
    files.push_back(
        {path, fmt::format("takes points of the first date to date {}, LPS mm", n + 1)});
  }
  return files;
}

std::vector<Assessment> assessmentsOf(const std::vector<FollowupDate>& dates) {
  std::vector<Assessment> assessments;
  assessments.reserve(dates.size());
  for (const FollowupDate& date : dates) {
    assessments.push_back(date.assessment);
  }
  return assessments;
}

std::vector<ResultFile> writeDatesPage(const StagedFolder& folder, const CompareOutcome& outcome,
                                       std::vector<DateScene> scenes,
                                       const std::vector<Assessment>& assessments,
                                       const std::vector<page::PagePicture>& pictures,
                                       const RunLog& log) {
  page::ComparisonContent page;
  for (std::size_t n = 0; n < scenes.size(); ++n) {
    page.dates.push_back({std::move(scenes[n].title), assessments[n], std::move(scenes[n].scene)});
  }
  page.comparison = outcome.comparison;
  page.report = outcome.report;
  page.pictures = pictures;
  page.versions = softwareVersions();
  return writePage(folder, page, log.progress(), log.screen());
}

/// Pictures, page and print, as far as they are wanted.
std::vector<ResultFile> writeViews(const StagedFolder& folder, const CompareOutcome& outcome,
                                   std::vector<FollowupDate> dates,
                                   const std::vector<fs::path>& folders,
                                   const CompareRequest& request, const RunLog& log) {
  std::vector<ResultFile> files;
  const std::vector<Assessment> assessments = assessmentsOf(dates);
  std::vector<DateScene> scenes = request.pictures || request.page
                                      ? scenesOf(outcome.comparison, std::move(dates), folders)
                                      : std::vector<DateScene>{};
  std::vector<page::PagePicture> pictures;
  if (request.pictures) {
    const auto drawn = drawComparison(folder, outcome.comparison, scenes, log.progress());
    for (const scene::PictureFile& picture : drawn) {
      files.push_back({fmt::format("{}/{}", result::kPicturesFolder, picture.name), picture.title});
    }
    pictures = pagePictures(folder, drawn);
  }
  if (request.pdf) {
    append(files, writePdf(folder, outcome.comparison, assessments, pictures, log.progress()));
  }
  if (request.page) {
    append(files, writeDatesPage(folder, outcome, std::move(scenes), assessments, pictures, log));
  }
  return files;
}

ExportOptions exportOptions(const CompareRequest& request) {
  ExportOptions exports;
  exports.kinds = request.exports;
  exports.dates = request.dates;
  exports.deidentify = request.deidentify;
  exports.site_key = request.site_key;
  exports.threads = request.threads;
  return exports;
}

/// Known before the work is done.
void requireExportable(const CompareRequest& request) {
  if (request.exports.empty()) {
    if (request.deidentify || !request.site_key.empty()) {
      throw Error(ErrorCode::usage, "--deidentify is about what --export writes",
                  "Name what to export, or leave it out: the comparison itself names nobody.");
    }
    return;
  }
  validate(exportOptions(request));
  requireForComparison(exportOptions(request));
  for (const std::string& date : request.dates) {
    if (isResultFolder(date) && !fs::exists(fs::path(date) / std::string(result::kSourceFolder))) {
      throw Error(ErrorCode::usage,
                  fmt::format("--export: {} keeps no headers of the images it was made from", date),
                  "Analyse that date again without '--without source'.");
    }
  }
}

void writeRunRecord(const StagedFolder& folder, const RunLog& log) {
  folder.write(result::kRunFile, result::toJson(log.record(folder.files(), 0)));
}

}  // namespace

void validate(const CompareRequest& request) {
  if (request.dates.empty()) {
    throw Error(ErrorCode::usage, "no study was given",
                "Name two studies or result folders, the earlier first, or one with --post-only.");
  }
  if (request.threads < 0) {
    throw Error(ErrorCode::usage, "--threads must be 0 or more");
  }
  if (request.early_weeks < 0) {
    throw Error(ErrorCode::usage, "--early-weeks must be 0 or more");
  }
  if (!request.study_days.empty() && request.study_days.size() != request.dates.size()) {
    throw Error(ErrorCode::usage, "as many study days as dates are needed, or none");
  }
  std::for_each(request.study_days.begin(), request.study_days.end(), result::daysSinceEpoch);
  followup::validate(courseOptions(request));
  surgeryDay(request);
  requireExportable(request);
}

CompareOutcome compare(const CompareRequest& request, const std::string& output,
                       const Progress& progress) {
  validate(request);
  StagedFolder folder(output, request.overwrite);
  const RunLog log("compare", progress, request.given_options, request.threads);
  std::vector<LoadedDate> loaded = loadAll(request, folder, log.screen());
  refuseSameSeries(loaded);
  refuseWrongOrder(loaded);
  requireNerves(loaded);
  warnOfOtherPatient(loaded, request, log.progress());
  const std::vector<fs::path> folders = foldersOf(loaded);
  std::vector<FollowupDate> dates = datesOf(std::move(loaded));
  CompareOutcome outcome;
  outcome.comparison = compared(dates, folders, request, log.progress());
  warnOfLostPads(outcome.comparison, log.progress());
  outcome.comparison.warnings = log.warnings();
  outcome.report = report::comparisonReport(outcome.comparison);
  drawPadSurfaces(outcome.comparison.pads);
  std::vector<ResultFile> files = writeTransforms(folder, outcome.comparison);
  append(files, writePadMeshes(folder, outcome.comparison.pads));
  append(files, writeViews(folder, outcome, std::move(dates), folders, request, log));
  folder.write(result::kTextReportFile, outcome.report);
  files.push_back({std::string(result::kTextReportFile), "report in words"});
  folder.write(result::kComparisonFile, result::toJson(outcome.comparison, files));
  writeRunRecord(folder, log);
  if (!request.exports.empty()) {
    exportComparisonWithin(folder, exportOptions(request), log.screen());
    writeRunRecord(folder, log);
  }
  publish(folder, log.screen());
  return outcome;
}

}  // namespace neurovasc::pipeline
