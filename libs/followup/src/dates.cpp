#include "neurovasc/followup/dates.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace neurovasc::followup {
namespace {

/// Medians stand on some ten thousand voxels of each tissue; one in so many is looked at.
constexpr std::size_t kEvery = 61;

std::optional<double> medianOf(std::vector<double>& values) {
  if (values.empty()) {
    return std::nullopt;
  }
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Point3 placeOf(const GridGeometry& grid, std::size_t offset) {
  const auto columns = static_cast<std::size_t>(grid.size[0]);
  const auto rows = static_cast<std::size_t>(grid.size[1]);
  return grid.toLps(static_cast<int>(offset % columns), static_cast<int>(offset / columns % rows),
                    static_cast<int>(offset / columns / rows));
}

}  // namespace

FollowupDate followupDate(const FusedStudy& study, const Anatomy& anatomy, Assessment assessment) {
  FollowupDate date;
  date.assessment = std::move(assessment);
  date.t2 = study.t2.on_t2_voxels;
  if (study.tof) {
    date.tof = study.tof->on_t2_voxels;
  }
  if (study.ce_t1) {
    date.ce_t1 = study.ce_t1->on_t2_voxels;
  }
  date.labels = anatomy.labels;
  return date;
}

std::optional<DateLevels> levelsWithin(const LabelMap& labels, const ImageF& image) {
  std::vector<double> brain;
  std::vector<double> csf;
  for (std::size_t at = 0; at < labels.voxelCount(); at += kEvery) {
    const auto label = static_cast<Label>(labels[at]);
    if (label != Label::brain && label != Label::csf) {
      continue;
    }
    const Point3 place = placeOf(labels.geometry(), at);
    if (image.geometry().contains(place)) {
      (label == Label::brain ? brain : csf).push_back(interpolate(image, place));
    }
  }
  const auto brain_level = medianOf(brain);
  const auto csf_level = medianOf(csf);
  return brain_level && csf_level ? std::optional<DateLevels>({*brain_level, *csf_level})
                                  : std::nullopt;
}

const SideAssessment* findSide(const Assessment& assessment, Side side) {
  const auto found = std::find_if(assessment.sides.begin(), assessment.sides.end(),
                                  [side](const SideAssessment& s) { return s.side == side; });
  return found == assessment.sides.end() ? nullptr : &*found;
}

}  // namespace neurovasc::followup
