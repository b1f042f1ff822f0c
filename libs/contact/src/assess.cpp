#include "neurovasc/contact/assess.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "calibre.h"
#include "check.h"
#include "contact_builder.h"
#include "coordinate.h"
#include "doubt.h"
#include "finding.h"
#include "neurovasc/contact/patch.h"
#include "neurovasc/contact/probability.h"
#include "neurovasc/core/parallel.h"
#include "one_vessel.h"

namespace neurovasc::contact {
namespace {

/// One place to be measured.
struct Candidate {
  Side side = Side::left;
  std::size_t vessel = 0;
  Place place;
  Gap gap;
  bool undecided = false;  ///< may be no vessel at all
};

/// Whether @p end, where a vessel's tube stops, lies on the tube of another vessel.
bool joins(const Point3& end, double radius_mm, const Vessel& other) {
  // Centre lines of branches start on the parent's axis or wall; half a millimetre bridges breaks.
  constexpr double kBridgeMm = 0.5;
  const Projection at = project(other.tube.points_mm, end);
  const double r = valueAt(other.tube.points_mm, other.tube.radius_mm, at.arclength_mm);
  return at.distance_mm <= std::max(r, radius_mm) + kBridgeMm;
}

/// A vessel that merely begins or ends here while another one goes on and comes nearer is the same
/// vessel to the nerve; so is one whose pieces meet without leaving the nerve between.
bool continuedBy(const Anatomy& anatomy, const Tube& nerve, const Candidate& a, const Candidate& b,
                 const PlaceOptions& options) {
  if (a.vessel == b.vessel || a.side != b.side) {
    return false;
  }
  const bool nearer =
      b.place.gap_mm < a.place.gap_mm || (b.place.gap_mm == a.place.gap_mm && b.vessel < a.vessel);
  const Vessel& one = anatomy.vessels[a.vessel];
  const Vessel& other = anatomy.vessels[b.vessel];
  const double r = valueAt(one.tube.points_mm, one.tube.radius_mm, a.place.vessel_arclength_mm);
  const bool ends_on = a.place.at_vessel_end && joins(a.place.vessel_axis_mm, r, other);
  return nearer && (ends_on || onePlaceOfOneVessel(nerve, one, a.place, other, b.place, options));
}

/// Whether a dark tube of unknown kind is known not to carry blood: with contrast agent arteries
/// and veins alike are 1.5 to 3 times as bright as brain; without, slow blood is still as bright as
/// brain in TOF, while pads and bone are darker than CSF.
bool bloodless(const Vessel& vessel) {
  constexpr double kFlow = 1.2;
  constexpr double kNoSignal = 0.3;
  const VesselEvidence& seen = vessel.evidence;
  if (vessel.kind != VesselKind::unknown || seen.tof_over_brain.value_or(0) >= kFlow) {
    return false;
  }
  return seen.ce_t1_over_brain.value_or(kFlow) < kFlow ||
         seen.tof_over_brain.value_or(kFlow) < kNoSignal;
}

/// How far inside the nerve, as a share of its radius, an axis is no longer that of a vessel which
/// presses into it: vessels press into nerves by a part of their own calibre at the most.
constexpr double kInsideShare = 0.7;

bool insideNerve(const Gap& gap) {
  const double r = valueAt(gap.nerve.points_mm, gap.nerve.radius_mm, gap.place.nerve_arclength_mm);
  return distance(gap.place.nerve_axis_mm, gap.place.vessel_axis_mm) < kInsideShare * r;
}

/// What TOF does not show as an artery is told by its void or its course on T2, or by an artery
/// that goes on in it: TOF loses blood that flows slowly. Contrast agent shows any blood, 1.5 to 3
/// times as bright as brain.
bool showsBlood(const Anatomy& anatomy, const Vessel& vessel) {
  constexpr double kEnhanced = 1.5;
  const VesselEvidence& seen = vessel.evidence;
  if (vessel.kind != VesselKind::unknown) {
    return vessel.kind == VesselKind::vein || seen.seen_on_tof || seen.seen_on_t2;
  }
  if (seen.ce_t1_over_brain.value_or(0) >= kEnhanced) {
    return true;
  }
  return std::any_of(anatomy.vessels.begin(), anatomy.vessels.end(), [&](const Vessel& other) {
    return other.kind == VesselKind::artery && goesOnIn(other, vessel);
  });
}

/// Whether @p vessel runs along inside the nerve: then it is the nerve, seen once more. Two tubes
/// that cross share their axes over less than their calibres.
bool followsNerve(const Tube& nerve, const Vessel& vessel) {
  constexpr double kCrossingMm = 5.0;
  constexpr double kStepMm = 0.25;
  double inside_mm = 0;
  for (const Point3& p : resampled(vessel.tube, kStepMm).points_mm) {
    const Projection at = project(nerve.points_mm, p);
    const double r = valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm);
    inside_mm += at.distance_mm < kInsideShare * r ? kStepMm : 0;
  }
  return inside_mm > kCrossingMm;
}

/// Whether it can only be that the nerve's line strayed on to @p vessel.
bool nerveStrayedOnto(const Anatomy& anatomy, const Vessel& vessel, const Nerve& nerve,
                      const Gap& gap) {
  return insideNerve(gap) && showsBlood(anatomy, vessel) && !followsNerve(nerve.tube, vessel);
}

/// Whether most of @p vessel runs clear of the nerve: a strand of the nerve's own does not.
bool runsElsewhere(const Tube& nerve, const Vessel& vessel) {
  constexpr double kStepMm = 0.25;
  const Tube fine = resampled(vessel.tube, kStepMm);
  std::size_t clear = 0;
  for (std::size_t i = 0; i < fine.size(); ++i) {
    const Projection at = project(nerve.points_mm, fine.points_mm[i]);
    const double r = valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm);
    clear += at.distance_mm > r + fine.radius_mm[i] ? 1 : 0;
  }
  return 2 * clear > fine.size();
}

