#include "neurovasc/result/run_json.h"

#include <algorithm>
#include <regex>

#include "json_reader.h"
#include "json_text.h"
#include "software_json.h"
#include "utc_time.h"

namespace neurovasc::result {
namespace {

constexpr const char* kSchema = "neurovasc.run/1";
constexpr int kSecondDecimals = 3;
constexpr int kMemoryDecimals = 1;

/// Whether an option's value may lead to the patient: a path, or a date.
bool mayIdentify(const std::string& value) {
  static const std::regex kDate(R"(\d{4}-\d{2}-\d{2}|\d{8})");
  return value.find_first_of("/\\~") != std::string::npos || std::regex_search(value, kDate);
}

Json optionJson(const RunOption& option) {
  const bool keep = option.value && !mayIdentify(*option.value);
  return {{"flag", option.flag}, {"value", keep ? Json(*option.value) : Json(nullptr)}};
}

Json stageJson(const StageTiming& stage) {
  return {{"stage", stage.stage}, {"seconds", number(stage.seconds, kSecondDecimals)}};
}

Json outputJson(const OutputFile& file) {
  return {{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

}  // namespace

std::string toJson(const RunRecord& record) {
  Json json;
  json["schema"] = kSchema;
  json["command"] = record.command;
  json["started"] = utcText(record.started);
  json["exit_code"] = record.exit_code;
  json["software"] = softwareJson();
  json["versions"] = Json(Json::object());
  for (const auto& [name, version] : record.versions) {
    json["versions"][name] = version;
  }
  json["options"] = listOf(record.options, optionJson);
  json["threads"] = record.threads;
  json["stages"] = listOf(record.stages, stageJson);
  json["peak_memory_mib"] = number(record.peak_memory_mib, kMemoryDecimals);
  json["warnings"] = record.warnings;
  json["outputs"] = listOf(record.outputs, outputJson);
  return documentText(json);
}

std::vector<std::string> outputPathsFromJson(std::string_view text) {
  const Json json = parsedJson(text, "run.json");
  const Reader document(json, "run.json", ErrorCode::input_unreadable);
  if (document.at("schema").text() != kSchema) {
    document.at("schema").fail(std::string("expected ") + kSchema);
  }
  return document.at("outputs").listOf([](const Reader& file) { return file.at("path").text(); });
}

}  // namespace neurovasc::result
