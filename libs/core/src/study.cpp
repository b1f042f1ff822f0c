#include "neurovasc/core/study.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<SeriesRole, 6> kRoleNames{{{{SeriesRole::cisternography, "cisternography"},
                                                {SeriesRole::tof, "tof"},
                                                {SeriesRole::ce_t1, "ce_t1"},
                                                {SeriesRole::t1, "t1"},
                                                {SeriesRole::t2_thick, "t2_thick"},
                                                {SeriesRole::other, "other"}}}};

constexpr EnumNames<SeriesProblemKind, 11> kProblemNames{
    {{{SeriesProblemKind::missing_slices, "missing_slices"},
      {SeriesProblemKind::repeated_slices, "repeated_slices"},
      {SeriesProblemKind::irregular_spacing, "irregular_spacing"},
      {SeriesProblemKind::mixed_orientation, "mixed_orientation"},
      {SeriesProblemKind::too_thick, "too_thick"},
      {SeriesProblemKind::unreadable_files, "unreadable_files"},
      {SeriesProblemKind::interpolated, "interpolated"},
      {SeriesProblemKind::single_slice, "single_slice"},
      {SeriesProblemKind::derived_image, "derived_image"},
      {SeriesProblemKind::lossy_compression, "lossy_compression"},
      {SeriesProblemKind::shear, "shear"}}}};

}  // namespace

std::string_view name(SeriesRole role) { return kRoleNames.name(role); }
std::string_view name(SeriesProblemKind kind) { return kProblemNames.name(kind); }
std::optional<SeriesRole> parseSeriesRole(std::string_view text) { return kRoleNames.parse(text); }

Resolution resolutionOf(const Vec3& voxel_mm) {
  constexpr double kRoundingMm = 1e-3;  // of header texts and of single precision
  const double coarsest = std::max({voxel_mm.x, voxel_mm.y, voxel_mm.z});
  if (coarsest <= kQuantitativeVoxelMm + kRoundingMm) {
    return Resolution::quantitative;
  }
  return coarsest <= kVisualVoxelMm + kRoundingMm ? Resolution::visual_only : Resolution::too_thick;
}

double coarsestVoxelMm(const Series& series) {
  const Vec3 v = series.acquisition.acquired_voxel_mm.value_or(series.geometry.spacing_mm);
  return std::max({v.x, v.y, v.z});
}

bool isBesideMissingSlice(const Series& series, const Point3& lps_mm, double reach_mm) {
  if (series.missing_slices.empty()) {
    return false;
  }
  const double spacing = series.geometry.spacing_mm.z;
  const double place = series.geometry.toIndex(lps_mm).z;
  return std::any_of(series.missing_slices.begin(), series.missing_slices.end(), [&](int k) {
    return std::abs(place - k) * spacing < std::max(spacing, reach_mm);
  });
}

}  // namespace neurovasc
