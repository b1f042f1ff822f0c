#include "export_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compared_date.h"
#include "date_folder.h"
#include "export_documents.h"
#include "export_job.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/own_objects.h"
#include "neurovasc/interop/report_object.h"
#include "neurovasc/result/comparison_json.h"
#include "neurovasc/result/result_folder.h"
#include "read_assessment.h"
#include "source_match.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

bool isWanted(const ExportOptions& options, std::string_view kind) {
  return std::find(options.kinds.begin(), options.kinds.end(), kind) != options.kinds.end();
}

void refuseOptionsOfOneDate(const ExportOptions& options) {
  const auto refuse = [](const std::string& value, const char* option) {
    if (!value.empty()) {
      throw Error(ErrorCode::usage, fmt::format("{} is not for a comparison", option),
                  "Leave it out, or export the result of one date.");
    }
  };
  refuse(options.study, "--study");
  refuse(options.reader, "--reader");
  refuse(options.organization, "--organization");
}

/// Of whom and on which images date @p n (from 0) is.
interop::SourceStudy sourceOf(const Comparison& comparison, std::size_t n, const fs::path& folder,
                              const ExportOptions& options, const Progress& progress) {
  const fs::path named = options.dates[n];
  if (isResultFolder(named)) {
    requireCompared(comparison, n, named, readAssessment(named));
    return interop::SourceStudy::fromHeaders(named / std::string(result::kSourceFolder));
  }
  const fs::path analyzed = folder / "dates" / std::to_string(n + 1);
  if (!isResultFolder(analyzed)) {
    throw Error(
        ErrorCode::usage,
        fmt::format("{}: is no result, and the comparison holds none of date {} to know its "
                    "series by",
                    named.string(), n + 1),
        "Name the result folder that was compared.");
  }
  return findSource(named.string(), readAssessment(analyzed), options.threads, progress);
}

/// The dates compared, each with what its objects would have in common.
std::vector<interop::ExportContext> contextsOf(const Comparison& comparison, const fs::path& folder,
                                               const ExportOptions& options,
                                               const Progress& progress) {
  if (options.dates.size() != comparison.dates.size()) {
    throw Error(ErrorCode::usage,
                fmt::format("the comparison has {} dates, {} were named", comparison.dates.size(),
                            options.dates.size()),
                "Name all that was compared after it, in order of time.");
  }
  std::vector<interop::ExportContext> contexts;
  for (std::size_t n = 0; n < comparison.dates.size(); ++n) {
    contexts.push_back(exportContext(sourceOf(comparison, n, folder, options, progress), folder,
                                     result::kComparisonFile, options));
    contexts.back().subject = interop::kComparisonSubject;
  }
  return contexts;
}

std::vector<interop::SourceStudy> earlierStudies(
    const std::vector<interop::ExportContext>& contexts) {
  std::vector<interop::SourceStudy> studies;
  for (std::size_t n = 0; n + 1 < contexts.size(); ++n) {
    studies.push_back(contexts[n].source);
  }
  return studies;
}

}  // namespace

void requireForComparison(const ExportOptions& options) {
  std::string possible;
  for (const ExportKind& kind : exportKinds()) {
    if (kind.of_dates) {
      possible += (possible.empty() ? "" : ",") + std::string(kind.name);
    } else if (isWanted(options, kind.name)) {
      throw Error(ErrorCode::usage, fmt::format("--to {}: is not for a comparison", kind.name),
                  "Export the result of each date for it; 'neurovasc export --help' says what a "
                  "comparison can become.");
    }
  }
  refuseOptionsOfOneDate(options);
  if (options.dates.empty()) {
    throw Error(ErrorCode::usage,
                "the comparison keeps no headers of its images, and DICOM objects cannot say whose "
                "they are without",
                fmt::format("Name what was compared after it, in order of time: export COMPARISON "
                            "PRE POST --to {}.",
                            possible));
  }
}

void writeComparisonKinds(const ExportFolder& folder, const fs::path& comparison_folder,
                          const ExportOptions& options, const Progress& progress) {
  folder.makePrivate();
  const Comparison comparison = readComparison(comparison_folder);
  const auto contexts = contextsOf(comparison, comparison_folder, options, progress);
  const interop::ExportContext& last = contexts.back();
  progress.report("export", 0, "comparison");
  if (isWanted(options, "sr")) {
    interop::writeComparisonReport(comparison, earlierStudies(contexts), last,
                                   folder.path("sr.dcm"));
  }
  if (isWanted(options, "sc")) {
    writeCaptures(comparison_folder, last, folder, progress.stop());
  }
  if (isWanted(options, "pdf")) {
    writePdfObject(comparison_folder, "neurovasc comparison", last, folder);
  }
  for (const std::string& kind : options.kinds) {
    folder.require(kind);
  }
  progress.report("export", 1);
}

}  // namespace neurovasc::pipeline
