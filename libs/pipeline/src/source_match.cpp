#include "source_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"

namespace neurovasc::pipeline {
namespace {

/// Positions in assessment.json are rounded to 1e-6 mm; no two series of a study lie this close on
/// grids of the same size without being on the same grid.
constexpr double kSameGrid_mm = 1e-3;

bool sameGrid(const GridGeometry& a, const GridGeometry& b) {
  const auto last = [](const GridGeometry& g) {
    return g.toLps(g.size[0] - 1, g.size[1] - 1, g.size[2] - 1);
  };
  return a.size == b.size && distance(a.origin_mm, b.origin_mm) < kSameGrid_mm &&
         distance(last(a), last(b)) < kSameGrid_mm;
}

std::vector<std::string> filesOf(const Series& series) {
  std::vector<std::string> files;
  for (const auto& frame : series.frames) {
    if (!frame.path.empty() && std::find(files.begin(), files.end(), frame.path) == files.end()) {
      files.push_back(frame.path);
    }
  }
  return files;
}

using Files = std::map<SeriesRole, std::vector<std::string>>;

/// The files of @p study behind the series that were used, or nothing where its T2 is another.
Files matchingFiles(const Study& study, const Assessment& assessment) {
  Files files;
  const std::vector<std::pair<SeriesRole, std::string>> used = {
      {SeriesRole::cisternography, assessment.series_used.t2},
      {SeriesRole::tof, assessment.series_used.tof},
      {SeriesRole::ce_t1, assessment.series_used.ce_t1}};
  for (const auto& [role, id] : used) {
    const Series* wanted = seriesUsed(assessment, id);
    const auto found =
        std::find_if(study.series.begin(), study.series.end(), [&](const Series& series) {
          return wanted != nullptr && sameGrid(series.geometry, wanted->geometry) &&
                 series.description == wanted->description;
        });
    if (found != study.series.end()) {
      files[role] = filesOf(*found);
    }
  }
  return files.count(SeriesRole::cisternography) > 0 ? files : Files{};
}

}  // namespace

const Series* seriesUsed(const Assessment& assessment, const std::string& id) {
  const auto found = std::find_if(assessment.series.begin(), assessment.series.end(),
                                  [&](const Series& series) { return series.id == id; });
  return found == assessment.series.end() ? nullptr : &*found;
}

interop::SourceStudy findSource(const std::string& path, const Assessment& assessment, int threads,
                                const Progress& progress) {
  dicom::ScanOptions scan;
  scan.threads = threads;
  std::vector<Files> matches;
  for (const auto& entry : dicom::scanStudies(path, scan, progress).studies) {
    Files files = matchingFiles(entry.study, assessment);
    if (!files.empty()) {
      matches.push_back(std::move(files));
    }
  }
  if (matches.size() != 1) {
    throw Error(ErrorCode::usage,
                fmt::format("{}: {} in it has the T2 series that the result was made from", path,
                            matches.empty() ? "no study" : "more than one study"),
                "Give the folder of the one study that was analysed.");
  }
  return interop::SourceStudy::fromFiles(matches.front());
}

}  // namespace neurovasc::pipeline
