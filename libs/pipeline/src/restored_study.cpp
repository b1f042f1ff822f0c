#include "restored_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "date_folder.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/fusion.h"

namespace neurovasc::pipeline {
namespace {

/// The series of an id with its image; nothing where the image was not kept.
std::optional<SeriesImage> kept(const Assessment& assessment, const std::string& id,
                                std::optional<ImageF> image) {
  const auto series = std::find_if(assessment.series.begin(), assessment.series.end(),
                                   [&id](const Series& one) { return one.id == id; });
  if (!image || series == assessment.series.end()) {
    return std::nullopt;
  }
  return SeriesImage{*series, std::move(*image)};
}

/// The middle of what is labelled as @p label; empty where nothing is.
std::optional<Point3> middleOf(const LabelMap& labels, Label label) {
  const auto wanted = static_cast<std::uint8_t>(label);
  const Size3& n = labels.size();
  Vec3 sum;
  double count = 0;
  std::size_t at = 0;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i, ++at) {
        if (labels[at] == wanted) {
          sum = sum + labels.geometry().toLps(i, j, k);
          count += 1;
        }
      }
    }
  }
  return count > 0 ? std::optional<Point3>(sum * (1 / count)) : std::nullopt;
}

std::vector<Ear> earsIn(const LabelMap& labels) {
  std::vector<Ear> ears;
  for (const Side side : kSides) {
    const Label label = side == Side::left ? Label::labyrinth_left : Label::labyrinth_right;
    if (const auto middle = middleOf(labels, label)) {
      ears.push_back({side, *middle, {}});
    }
  }
  return ears;
}

}  // namespace

RestoredStudy restoreStudy(const std::filesystem::path& folder, int threads,
                           const Progress& progress) {
  progress.report("read", 0, "result");
  followup::FollowupDate date = readDate(folder);
  progress.report("read", 1);
  RestoredStudy restored;
  restored.region.ears = earsIn(date.labels);
  imaging::FusedVolumes volumes;
  volumes.grid = date.labels.geometry();
  const SeriesUsed& used = date.assessment.series_used;
  auto t2 = kept(date.assessment, used.t2, std::move(date.t2));
  if (!t2) {
    throw Error(ErrorCode::input_unreadable,
                fmt::format("{}: assessment.json does not hold the T2 series that was used",
                            folder.string()),
                "Analyse the study again.");
  }
  volumes.t2 = std::move(*t2);
  volumes.tof = kept(date.assessment, used.tof, std::move(date.tof));
  volumes.ce_t1 = kept(date.assessment, used.ce_t1, std::move(date.ce_t1));
  volumes.registrations = date.assessment.registrations;
  imaging::FusionOptions options;
  options.threads = threads;
  restored.fused = imaging::restored(volumes, options, progress);
  restored.assessment = std::move(date.assessment);
  return restored;
}

}  // namespace neurovasc::pipeline
