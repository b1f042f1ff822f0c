#include "export_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "neurovasc/core/error.h"

namespace neurovasc::pipeline {

namespace fs = std::filesystem;

ExportFolder::ExportFolder(const result::StagedFolder& staged, std::string prefix)
    : staged_(staged), prefix_(std::move(prefix)) {}

void ExportFolder::require(std::string_view kind) const {
  const bool written =
      std::any_of(fs::directory_iterator(path(".")), {}, [kind](const fs::directory_entry& entry) {
        return entry.path().filename().string().rfind(kind, 0) == 0;
      });
  if (!written) {
    throw Error(ErrorCode::usage, fmt::format("the result holds nothing for --to {}", kind),
                "Leave it out, or make the result again without --without.");
  }
}

void ExportFolder::makePrivate() const {
  std::error_code failed;
  fs::permissions(path("."), fs::perms::owner_all, failed);
  if (failed) {
    throw Error(ErrorCode::output_unwritable,
                "the folder for DICOM objects cannot be kept from others: " + failed.message());
  }
}

}  // namespace neurovasc::pipeline
