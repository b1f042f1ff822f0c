#include "pad_images.h"

#include <algorithm>

namespace neurovasc::followup {
namespace {

/// Levels by which brain can be told from CSF: brain at least a quarter brighter.
std::optional<DateLevels> brightBrainLevels(const LabelMap& labels,
                                            const std::optional<ImageF>& image) {
  const auto levels = image ? levelsWithin(labels, *image) : std::nullopt;
  return levels && levels->brain > 1.25 * levels->csf ? levels : std::nullopt;
}

}  // namespace

Darkness::Darkness(const FollowupDate& date)
    : date_(date),
      t2_levels_(levelsWithin(date.labels, date.t2)),
      tof_levels_(brightBrainLevels(date.labels, date.tof)),
      ce_t1_levels_(brightBrainLevels(date.labels, date.ce_t1)) {
  if (t2_levels_ && !(t2_levels_->csf > 1.25 * t2_levels_->brain)) {
    t2_levels_.reset();
  }
}

std::optional<double> Darkness::tissueShare(const std::optional<ImageF>& image,
                                            const std::optional<DateLevels>& levels,
                                            const Point3& p) {
  if (!levels || !image->geometry().contains(p)) {
    return std::nullopt;
  }
  const double value = interpolate(*image, p);
  // Outside a series its voxels hold 0, below any noise.
  if (value <= 0) {
    return std::nullopt;
  }
  return std::clamp((value - levels->csf) / (levels->brain - levels->csf), 0.0, 1.0);
}

double Darkness::t2At(const Point3& p) const { return interpolate(date_.t2, p) / t2_levels_->csf; }

std::optional<double> Darkness::deficitAt(const Point3& p) const {
  if (!known() || !date_.t2.geometry().contains(p)) {
    return std::nullopt;
  }
  const double brain = t2_levels_->brain / t2_levels_->csf;
  const auto tof = tissueShare(date_.tof, tof_levels_, p);
  const auto ce_t1 = tissueShare(date_.ce_t1, ce_t1_levels_, p);
  if (!tof && !ce_t1) {
    // T2 alone: nothing but what is darker than brain can be told from it.
    return (brain - t2At(p)) / brain;
  }
  const double tissue = std::max(tof.value_or(0), ce_t1.value_or(0));
  return (1 - tissue) + tissue * brain - t2At(p);
}

std::optional<double> Darkness::ceT1OverBrain(const Point3& p) const {
  if (!ce_t1_levels_ || !date_.ce_t1->geometry().contains(p)) {
    return std::nullopt;
  }
  const double value = interpolate(*date_.ce_t1, p);
  return value > 0 ? std::optional<double>(value / ce_t1_levels_->brain) : std::nullopt;
}

bool Darkness::isDarkOnCeT1(const Point3& p) const {
  const auto share = tissueShare(date_.ce_t1, ce_t1_levels_, p);
  return share && *share < 0.5;
}

}  // namespace neurovasc::followup
