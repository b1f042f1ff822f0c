#pragma once

#include <QString>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/scene/parts.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::viewer {

/// One date as it is shown. Points of the assessment are in the date's own frame; scene, parts and
/// CE-T1 are in the shown one, which is the first date's.
struct ShownDate {
  QString title;  ///< "Date 2, +314 d"; empty: there is but one
  std::filesystem::path folder;
  Assessment assessment;
  std::string assessment_sha256;
  scene::SceneContent scene;
  std::optional<scene::SceneImage> ce_t1;
  std::vector<scene::ScenePart> parts;
  RigidTransform own_from_shown;

  Point3 shown(const Point3& own) const { return own_from_shown.inverse()(own); }
};

/// Everything that a window shows.
struct ShownStudy {
  std::vector<ShownDate> dates;  ///< at least one
  std::optional<Comparison> comparison;
  QString label;
};

/// Reads a result folder of `analyze`, or one of `compare`, whose dates' folders may have to be
/// named (pipeline::readDates). Throws what the readers throw, and Error(usage) for a path that is
/// no result, and for dates after the result of one.
ShownStudy openResult(const std::filesystem::path& folder,
                      const std::vector<std::filesystem::path>& dates = {});

/// Surfaces as they are drawn and cut here.
std::vector<scene::ScenePart> partsOf(const scene::SceneContent& content);

}  // namespace neurovasc::viewer
