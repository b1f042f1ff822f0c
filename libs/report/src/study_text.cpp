#include "neurovasc/report/study_text.h"

#include <optional>

#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

constexpr std::size_t kWidth = 120;
constexpr std::size_t kIndent = 2;
/// Series descriptions may take what the other columns leave of the width.
constexpr std::size_t kDescriptionWidth = 22;

std::string sizeText(const Size3& size) {
  return std::to_string(size[0]) + "x" + std::to_string(size[1]) + "x" + std::to_string(size[2]);
}

/// What a series would be used for, or nothing.
std::string useOf(const Study& study, std::size_t index) {
  return study.cisternography == index ? say("study.use.t2")
         : study.tof == index          ? say("study.use.tof")
         : study.ce_t1 == index        ? say("study.use.ce_t1")
                                       : "";
}

Row titles() {
  return {say("study.column.id"),          say("study.column.number"),
          say("study.column.description"), say("study.column.role"),
          say("study.column.size"),        say("study.column.reconstructed"),
          say("study.column.acquired"),    say("study.column.use")};
}

Row rowOf(const Study& study, std::size_t index) {
  const Series& series = study.series[index];
  const auto& acquired = series.acquisition.acquired_voxel_mm;
  return {series.id,
          series.number ? std::to_string(*series.number) : "",
          shortened(series.description, kDescriptionWidth),
          std::string(name(series.role)),
          sizeText(series.geometry.size),
          voxelText(series.geometry.spacing_mm),
          acquired ? voxelText(*acquired) : say("study.unknown"),
          useOf(study, index)};
}

std::vector<std::string> remarksOf(const Series& series) {
  std::vector<std::string> remarks;
  if (series.role_overridden) {
    remarks.push_back(say("study.overridden", {{"id", series.id}}));
  } else if (!series.role_reasons.empty()) {
    remarks.push_back(say("study.reasons", {{"id", series.id},
                                            {"role", std::string(name(series.role))},
                                            {"reasons", joinedBy("; ", series.role_reasons)}}));
  }
  for (const SeriesProblem& problem : series.problems) {
    remarks.push_back(
        say("study.problem", {{"id", series.id}, {"problem", unended(problem.text)}}));
  }
  return remarks;
}

/// Which series would be used, and whether T2 can be measured on.
std::string verdict(const Study& study) {
  if (!study.cisternography || *study.cisternography >= study.series.size()) {
    return say("study.no_t2");
  }
  const Series& t2 = study.series[*study.cisternography];
  return say("study.verdict." + std::string(name(t2.resolution)), {{"id", t2.id}});
}

std::string textOf(const Study& study) {
  std::vector<Row> rows = {titles()};
  std::vector<std::string> remarks;
  for (std::size_t i = 0; i < study.series.size(); ++i) {
    rows.push_back(rowOf(study, i));
    const auto more = remarksOf(study.series[i]);
    remarks.insert(remarks.end(), more.begin(), more.end());
  }
  for (const std::string& warning : study.warnings) {
    remarks.push_back(say("study.warning", {{"warning", unended(warning)}}));
  }
  std::string text = study.series.empty() ? "" : alignedTable(rows, kWidth, kIndent);
  for (const std::string& remark : remarks) {
    text += wrapped(remark, kWidth, kIndent, 2 * kIndent);
  }
  return text + wrapped(verdict(study), kWidth, kIndent, 2 * kIndent);
}

}  // namespace

std::string studyText(const std::vector<result::NumberedStudy>& studies) {
  if (studies.empty()) {
    return wrapped(say("study.none"), kWidth, 0, kIndent);
  }
  std::string text;
  for (const auto& [number, study] : studies) {
    text += text.empty() ? "" : "\n";
    const std::string count = std::to_string(study.series.size());
    text += wrapped(say("study.title", {{"number", std::to_string(number)}, {"count", count}}),
                    kWidth, 0, kIndent) +
            textOf(study);
  }
  if (studies.size() > 1) {
    text += "\n" + wrapped(say("study.several", {{"count", std::to_string(studies.size())}}),
                           kWidth, 0, kIndent);
  }
  return text;
}

}  // namespace neurovasc::report
