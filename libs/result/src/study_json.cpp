#include "neurovasc/result/study_json.h"

#include "series_fields.h"
#include "software_json.h"

namespace neurovasc::result {
namespace {

Json idOf(const Study& study, const std::optional<std::size_t>& index) {
  return index && *index < study.series.size() ? Json(study.series[*index].id) : Json(nullptr);
}

Json studyJson(const Study& study, int number) {
  Json json;
  json["study"] = number;
  json["series"] = listOf(study.series, written<Series>);
  json["used"] = {{"cisternography", idOf(study, study.cisternography)},
                  {"tof", idOf(study, study.tof)},
                  {"ce_t1", idOf(study, study.ce_t1)}};
  json["warnings"] = study.warnings;
  return json;
}

}  // namespace

std::string toJson(const std::vector<Study>& studies) {
  Json document;
  document["schema"] = "neurovasc.inspect/1";
  document["frame"] = "LPS";
  document["studies"] = Json::array();
  for (std::size_t i = 0; i < studies.size(); ++i) {
    document["studies"].push_back(studyJson(studies[i], static_cast<int>(i) + 1));
  }
  document["software"] = softwareJson();
  return documentText(document);
}

}  // namespace neurovasc::result
