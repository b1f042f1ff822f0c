#include "shown_study.h"

#include <fmt/format.h>

#include <future>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/pipeline/read_result.h"
#include "neurovasc/scene/dates.h"

namespace neurovasc::viewer {
namespace {

namespace fs = std::filesystem;

QString titleOf(const Comparison& comparison, std::size_t n) {
  const auto& days = comparison.dates[n].days_since_first;
  return n > 0 && days ? QString("Date %1, +%2 d").arg(n + 1).arg(*days)
                       : QString("Date %1").arg(n + 1);
}

scene::SceneImage inFrame(scene::SceneImage image, const RigidTransform& to) {
  scene::SceneContent carrier;
  carrier.t2 = std::move(image);
  return std::move(scene::inFrame(std::move(carrier), to).t2);
}

/// @p read brought into the frame from which @p own_from_shown leads to its own.
ShownDate shownDate(pipeline::ResultDate read, const RigidTransform& own_from_shown) {
  ShownDate date;
  date.folder = std::move(read.folder);
  date.assessment = std::move(read.assessment);
  date.assessment_sha256 = std::move(read.assessment_sha256);
  date.own_from_shown = own_from_shown;
  const RigidTransform shown_from_own = own_from_shown.inverse();
  date.scene = scene::inFrame(std::move(read.scene), shown_from_own);
  if (read.ce_t1) {
    date.ce_t1 = inFrame(std::move(*read.ce_t1), shown_from_own);
  }
  date.parts = partsOf(date.scene);
  return date;
}

ShownStudy openComparison(const fs::path& folder, const std::vector<fs::path>& dates) {
  pipeline::ResultDates read = pipeline::readDates(folder, dates);
  ShownStudy study;
  std::vector<std::future<ShownDate>> bringing;
  for (std::size_t n = 0; n < read.dates.size(); ++n) {
    const auto& registration = read.comparison.dates[n].registration;
    bringing.push_back(std::async(std::launch::async, shownDate, std::move(read.dates[n]),
                                  registration ? registration->date_from_first : RigidTransform{}));
  }
  for (std::size_t n = 0; n < bringing.size(); ++n) {
    study.dates.push_back(bringing[n].get());
    study.dates.back().title = titleOf(read.comparison, n);
  }
  study.label = QString::fromStdString(read.comparison.label);
  study.comparison = std::move(read.comparison);
  return study;
}

}  // namespace

std::vector<scene::ScenePart> partsOf(const scene::SceneContent& content) {
  scene::PartOptions options;
  options.tube_step_mm = 0.3;  // an outline then follows a bend to within a pixel
  options.tube_sides = 20;     // round to within 1.2 % of the radius
  return scene::sceneParts(content, options);
}

ShownStudy openResult(const fs::path& folder, const std::vector<fs::path>& dates) {
  switch (pipeline::resultKindOf(folder)) {
    case pipeline::ResultKind::comparison:
      return openComparison(folder, dates);
    case pipeline::ResultKind::assessment: {
      if (!dates.empty()) {
        throw Error(ErrorCode::usage,
                    fmt::format("{}: is the result of one date; others can be named after a "
                                "comparison alone",
                                folder.string()),
                    "Compare them first: 'neurovasc compare PRE POST --output OUT', then "
                    "'neurovasc view OUT PRE POST'.");
      }
      ShownStudy study;
      study.dates.push_back(shownDate(pipeline::readResult(folder), {}));
      study.label = QString::fromStdString(study.dates[0].assessment.label);
      return study;
    }
    case pipeline::ResultKind::none:
      break;
  }
  throw Error(
      ErrorCode::usage, fmt::format("{}: is no result folder", folder.string()),
      "Name a folder that 'neurovasc analyze' or 'neurovasc compare' made; a study is analysed "
      "first: 'neurovasc analyze STUDY --output RESULT'.");
}

}  // namespace neurovasc::viewer
