#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::pipeline {

/// What `analyze` or `compare` left in a folder, for programs that show it.

/// What a folder holds, by the file that only this kind of result has.
enum class ResultKind { none, assessment, comparison };
ResultKind resultKindOf(const std::filesystem::path& folder);

/// A finished analysis, read from its folder alone.
struct ResultDate {
  std::filesystem::path folder;
  Assessment assessment;
  std::string assessment_sha256;  ///< of assessment.json, by which a review knows what it is of
  scene::SceneContent scene;      ///< LPS mm of this date's T2 series
  std::optional<scene::SceneImage> ce_t1;  ///< on the voxels of scene.t2
};

/// Throws Error(input_unreadable) naming the file.
ResultDate readResult(const std::filesystem::path& folder);

/// A finished comparison with its dates, each in its own frame. Pads are the comparison's.
struct ResultDates {
  Comparison comparison;
  std::vector<ResultDate> dates;  ///< in order of time
};

/// The dates lie in FOLDER/dates where `compare` analysed them itself; else @p dates names their
/// result folders, in order of time. Throws Error(usage) with a hint where they are missing or too
/// few or many, Error(not_a_pair) where a folder is not the one that was compared, as its contacts
/// tell, and Error(input_unreadable).
ResultDates readDates(const std::filesystem::path& folder,
                      const std::vector<std::filesystem::path>& dates);

}  // namespace neurovasc::pipeline
