#include "neurovasc/pipeline/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "load.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "neurovasc/imaging/image_io.h"

namespace neurovasc::pipeline {
namespace {

/// Skipped files named one by one in warnings; the rest is counted.
constexpr std::size_t kNamedSkippedFiles = 10;

dicom::StudyCatalogue scan(const StudyInput& input, int threads, const Progress& progress) {
  dicom::ScanOptions options;
  options.threads = threads;
  options.role_overrides = input.role_overrides;
  return dicom::scanStudies(input.study, options, progress);
}

std::string skippedText(const dicom::SkippedFile& file) {
  return fmt::format("{}: {}", file.path, file.reason);
}

void nameSkipped(const std::vector<dicom::SkippedFile>& skipped, const Progress& progress) {
  for (std::size_t i = 0; i < std::min(skipped.size(), kNamedSkippedFiles); ++i) {
    progress.warn("left out " + skippedText(skipped[i]));
  }
  if (skipped.size() > kNamedSkippedFiles) {
    progress.warn(fmt::format("left out {} more files; 'neurovasc inspect' lists them all",
                              skipped.size() - kNamedSkippedFiles));
  }
}

std::string oneLine(const dicom::StudyEntry& entry) {
  const std::string when =
      entry.days_since_first && *entry.days_since_first > 0
          ? fmt::format(", {} days after this patient's first", *entry.days_since_first)
          : "";
  return fmt::format("\n  {}: patient {}{}, {} series{}", entry.number, entry.patient_number, when,
                     entry.study.series.size(),
                     entry.study.cisternography ? "" : ", none of them fit to measure on");
}

[[noreturn]] void refuseSeveral(const dicom::StudyCatalogue& catalogue) {
  std::string list;
  for (const auto& entry : catalogue.studies) {
    list += oneLine(entry);
  }
  const bool two_dates = catalogue.patients == 1;
  throw Error(
      ErrorCode::usage,
      fmt::format("{} studies were found; they are not mixed:{}", catalogue.studies.size(), list),
      two_dates ? "Choose one with --study N, or compare two dates of one patient with "
                  "'neurovasc compare'."
                : "Choose one with --study N.");
}

[[noreturn]] void refuseEmpty(const dicom::StudyCatalogue& catalogue) {
  std::string reasons;
  for (std::size_t i = 0; i < std::min<std::size_t>(catalogue.skipped.size(), 3); ++i) {
    reasons += "\n  " + skippedText(catalogue.skipped[i]);
  }
  throw Error(
      ErrorCode::no_usable_series,
      fmt::format("no MR image among {} files{}", catalogue.files, reasons),
      "Give the folder that holds the study's DICOM files, or volumes with --t2, --tof, --t1c.");
}

const dicom::StudyEntry& choose(const dicom::StudyCatalogue& catalogue, std::optional<int> number) {
  if (catalogue.studies.empty()) {
    refuseEmpty(catalogue);
  }
  if (!number) {
    if (catalogue.studies.size() > 1) {
      refuseSeveral(catalogue);
    }
    return catalogue.studies.front();
  }
  const auto it = std::find_if(catalogue.studies.begin(), catalogue.studies.end(),
                               [&](const dicom::StudyEntry& e) { return e.number == *number; });
  if (it == catalogue.studies.end()) {
    throw Error(
        ErrorCode::usage,
        fmt::format("there is no study {}: {} were found", *number, catalogue.studies.size()),
        "'neurovasc inspect' lists them with their numbers.");
  }
  return *it;
}

result::NumberedStudy numbered(const dicom::StudyEntry& entry) {
  return {entry.number, entry.study};
}

std::string rolesFound(const Study& study) {
  std::string text;
  for (const auto& series : study.series) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", series.id, name(series.role));
  }
  return text;
}

/// The series to draw on when nothing is thin enough to measure: the thick T2 with the finest
/// voxels.
std::optional<std::size_t> bestThickT2(const Study& study) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < study.series.size(); ++i) {
    const Series& s = study.series[i];
    const bool fits = s.role == SeriesRole::t2_thick && !s.derived && s.geometry.size[2] > 1;
    if (fits && (!best || coarsestVoxelMm(s) < coarsestVoxelMm(study.series[*best]))) {
      best = i;
    }
  }
  return best;
}

void requireT2(Study& study) {
  if (!study.cisternography) {
    study.cisternography = bestThickT2(study);
  }
  if (!study.cisternography) {
    throw Error(
        ErrorCode::no_usable_series,
        fmt::format("no heavily T2-weighted series (CISS, FIESTA-C, DRIVE, SPACE) in this study; "
                    "found {}",
                    rolesFound(study)),
        "Nerve and vessels are seen on such a series only. If one of these is it, say so with "
        "--role ID=cisternography.");
  }
}

void requireRoles(const Study& study, const std::vector<SeriesRole>& required) {
  for (const SeriesRole role : required) {
    const bool there = role == SeriesRole::tof     ? study.tof.has_value()
                       : role == SeriesRole::ce_t1 ? study.ce_t1.has_value()
                                                   : study.cisternography.has_value();
    if (!there) {
      throw Error(ErrorCode::no_usable_series,
                  fmt::format("--require names {}, but this study has no such series", name(role)),
                  "Leave it out of --require to analyse without it.");
    }
  }
}

Study studyOfVolumes(const StudyImages& images) {
  Study study;
  study.series.push_back(images.t2.series);
  study.cisternography = 0;
  if (images.tof) {
    study.tof = study.series.size();
    study.series.push_back(images.tof->series);
  }
  if (images.ce_t1) {
    study.ce_t1 = study.series.size();
    study.series.push_back(images.ce_t1->series);
  }
  return study;
}

