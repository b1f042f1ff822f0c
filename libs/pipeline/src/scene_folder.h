#pragma once

#include <filesystem>

#include "neurovasc/scene/scene_content.h"

namespace neurovasc::pipeline {

/// What can be drawn of a result folder of `analyze`, from that folder alone. Windows come from the
/// images' own percentiles. Throws Error(input_unreadable).
scene::SceneContent readScene(const std::filesystem::path& folder);

}  // namespace neurovasc::pipeline
