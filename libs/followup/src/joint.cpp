#include "neurovasc/followup/joint.h"

#include <algorithm>

namespace neurovasc::followup {
namespace {

bool fits(const JointRow& row, Outcome outcome, SpasmCourse spasm, Lapse lapse) {
  return row.outcome == outcome && row.spasm == spasm &&
         (row.lapse == Lapse::any || row.lapse == lapse);
}

/// Symptoms on both sides name none.
std::optional<Side> oneSide(const std::optional<SymptomSide>& symptoms) {
  if (!symptoms || *symptoms == SymptomSide::both) {
    return std::nullopt;
  }
  return *symptoms == SymptomSide::left ? Side::left : Side::right;
}

bool differ(const std::optional<Side>& a, const std::optional<Side>& b) {
  return a && b && *a != *b;
}

}  // namespace

const std::vector<JointRow>& jointTable() {
  using O = Outcome;
  using S = SpasmCourse;
  using L = Lapse;
  using J = JointFinding;
  // Delayed relief within six months is common, and contact is seen in many nerves without spasm:
  // before six months contact alone suggests nothing.
  static const std::vector<JointRow> table = {
      {O::decompressed, S::free, L::any, J::healing_as_expected},
      {O::decompressed, S::improving, L::any, J::healing_as_expected},
      {O::decompressed, S::early_return, L::within_six_months, J::healing_as_expected},
      {O::decompressed, S::never_free, L::within_six_months, J::healing_as_expected},
      {O::residual_contact, S::never_free, L::beyond_six_months,
       J::incomplete_decompression_suspected},
      {O::residual_contact, S::early_return, L::beyond_six_months,
       J::incomplete_decompression_suspected},
      {O::residual_contact, S::free_and_back, L::any, J::recurrence_suspected},
      {O::new_contact, S::never_free, L::beyond_six_months, J::incomplete_decompression_suspected},
      {O::new_contact, S::early_return, L::beyond_six_months,
       J::incomplete_decompression_suspected},
      {O::new_contact, S::free_and_back, L::any, J::recurrence_suspected},
  };
  return table;
}

JointFinding jointFinding(Outcome outcome, const SideCourse& course, const CourseOptions& options) {
  if (!course.days_since_surgery) {
    return JointFinding::indeterminate;
  }
  const bool beyond = *course.days_since_surgery >= options.imaging_again_days;
  const Lapse lapse = beyond ? Lapse::beyond_six_months : Lapse::within_six_months;
  const auto& table = jointTable();
  const auto row = std::find_if(table.begin(), table.end(), [&](const JointRow& candidate) {
    return fits(candidate, outcome, course.spasm, lapse);
  });
  if (row == table.end()) {
    return JointFinding::indeterminate;
  }
  const bool too_short = row->finding == JointFinding::recurrence_suspected &&
                         course.free_days.value_or(0) < options.free_interval_days;
  const bool reassuring = row->finding == JointFinding::healing_as_expected;
  const bool withheld = too_short || (reassuring && course.complication);
  return withheld ? JointFinding::indeterminate : row->finding;
}

bool sidesDisagree(const SideClues& clues) {
  const std::optional<Side> symptoms = oneSide(clues.symptoms);
  const bool contact_elsewhere =
      symptoms && !clues.contacts.empty() &&
      std::find(clues.contacts.begin(), clues.contacts.end(), *symptoms) == clues.contacts.end();
  return differ(symptoms, clues.surgery) || differ(symptoms, clues.pad) ||
         differ(clues.surgery, clues.pad) || contact_elsewhere;
}

}  // namespace neurovasc::followup
