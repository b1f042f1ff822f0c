#pragma once

#include <optional>

#include "neurovasc/followup/dates.h"

namespace neurovasc::followup {

/// How dark places of a date are against what tissue, blood and CSF would show there.
class Darkness {
 public:
  explicit Darkness(const FollowupDate& date);

  /// Whether T2's levels are known at all.
  bool known() const { return t2_levels_.has_value(); }
  bool hasTof() const { return tof_levels_.has_value(); }

  /// The share of CSF's T2 signal that is missing at @p p; empty where T2 does not reach.
  std::optional<double> deficitAt(const Point3& p) const;
  /// T2 as a share of CSF's.
  double t2At(const Point3& p) const;
  /// Whether CE-T1 reaches @p p and is nearer to CSF's level than to brain's there.
  bool isDarkOnCeT1(const Point3& p) const;
  /// CE-T1 as a multiple of brain's; empty where it is absent or does not reach.
  std::optional<double> ceT1OverBrain(const Point3& p) const;

 private:
  /// 0 at CSF's level, 1 at brain's and above; empty where the series is absent or does not reach.
  static std::optional<double> tissueShare(const std::optional<ImageF>& image,
                                           const std::optional<DateLevels>& levels,
                                           const Point3& p);

  const FollowupDate& date_;
  std::optional<DateLevels> t2_levels_;
  std::optional<DateLevels> tof_levels_;
  std::optional<DateLevels> ce_t1_levels_;
};

}  // namespace neurovasc::followup
