#include "neurovasc/result/assessment_json.h"

#include "assessment_fields.h"
#include "neurovasc/result/clinical_file.h"
#include "software_json.h"

namespace neurovasc::result {
namespace {

constexpr const char* kSchema = "neurovasc.assessment/1";
constexpr const char* kDocument = "assessment.json";

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
  Assessment dateless = assessment;
  dateless.clinical = withoutDates(assessment.clinical);
  FieldWriter fields;
  fields.text("schema", kSchema);
  fields.text("frame", "LPS");
  describe(fields, dateless);
  auto listed = files;
  fields.list("files", listed);
  fields.plain("software", softwareJson());
  return documentText(fields.take());
}

Assessment assessmentFromJson(std::string_view text) {
  const Json json = parsedJson(text, kDocument);
  return readFrom<Assessment>(checkedDocument(json), Keys::all);
}

std::vector<ResultFile> filesFromJson(std::string_view text) {
  const Json json = parsedJson(text, kDocument);
  FieldReader fields(checkedDocument(json), Keys::all);
  std::vector<ResultFile> files;
  fields.list("files", files);
  return files;
}

}  // namespace neurovasc::result
