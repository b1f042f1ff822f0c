#include "neurovasc/anatomy/segment.h"

#include "neurovasc/anatomy/levels.h"
#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {

void validate(const AnatomyOptions& options) {
  if (options.sides.empty()) throw Error(ErrorCode::usage, "sides must name left, right or both");
}

Anatomy segment(const FusedStudy& study, const AnatomyOptions& options, const Progress& progress) {
  validate(options);
  progress.report("anatomy", 0, "measuring tissue levels");
  Anatomy anatomy;
  anatomy.levels = measureLevels(study);
  return anatomy;
}

}  // namespace neurovasc::anatomy
