#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/clinical.h"
#include "neurovasc/core/geometry.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/core/volume.h"

namespace neurovasc {

/// What two dates together say of one side; the first that fits, in this order.
enum class Outcome {
  not_assessable,    ///< root exit point to transition zone unseen at a date, and no contact stands
  residual_contact,  ///< a contact of before persists or moved, and there is a sign of surgery
  new_contact,       ///< a contact of now has no partner before
  unchanged,         ///< contact persists without a sign of surgery
  decompressed,      ///< there was contact, and root exit point to transition zone are clear now
  no_contact,
  contact,  ///< of one date alone, without anything to compare it with
};

/// What became of a contact from one date to another.
enum class ContactChange {
  resolved,        ///< it touched, and the gap opened beyond its error
  residual,        ///< it touches still
  moved,           ///< the same vessel touches elsewhere on the nerve
  new_contact,     ///< it touches now and did not before; "new"
  within_error,    ///< touching at one date only, but the gap changed by less than its error
  not_assessable,  ///< its place was not seen at one of the dates
};

enum class TouchesNerve { yes, no, ambiguous };

/// What a dark body in the cistern is taken for.
enum class PadKind {
  pad,        ///< decompression material
  ambiguous,  ///< or a vessel, blood, air or glue
};

/// Where a place on the nerve lies against a pad, from the brainstem outward.
enum class PadOrder {
  brainstem_contact_pad,  ///< the contact is nearer to the brainstem than the pad
  beside_pad,             ///< the pad reaches along the nerve past the contact
  pad_contact_canal,      ///< the contact is nearer to the canal
};

/// How a later date was brought onto the first.
struct DateRegistration {
  /// Takes LPS points of the first date to this date's.
  RigidTransform date_from_first;
  std::optional<double> error_mm;     ///< 1 sd at the nerves
  std::optional<double> inverse_mm;   ///< there and back, registered twice: how far off
  std::optional<double> landmark_mm;  ///< what labyrinths and nerve landmarks misfit by, median
  std::optional<double> quality;      ///< normalised mutual information, 0 to 1
};

/// A side of a later date that was measured again with the first date's landmarks. It stands in
/// place of that date's own.
struct MeasuredAnew {
  SideAssessment assessment;
  std::vector<Vessel> vessels;  ///< that it names and the date's own result does not hold
};

/// One of the dates compared.
struct ComparedDate {
  std::optional<int> days_since_first;
  std::optional<int> weeks_since_surgery;  ///< since the last surgery before this date
  bool has_tof = false;
  bool has_ce_t1 = false;
  std::optional<DateRegistration> registration;  ///< empty for the first date
  std::vector<MeasuredAnew> measured_anew;       ///< at most one of a side
};

/// A contact at one of the dates. What was not listed or measured there is empty.
struct ContactSighting {
  std::string contact_id;  ///< of that date's assessment; empty where none is listed
  std::string vessel_id;
  VesselKind kind = VesselKind::unknown;
  VesselName vessel_name = VesselName::unknown;
  std::optional<double> name_confidence;
  std::optional<double> distance_mm;
  std::optional<double> distance_sd_mm;
  std::optional<double> contact_probability;
  std::optional<Zone> zone;
  std::optional<double> arclength_mm;  ///< on that date's own nerve
  /// Of the place at that date: of the zone that it lies in.
  ZoneStatus place = ZoneStatus::not_assessable;
  /// Whether what was traced there may be clotted blood or felt beside a pad: then it counts
  /// neither as contact nor as none.
  bool may_be_clot = false;
  std::optional<ContactChange>
      since_previous;  ///< empty at the first date, and where never touched
};

/// One place where a vessel is near the nerve at some date, followed through all of them.
struct TrackedContact {
  std::string id;  ///< "L1", "L2", "R1"... by arc length on the first date's nerve
  std::optional<double> arclength_mm;   ///< there
  std::vector<ContactSighting> dates;   ///< as many as there are dates
  std::optional<ContactChange> state;   ///< from the first date to the last; empty: never touched
  std::optional<double> gap_change_mm;  ///< last minus first
  std::optional<double> gap_change_sd_mm;
  std::optional<double> smallest_change_mm;  ///< that these data could show: two sd
  std::optional<Vec3> vessel_shift_mm;       ///< of the vessel's axis, LPS of the first date
  std::optional<double> vessel_shift_sd_mm;
  /// Whether an indentation or displacement of the nerve went back beyond its error; empty where
  /// there was none or it was not measured.
  std::optional<bool> deformity_recovered;
  std::vector<std::string> near_pads;  ///< pads of the last date within reach, by id
  std::optional<PadOrder> pad_order;   ///< against the nearest of these
};

/// A pad at one date.
struct ComparedPad {
  std::size_t date = 0;  ///< 0 is the first
  Pad pad;               ///< LPS of its own date
  PadKind kind = PadKind::ambiguous;
  std::string reason;  ///< of ambiguous
  TouchesNerve touches_nerve = TouchesNerve::ambiguous;
  std::optional<double>
      distance_mm;  ///< between the surfaces of pad and nerve, 0 when they overlap
  std::optional<double> distance_sd_mm;
  std::optional<double> vessel_distance_mm;  ///< to the nearest vessel's surface
  std::string vessel_id;
  /// Range of Pad::volume_mm3. Empty: not measured.
  std::optional<double> least_volume_mm3;
  std::optional<double> most_volume_mm3;
  /// Whether its surroundings enhance on CE-T1, a sign of granuloma; empty without CE-T1.
  std::optional<bool> rim_enhances;
  ImageF share;                   ///< how much of each voxel it fills, 0 to 1; not kept in files
  Vec3 extent_mm;                 ///< longest, middle and shortest axis
  std::optional<double> from_mm;  ///< along the nerve, from the root exit point
  std::optional<double> to_mm;
};

/// One row of the table: a zone at the first and at the last date.
struct ComparedZone {
  Zone zone = Zone::root_exit_point;
  std::optional<bool> explored;  ///< at surgery, as told
  ZoneStatus before = ZoneStatus::not_assessable;
  ZoneStatus now = ZoneStatus::not_assessable;
  bool pad = false;  ///< a pad of the last date lies along it
};

/// What stands out on an operated side.
enum class FollowupFinding {
  residual_proximal_to_pad,
  residual_distal_to_pad,
  residual_beside_pad,
  second_vessel_missed,  ///< one contact went, another of before is still there
  pad_migrated,
  pad_touches_nerve,
  vessel_recoiled,      ///< contact was gone at a date between and is back
  granuloma_suspected,  ///< a pad's surroundings enhance on CE-T1
  indeterminate,        ///< what is near the pad cannot be told
};

/// The clinical course of a side beside its images, in the words of followup/course.h and joint.h.
struct CourseSummary {
  std::optional<int> days_since_surgery;
  std::string spasm;  ///< "never_free"; empty: no course was given
  std::vector<std::string> look_alikes;
  std::string joint;  ///< "recurrence_suspected"; empty where nothing may be joined
  bool sides_disagree = false;
};

struct SideComparison {
  Side side = Side::left;
  Outcome outcome = Outcome::not_assessable;
  std::string reason;            ///< of not_assessable
  bool sign_of_surgery = false;  ///< a pad on this side, or a surgery date between the dates
  std::vector<FollowupFinding> findings;
  std::vector<TrackedContact> contacts;
  std::vector<ComparedZone> zones;
  CourseSummary course;
};

/// Two or more dates of one patient, or one after surgery alone.
struct Comparison {
  std::vector<ComparedDate> dates;  ///< in order of time
  std::vector<SideComparison> sides;
  std::vector<ComparedPad> pads;
  ClinicalCourse clinical;          ///< days, no dates
  std::optional<int> clinical_day;  ///< of the last date, on the course's own scale
  double assumed_cure = 0.9;        ///< share of all operated patients that is free in the end
  std::string label;
  std::vector<std::string> warnings;
};

std::string_view name(Outcome outcome);          ///< "residual_contact"
std::string_view name(ContactChange change);     ///< "resolved"; new_contact is "new"
std::string_view name(TouchesNerve touches);     ///< "yes", "no", "ambiguous"
std::string_view name(PadKind kind);             ///< "pad", "ambiguous"
std::string_view name(PadOrder order);           ///< "brainstem_contact_pad"
std::string_view name(FollowupFinding finding);  ///< "pad_migrated"

}  // namespace neurovasc
