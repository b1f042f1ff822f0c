#include "series_table.h"

#include "phrases.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

std::string useOf(const SeriesUsed& used, const std::string& id) {
  return id == used.t2      ? say("study.use.t2")
         : id == used.tof   ? say("study.use.tof")
         : id == used.ce_t1 ? say("study.use.ce_t1")
                            : say("series.unused");
}

Row rowOf(const Series& series, const SeriesUsed& used) {
  const auto& acquired = series.acquisition.acquired_voxel_mm;
  return {series.id,
          series.description,
          std::string(name(series.role)),
          voxelText(series.geometry.spacing_mm),
          acquired ? voxelText(*acquired) : say("study.unknown"),
          useOf(used, series.id)};
}

std::string measured(const std::optional<double>& value, int decimals, const char* unit) {
  return value ? fixed(*value, decimals) + unit : say("cell.unmeasured");
}

Row rowOf(const Registration& fit) {
  return {std::string(name(fit.moving)),
          measured(fit.correction_mm, 1, " mm") + ", " + measured(fit.correction_deg, 1, "°"),
          measured(fit.quality_before, 2, "") + " → " + measured(fit.quality, 2, ""),
          measured(fit.error_mm, 1, " mm"),
          fit.accepted ? say("registration.used")
                       : say("registration.refused", {{"reason", unended(fit.reason)}})};
}

}  // namespace

std::vector<Row> seriesTable(const Assessment& assessment) {
  if (assessment.series.empty()) {
    return {};
  }
  std::vector<Row> rows = {{say("study.column.id"), say("study.column.description"),
                            say("study.column.role"), say("study.column.reconstructed"),
                            say("study.column.acquired"), say("study.column.use")}};
  for (const Series& series : assessment.series) {
    rows.push_back(rowOf(series, assessment.series_used));
  }
  return rows;
}

std::vector<Row> registrationTable(const Assessment& assessment) {
  if (assessment.registrations.empty()) {
    return {};
  }
  std::vector<Row> rows = {{say("registration.column.series"),
                            say("registration.column.correction"),
                            say("registration.column.quality"), say("registration.column.error"),
                            say("registration.column.verdict")}};
  for (const Registration& fit : assessment.registrations) {
    rows.push_back(rowOf(fit));
  }
  return rows;
}

}  // namespace neurovasc::report
