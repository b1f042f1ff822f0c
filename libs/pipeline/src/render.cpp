#include "neurovasc/pipeline/render.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/mesh_io.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/scene_content.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

std::string readText(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()),
                "Name a result folder that 'neurovasc analyze' made.");
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::optional<scene::SceneImage> readVolume(const fs::path& file) {
  if (!fs::exists(file)) {
    return std::nullopt;
  }
  scene::SceneImage out;
  out.image = imaging::readImage(file.string());
  out.window = scene::windowByPercentiles(out.image);
  return out;
}

TriangleMesh readOptionalMesh(const fs::path& file) {
  return fs::exists(file) ? scene::readMesh(file.string()) : TriangleMesh{};
}

void addSide(scene::SceneContent& content, const fs::path& meshes, const SideAssessment& side) {
  content.sides.push_back({side.side, side.finding, side.contacts});
  content.nerves.push_back({NerveName::facial, side.side, side.nerve.tube, side.nerve.landmarks});
  const std::string suffix = fmt::format("_{}.vtp", name(side.side));
  content.labyrinths.push_back({side.side, readOptionalMesh(meshes / ("labyrinth" + suffix))});
  content.canals.push_back({side.side, readOptionalMesh(meshes / ("canal" + suffix))});
}

void addCochlearNerve(scene::SceneContent& content, const fs::path& centerlines, Side side) {
  const fs::path file = centerlines / fmt::format("vestibulocochlear_nerve_{}.vtp", name(side));
  if (fs::exists(file)) {
    content.nerves.push_back(
        {NerveName::vestibulocochlear, side, scene::readCenterline(file.string()), {}});
  }
}

scene::SceneContent readScene(const fs::path& folder) {
  Assessment assessment =
      result::assessmentFromJson(readText(folder / std::string(result::kAssessmentFile)));
  scene::SceneContent content;
  const fs::path volumes = folder / std::string(result::kVolumesFolder);
  const fs::path meshes = folder / std::string(result::kMeshesFolder);
  content.t2 = readVolume(volumes / "t2.nii.gz").value_or(scene::SceneImage{});
  content.tof = readVolume(volumes / "tof.nii.gz");
  content.brain = readOptionalMesh(meshes / "brain.vtp");
  for (const auto& side : assessment.sides) {
    addSide(content, meshes, side);
    addCochlearNerve(content, folder / std::string(result::kCenterlinesFolder), side.side);
  }
  content.vessels = std::move(assessment.vessels);
  content.pads = std::move(assessment.pads).value_or(std::vector<Pad>{});
  content.gaps_measured = assessment.quality.resolution != Resolution::too_thick;
  content.label = assessment.label;
  return content;
}

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