/// A line strays only from near by: the vessel must not be passed over, and how deep it lies in the
/// true nerve cannot be told.
Gap strayedGap(Gap by_tubes) {
  by_tubes.raw_mm = 0;
  by_tubes.sd_mm = std::max(by_tubes.sd_mm, radiusAt(by_tubes));
  by_tubes.strayed = true;
  return by_tubes;
}

bool measurable(const FusedStudy& study, const Nerve& nerve) {
  return studyObstacle(study).empty() && nerve.status != NerveStatus::not_found &&
         nerve.tube.size() >= 2;
}

std::vector<Candidate> candidatesOf(const FusedStudy& study, const Anatomy& anatomy,
                                    const Nerve& nerve, const PlaceOptions& options,
                                    const Progress& progress) {
  std::vector<Candidate> all;
  if (!measurable(study, nerve)) {
    return all;
  }
  for (std::size_t v = 0; v < anatomy.vessels.size(); ++v) {
    progress.stop().throwIfStopped();
    if (bloodless(anatomy.vessels[v])) {
      continue;
    }
    for (const Place& place : placesOf(nerve.tube, anatomy.vessels[v].tube, options)) {
      all.push_back({nerve.side, v, place, {}});
    }
  }
  std::vector<Candidate> kept;
  for (const Candidate& a : all) {
    const bool same = std::any_of(all.begin(), all.end(), [&](const Candidate& b) {
      return continuedBy(anatomy, nerve.tube, a, b, options);
    });
    if (!same) {
      kept.push_back(a);
    }
  }
  return kept;
}

/// The facial nerves as the measurements take them, by side.
struct Nerves {
  Nerve left;
  Nerve right;

  const Nerve& of(Side side) const { return side == Side::left ? left : right; }
};

Gap gapOf(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
          const Candidate& candidate, const GapOptions& options) {
  const Vessel& vessel = anatomy.vessels[candidate.vessel];
  const Gap gap = measureGap(study, anatomy, nerve, candidate.vessel, candidate.place, options);
  return nerveStrayedOnto(anatomy, vessel, nerve, gap)
             ? strayedGap(tubeGap(study, nerve, vessel, candidate.place, options))
             : gap;
}

void measureAll(const FusedStudy& study, const Anatomy& anatomy, const Nerves& nerves,
                const ContactOptions& options, const Progress& progress,
                std::vector<Candidate>& candidates) {
  std::mutex mutex;
  std::size_t done = 0;
  parallelFor(candidates.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Candidate& c = candidates[i];
      c.gap = gapOf(study, anatomy, nerves.of(c.side), c, options.gap);
      const std::lock_guard<std::mutex> lock(mutex);
      progress.report("contact",
                      static_cast<double>(++done) / (static_cast<double>(candidates.size()) + 1),
                      "measuring the gaps between nerve and vessels");
    }
  });
}

