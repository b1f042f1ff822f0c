#include "neurovasc/contact/reviewed.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "coordinate.h"
#include "finding.h"
#include "neurovasc/contact/zones.h"
#include "review_sides.h"

namespace neurovasc::contact {
namespace {

VesselKind vesselKind(ReviewedKind kind) {
  return kind == ReviewedKind::artery ? VesselKind::artery
         : kind == ReviewedKind::vein ? VesselKind::vein
                                      : VesselKind::unknown;
}

bool isArteryName(VesselName name) {
  return name != VesselName::vein && name != VesselName::unknown;
}

/// What a vessel of one kind may be called when the reader changed only the kind.
VesselName nameFor(VesselKind kind, VesselName name) {
  if (kind == VesselKind::vein) {
    return VesselName::vein;
  }
  return kind == VesselKind::artery && isArteryName(name) ? name : VesselName::unknown;
}

VesselKind kindFor(VesselName name, VesselKind kind) {
  return name == VesselName::vein ? VesselKind::vein
         : isArteryName(name)     ? VesselKind::artery
                                  : kind;
}

void rename(const ContactVerdict& verdict, Contact& contact) {
  if (!verdict.renames()) {
    return;
  }
  if (verdict.kind) {
    contact.kind = vesselKind(*verdict.kind);
    contact.vessel_name = nameFor(contact.kind, contact.vessel_name);
  }
  if (verdict.vessel_name) {
    contact.vessel_name = *verdict.vessel_name;
    contact.kind = kindFor(contact.vessel_name, contact.kind);
  }
  contact.name_confidence = 1;
}

void regrade(const ContactVerdict& verdict, Contact& contact) {
  const auto replace = [](const auto& by, auto& value) { value = by ? by : value; };
  replace(verdict.state, contact.state);
  replace(verdict.zone, contact.zone);
  replace(verdict.campos_benitez, contact.campos_benitez);
  replace(verdict.sindou, contact.sindou);
}

/// A contact that stands after the review.
struct Standing {
  Contact contact;
  bool by_reader = false;   ///< added, or the reader said that it touches or where
  bool zone_given = false;  ///< then it lies in no other zone
  bool graded = false;      ///< deformity is what the grades say
};

bool gradedAsDeformed(const Contact& contact) {
  const auto grade = contact.campos_benitez;
  return grade == CamposBenitezGrade::moderate || grade == CamposBenitezGrade::severe ||
         contact.sindou == SindouGrade::ii || contact.sindou == SindouGrade::iii;
}

ContactBearing bearingOf(const Standing& one, const DeformityOptions& options) {
  const bool deforms =
      one.graded ? gradedAsDeformed(one.contact) : deformed(one.contact.deformity, options);
  return {touches(one.contact), deforms, one.contact.zone == Zone::internal_canal};
}

/// The contacts of @p side that stand; tells of each in @p told.
std::vector<Standing> standingContacts(const SideAssessment& side, const Review& review,
                                       std::vector<ReviewedContact>& told) {
  std::vector<Standing> standing;
  for (const Contact& contact : side.contacts) {
    const ContactVerdict* verdict = verdictOn(review, contact.id);
    ReviewedContact one{contact.id, false, true, contact, std::nullopt, {}};
    Standing after{contact};
    if (verdict != nullptr) {
      one.verdict = *verdict;
      one.comment = verdict->comment;
      one.standing = !verdict->dismisses();
      rename(*verdict, after.contact);
      regrade(*verdict, after.contact);
      after = {after.contact, verdict->state || verdict->zone, verdict->zone.has_value(),
               verdict->campos_benitez || verdict->sindou};
    }
    if (one.standing) {
      standing.push_back(std::move(after));
    }
    told.push_back(std::move(one));
  }
  return standing;
}

/// The highest number among ids like "L12".
int highestNumber(const std::vector<Contact>& contacts) {
  int highest = 0;
  for (const Contact& contact : contacts) {
    int number = 0;
    const std::string& id = contact.id;
    if (id.size() > 1 &&
        std::from_chars(id.data() + 1, id.data() + id.size(), number).ec == std::errc()) {
      highest = std::max(highest, number);
    }
  }
  return highest;
}

Contact contactFrom(const AddedContact& added, const Nerve& nerve, std::string id) {
  Contact contact;
  contact.id = std::move(id);
  contact.kind = added.kind;
  contact.vessel_name = added.vessel_name;
  contact.name_confidence = 1;
  contact.distance_mm = added.distance_mm;
  contact.state = added.state;
  contact.nerve_point_mm = added.nerve_point_mm;
  contact.vessel_point_mm = added.vessel_point_mm;
  contact.campos_benitez = added.campos_benitez;
  contact.sindou = added.sindou;
  placeOnNerve(nerve, project(nerve.tube.points_mm, added.nerve_point_mm).arclength_mm, {},
               contact);
  return contact;
}

void addContacts(const SideAssessment& side, const Review& review, std::vector<Standing>& standing,
                 std::vector<ReviewedContact>& told) {
  int number = highestNumber(side.contacts);
  for (const AddedContact& added : review.added) {
    if (added.side == side.side) {
      const std::string id = (side.side == Side::left ? "L" : "R") + std::to_string(++number);
      standing.push_back({contactFrom(added, side.nerve, id), true, false, true});
      told.push_back({id, true, true, std::nullopt, std::nullopt, added.comment});
    }
  }
}

bool holds(const ZoneFinding& zone, const Standing& one, double limit_sd_mm) {
  return touches(one.contact) && (one.zone_given ? one.contact.zone == zone.zone
                                                 : reachesInto(zone, one.contact, limit_sd_mm));
}

void setStatus(ZoneFinding& zone, ZoneStatus status, const std::string& reason) {
  zone.status = status;
  zone.reason = status == ZoneStatus::not_assessable ? reason : std::string{};
  if (status == ZoneStatus::not_assessable) {
    zone.kinds_seen.clear();
    zone.smallest_vessel_mm.reset();
  }
}

const ZoneVerdict* zoneVerdict(const Review& review, Side side, Zone zone) {
  const auto found = std::find_if(
      review.zones.begin(), review.zones.end(),
      [&](const ZoneVerdict& verdict) { return verdict.side == side && verdict.zone == zone; });
  return found == review.zones.end() ? nullptr : &*found;
}

/// Whether the reader took a contact of the side away, or from where it was.
bool takesAway(const std::vector<ReviewedContact>& contacts) {
  return std::any_of(contacts.begin(), contacts.end(), [](const ReviewedContact& one) {
    return !one.standing || (one.verdict && (one.verdict->state || one.verdict->zone));
  });
}

/// A zone after the review of its side's contacts, see reviewed().
void reviewZone(const std::vector<Standing>& standing, bool taken_away, double limit_sd_mm,
                const ZoneVerdict* verdict, ZoneFinding& zone) {
  const auto any = [&](bool readers_alone) {
    return std::any_of(standing.begin(), standing.end(), [&](const Standing& one) {
      return (one.by_reader || !readers_alone) && holds(zone, one, limit_sd_mm);
    });
  };
  const bool was_contact = zone.status == ZoneStatus::contact;
  if (any(!was_contact)) {
    zone.status = ZoneStatus::contact;
    zone.reason.clear();
  } else if (verdict != nullptr) {
    setStatus(zone, verdict->status,
              verdict->comment.empty() ? "by the reader's word" : verdict->comment);
  } else if (was_contact && taken_away) {
    setStatus(zone, ZoneStatus::not_assessable,
              "the reader dismissed the contact here and did not say what else is to be seen");
  }
}

std::vector<ReviewedZone> reviewZones(const Review& review,
                                      const std::vector<ReviewedContact>& contacts,
                                      const std::vector<Standing>& standing, SideAssessment& side) {
  std::vector<ReviewedZone> told;
  const double limit_sd_mm = nerveCoordinate(side.nerve).limit_sd_mm;
  for (ZoneFinding& zone : side.zones) {
    const ZoneStatus measured = zone.status;
    const ZoneVerdict* verdict = zoneVerdict(review, side.side, zone.zone);
    reviewZone(standing, takesAway(contacts), limit_sd_mm, verdict, zone);
    if (verdict != nullptr || zone.status != measured) {
      told.push_back({zone.zone, measured, zone.status,
                      verdict != nullptr && verdict->status == zone.status,
                      verdict == nullptr ? std::string{} : verdict->comment});
    }
  }
  return told;
}

/// Vessels are called what the reader calls them at their contacts.
void renameVessels(const std::vector<Standing>& standing, std::vector<Vessel>& vessels,
                   const Review& review) {
  for (const Standing& one : standing) {
    const ContactVerdict* verdict = verdictOn(review, one.contact.id);
    for (Vessel& vessel : vessels) {
      if (verdict != nullptr && verdict->renames() && vessel.id == one.contact.vessel_id) {
        vessel.kind = one.contact.kind;
        vessel.name = one.contact.vessel_name;
        vessel.kind_confidence = 1;
        vessel.name_confidence = 1;
      }
    }
  }
}

void takeReassessed(const MovedLandmarks& moved, Assessment& assessment, SideAssessment& side) {
  if (moved.reassessed) {
    side = *moved.reassessed;
    assessment.vessels.insert(assessment.vessels.end(), moved.vessels.begin(), moved.vessels.end());
  }
}

ReviewedSide reviewSide(const Review& review, const DeformityOptions& options,
                        Assessment& assessment, SideAssessment& side) {
  ReviewedSide told;
  told.side = side.side;
  told.measured = side.finding;
  if (const FirstReading* first = onSide(review.read_first, side.side)) {
    told.read_first = *first;
  }
  if (const MovedLandmarks* moved = onSide(review.landmarks, side.side)) {
    told.moved = moved->landmarks;
    takeReassessed(*moved, assessment, side);
    told.reassessed = moved->reassessed.has_value();
  }
  std::vector<Standing> standing = standingContacts(side, review, told.contacts);
  addContacts(side, review, standing, told.contacts);
  told.zones = reviewZones(review, told.contacts, standing, side);
  renameVessels(standing, assessment.vessels, review);
  std::vector<ContactBearing> bearings;
  side.contacts.clear();
  for (const Standing& one : standing) {
    bearings.push_back(bearingOf(one, options));
    side.contacts.push_back(one.contact);
  }
  side.finding = findingOf(bearings, side.zones);
  told.finding = side.finding;
  return told;
}

}  // namespace

ReviewedAssessment reviewed(const Assessment& assessment, const Review& review,
                            const DeformityOptions& options) {
  validate(options);
  validate(review, assessment);
  ReviewedAssessment out{assessment, review.reader, review.time, {}};
  for (SideAssessment& side : out.assessment.sides) {
    out.sides.push_back(reviewSide(review, options, out.assessment, side));
  }
  return out;
}

}  // namespace neurovasc::contact
