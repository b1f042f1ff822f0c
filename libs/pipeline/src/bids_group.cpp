#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/error.h"
#include "neurovasc/pipeline/bids.h"
#include "neurovasc/result/comparison_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIdColumns = "participant_id\tsession_id\t";

std::string readText(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()));
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// "sub-01\tses-preop\t" of "sub-01_ses-preop_desc-nvc_contacts.tsv".
std::string idCells(const std::string& file_name) {
  const std::size_t first = file_name.find('_');
  const std::string next = file_name.substr(first + 1, file_name.find('_', first + 1) - first - 1);
  const bool has_session = next.rfind("ses-", 0) == 0;
  return file_name.substr(0, first) + "\t" + (has_session ? next : "n/a") + "\t";
}

/// Tables of one kind, one below the other.
class FoldedTable {
 public:
  void add(const fs::path& file) {
    std::istringstream lines(readText(file));
    std::string header;
    std::getline(lines, header);
    if (header_.empty()) {
      header_ = header;
    } else if (header != header_) {
      throw Error(ErrorCode::input_unreadable,
                  fmt::format("{}: has other columns than the tables before it", file.string()),
                  "It was made by another version: remove that participant's folder and its result "
                  "in sourcedata/neurovasc, and run the participant again.");
    }
    const std::string ids = idCells(file.filename().string());
    for (std::string line; std::getline(lines, line);) {
      rows_ += ids + line + "\n";
    }
  }

  bool empty() const { return header_.empty(); }
  std::string text() const { return kIdColumns + header_ + "\n" + rows_; }

 private:
  std::string header_;
  std::string rows_;
};

/// All files of the dataset's participants whose names end so, in the order of their names.
std::map<std::string, fs::path> filesEnding(const fs::path& root, const std::string& ending) {
  std::map<std::string, fs::path> files;
  std::error_code ignored;
  for (const auto& participant : fs::directory_iterator(root, ignored)) {
    if (participant.path().filename().string().rfind("sub-", 0) != 0) {
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(participant.path(), ignored)) {
      const std::string name = entry.path().filename().string();
      if (name.size() > ending.size() &&
          name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
        files[name] = entry.path();
      }
    }
  }
  return files;
}

bool foldTable(const fs::path& root, const std::string& table) {
  FoldedTable folded;
  for (const auto& [name, file] : filesEnding(root, "_desc-nvc_" + table + ".tsv")) {
    folded.add(file);
  }
  if (!folded.empty()) {
    result::replaceFile(root / ("group_" + table + ".tsv"), folded.text());
  }
  return !folded.empty();
}

/// One row for each side of each comparison.
bool foldOutcomes(const fs::path& root) {
  std::string text = "participant_id\tside\tdates\toutcome\treason\n";
  const auto files = filesEnding(root, "_desc-nvc_comparison.json");
  for (const auto& [name, file] : files) {
    const Comparison comparison = result::comparisonFromJson(readText(file));
    for (const SideComparison& side : comparison.sides) {
      text += fmt::format("{}\t{}\t{}\t{}\t{}\n", name.substr(0, name.find('_')),
                          neurovasc::name(side.side), comparison.dates.size(),
                          neurovasc::name(side.outcome), side.reason.empty() ? "n/a" : side.reason);
    }
  }
  if (!files.empty()) {
    result::replaceFile(root / "group_outcomes.tsv", text);
  }
  return !files.empty();
}

}  // namespace

BidsOutcome bidsGroup(const BidsRequest& request, const Progress& progress) {
  validate(request);
  progress.report("group", 0);
  const fs::path root = request.output;
  BidsOutcome outcome;
  for (const char* table : {"contacts", "sides"}) {
    outcome.done += foldTable(root, table) ? 1 : 0;
    progress.stop().throwIfStopped();
  }
  if (outcome.done == 0) {
    throw Error(ErrorCode::input_unreadable,
                fmt::format("{}: holds no participant's results", request.output),
                "Run 'neurovasc bids BIDS_DIR OUT participant' first.");
  }
  outcome.done += foldOutcomes(root) ? 1 : 0;
  return outcome;
}

}  // namespace neurovasc::pipeline
