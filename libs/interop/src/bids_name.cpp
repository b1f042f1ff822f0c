#include "bids_name.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace neurovasc::interop {
namespace {

bool isLabel(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isalnum(c) != 0; });
}

}  // namespace

std::string BidsName::entity(const std::string& key) const {
  const auto found = entities.find(key);
  return found == entities.end() ? "" : found->second;
}

std::optional<BidsName> parseBidsName(const std::string& file_name) {
  const std::size_t dot = file_name.find('.');
  if (dot == std::string::npos) {
    return std::nullopt;
  }
  BidsName name;
  name.extension = file_name.substr(dot);
  std::istringstream parts(file_name.substr(0, dot));
  for (std::string part; std::getline(parts, part, '_');) {
    const std::size_t dash = part.find('-');
    if (!name.suffix.empty()) {
      return std::nullopt;  // the suffix comes last
    }
    if (dash == std::string::npos) {
      name.suffix = part;
    } else {
      name.entities[part.substr(0, dash)] = part.substr(dash + 1);
    }
  }
  return isLabel(name.suffix) ? std::optional<BidsName>(name) : std::nullopt;
}

std::optional<std::string> labelOfFolder(const std::filesystem::path& folder,
                                         const std::string& key) {
  const std::string name = folder.filename().string();
  const std::string start = key + "-";
  if (name.rfind(start, 0) != 0 || !isLabel(name.substr(start.size())) ||
      !std::filesystem::is_directory(folder)) {
    return std::nullopt;
  }
  return name.substr(start.size());
}

}  // namespace neurovasc::interop
