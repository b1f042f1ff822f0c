#include "neurovasc/pipeline/read_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "compared_date.h"
#include "date_folder.h"
#include "neurovasc/core/error.h"
#include "neurovasc/result/comparison_json.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/mesh_io.h"
#include "read_assessment.h"
#include "scene_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> dateFolders(const fs::path& folder, std::size_t count) {
  std::vector<fs::path> folders;
  for (std::size_t n = 1; n <= count; ++n) {
    folders.push_back(folder / "dates" / std::to_string(n));
    if (!isResultFolder(folders.back())) {
      throw Error(ErrorCode::usage,
                  fmt::format("{}: holds the comparison, but not all of its dates' results",
                              folder.string()),
                  fmt::format("Name the {} result folders that were compared after it, in order of "
                              "time.",
                              count));
    }
  }
  return folders;
}

void takePads(const Comparison& comparison, const fs::path& folder, std::size_t n,
              ResultDate& date) {
  date.scene.pads.clear();
  for (const ComparedPad& pad : comparison.pads) {
    const fs::path mesh = folder / std::string(result::kMeshesFolder) /
                          fmt::format("pad_date{}_{}.vtp", n + 1, pad.pad.id);
    if (pad.date == n && fs::exists(mesh)) {
      date.scene.pads.push_back(pad.pad);
      date.scene.pads.back().surface = scene::readMesh(mesh.string());
    }
  }
}

}  // namespace

ResultKind resultKindOf(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_regular_file(folder / std::string(result::kComparisonFile), ignored)) {
    return ResultKind::comparison;
  }
  return isResultFolder(folder) ? ResultKind::assessment : ResultKind::none;
}

ResultDate readResult(const fs::path& folder) {
  ResultDate date;
  date.folder = folder;
  auto ce_t1 = std::async(std::launch::async, readSceneImage,
                          folder / std::string(result::kVolumesFolder) / "ce_t1.nii.gz");
  date.assessment = readAssessment(folder);
  date.assessment_sha256 = result::sha256OfFile(folder / std::string(result::kAssessmentFile));
  date.scene = readScene(folder);
  date.ce_t1 = ce_t1.get();
  return date;
}

ResultDates readDates(const fs::path& folder, const std::vector<fs::path>& dates) {
  ResultDates out;
  out.comparison = readComparison(folder);
  const std::size_t count = out.comparison.dates.size();
  if (!dates.empty() && dates.size() != count) {
    throw Error(
        ErrorCode::usage,
        fmt::format("the comparison has {} dates, {} folders were named", count, dates.size()),
        "Name one result folder for each date, in order of time.");
  }
  const std::vector<fs::path> folders = dates.empty() ? dateFolders(folder, count) : dates;
  std::vector<std::future<ResultDate>> reading;
  for (const fs::path& date : folders) {
    reading.push_back(std::async(std::launch::async, readResult, date));
  }
  for (std::size_t n = 0; n < count; ++n) {
    out.dates.push_back(reading[n].get());
    requireCompared(out.comparison, n, folders[n], out.dates.back().assessment);
    takePads(out.comparison, folder, n, out.dates.back());
  }
  return out;
}

}  // namespace neurovasc::pipeline
