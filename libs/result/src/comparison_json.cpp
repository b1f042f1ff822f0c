#include "neurovasc/result/comparison_json.h"

#include "assessment_fields.h"
#include "comparison_fields.h"
#include "neurovasc/result/clinical_file.h"
#include "software_json.h"

namespace neurovasc::result {
namespace {

constexpr const char* kSchema = "neurovasc.comparison/1";

}  // namespace

std::string toJson(const Comparison& comparison, const std::vector<ResultFile>& files) {
  Comparison dateless = comparison;
  dateless.clinical = withoutDates(comparison.clinical);
  FieldWriter fields;
  fields.text("schema", kSchema);
  fields.text("frame", "LPS");
  describe(fields, dateless);
  auto listed = files;
  fields.list("files", listed);
  fields.plain("software", softwareJson());
  return documentText(fields.take());
}

Comparison comparisonFromJson(std::string_view text) {
  const std::string document(kComparisonFile);
  const Json json = parsedJson(text, document);
  const Reader reader(json, document, ErrorCode::input_unreadable);
  if (const std::string schema = reader.at("schema").text(); schema != kSchema) {
    reader.at("schema").fail("\"" + schema + "\" is not " + kSchema);
  }
  return readFrom<Comparison>(reader, Keys::all);
}

}  // namespace neurovasc::result
