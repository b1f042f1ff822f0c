#include "neurovasc/followup/healing.h"

#include <array>

#include "neurovasc/core/error.h"

namespace neurovasc::followup {
namespace {

/// By which day how many of the 175 were free.
struct Knot {
  int day;
  int free;
};
constexpr std::array<Knot, 5> kKnots = {{{7, 62}, {30, 90}, {91, 128}, {183, 153}, {365, 170}}};
constexpr double kPatients = 175;

/// The share of eventual cures reached by a day: at least that of the last time passed, at most
/// that of the next.
ShareRange reached(int day) {
  ShareRange share{0, 1};
  for (const Knot& knot : kKnots) {
    if (day < knot.day) {
      share.high = knot.free / kPatients;
      return share;
    }
    share.low = knot.free / kPatients;
  }
  return share;
}

double freeLater(double cure, double reached_share) {
  return cure * (1 - reached_share) / (1 - cure * reached_share);
}

/// From which day on a point counts as reached.
struct PointDay {
  int day;
  ReferencePoint point;
};
constexpr std::array<PointDay, 5> kPoints = {{{0, ReferencePoint::first_days},
                                              {28, ReferencePoint::four_to_six_weeks},
                                              {91, ReferencePoint::three_months},
                                              {183, ReferencePoint::six_months},
                                              {365, ReferencePoint::twelve_months}}};

}  // namespace

HealingCurve healingCurve(int days_since_surgery, double assumed_cure) {
  if (days_since_surgery < 0 || !(assumed_cure > 0 && assumed_cure < 1)) {
    throw Error(ErrorCode::usage, "the healing curve needs days from 0 and a cure between 0 and 1",
                "check the surgery's date and --assumed-cure");
  }
  const ShareRange share = reached(days_since_surgery);
  HealingCurve curve;
  curve.still_to_come = {1 - share.high, 1 - share.low};
  curve.free_later = {freeLater(assumed_cure, share.high), freeLater(assumed_cure, share.low)};
  curve.assumed_cure = assumed_cure;
  return curve;
}

std::optional<ReferencePoint> referencePoint(int days_since_surgery) {
  std::optional<ReferencePoint> reached_point;
  for (const PointDay& point : kPoints) {
    if (days_since_surgery >= point.day) {
      reached_point = point.point;
    }
  }
  return reached_point;
}

SpreadMeaning lateralSpreadMeaning(int days_since_surgery) {
  // The three times that were pooled; between them the nearer one speaks.
  constexpr int kUntilDischarge = 45;
  constexpr int kUntilThreeMonths = 228;
  if (days_since_surgery <= kUntilDischarge) {
    return {0.478, 0.073};
  }
  return days_since_surgery <= kUntilThreeMonths ? SpreadMeaning{0.408, 0.042}
                                                 : SpreadMeaning{0.244, 0.040};
}

}  // namespace neurovasc::followup
