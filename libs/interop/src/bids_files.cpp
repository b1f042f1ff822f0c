#include "bids_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include "bids_name.h"
#include "neurovasc/core/error.h"

namespace neurovasc::interop {
namespace {

namespace fs = std::filesystem;

constexpr const char* kValidatorHint = "The BIDS validator says more of the dataset.";

std::vector<std::string> cellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, '\t');) {
    cells.push_back(cell);
  }
  if (!line.empty() && line.back() == '\t') {
    cells.emplace_back();
  }
  return cells;
}

std::ifstream opened(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()));
  }
  return stream;
}

bool nextLine(std::istream& stream, std::string& line) {
  if (!std::getline(stream, line)) {
    return false;
  }
  if (!line.empty() && line.back() == '\r') {
    line.pop_back();
  }
  return true;
}

TableRow rowOf(const std::vector<std::string>& columns, const std::vector<std::string>& cells) {
  TableRow row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i].empty() && cells[i] != "n/a") {
      row[columns[i]] = cells[i];
    }
  }
  return row;
}

/// Whether what a sidecar is called fits an image: the same suffix, no entity of its own.
bool appliesTo(const BidsName& sidecar, const BidsName& image) {
  return sidecar.extension == ".json" && sidecar.suffix == image.suffix &&
         std::all_of(sidecar.entities.begin(), sidecar.entities.end(), [&](const auto& entity) {
           return image.entity(entity.first) == entity.second;
         });
}

void inherit(const fs::path& folder, const BidsName& image, nlohmann::json& fields) {
  std::vector<std::pair<std::size_t, fs::path>> fitting;
  for (const fs::path& file : entriesOf(folder)) {
    const auto name = parseBidsName(file.filename().string());
    if (name && appliesTo(*name, image)) {
      fitting.emplace_back(name->entities.size(), file);
    }
  }
  std::sort(fitting.begin(), fitting.end());
  for (const auto& [entities, file] : fitting) {
    fields.update(readJsonObject(file));
  }
}

}  // namespace

std::vector<fs::path> entriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    entries.push_back(entry.path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

nlohmann::json readJsonObject(const fs::path& file) {
  std::ifstream stream = opened(file);
  nlohmann::json object = nlohmann::json::parse(stream, nullptr, false);
  if (!object.is_object()) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: holds no JSON object", file.string()),
                kValidatorHint);
  }
  return object;
}

nlohmann::json sidecarOf(const fs::path& image, const fs::path& root) {
  nlohmann::json fields = nlohmann::json::object();
  const auto name = parseBidsName(image.filename().string());
  if (!name) {
    return fields;
  }
  std::vector<fs::path> folders;
  for (fs::path folder = image.parent_path(); folder != root && folder.has_relative_path();
       folder = folder.parent_path()) {
    folders.push_back(folder);
  }
  folders.push_back(root);
  std::for_each(folders.rbegin(), folders.rend(),
                [&](const fs::path& folder) { inherit(folder, *name, fields); });
  return fields;
}

std::vector<TableRow> readTable(const fs::path& file) {
  std::ifstream stream = opened(file);
  std::string line;
  nextLine(stream, line);
  const std::vector<std::string> columns = cellsOf(line);
  std::vector<TableRow> rows;
  while (nextLine(stream, line)) {
    const std::vector<std::string> cells = cellsOf(line);
    if (line.empty()) {
      continue;
    }
    if (cells.size() != columns.size()) {
      throw Error(ErrorCode::input_unreadable,
                  fmt::format("{}: row {} has {} cells, the header {}", file.string(),
                              rows.size() + 1, cells.size(), columns.size()),
                  kValidatorHint);
    }
    rows.push_back(rowOf(columns, cells));
  }
  return rows;
}

}  // namespace neurovasc::interop
