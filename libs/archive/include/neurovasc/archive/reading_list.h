#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/progress.h"

/// Reading without knowing: studies under numbers, in an order that tells nothing.
namespace neurovasc::archive {

/// What somebody says of a zone of an item.
struct Reading {
  std::string item;  ///< "017"
  Side side = Side::left;
  Zone zone = Zone::root_exit_point;
  ZoneStatus status = ZoneStatus::not_assessable;
};

/// What an item is, which its readers do not know, and what the program says.
struct KeyRow {
  std::string study;
  Reading program;
};

struct ReadingListOptions {
  /// Decides the order, and with most_items the choice. Who knows it and the studies' keys can tell
  /// items: it is as secret as the key.
  std::uint64_t seed = 1;
  std::size_t most_items = 0;  ///< 0: all studies with results
};

struct ReadingListSummary {
  std::size_t items = 0;
  std::size_t without_volumes = 0;  ///< studies left out: no volumes in their results
};

/// Makes the folder @p output of a blinded reading list: items/ with the volumes (T2, TOF,
/// CE-T1) of a study's result in @p results (the folder that `archive run` filled) as NNN_t2.nii.gz
/// and so on, and readings.tsv, in which a reader fills in the column `reading` for each zone of
/// each side. Neither says whose study it is, of which date, before or after surgery, which side
/// has symptoms, or what the program found; pictures, which show that, are not copied. @p key_file
/// is made for its owner alone (mode 0600). Results that a reader rejected (qc.h) are left out.
///
/// Items are ordered by SHA-256 of seed and study key: the same seed gives the same list.
///
/// Throws Error(usage) with no study to read, Error(output_unwritable) where @p output or
/// @p key_file exist, unless @p overwrite. Stage: reading-list.
ReadingListSummary writeReadingList(const Catalogue& catalogue,
                                    const std::filesystem::path& results,
                                    const std::filesystem::path& output,
                                    const std::filesystem::path& key_file,
                                    const ReadingListOptions& options, bool overwrite,
                                    const Progress& progress = {});

/// Tab-separated: item, study, side, zone, program.
std::string keyTsv(const std::vector<KeyRow>& key);
/// Throws Error(input_unreadable) naming the line.
std::vector<KeyRow> keyFromTsv(std::string_view text);

/// The table for readers: item, side, zone, reading (contact, clear, not_assessable), empty.
std::string readingsForm(const std::vector<KeyRow>& key);
/// Lines without a reading are left out. Throws Error(input_unreadable) naming the line.
std::vector<Reading> readingsFromTsv(std::string_view text);

}  // namespace neurovasc::archive