/// Whether two tubes stand for one vessel here, of which @p a is the lesser: their axes, as fitted
/// and as segmented, lie within each other's radius. Beside an artery that is pressed between it
/// and the nerve the fit of a wide one takes that in.
bool twinOf(const Anatomy& anatomy, const Candidate& a, const Candidate& b) {
  if (a.side != b.side || a.vessel == b.vessel) {
    return false;
  }
  const std::vector<Point3>& other = anatomy.vessels[b.vessel].tube.points_mm;
  const double apart = std::max(distance(a.gap.place.vessel_axis_mm, b.gap.place.vessel_axis_mm),
                                project(other, a.place.vessel_axis_mm).distance_mm);
  const double length_a = lengthOf(anatomy.vessels[a.vessel].tube.points_mm);
  const double length_b = lengthOf(anatomy.vessels[b.vessel].tube.points_mm);
  const bool lesser = length_a < length_b || (length_a == length_b && a.vessel > b.vessel);
  return lesser && apart < std::max(radiusAt(a.gap), radiusAt(b.gap));
}

/// A "vessel" whose axis runs inside the nerve is the nerve, seen once more, or a pad.
bool isNerveOrPad(const Anatomy& anatomy, const Nerve& nerve, const Candidate& candidate) {
  return insideNerve(candidate.gap) &&
         !nerveStrayedOnto(anatomy, anatomy.vessels[candidate.vessel], nerve, candidate.gap);
}

/// Such a "vessel" that comes from elsewhere may be one all the same: of a dark tube across the
/// nerve, or across a line that is not quite the nerve's, T2 alone does not tell.
void doubtCrossings(const FusedStudy& study, const Anatomy& anatomy, const Nerves& nerves,
                    const GapOptions& options, std::vector<Candidate>& candidates) {
  for (Candidate& c : candidates) {
    const Nerve& nerve = nerves.of(c.side);
    const Vessel& vessel = anatomy.vessels[c.vessel];
    if (vessel.kind == VesselKind::unknown && isNerveOrPad(anatomy, nerve, c) &&
        runsElsewhere(nerve.tube, vessel)) {
      c.gap = strayedGap(tubeGap(study, nerve, vessel, c.place, options));
      c.undecided = true;
    }
  }
}

/// Whether the undecided @p a is the rest of a vessel that is seen to touch the nerve there.
bool restOf(const Anatomy& anatomy, const Nerves& nerves, const Candidate& a, const Candidate& b) {
  constexpr double kThereMm = 2.0;
  return a.undecided && !b.undecided && a.side == b.side && b.gap.raw_mm < b.gap.sd_mm &&
         !isNerveOrPad(anatomy, nerves.of(b.side), b) &&
         distance(a.gap.place.nerve_axis_mm, b.gap.place.nerve_axis_mm) < kThereMm &&
         goesOnIn(anatomy.vessels[b.vessel], anatomy.vessels[a.vessel]);
}

/// The places that are vessels of their own.
std::vector<Candidate> credible(const Anatomy& anatomy, const Nerves& nerves,
                                const std::vector<Candidate>& all) {
  std::vector<Candidate> kept;
  std::copy_if(all.begin(), all.end(), std::back_inserter(kept), [&](const Candidate& a) {
    return (a.undecided || !isNerveOrPad(anatomy, nerves.of(a.side), a)) &&
           std::none_of(all.begin(), all.end(), [&](const Candidate& b) {
             return twinOf(anatomy, a, b) || restOf(anatomy, nerves, a, b);
           });
  });
  return kept;
}

/// Whether @p wide, an artery of a trunk's calibre, lies behind @p thin as the nerve sees them at
/// one place of it.
bool liesBehind(const Gap& wide, const Gap& thin) {
  constexpr double kOnePlaceMm = 3.0;
  constexpr double kSameWay = 0.5;
  const auto out = [](const Gap& gap) {
    return gap.place.vessel_axis_mm - gap.place.nerve_axis_mm;
  };
  return radiusAt(wide) > std::max(kTrunkRadiusMm, radiusAt(thin)) &&
         norm(out(wide)) > norm(out(thin)) &&
         distance(wide.place.nerve_axis_mm, thin.place.nerve_axis_mm) < kOnePlaceMm &&
         dot(normalized(out(wide)), normalized(out(thin))) > kSameWay;
}

/// A wide artery is seen through what it presses on to the nerve, and its fit takes some of that
/// in: of 24 such places on simulated heads its gap is too small by 0.2 mm on average and by up to
/// 0.9 mm. It is known no better than to the thin vessel's radius.
void doubtTandems(std::vector<Candidate>& candidates) {
  for (Candidate& wide : candidates) {
    double radius_mm = 0;
    for (const Candidate& thin : candidates) {
      if (thin.side != wide.side || thin.vessel == wide.vessel) continue;
      if (liesBehind(wide.gap, thin.gap)) radius_mm = std::max(radius_mm, radiusAt(thin.gap));
    }
    wide.gap.sd_mm = std::hypot(wide.gap.sd_mm, radius_mm);
    if (radius_mm > 0) wide.gap.without_fluid = false;  // the thin one fills the cleft
  }
}

