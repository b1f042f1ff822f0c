#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::archive {

/// Where the files of a study stand.
enum class InputKind {
  folder,     ///< all files of a folder, at any depth
  container,  ///< all members of a zip or tar file
  list,       ///< those that a text file names, one a line; of members "CONTAINER\tMEMBER"
  volumes,    ///< images of a BIDS session, of which a text file names one a line: "ROLE\tPATH"
  pacs,       ///< fetched first: "NODE UID", the PACS's name and the Study Instance UID
  results,    ///< a comparison: "EARLIER LATER", keys of results in the folder of the run
};

std::string_view name(InputKind kind);

/// One job with all that a worker needs: it opens no catalogue.
struct ManifestRow {
  std::string job;  ///< the study's key; of a comparison "EARLIER-LATER"
  InputKind input_kind = InputKind::folder;
  std::string input;      ///< a path, or as InputKind says
  std::size_t files = 0;  ///< when planned, noted with the outcome
  std::uint64_t bytes = 0;
  std::string options_hash;
  std::vector<std::string> arguments;  ///< of `analyze` or `compare`
};

/// Tab-separated with a header line: job, input_kind, input, files, bytes, options_hash, arguments
/// (separated by blanks). Tabs, line ends and backslashes in paths are written \t, \n and \\.
std::string toTsv(const std::vector<ManifestRow>& rows);

/// The reverse. Throws Error(input_unreadable) naming line and column.
std::vector<ManifestRow> manifestFromTsv(std::string_view text);

/// Writes a manifest for its owner's eyes alone (mode 0600): it holds paths.
/// Throws Error(output_unwritable).
void writeManifest(const std::filesystem::path& file, const std::vector<ManifestRow>& rows);

/// Throws Error(input_unreadable).
std::vector<ManifestRow> readManifest(const std::filesystem::path& file);

}  // namespace neurovasc::archive
