#include "yaml_fields.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "neurovasc/core/error.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;

/// A configuration has some dozens of lines.
constexpr std::uintmax_t kMostBytes = 1 << 20;

std::string textOf(const fs::path& file) {
  std::error_code failed;
  const std::uintmax_t bytes = fs::file_size(file, failed);
  std::ifstream stream(file, std::ios::binary);
  if (failed || !stream || bytes > kMostBytes) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()),
                "Name a PACS configuration; docs/pacs.md has an example.");
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

YAML::Node parsed(const fs::path& file) {
  try {
    return YAML::Load(textOf(file));
  } catch (const YAML::Exception& broken) {
    const std::string line =
        broken.mark.is_null() ? "" : fmt::format(" at line {}", broken.mark.line + 1);
    throw Error(ErrorCode::input_unreadable,
                fmt::format("{}: not valid YAML or JSON{}", file.filename().string(), line));
  }
}

}  // namespace

YamlFields YamlFields::fromFile(const fs::path& file) { return {parsed(file), file, ""}; }

YamlFields::YamlFields(YAML::Node node, fs::path file, std::string place)
    : node_(std::move(node)), file_(std::move(file)), place_(std::move(place)) {
  if (!node_.IsMap()) {
    throw Error(ErrorCode::usage,
                fmt::format("{}: {}expected keys and values", file_.filename().string(),
                            place_.empty() ? "" : place_.substr(0, place_.size() - 1) + ": "));
  }
}

std::optional<YamlFields> YamlFields::child(const std::string& key) {
  known_.insert(key);
  const YAML::Node found = std::as_const(node_)[key];
  if (!found || found.IsNull()) {
    return std::nullopt;
  }
  return YamlFields(found, file_, place_ + key + ".");
}

template <typename T>
void YamlFields::readScalar(const std::string& key, T& value, const char* expected) {
  known_.insert(key);
  const YAML::Node found = std::as_const(node_)[key];
  if (found && !found.IsNull() && !YAML::convert<T>::decode(found, value)) {
    fail(key, std::string("expected ") + expected);
  }
}

void YamlFields::read(const std::string& key, std::string& value) {
  readScalar(key, value, "a text");
}
void YamlFields::read(const std::string& key, int& value) {
  readScalar(key, value, "a whole number");
}
void YamlFields::read(const std::string& key, double& value) { readScalar(key, value, "a number"); }
void YamlFields::read(const std::string& key, bool& value) {
  readScalar(key, value, "true or false");
}

void YamlFields::read(const std::string& key, fs::path& value) {
  std::string text;
  read(key, text);
  if (!text.empty()) {
    value = file_.parent_path() / text;
  }
}

void YamlFields::finish() const {
  for (const auto& entry : node_) {
    const auto key = entry.first.as<std::string>("");
    if (known_.count(key) == 0) {
      fail(key, "no such key");
    }
  }
}

void YamlFields::fail(const std::string& key, const std::string& cause) const {
  throw Error(ErrorCode::usage,
              fmt::format("{}: {}{}: {}", file_.filename().string(), place_, key, cause),
              "docs/pacs.md lists the keys.");
}

}  // namespace neurovasc::pacs
