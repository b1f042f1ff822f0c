#include "neurovasc/result/study_json.h"

#include "series_fields.h"
#include "software_json.h"

namespace neurovasc::result {
namespace {

Json idOf(const Study& study, const std::optional<std::size_t>& index) {
  return index && *index < study.series.size() ? Json(study.series[*index].id) : Json(nullptr);
}

Json studyJson(const NumberedStudy& numbered) {
  const Study& study = numbered.study;
  Json json;
  json["study"] = numbered.number;
  json["series"] = listOf(study.series, written<Series>);
  json["used"] = {{"cisternography", idOf(study, study.cisternography)},
                  {"tof", idOf(study, study.tof)},
                  {"ce_t1", idOf(study, study.ce_t1)}};
  json["warnings"] = study.warnings;
  return json;
}

}  // namespace

std::string toJson(const std::vector<NumberedStudy>& studies) {
  Json document;
  document["schema"] = "neurovasc.inspect/1";
  document["frame"] = "LPS";
  document["studies"] = listOf(studies, studyJson);
  document["software"] = softwareJson();
  return documentText(document);
}

}  // namespace neurovasc::result
