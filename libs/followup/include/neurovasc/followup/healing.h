#pragma once

#include <optional>
#include <string_view>

namespace neurovasc::followup {

/// A share that the published table brackets but does not give: it lies within, 0 to 1.
struct ShareRange {
  double low = 0;
  double high = 0;
};

/// What a published series says of groups of patients so many days after surgery, not of one.
struct HealingCurve {
  /// Of all who will in the end be free of spasm: the share that is not so yet.
  ShareRange still_to_come;
  /// Of those who still twitch on this day: the share that will be free in the end.
  ShareRange free_later;
  double assumed_cure = 0;  ///< share of all operated patients that is free in the end
};

/// The curve at @p days_since_surgery.
///
/// Source: 175 consecutive patients, all free in the end: 62 within 7 days, 28 more within 1
/// month, 38 within 3, 25 within 6, 17 within 12, 5 later (J Neurol Surg B 2022;83:548). With F the
/// share free so far, known only between two of these times, and c the assumed overall cure,
///
///     still_to_come = 1 - F        free_later = c (1 - F) / (1 - c F)
///
/// Throws Error(usage) for a negative day or a cure outside (0, 1).
HealingCurve healingCurve(int days_since_surgery, double assumed_cure = 0.9);

/// What patients are told to wait for, by time since surgery.
enum class ReferencePoint {
  first_days,         ///< about a third are free within a week; spasm may come and go
  four_to_six_weeks,  ///< about half are free
  three_months,       ///< about three in four
  six_months,         ///< most of the late ones (some 30 % of all) are free by now
  twelve_months,      ///< outcome is judged from here on: 85 to 95 % of all are free
};

/// The last point reached after so many days; none before the day of surgery.
std::optional<ReferencePoint> referencePoint(int days_since_surgery);

/// How often spasm persisted where the lateral spread response did, and where it was gone; 26
/// studies, 7479 patients (meta-analysis, clinical sources in docs/clinical-course.md).
struct SpreadMeaning {
  double spasm_if_persists = 0;
  double spasm_if_gone = 0;
};

/// By the time of the look: discharge (up to 6 weeks), 3 months (up to 7 months), else a year.
SpreadMeaning lateralSpreadMeaning(int days_since_surgery);

std::string_view name(ReferencePoint point);  ///< "six_months"

}  // namespace neurovasc::followup
