#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/archive/manifest.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::archive {

/// A study as a worker sees it: a folder of its own below OUTPUT/.work in which "study" holds the
/// files under numbers in place of names (links, or members unpacked; images of a BIDS session
/// under their roles; of a study at a PACS there is a file with its UID instead, and the worker
/// fetches them), and "results" leads to OUTPUT/results. Removed with the object.
class WorkerStudy {
 public:
  /// Throws Error(input_unreadable), Error(output_unwritable), Error(cancelled).
  WorkerStudy(const ManifestRow& row, const std::filesystem::path& output, const StopToken& stop);

  const std::filesystem::path& folder() const { return folder_.path; }

 private:
  /// A folder that goes with its object.
  struct Scratch {
    explicit Scratch(std::filesystem::path folder) : path(std::move(folder)) {}
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::filesystem::path path;
  };
  Scratch folder_;
};

bool isComparison(const ManifestRow& row);

/// A study at a PACS: its name, and the Study Instance UID.
struct PacsPlace {
  std::string node;
  std::string study_uid;
};

/// Of a row of the kind pacs. Throws Error(input_unreadable).
PacsPlace pacsPlaceOf(const ManifestRow& row);

/// How `analyze` is told of the study in @p folder, a WorkerStudy's; of one at a PACS but for the
/// configuration.
std::vector<std::string> studyArguments(const ManifestRow& row,
                                        const std::filesystem::path& folder);

/// The two results that a comparison is of, below the folder of the run.
std::pair<std::filesystem::path, std::filesystem::path> comparedResults(const ManifestRow& row);

/// Removes what killed runs of this machine left below OUTPUT/.work: folders whose process is no
/// more; and OUTPUT/.work when nothing is left in it.
void removeLeftovers(const std::filesystem::path& output);

}  // namespace neurovasc::archive
