#include "dicom_json.h"

#include <fmt/format.h>

#include <cstdlib>

#include "neurovasc/core/error.h"

namespace neurovasc::pacs {
namespace {

using Json = nlohmann::json;

/// A value as text; of a person's name the alphabetic group.
std::string asText(const Json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_number_integer()) {
    return std::to_string(value.get<long long>());
  }
  if (value.is_number()) {
    return fmt::format("{}", value.get<double>());
  }
  if (value.is_object() && value.contains("Alphabetic") && value["Alphabetic"].is_string()) {
    return value["Alphabetic"].get<std::string>();
  }
  return {};
}

}  // namespace

const Json& JsonDataset::values(const char* tag) const {
  static const Json none = Json::array();
  if (!dataset_.is_object() || !dataset_.contains(tag)) {
    return none;
  }
  const Json& element = dataset_[tag];
  const bool has_values =
      element.is_object() && element.contains("Value") && element["Value"].is_array();
  return has_values ? element["Value"] : none;
}

std::vector<std::string> JsonDataset::texts(const char* tag) const {
  std::vector<std::string> texts;
  for (const auto& value : values(tag)) {
    texts.push_back(asText(value));
  }
  return texts;
}

std::vector<std::string> JsonDataset::groups(const char* tag) const {
  std::vector<std::string> groups;
  for (const auto& value : values(tag)) {
    if (!value.is_object()) {
      groups.push_back(asText(value));
      continue;
    }
    for (const auto& group : value) {
      groups.push_back(asText(group));
    }
  }
  return groups;
}

std::string JsonDataset::text(const char* tag) const {
  const auto all = texts(tag);
  return all.empty() ? std::string() : all[0];
}

int JsonDataset::integer(const char* tag) const {
  return static_cast<int>(std::strtol(text(tag).c_str(), nullptr, 10));
}

std::vector<JsonDataset> JsonDataset::items(const char* tag) const {
  std::vector<JsonDataset> items;
  for (const auto& value : values(tag)) {
    items.emplace_back(value);
  }
  return items;
}

Json parsedAnswer(const std::string& body) {
  Json answer = Json::parse(body, nullptr, false);
  if (!answer.is_array() && !answer.is_object()) {
    throw Error(ErrorCode::network_refused, "the web service answers with no DICOM JSON",
                "Check that dicomweb.url is the root of a DICOMweb service.");
  }
  return answer;
}

}  // namespace neurovasc::pacs
