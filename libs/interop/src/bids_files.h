#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace neurovasc::interop {

/// Everything in @p folder, by name; nothing where it cannot be read.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);

/// The object in a JSON file. Throws Error(input_unreadable) naming it.
nlohmann::json readJsonObject(const std::filesystem::path& file);

/// The sidecar of an image with what it inherits from the folders up to @p root: nearer files win
/// (BIDS, inheritance principle).
nlohmann::json sidecarOf(const std::filesystem::path& image, const std::filesystem::path& root);

/// One row of a table: its cells by column name; "n/a" is an absent cell.
using TableRow = std::map<std::string, std::string>;

/// The rows of a tab-separated table with a header row. Throws Error(input_unreadable) for rows
/// longer or shorter than the header.
std::vector<TableRow> readTable(const std::filesystem::path& file);

}  // namespace neurovasc::interop
