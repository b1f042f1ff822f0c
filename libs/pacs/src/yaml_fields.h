#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace neurovasc::pacs {

/// A mapping of a YAML document that knows where it is and which of its keys were asked for, so
/// that errors name the place and a misspelt key is not silently lost.
class YamlFields {
 public:
  /// The whole of @p file. Throws Error(input_unreadable).
  static YamlFields fromFile(const std::filesystem::path& file);

  std::optional<YamlFields> child(const std::string& key);

  /// These leave @p value as it is where the key is absent.
  void read(const std::string& key, std::string& value);
  void read(const std::string& key, int& value);
  void read(const std::string& key, double& value);
  void read(const std::string& key, bool& value);
  /// A relative path is taken from the document's folder.
  void read(const std::string& key, std::filesystem::path& value);
  /// One of the words of @p names, which are pairs of a word and its value.
  template <typename Enum>
  void readOneOf(const std::string& key, Enum& value,
                 std::initializer_list<std::pair<const char*, Enum>> names) {
    std::string word;
    read(key, word);
    std::string known;
    for (const auto& [name, meant] : names) {
      if (word == name) {
        value = meant;
        return;
      }
      known += (known.empty() ? "" : ", ") + std::string(name);
    }
    if (!word.empty()) {
      fail(key, "\"" + word + "\" is none of: " + known);
    }
  }

  /// Throws for the first key that nobody asked for.
  void finish() const;

  /// Throws Error(usage) about a key of this mapping.
  [[noreturn]] void fail(const std::string& key, const std::string& cause) const;

 private:
  YamlFields(YAML::Node node, std::filesystem::path file, std::string place);
  template <typename T>
  void readScalar(const std::string& key, T& value, const char* expected);

  YAML::Node node_;
  std::filesystem::path file_;
  std::string place_;  ///< "dimse.tls.", empty at the top
  std::set<std::string> known_;
};

}  // namespace neurovasc::pacs
