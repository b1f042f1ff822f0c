#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/pacs/records.h"
#include "neurovasc/result/site_key.h"

namespace neurovasc::archive {

/// A study at a PACS, as far as queries tell.
struct PacsStudy {
  std::string uid;
  dicom::StudyKeys keys;
  std::optional<int> day;  ///< since 1970-01-01
  std::string told;        ///< see toldHash()
  std::optional<std::int64_t> images;
  bool all_series = true;         ///< false: the PACS has more than it told of
  std::vector<SeriesRow> series;  ///< MR alone
};

/// Keyed hash of what a PACS says of a study without being asked for its series: another one where
/// series or images came or went, or where date, time or patient were corrected.
std::string toldHash(const pacs::FoundStudy& study, const result::SiteKey& key);

PacsStudy pacsStudyOf(const pacs::FoundStudy& study, std::vector<pacs::DescribedSeries> series,
                      const result::SiteKey& key);

}  // namespace neurovasc::archive
