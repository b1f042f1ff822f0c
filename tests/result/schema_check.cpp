#include "result/schema_check.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "support/paths.h"

namespace neurovasc::testing {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

std::vector<std::string> schemaErrors(const std::string& schema, std::string_view json) {
  std::ifstream file(sourceDir() / "docs/schemas" / (schema + ".json"));
  const auto schema_document = nlohmann::json::parse(file);
  valijson::Schema parsed;
  valijson::SchemaParser().populateSchema(Adapter(schema_document), parsed);
  const auto document = nlohmann::json::parse(json);
  valijson::ValidationResults results;
  std::vector<std::string> errors;
  if (valijson::Validator().validate(parsed, Adapter(document), &results)) {
    return errors;
  }
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string line;
    for (const std::string& place : error.context) {
      line += place;
    }
    errors.push_back(line + ": " + error.description);
  }
  return errors;
}

}  // namespace neurovasc::testing
