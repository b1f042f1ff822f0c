#include "neurovasc/result/assessment_json.h"

#include "anatomy_json.h"
#include "clinical_json.h"
#include "neurovasc/result/clinical_table.h"
#include "series_json.h"
#include "side_json.h"
#include "software_json.h"

namespace neurovasc::result {
namespace {

constexpr const char* kSchema = "neurovasc.assessment/1";
constexpr const char* kDocument = "assessment.json";

Json fileJson(const ResultFile& file) { return {{"path", file.path}, {"what", file.what}}; }

Json clinicalSideJson(const ClinicalSide& row) {
  Json json;
  json["side"] = named(row.side);
  json["symptoms"] = flag(row.symptoms);
  json["lateral_spread"] = flag(row.lateral_spread);
  json["synkinesis"] = flag(row.synkinesis);
  json["contact"] = flag(row.contact);
  json["deformity"] = flag(row.deformity);
  return json;
}

Json clinicalJson(const Assessment& assessment) {
  Json json = courseJson(assessment.clinical);
  json["sides"] = listOf(clinicalTable(assessment), clinicalSideJson);
  return json;
}

Reader checkedDocument(const Json& json) {
  const Reader document(json, kDocument, ErrorCode::input_unreadable);
  if (const std::string schema = document.at("schema").text(); schema != kSchema) {
    document.at("schema").fail("\"" + schema + "\" is not " + kSchema);
  }
  if (document.at("frame").text() != "LPS") {
    document.at("frame").fail("expected LPS");
  }
  return document;
}

}  // namespace

std::string toJson(const Assessment& assessment, const std::vector<ResultFile>& files) {
  Json json;
  json["schema"] = kSchema;
  json["frame"] = "LPS";
  json["label"] = textOrNull(assessment.label);
  json["sides"] = listOf(assessment.sides, sideJson);
  json["vessels"] = listOf(assessment.vessels, vesselJson);
  json["pads"] = listOf(assessment.pads, padJson);
  json["series"] = listOf(assessment.series, seriesJson);
  json["registration"] = listOf(assessment.registrations, registrationJson);
  json["quality"] = qualityJson(assessment.quality);
  json["clinical"] = clinicalJson(assessment);
  json["warnings"] = assessment.warnings;
  json["files"] = listOf(files, fileJson);
  json["software"] = softwareJson();
  return documentText(json);
}

Assessment assessmentFromJson(std::string_view text) {
  const Json json = parsedJson(text, kDocument);
  const Reader document = checkedDocument(json);
  Assessment assessment;
  assessment.label = document.at("label").textOrEmpty();
  assessment.sides = document.at("sides").listOf(sideAssessmentFrom);
  assessment.vessels = document.at("vessels").listOf(vesselFrom);
  assessment.pads = document.at("pads").listOf(padFrom);
  assessment.series = document.at("series").listOf(seriesFrom);
  assessment.registrations = document.at("registration").listOf(registrationFrom);
  assessment.quality = qualityFrom(document.at("quality"));
  assessment.clinical = courseFromResult(document.at("clinical"));
  assessment.warnings = document.at("warnings").listOf([](const Reader& r) { return r.text(); });
  return assessment;
}

std::vector<ResultFile> filesFromJson(std::string_view text) {
  const Json json = parsedJson(text, kDocument);
  return checkedDocument(json).at("files").listOf([](const Reader& file) {
    return ResultFile{file.at("path").text(), file.at("what").text()};
  });
}

}  // namespace neurovasc::result
