#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/result/site_key.h"

namespace neurovasc::archive {

struct IndexOptions {
  int threads = 0;  ///< 0: one per processor
  /// Files read between two commits, some 3 KiB of memory each. While one batch is written the next
  /// one is read: a scan that was interrupted loses no more than two.
  std::size_t batch_files = 4096;
};

/// Throws Error(usage) naming the option.
void validate(const IndexOptions& options);

/// What a scan found, and what of it was new.
struct IndexSummary {
  std::size_t files_met = 0;
  std::size_t files_read = 0;  ///< new or changed, with those that share a study with them
  std::size_t files_gone = 0;
  std::size_t studies_changed = 0;
  CatalogueTotals totals;
};

/// Brings @p catalogue up to date with what lies below @p roots: folders at any depth, single
/// files, and zip and tar files (plain or compressed), whose members are taken as files. Symbolic
/// links to folders are not followed. Below the folder of a raw BIDS dataset the sessions of its
/// participants are studies, too (interop/bids_dataset.h says which images count); other NIfTI files
/// are ignored.
///
/// Headers only are read, in parallel, and only of files whose size or time of change is not as
/// before, and of the others of their studies. What is no MR image is noted as ignored, what cannot
/// be read as unreadable, both with the reason. A study whose files are gone stays known, as gone.
/// What lies under roots of other scans stays as it is.
///
/// Commits every IndexOptions::batch_files files: stopped or killed, it goes on from there the next
/// time. Stage: index.
///
/// Throws Error: input_unreadable (a root that does not exist), output_unwritable, cancelled.
IndexSummary indexArchive(Catalogue& catalogue, const std::vector<std::filesystem::path>& roots,
                          const result::SiteKey& key, const IndexOptions& options = {},
                          const Progress& progress = {});

}  // namespace neurovasc::archive
