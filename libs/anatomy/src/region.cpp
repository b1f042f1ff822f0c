#include "neurovasc/anatomy/region.h"

#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {

void validate(const RegionOptions& options) {
  if (!(options.search_voxel_mm > 0.2 && options.search_voxel_mm <= 1.5)) {
    throw Error(ErrorCode::usage, "search_voxel_mm must lie between 0.2 and 1.5");
  }
}

StudyRegion locateRegion(const SeriesImage& t2, const RegionOptions& options,
                         const Progress& progress) {
  validate(options);
  progress.report("region", 0, "looking for the ears");
  StudyRegion region;
  region.box.upper = t2.image.size();
  return region;
}

}  // namespace neurovasc::anatomy
