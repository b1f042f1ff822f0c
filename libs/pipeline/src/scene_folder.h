#pragma once

#include <filesystem>
#include <optional>

#include "neurovasc/scene/scene_content.h"

namespace neurovasc::pipeline {

/// What can be drawn of a result folder of `analyze`, from that folder alone. Windows come from the
/// images' own percentiles. Throws Error(input_unreadable).
scene::SceneContent readScene(const std::filesystem::path& folder);

/// An image with the window of its own percentiles; empty where there is no such file. Throws
/// Error(input_unreadable).
std::optional<scene::SceneImage> readSceneImage(const std::filesystem::path& file);

}  // namespace neurovasc::pipeline
