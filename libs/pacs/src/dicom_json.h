#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace neurovasc::pacs {

/// One data set of the DICOM JSON Model (PS3.18 annex F), looked at by tags as it writes them:
/// "0020000D". Absent and malformed values are alike: empty.
class JsonDataset {
 public:
  explicit JsonDataset(const nlohmann::json& dataset) : dataset_(dataset) {}

  std::vector<std::string> texts(const char* tag) const;
  /// As texts(), with all groups of persons' names: alphabetic, ideographic, phonetic.
  std::vector<std::string> groups(const char* tag) const;
  std::string text(const char* tag) const;
  int integer(const char* tag) const;
  /// The items of a sequence.
  std::vector<JsonDataset> items(const char* tag) const;

 private:
  const nlohmann::json& values(const char* tag) const;

  const nlohmann::json& dataset_;
};

/// Parses an answer: a list of data sets. Throws Error(network_refused) for anything else.
nlohmann::json parsedAnswer(const std::string& body);

}  // namespace neurovasc::pacs
