#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc {

/// What a reader thinks of a contact as a whole. Corrections stand beside it.
enum class Decision {
  undecided,  ///< commented on or corrected, neither accepted nor rejected
  accepted,
  rejected,  ///< no vessel comes near the nerve here: it counts for nothing
};

/// What a reader says that a "vessel" is.
enum class ReviewedKind { artery, vein, pad, unknown };

/// A reader's word on one contact of the assessment. Empty: left as it was measured.
struct ContactVerdict {
  std::string contact_id;  ///< of the assessment, or of its side as reassessed where there is one
  Decision decision = Decision::undecided;
  std::optional<ContactState> state;  ///< whether it touches
  std::optional<ReviewedKind> kind;   ///< a pad is no contact with a vessel and counts for nothing
  std::optional<VesselName> vessel_name;
  std::optional<Zone> zone;
  std::optional<CamposBenitezGrade> campos_benitez;
  std::optional<SindouGrade> sindou;
  std::string comment;

  /// Whether the contact counts for nothing: rejected, or a pad.
  bool dismisses() const { return decision == Decision::rejected || kind == ReviewedKind::pad; }
  bool regrades() const { return state || zone || campos_benitez || sindou; }
  bool renames() const { return kind || vessel_name; }
};

/// A contact that was missed, as the reader placed it.
struct AddedContact {
  Side side = Side::left;
  Point3 nerve_point_mm;   ///< on the nerve's surface
  Point3 vessel_point_mm;  ///< on the vessel's
  VesselKind kind = VesselKind::unknown;
  VesselName vessel_name = VesselName::unknown;
  ContactState state = ContactState::touching;
  std::optional<double> distance_mm;  ///< gap, where the reader measured it
  std::optional<CamposBenitezGrade> campos_benitez;
  std::optional<SindouGrade> sindou;
  std::string comment;
};

/// What a reader says of a zone. A contact that stands there outranks it.
struct ZoneVerdict {
  Side side = Side::left;
  Zone zone = Zone::root_exit_point;
  ZoneStatus status = ZoneStatus::not_assessable;
  std::string comment;
};

/// Landmarks of one side that a reader placed anew, with what follows from them.
struct MovedLandmarks {
  Side side = Side::left;
  NerveLandmarks landmarks;  ///< those that were moved, marked manual; at least one
  /// The whole of the side as measured with them; empty: not reassessed yet.
  std::optional<SideAssessment> reassessed;
  std::vector<Vessel> vessels;  ///< that reassessed names and the assessment does not hold
  /// Verdicts on contacts of before that have no counterpart in reassessed.
  std::vector<ContactVerdict> lapsed;
};

/// What a reader found on a side before any result was shown.
struct FirstReading {
  Side side = Side::left;
  Finding finding = Finding::not_assessable;
  std::string comment;
  std::chrono::system_clock::time_point time;
};

/// What one reader says of one assessment. Nothing of the assessment is changed by it: see
/// contact::reviewed().
struct Review {
  std::string assessment_sha256;  ///< of the assessment.json that was read
  std::string reader;
  std::chrono::system_clock::time_point time;  ///< of the last change
  std::vector<FirstReading> read_first;        ///< at most one of a side
  std::vector<ContactVerdict> verdicts;        ///< at most one of a contact
  std::vector<AddedContact> added;
  std::vector<ZoneVerdict> zones;         ///< at most one of a zone
  std::vector<MovedLandmarks> landmarks;  ///< at most one of a side
};

/// A contact of the assessment or of the reader, with what the reader made of it.
struct ReviewedContact {
  std::string id;
  bool by_reader = false;                 ///< added by the reader
  bool standing = true;                   ///< else it was dismissed and is in no list any more
  std::optional<Contact> measured;        ///< as it was before; empty: by_reader
  std::optional<ContactVerdict> verdict;  ///< empty: not looked at, or by_reader
  std::string comment;
};

/// A zone whose status is not the measured one, or that the reader spoke of.
struct ReviewedZone {
  Zone zone = Zone::root_exit_point;
  ZoneStatus measured = ZoneStatus::not_assessable;
  ZoneStatus status = ZoneStatus::not_assessable;
  bool by_reader = false;  ///< else it follows from the contacts
  std::string comment;
};

/// One side before and after the review.
struct ReviewedSide {
  Side side = Side::left;
  Finding measured = Finding::not_assessable;  ///< of the assessment
  Finding finding = Finding::not_assessable;   ///< after the review
  bool reassessed = false;                     ///< measured anew with the reader's landmarks
  std::vector<ReviewedContact> contacts;       ///< measured ones in their order, then added ones
  std::vector<ReviewedZone> zones;
  std::optional<FirstReading> read_first;
  /// That the reader placed anew. On a side that was not reassessed nothing follows from them yet.
  NerveLandmarks moved;
};

/// An assessment as one reader leaves it.
struct ReviewedAssessment {
  /// Standing contacts alone, with the reader's words in place of the measured ones where there are
  /// any; findings and zones to match. What the reader did not measure is empty.
  Assessment assessment;
  std::string reader;
  std::chrono::system_clock::time_point time;
  std::vector<ReviewedSide> sides;  ///< in the order of the assessment's
};

/// The review's word on a contact, or null.
const ContactVerdict* verdictOn(const Review& review, std::string_view contact_id);

std::string_view name(Decision decision);
std::string_view name(ReviewedKind kind);
std::optional<Decision> parseDecision(std::string_view text);
std::optional<ReviewedKind> parseReviewedKind(std::string_view text);

}  // namespace neurovasc
