#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "neurovasc/core/clinical.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/followup/healing.h"

namespace neurovasc::followup {

/// How the spasm of one side went since the last surgery there, as far as dated scores tell.
enum class SpasmCourse {
  no_surgery,     ///< no dated surgery of this side
  unknown,        ///< no dated score since
  free,           ///< none at the last look
  masked,         ///< none at the last look, but under a drug or toxin that may hide it
  improving,      ///< there, but less than before
  never_free,     ///< there at every look, and not less
  early_return,   ///< gone and there again within the first weeks: part of healing, no recurrence
  free_and_back,  ///< gone, and there again later
};

struct CourseOptions {
  /// Spasm seen again so soon after surgery is a return in the first days: silent periods of up to
  /// 10 days with a later fading are published (J Korean Neurosurg Soc 2008;44:245; 2025;68:46);
  /// looks are weeks apart, hence more.
  int early_return_days = 30;
  /// So long free before it counts as a recurrence; many authors ask for 3 to 6 months.
  int free_interval_days = 91;
  /// So long botulinum toxin, or a drug begun, may hide spasm: about 4 months.
  int masking_days = 122;
  /// From when on lasting spasm is looked into by imaging again.
  int imaging_again_days = 183;
  /// Share of all operated patients that is free of spasm in the end; published: 0.85 to 0.95.
  double assumed_cure = 0.9;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const CourseOptions& options);

/// The clinical course of one side. Empty: not known.
struct SideCourse {
  Side side = Side::left;
  SpasmCourse spasm = SpasmCourse::unknown;
  std::optional<int> days_since_surgery;  ///< from the last one of this side to the day asked for
  /// From the first look without spasm to the first with spasm again: freedom lasted at most so
  /// long.
  std::optional<int> free_days;
  std::optional<HealingCurve> healing;  ///< empty where a complication or no surgery is known
  std::optional<ReferencePoint> reference_point;
  /// Six months have passed, spasm is there and not less.
  bool imaging_again = false;
  bool six_months_passed = false;  ///< options.imaging_again_days since the last surgery
  /// The last EMG after surgery that tells, and what it says of groups.
  std::optional<bool> lateral_spread;
  std::optional<SpreadMeaning> spread_meaning;
  bool complication = false;  ///< then nothing reassuring may be said
};

/// The course of @p side in @p course, which has days and no dates (result::withoutDates()), on
/// @p day (days since the course's day zero; that of the scan) or else on the last day noted.
SideCourse sideCourse(const ClinicalCourse& course, Side side, std::optional<int> day = {},
                      const CourseOptions& options = {});

/// Other diagnoses that look like hemifacial spasm.
enum class LookAlike {
  blepharospasm,           ///< both sides at the same instant
  bilateral_spasm,         ///< both sides, not at the same instant: rare
  synkinesis_after_palsy,  ///< began after a facial palsy
  eyelid_twitch,           ///< fatigue twitch or myokymia: one eyelid alone, no lateral spread
};

/// Those that the course points to on @p side, each once, in the order above.
std::vector<LookAlike> lookAlikes(const ClinicalCourse& course, Side side);

std::string_view name(SpasmCourse course);    ///< "never_free"
std::string_view name(LookAlike look_alike);  ///< "blepharospasm"

}  // namespace neurovasc::followup
