#include "neurovasc/pipeline/render.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/scene_content.h"
#include "neurovasc/scene/views.h"
#include "scene_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> namesOf(const scene::SceneContent& content) {
  std::vector<std::string> names;
  for (const scene::View view : scene::allViews()) {
    names.emplace_back(name(view));
  }
  for (const auto& side : content.sides) {
    for (const auto& contact : side.contacts) {
      names.push_back("contact_" + contact.id);
      names.push_back("contact_" + contact.id + "_slices");
    }
  }
  return names;
}

constexpr std::string_view kContactPrefix = "contact_";
constexpr std::string_view kSlicesSuffix = "_slices";

scene::Picture draw(const scene::SceneContent& content, const std::string& picture,
                    const Progress& progress) {
  if (const auto view = scene::parseView(picture)) {
    return scene::renderView(content, *view, {}, progress);
  }
  if (picture.rfind(kContactPrefix, 0) != 0) {
    throw Error(ErrorCode::usage, fmt::format("there is no view '{}'", picture),
                "'neurovasc render RESULT --list' names all.");
  }
  std::string id = picture.substr(kContactPrefix.size());
  if (id.size() > kSlicesSuffix.size() &&
      id.compare(id.size() - kSlicesSuffix.size(), id.npos, kSlicesSuffix) == 0) {
    id.resize(id.size() - kSlicesSuffix.size());
    return scene::renderContactSlices(content, id, {}, progress);
  }
  return scene::renderContact(content, id, {}, progress);
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
  return namesOf(readScene(result_folder));
}

void renderResult(const std::string& result_folder, const std::string& picture,
                  const std::string& output, bool overwrite, const Progress& progress) {
  if (std::error_code ignored; fs::exists(output, ignored) && !overwrite) {
    throw Error(ErrorCode::output_unwritable, fmt::format("{}: exists already", output),
                "Give another name or --overwrite.");
  }
  progress.report("read", 0, "result");
  const scene::SceneContent content = readScene(result_folder);
  progress.report("pictures", 0.3, picture);
  const scene::Picture drawn = draw(content, picture, progress);
  writeWhole(drawn, output);
}

}  // namespace neurovasc::pipeline
