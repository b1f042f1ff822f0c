#include "date_folder.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/result/result_folder.h"
#include "read_assessment.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

std::optional<ImageF> readVolume(const fs::path& file) {
  return fs::exists(file) ? std::optional<ImageF>(imaging::readImage(file.string())) : std::nullopt;
}

}  // namespace

bool isResultFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path / std::string(result::kAssessmentFile), ignored);
}

followup::FollowupDate readDate(const fs::path& folder) {
  followup::FollowupDate date;
  date.assessment = readAssessment(folder);
  const fs::path volumes = folder / std::string(result::kVolumesFolder);
  auto t2 = readVolume(volumes / "t2.nii.gz");
  if (!t2) {
    throw Error(ErrorCode::no_usable_series,
                fmt::format("{}: the result holds no images to compare", folder.string()),
                "Compare results of studies in which something could be seen.");
  }
  date.t2 = std::move(*t2);
  date.tof = readVolume(volumes / "tof.nii.gz");
  date.ce_t1 = readVolume(volumes / "ce_t1.nii.gz");
  date.labels =
      imaging::readLabels((folder / std::string(result::kMasksFolder) / "anatomy.nii.gz").string());
  return date;
}

}  // namespace neurovasc::pipeline
