#pragma once

#include <optional>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/followup/course.h"
#include "neurovasc/followup/dates.h"
#include "neurovasc/followup/pads.h"
#include "neurovasc/followup/register_dates.h"

namespace neurovasc::followup {

/// An operation that the user told of. Empty: not known.
struct KnownSurgery {
  std::optional<Side> side;
  std::optional<int> day;  ///< on the dates' scale
  std::vector<Zone> zones_explored;
};

struct CompareOptions {
  /// Contacts of two dates whose places on the nerve are so near are at one place. A vessel's
  /// contact is about as long; nerve points scatter by a millimetre.
  double same_place_mm = 3.0;
  double contact_probability = 0.5;  ///< from here on a vessel counts as touching
  double beyond_sd = 2.0;            ///< a change counts beyond so many of its own sd
  /// Two courses are one vessel's where this share of the shorter lies within 1.5 mm of the other.
  double same_course = 0.5;
  /// A name so confident tells vessels apart.
  double sure_name = 0.75;
  /// Detachment points and porus of one nerve at two dates, brought together, lie within this of
  /// each other unless one line is astray: within 0.5 mm of each other where neither was (44 sides
  /// of simulated pairs), 2 to 9 mm apart where a pad had led one away.
  double same_landmark_mm = 1.5;
  double near_pad_mm = 2.0;   ///< so near to a pad's stretch of nerve, along the nerve
  double migration_mm = 3.0;  ///< a pad whose centre moved by more went somewhere else
  std::vector<KnownSurgery> surgeries;
  DateRegistrationOptions registration;
  PadOptions pads;
  int threads = 0;  ///< used for all of the above
};

/// Throws Error(usage) naming the option.
void validate(const CompareOptions& options);

/// What became of each side between the dates (in order of time), by the first date's nerve
/// coordinate. With one date alone: whether there is contact, and the pads.
///
/// Later dates are brought onto the first (registerDates). A contact is followed by its place on
/// the nerve, and where that does not tell, by its vessel: name, kind and course. Its change from
/// the first to the last date is
///
///     resolved        touched, and the gap grew by more than beyond_sd of its own sd, or no vessel
///                     is near any more where one would be seen
///     residual        touches at both dates
///     moved           the same vessel touches at both, more than same_place_mm apart
///     new             touches now, and the gap shrank beyond its error, or no vessel was near
///     within_error    touches at one date only, the gap changed within its error, or on the
///                     brainstem by more than the vessel moved
///     not_assessable  the zone was not seen at one of the dates, or it touched and TOF still shows
///                     blood where the vessel ran, but no vessel was traced there
///
/// Contacts beyond the porus take part, but decide nothing. A side's outcome is the first that fits
/// in the order of Outcome. Under PadOptions::early_weeks after surgery, and where the time since
/// surgery is not known, nothing near a dark body is assessable, unless that body was there so many
/// weeks before already. Errors: as registerDates(); usage without dates; cancelled.
Comparison compare(const std::vector<FollowupDate>& dates, const CompareOptions& options = {},
                   const Progress& progress = {});

/// The same for dates that were placed before: @p placed is Comparison::dates of an earlier call,
/// as where a side was measured again since. Nothing is registered.
Comparison comparePlaced(const std::vector<FollowupDate>& dates, std::vector<ComparedDate> placed,
                         const CompareOptions& options = {}, const Progress& progress = {});

/// Sets the clinical course beside the images of each side (sideCourse(), jointFinding()), on
/// comparison.clinical_day. Without any entry in comparison.clinical nothing is filled in.
void joinCourse(Comparison& comparison, const CourseOptions& options = {});

}  // namespace neurovasc::followup
