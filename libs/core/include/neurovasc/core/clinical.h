#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/terms.h"

namespace neurovasc {

/// What the clinic knows of the patient, all optional, none of it needed to measure. Dates are ISO
/// 8601 days ("2025-02-03") on input and never leave the program: a course read back from a result
/// has no date, only `day`, the days since the course's own day zero.

enum class SymptomSide { left, right, both };

struct Symptom {
  std::optional<std::string> date;
  std::optional<int> day;
  std::optional<SymptomSide> side;
  std::string scale;  ///< "SMC", "Cohen", "HFS-7", "percent"
  std::string scale_version;
  std::optional<double> score;
  std::vector<std::string> muscles;
  std::optional<bool> synchronous;
  std::optional<bool> after_palsy;
  std::optional<bool> in_sleep;
};

struct Electromyography {
  std::optional<std::string> date;
  std::optional<int> day;
  std::optional<Side> side;
  std::optional<bool> lateral_spread;
  std::optional<bool> synkinesis;
  std::string timing;  ///< "before", "during", "after" surgery, or empty
};

enum class TreatmentKind { medication, botulinum_toxin, supportive, surgery };

struct Treatment {
  TreatmentKind kind = TreatmentKind::supportive;
  std::optional<std::string> date;
  std::optional<int> day;
  std::optional<Side> side;
  std::string agent;
  std::string response;  ///< "response", "partial", "resistance", or empty
};

enum class SurgicalTechnique { interposed, transposed, sling, unknown };

struct Surgery {
  std::optional<std::string> date;
  std::optional<int> day;
  std::optional<Side> side;
  std::string material;
  SurgicalTechnique technique = SurgicalTechnique::unknown;
  std::vector<VesselName> vessels_moved;
  std::vector<Zone> zones_explored;
};

struct Complication {
  std::string kind;   ///< "facial_weakness", "hearing", "dizziness", "swallowing", ...
  std::string grade;  ///< with its scale: "House-Brackmann II"
  std::optional<std::string> date;
  std::optional<int> day;
};

/// What day 0 of a course without dates is.
enum class DayZero { first_surgery, first_entry };

struct ClinicalCourse {
  std::optional<DayZero> day_zero;  ///< empty in a course with dates, or with no date at all
  std::vector<Symptom> symptoms;
  std::vector<Electromyography> emg;
  std::vector<Treatment> treatments;
  std::vector<Surgery> surgeries;
  std::vector<Complication> complications;
};

std::string_view name(SymptomSide side);            ///< "left", "right", "both"
std::string_view name(TreatmentKind kind);          ///< "medication", "botulinum_toxin", ...
std::string_view name(SurgicalTechnique technique); ///< "interposed", "transposed", ...
std::string_view name(DayZero day_zero);            ///< "first_surgery", "first_entry"

}  // namespace neurovasc
