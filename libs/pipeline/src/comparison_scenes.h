#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/followup/dates.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::pipeline {

/// What can be drawn of one of the dates compared.
struct DateScene {
  std::string title;  ///< "Date 2, 44 weeks after the first"
  /// In the first date's frame, with the pads of the comparison and its label. Contacts are those
  /// that are followed, under the comparison's numbers.
  scene::SceneContent scene;
};

/// The scenes of all @p dates, with the shapes in their result folders. Throws
/// Error(input_unreadable).
std::vector<DateScene> scenesOf(const Comparison& comparison,
                                std::vector<followup::FollowupDate> dates,
                                const std::vector<std::filesystem::path>& folders);

}  // namespace neurovasc::pipeline