/// Pads and their edges are shorter. A longer tube across the nerve is a vessel as far as its place
/// is known.
constexpr double kLongerThanPadsMm = 12;

Contact contactOf(const Anatomy& anatomy, const Candidate& candidate,
                  const ContactOptions& options) {
  const Nerve& nerve = facialNerve(anatomy, candidate.side);
  const Nerve& other = facialNerve(anatomy, opposite(candidate.side));
  const double on_tube =
      project(nerve.tube.points_mm, candidate.gap.place.nerve_axis_mm).arclength_mm;
  Contact contact =
      describe(candidate.gap, anatomy.frame, options.touch_limit_mm, options.patch_within_mm);
  const Vessel& vessel = anatomy.vessels[candidate.vessel];
  doubtContact(candidate.gap, vessel, nerve, on_tube, options.gap, options.zones, contact);
  if (candidate.undecided && lengthOf(vessel.tube.points_mm) < kLongerThanPadsMm) {
    doubtCrossing(contact);
  }
  contact.vessel_id = vessel.id;
  contact.kind = vessel.kind;
  contact.vessel_name = vessel.name;
  contact.name_confidence = vessel.name_confidence;
  placeOnNerve(nerve, on_tube, options.zones.limits, contact);
  const bool touches = *contact.contact_probability >= options.zones.contact_probability;
  contact.deformity = deformityAt(nerve, on_tube, candidate.gap, &other, options.deformity);
  contact.campos_benitez = camposBenitez(touches, contact.deformity, options.deformity);
  contact.sindou = sindou(touches, contact.deformity, options.deformity);
  return contact;
}

SideAssessment sideOf(const FusedStudy& study, const Anatomy& anatomy, Side side,
                      const std::vector<Candidate>& candidates, const ContactOptions& options) {
  SideAssessment out;
  out.side = side;
  out.nerve = facialNerve(anatomy, side);
  for (const Candidate& candidate : candidates) {
    if (candidate.side == side && candidate.gap.raw_mm <= options.places.within_mm) {
      out.contacts.push_back(contactOf(anatomy, candidate, options));
    }
  }
  numberContacts(side, out.contacts);
  out.zones = zoneFindings(study, anatomy, out.nerve, out.contacts, options.zones);
  out.finding = findingOf(out.contacts, out.zones, options.deformity);
  return out;
}

}  // namespace

void validate(const ContactOptions& options) {
  require(!options.sides.empty(), "sides", "at least one of left and right");
  require(options.touch_limit_mm >= 0, "touch_limit_mm", "at least 0");
  require(options.patch_within_mm > 0, "patch_within_mm", "above 0");
  require(options.threads >= 0, "threads", "at least 0");
  validate(options.places);
  validate(options.gap);
  validate(options.deformity);
  validate(options.zones);
}

Finding findingOf(const std::vector<Contact>& contacts, const std::vector<ZoneFinding>& zones,
                  const DeformityOptions& options) {
  std::vector<ContactBearing> bearings;
  bearings.reserve(contacts.size());
  for (const Contact& contact : contacts) {
    bearings.push_back({touches(contact), deformed(contact.deformity, options),
                        contact.zone == Zone::internal_canal});
  }
  return findingOf(bearings, zones);
}

std::vector<SideAssessment> assess(const FusedStudy& study, const Anatomy& anatomy,
                                   const ContactOptions& options, const Progress& progress) {
  validate(options);
  progress.report("contact", 0, "looking for vessels near the nerves");
  std::vector<Side> sides;
  std::copy_if(kSides.begin(), kSides.end(), std::back_inserter(sides), [&options](Side side) {
    return std::count(options.sides.begin(), options.sides.end(), side) > 0;
  });
  const Nerves nerves{withBeddedCalibre(facialNerve(anatomy, Side::left)),
                      withBeddedCalibre(facialNerve(anatomy, Side::right))};
  std::vector<Candidate> candidates;
  for (const Side side : sides) {
    const auto found = candidatesOf(study, anatomy, nerves.of(side), options.places, progress);
    candidates.insert(candidates.end(), found.begin(), found.end());
  }
  measureAll(study, anatomy, nerves, options, progress, candidates);
  doubtCrossings(study, anatomy, nerves, options.gap, candidates);
  candidates = credible(anatomy, nerves, candidates);
  doubtTandems(candidates);
  std::vector<SideAssessment> out;
  out.reserve(sides.size());
  for (const Side side : sides) {
    progress.stop().throwIfStopped();
    out.push_back(sideOf(study, anatomy, side, candidates, options));
  }
  progress.report("contact", 1, "contacts assessed");
  return out;
}

}  // namespace neurovasc::contact
