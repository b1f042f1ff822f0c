#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/followup/course.h"

namespace neurovasc::followup {

/// What imaging and course together suggest of one side. Never a diagnosis, never advice.
enum class JointFinding {
  healing_as_expected,                 ///< no vessel contact seen, and the course fits healing
  incomplete_decompression_suspected,  ///< contact is seen and the spasm lasts beyond six months
  recurrence_suspected,                ///< contact is seen and the spasm is back after being gone
  indeterminate,
};

/// Whether six months since surgery have passed.
enum class Lapse { within_six_months, beyond_six_months, any };

/// One row of the table; the first row that fits speaks, without one it is indeterminate.
struct JointRow {
  Outcome outcome;
  SpasmCourse spasm;
  Lapse lapse;
  JointFinding finding;
};

/// The whole table, as printed in docs/clinical-course.md.
const std::vector<JointRow>& jointTable();

/// The table's word for one side. A known complication turns healing_as_expected into
/// indeterminate; a return after less than options.free_interval_days is no recurrence yet.
JointFinding jointFinding(Outcome outcome, const SideCourse& course,
                          const CourseOptions& options = {});

/// The sides that clinic and images name.
struct SideClues {
  std::optional<SymptomSide> symptoms;
  std::optional<Side> surgery;
  std::optional<Side> pad;
  std::vector<Side> contacts;  ///< sides with a contact at any date
};

/// What @p comparison knows of these. A clue that names both sides is left empty, save for
/// symptoms; contacts in the internal auditory canal and ambiguous bodies are no clues.
SideClues sideClues(const Comparison& comparison);

/// Whether two clues name different sides: symptoms, surgery and pad among each other, or a contact
/// that is seen on the side without symptoms alone. Then no joint sentence may stand.
bool sidesDisagree(const SideClues& clues);

std::string_view name(JointFinding finding);  ///< "healing_as_expected"
std::string_view name(Lapse lapse);           ///< "within_six_months"

}  // namespace neurovasc::followup
