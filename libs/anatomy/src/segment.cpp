#include "neurovasc/anatomy/segment.h"

#include <utility>

#include "neurovasc/anatomy/ears.h"
#include "neurovasc/anatomy/levels.h"
#include "neurovasc/anatomy/tissue.h"
#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {

namespace {

Point3 centerOf(const GridGeometry& grid) {
  return grid.toLps(
      Vec3{0.5 * (grid.size[0] - 1), 0.5 * (grid.size[1] - 1), 0.5 * (grid.size[2] - 1)});
}

}  // namespace

void validate(const AnatomyOptions& options) {
  if (options.sides.empty()) throw Error(ErrorCode::usage, "sides must name left, right or both");
}

Anatomy segment(const FusedStudy& study, const AnatomyOptions& options, const Progress& progress) {
  validate(options);
  const ImageF& t2 = study.t2.fine;
  progress.report("anatomy", 0, "measuring tissue levels");
  Anatomy anatomy;
  anatomy.levels = measureLevels(study);
  progress.report("anatomy", 0.05, "looking for the ears");
  anatomy.ears =
      findEars(t2, anatomy.levels.t2_dark, anatomy.levels.t2_csf, options.threads, progress);
  anatomy.frame = headFrame(anatomy.ears, centerOf(study.grid));
  TissueMaps maps = mapTissue(t2, anatomy.levels, anatomy.frame, options.threads, progress);
  anatomy.csf_fraction = std::move(maps.csf_fraction);
  anatomy.brain_distance_mm = std::move(maps.brain_distance_mm);
  anatomy.labels = LabelMap(study.grid);
  for (const Side side : kSides) {
    Nerve nerve;
    nerve.side = side;
    nerve.reason = "not traced";
    anatomy.nerves.push_back(nerve);
  }
  return anatomy;
}

}  // namespace neurovasc::anatomy
