#include "neurovasc/result/run_json.h"

#include <algorithm>
#include <map>
#include <regex>

#include "json_reader.h"
#include "json_text.h"
#include "neurovasc/core/calendar.h"
#include "software_json.h"

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

Reader outputsOf(const Json& json) {
  return Reader(json, "run.json", ErrorCode::input_unreadable).at("outputs");
}

/// A run.json whose outputs are a list of files with paths.
Json parsedRun(std::string_view text) {
  Json json = parsedJson(text, "run.json");
  const Reader document(json, "run.json", ErrorCode::input_unreadable);
  if (document.at("schema").text() != kSchema) {
    document.at("schema").fail(std::string("expected ") + kSchema);
  }
  for (const Reader& file : outputsOf(json).items()) {
    file.at("path").text();
  }
  return json;
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

std::string withOutputs(std::string_view run_json, const std::vector<OutputFile>& files) {
  Json json = parsedRun(run_json);
  std::map<std::string, Json> by_path;
  for (const Json& output : json["outputs"]) {
    by_path[output.value("path", "")] = output;
  }
  for (const OutputFile& file : files) {
    by_path[file.path] = outputJson(file);
  }
  json["outputs"] = listOf(by_path, [](const auto& entry) { return entry.second; });
  return documentText(json);
}

std::vector<std::string> outputPathsFromJson(std::string_view text) {
  const Json json = parsedRun(text);
  return outputsOf(json).listOf([](const Reader& file) { return file.at("path").text(); });
}

std::string startedFromJson(std::string_view text) {
  const Json json = parsedRun(text);
  return Reader(json, "run.json", ErrorCode::input_unreadable).at("started").text();
}

}  // namespace neurovasc::result