LoadedStudy loadVolumes(const StudyInput& input, const Progress& progress) {
  if (input.t2.empty()) {
    throw Error(ErrorCode::no_usable_series, "no T2 volume was given",
                "Name a heavily T2-weighted volume with --t2; TOF or CE-T1 alone is not enough.");
  }
  LoadedStudy loaded;
  loaded.from_dicom = false;
  progress.report("read", 0, "T2");
  loaded.images.t2 = imaging::seriesFromImage(input.t2, SeriesRole::cisternography);
  loaded.images.t2.series.id = "s1";
  if (!input.tof.empty()) {
    progress.report("read", 0.4, "TOF");
    loaded.images.tof = imaging::seriesFromImage(input.tof, SeriesRole::tof);
    loaded.images.tof->series.id = "s2";
  }
  if (!input.ce_t1.empty()) {
    progress.report("read", 0.7, "CE-T1");
    loaded.images.ce_t1 = imaging::seriesFromImage(input.ce_t1, SeriesRole::ce_t1);
    loaded.images.ce_t1->series.id = "s3";
  }
  loaded.study = studyOfVolumes(loaded.images);
  return loaded;
}

/// Says that files or series are missing from the analysis, without their names.
void warnOfGaps(const LoadedStudy& loaded, const dicom::StudyCatalogue& catalogue,
                const Progress& progress) {
  if (!catalogue.skipped.empty()) {
    progress.warn(fmt::format("{} of {} files were left out as unreadable or no MR images",
                              catalogue.skipped.size(), catalogue.files));
  }
  if (loaded.study.tof && !loaded.images.tof) {
    progress.warn("the TOF series could not be read and is left out");
  }
  if (loaded.study.ce_t1 && !loaded.images.ce_t1) {
    progress.warn("the contrast-enhanced T1 series could not be read and is left out");
  }
}

/// What loading found out about a chosen series goes into the study, and is said without names.
void keepFindings(const SeriesImage& loaded, std::size_t index, Study& study,
                  const Progress& progress) {
  Series& scanned = study.series[index];
  const std::size_t damaged = loaded.series.missing_slices.size() - scanned.missing_slices.size();
  if (damaged > 0) {
    progress.warn(fmt::format("{} of {} slices of the {} series could not be read", damaged,
                              scanned.frames.size(), name(scanned.role)));
  }
  scanned = loaded.series;
}

void keepFindings(LoadedStudy& loaded, const Progress& progress) {
  keepFindings(loaded.images.t2, *loaded.study.cisternography, loaded.study, progress);
  if (loaded.images.tof) {
    keepFindings(*loaded.images.tof, *loaded.study.tof, loaded.study, progress);
  }
  if (loaded.images.ce_t1) {
    keepFindings(*loaded.images.ce_t1, *loaded.study.ce_t1, loaded.study, progress);
  }
}

LoadedStudy loadDicom(const StudyInput& input, const std::vector<SeriesRole>& required, int threads,
                      const RunLog& log) {
  const dicom::StudyCatalogue catalogue = scan(input, threads, log.screen());
  nameSkipped(catalogue.skipped, log.screen());
  LoadedStudy loaded;
  loaded.study = choose(catalogue, input.study_number).study;
  requireT2(loaded.study);
  requireRoles(loaded.study, required);
  for (const auto& warning : loaded.study.warnings) {
    log.progress().warn(warning);
  }
  loaded.images = dicom::loadStudy(loaded.study, threads, log.screen());
  warnOfGaps(loaded, catalogue, log.progress());
  keepFindings(loaded, log.progress());
  return loaded;
}

}  // namespace

void validate(const StudyInput& input) {
  if (input.study.empty() && !input.fromVolumes()) {
    throw Error(ErrorCode::usage, "no study was given",
                "Name a folder with DICOM files, or volumes with --t2, --tof, --t1c.");
  }
  if (!input.study.empty() && input.fromVolumes()) {
    throw Error(ErrorCode::usage, "a DICOM study and volumes by role were both given",
                "Give one or the other.");
  }
  if (input.fromVolumes() && (input.study_number || !input.role_overrides.empty())) {
    throw Error(ErrorCode::usage,
                fmt::format("{} belongs to DICOM data, but volumes by role were given",
                            input.study_number ? "--study" : "--role"),
                "The options --t2, --tof and --t1c say already what each volume is.");
  }
  if (input.study_number && *input.study_number < 1) {
    throw Error(ErrorCode::usage, "--study counts from 1");
  }
}

Inspection inspect(const StudyInput& input, int threads, const Progress& progress) {
  validate(input);
  Inspection found;
  if (input.fromVolumes()) {
    found.studies.push_back({1, loadVolumes(input, progress).study});
    found.patients = 1;
    found.files = found.studies[0].study.series.size();
    return found;
  }
  const dicom::StudyCatalogue catalogue = scan(input, threads, progress);
  if (input.study_number) {
    found.studies.push_back(numbered(choose(catalogue, input.study_number)));
  } else {
    std::transform(catalogue.studies.begin(), catalogue.studies.end(),
                   std::back_inserter(found.studies), numbered);
  }
  found.patients = catalogue.patients;
  found.files = catalogue.files;
  for (const auto& file : catalogue.skipped) {
    found.skipped.push_back(skippedText(file));
  }
  return found;
}

LoadedStudy loadStudyInput(const StudyInput& input, const std::vector<SeriesRole>& required,
                           int threads, const RunLog& log) {
  validate(input);
  return input.fromVolumes() ? loadVolumes(input, log.progress())
                             : loadDicom(input, required, threads, log);
}

}  // namespace neurovasc::pipeline
