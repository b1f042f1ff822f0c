#include "neurovasc/pipeline/render.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/animation.h"
#include "neurovasc/scene/mesh_io.h"
#include "neurovasc/scene/parts.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/pictures.h"
#include "neurovasc/scene/scene_content.h"
#include "scene_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> namesOf(const scene::SceneContent& content) {
  std::vector<std::string> names;
  for (const auto& picture : scene::pictureFiles(content)) {
    names.push_back(fs::path(picture.name).stem().string());
  }
  return names;
}

constexpr std::string_view kScene = "scene";
constexpr std::string_view kTurntable = "turntable";
constexpr std::string_view kEndoscopy = "endoscopy_";

std::vector<std::string> filmsOf(const scene::SceneContent& content) {
  std::vector<std::string> names = {std::string(kScene), std::string(kTurntable)};
  for (const scene::SceneNerve& nerve : content.nerves) {
    if (nerve.name == NerveName::facial && nerve.tube.size() >= 2) {
      names.push_back(fmt::format("{}{}", kEndoscopy, name(nerve.side)));
    }
  }
  return names;
}

/// Whether @p picture was one that moves and has been written.
bool writeFilm(const scene::SceneContent& content, const std::string& picture,
               const std::string& output, const scene::PictureOptions& look,
               const Progress& progress) {
  scene::AnimationOptions options;
  options.picture.gap_range_mm = look.gap_range_mm;
  if (picture == kTurntable) {
    scene::writeTurntable(content, output, options, progress);
    return true;
  }
  for (const Side side : kSides) {
    if (picture == fmt::format("{}{}", kEndoscopy, name(side))) {
      scene::writeEndoscopy(content, side, output, options, progress);
      return true;
    }
  }
  return false;
}

/// All surfaces in one file, written aside and renamed.
void writeSurfaces(const scene::SceneContent& content, const std::string& output) {
  const fs::path target(output);
  const fs::path aside = target.parent_path() / ("." + target.filename().string());
  const std::vector<scene::ScenePart> parts = scene::sceneParts(content);
  if (target.extension() == ".glb") {
    scene::writeGltf(parts, aside.string());
  } else {
    scene::writeMesh(scene::mergedMesh(parts), aside.string());
  }
  std::error_code failed;
  fs::rename(aside, target, failed);
  if (failed) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    throw Error(ErrorCode::output_unwritable,
                fmt::format("{}: cannot be written ({})", output, failed.message()),
                "Name a file in a folder that can be written to.");
  }
}

/// Written aside and renamed, so that a picture is whole or absent.
void writeWhole(const scene::Picture& picture, const std::string& output) {
  const std::string aside = output + ".part.png";
  std::error_code failed;
  std::error_code ignored;
  try {
    scene::writePng(picture, aside);
    fs::rename(aside, output, failed);
  } catch (const Error&) {
    fs::remove(aside, ignored);
    throw;
  }
  if (failed) {
    fs::remove(aside, ignored);
    throw Error(ErrorCode::output_unwritable,
                fmt::format("{}: cannot be written ({})", output, failed.message()),
                "Name a PNG file in a folder that can be written to.");
  }
}

}  // namespace

std::vector<std::string> pictureNames(const std::string& result_folder) {
  const scene::SceneContent content = readScene(result_folder);
  std::vector<std::string> names = namesOf(content);
  const std::vector<std::string> films = filmsOf(content);
  names.insert(names.end(), films.begin(), films.end());
  return names;
}

void renderResult(const std::string& result_folder, const std::string& picture,
                  const std::string& output, bool overwrite, const scene::PictureOptions& options,
                  const Progress& progress) {
  if (std::error_code ignored; fs::exists(output, ignored) && !overwrite) {
    throw Error(ErrorCode::output_unwritable, fmt::format("{}: exists already", output),
                "Give another name or --overwrite.");
  }
  progress.report("read", 0, "result");
  const scene::SceneContent content = readScene(result_folder);
  progress.report("pictures", 0.3, picture);
  if (picture == kScene) {
    writeSurfaces(content, output);
    return;
  }
  if (writeFilm(content, picture, output, options, progress)) {
    return;
  }
  const scene::Picture drawn = scene::renderPicture(content, picture, options, progress);
  writeWhole(drawn, output);
}

}  // namespace neurovasc::pipeline
