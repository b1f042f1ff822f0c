#pragma once

#include <cstddef>
#include <filesystem>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/result/site_key.h"

namespace neurovasc::archive {

/// Takes surgery dates from a tab-separated table with a header, as BIDS has participants.tsv:
/// participant_id (the patient's number as DICOM has it, with or without "sub-"; a patient may have
/// several rows) and surgery_date (2025-02-03); "n/a" and empty dates are passed over, other
/// columns ignored. Replaces those of an earlier table. Returns the number of dates. Neither number
/// nor date gets into the catalogue: a keyed hash and a moved day do.
/// Throws Error(input_unreadable) naming line and column.
std::size_t importSurgeries(Catalogue& catalogue, const result::SiteKey& key,
                            const std::filesystem::path& table);

/// Takes pairs made by hand from a tab-separated table with the columns pre and post, keys of
/// studies as `archive plan` prints them. Replaces those of an earlier table. Returns the number of
/// pairs. Throws Error(input_unreadable).
std::size_t importPairs(Catalogue& catalogue, const std::filesystem::path& table);

/// Calls every study pre or post as far as surgery dates (of importSurgeries(), and those of BIDS
/// sessions) and pairs tell, the others order_unknown:
///
///     a pair of which the study is a part; else
///     days_after_surgery to the last surgery before the study, else to the first after it;
///     a study on the very day of surgery, and all of a patient with two birth dates, stay unknown
///
/// indexArchive() and both imports end with it.
void applySurgeryOrder(Catalogue& catalogue);

}  // namespace neurovasc::archive
