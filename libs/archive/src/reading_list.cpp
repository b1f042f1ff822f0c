#include "neurovasc/archive/reading_list.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "neurovasc/archive/qc.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/run_json.h"
#include "private_file.h"
#include "stored_result.h"
#include "table_lines.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> kVolumes = {"t2.nii.gz", "tof.nii.gz", "ce_t1.nii.gz"};
constexpr std::size_t kFewestDigits = 3;

const TableForm kKeyForm{"key of a reading list",
                         {"item", "study", "side", "zone", "program"},
                         "Give the file that 'neurovasc archive reading-list' wrote."};
const TableForm kReadingsForm{"readings",
                              {"item", "side", "zone", "reading"},
                              "Fill in a copy of readings.tsv of the reading list."};

std::optional<ZoneStatus> parseStatus(const std::string& text) {
  for (const ZoneStatus status :
       {ZoneStatus::contact, ZoneStatus::clear, ZoneStatus::not_assessable}) {
    if (text == name(status)) {
      return status;
    }
  }
  return std::nullopt;
}

Reading readingFrom(const TableForm& form, std::size_t line, const std::string& item,
                    const std::string& side, const std::string& zone, const std::string& status) {
  const auto known_side = parseSide(side);
  const auto known_zone = parseZone(zone);
  const auto known_status = parseStatus(status);
  if (!known_side) {
    form.refuse(line, "side '" + side + "' is neither left nor right");
  }
  if (!known_zone) {
    form.refuse(line, "there is no zone '" + zone + "'");
  }
  if (!known_status) {
    form.refuse(line, "'" + status + "' is none of contact, clear, not_assessable");
  }
  return {item, *known_side, *known_zone, *known_status};
}

/// A study that can be read.
struct Candidate {
  std::string order;  ///< by which the list is sorted
  std::string study;
  fs::path folder;
};

std::vector<Candidate> candidatesOf(const Catalogue& catalogue, const fs::path& results,
                                    const ReadingListOptions& options,
                                    ReadingListSummary& summary) {
  std::vector<Candidate> candidates;
  const auto judged = qcStates(catalogue);
  for (const JobRow& job : catalogue.jobs()) {
    const auto qc = judged.find(job.key);
    const bool is_rejected = qc != judged.end() && qc->second.verdict == QcVerdict::reject;
    if (job.state != JobState::done || job.folder.empty() || is_rejected ||
        !catalogue.study(job.key)) {
      continue;
    }
    const fs::path folder = results / job.folder;
    if (!fs::exists(folder / result::kVolumesFolder / kVolumes[0])) {
      ++summary.without_volumes;
      continue;
    }
    candidates.push_back(
        {result::sha256(std::to_string(options.seed) + ":" + job.key), job.key, folder});
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.order < b.order; });
  if (options.most_items > 0 && candidates.size() > options.most_items) {
    candidates.resize(options.most_items);
  }
  return candidates;
}

std::string itemName(std::size_t number, std::size_t all) {
  const std::size_t digits = std::max(kFewestDigits, std::to_string(all).size());
  const std::string text = std::to_string(number);
  return std::string(digits - text.size(), '0') + text;
}

void copyVolumes(const fs::path& from, const fs::path& items, const std::string& item) {
  for (const char* volume : kVolumes) {
    const fs::path source = from / result::kVolumesFolder / volume;
    std::error_code error;
    if (fs::exists(source) && !fs::copy_file(source, items / (item + "_" + volume), error)) {
      throw Error(ErrorCode::output_unwritable,
                  items.string() + ": a volume cannot be copied (" + error.message() + ")",
                  "Make room, or name another --output.");
    }
  }
}

void appendKey(std::vector<KeyRow>& key, const std::string& item, const Candidate& candidate) {
  for (const SideAssessment& side : readStoredAssessment(candidate.folder).sides) {
    for (const ZoneFinding& zone : side.zones) {
      key.push_back({candidate.study, {item, side.side, zone.zone, zone.status}});
    }
  }
}

void writeRun(result::StagedFolder& folder) {
  result::RunRecord record;
  record.command = "archive reading-list";
  record.started = std::chrono::system_clock::now();
  record.versions["neurovasc"] = version();
  record.outputs = folder.files();
  folder.write(result::kRunFile, result::toJson(record));
}

void requireNoKey(const fs::path& file, bool overwrite) {
  if (!overwrite && fs::exists(file)) {
    throw Error(ErrorCode::output_unwritable, file.string() + " exists",
                "Without it a reading list cannot be resolved: keep it, and name another --key.");
  }
}

}  // namespace

ReadingListSummary writeReadingList(const Catalogue& catalogue, const fs::path& results,
                                    const fs::path& output, const fs::path& key_file,
                                    const ReadingListOptions& options, bool overwrite,
                                    const Progress& progress) {
  requireNoKey(key_file, overwrite);
  result::StagedFolder folder(output, overwrite);
  ReadingListSummary summary;
  const std::vector<Candidate> candidates = candidatesOf(catalogue, results, options, summary);
  if (candidates.empty()) {
    throw Error(ErrorCode::usage, "there is no study to read",
                "Name with --results the folder that 'neurovasc archive run' filled.");
  }
  std::vector<KeyRow> key;
  const fs::path items = folder.path("items/x").parent_path();
  for (const Candidate& candidate : candidates) {
    progress.report("reading-list",
                    static_cast<double>(summary.items) / static_cast<double>(candidates.size()),
                    "copying volumes");
    const std::string item = itemName(++summary.items, candidates.size());
    copyVolumes(candidate.folder, items, item);
    appendKey(key, item, candidate);
  }
  folder.write("readings.tsv", readingsForm(key));
  writeRun(folder);
  replacePrivateFile(key_file, keyTsv(key));
  folder.publish();
  return summary;
}

std::string keyTsv(const std::vector<KeyRow>& key) {
  std::string text = kKeyForm.header();
  for (const KeyRow& row : key) {
    text += tableLine({row.program.item, row.study, std::string(name(row.program.side)),
                       std::string(name(row.program.zone)), std::string(name(row.program.status))});
  }
  return text;
}

std::vector<KeyRow> keyFromTsv(std::string_view text) {
  std::vector<KeyRow> key;
  kKeyForm.forEachLine(text, [&key](const std::vector<std::string>& cells, std::size_t line) {
    key.push_back({cells[1], readingFrom(kKeyForm, line, cells[0], cells[2], cells[3], cells[4])});
  });
  return key;
}

std::string readingsForm(const std::vector<KeyRow>& key) {
  std::string text = kReadingsForm.header();
  for (const KeyRow& row : key) {
    text += tableLine({row.program.item, std::string(name(row.program.side)),
                       std::string(name(row.program.zone)), ""});
  }
  return text;
}

std::vector<Reading> readingsFromTsv(std::string_view text) {
  std::vector<Reading> readings;
  kReadingsForm.forEachLine(text, [&](const std::vector<std::string>& cells, std::size_t line) {
    if (!cells[3].empty()) {
      readings.push_back(readingFrom(kReadingsForm, line, cells[0], cells[1], cells[2], cells[3]));
    }
  });
  return readings;
}

}  // namespace neurovasc::archive
