#pragma once

#include <filesystem>
#include <optional>

#include "neurovasc/core/assessment.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::pipeline {

/// What can be drawn of a result folder of `analyze`, from that folder alone. Windows come from the
/// images' own percentiles. Throws Error(input_unreadable).
scene::SceneContent readScene(const std::filesystem::path& folder);

/// The same without the images, for whoever has them and the folder's @p assessment already.
scene::SceneContent readShapes(const std::filesystem::path& folder, Assessment assessment);

/// An image with the window of its own percentiles.
scene::SceneImage windowed(ImageF image);

/// The image of a file, windowed(); empty where there is no such file. Throws
/// Error(input_unreadable).
std::optional<scene::SceneImage> readSceneImage(const std::filesystem::path& file);

}  // namespace neurovasc::pipeline
