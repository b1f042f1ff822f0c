#include "doubt.h"

#include <algorithm>

#include "neurovasc/contact/probability.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::contact {
namespace {

/// Of places on simulated heads whose gap alone gave 0.99, 94 % were contacts where TOF or CE-T1
/// showed blood, the rest being gaps of a third of a millimetre, and 78 % where the tube was merely
/// dark, the rest being flocculus and strands of nerve (17 and 9 places). Some of these are told
/// since.
constexpr double kBlood = 0.99;
constexpr double kVoid = 0.97;  // as dark as flowing blood alone, but with TOF and CE-T1 missing
constexpr double kDark = 0.88;
/// Likewise 86 % where the nerve's line was doubtful; a line that is right has a confidence of this
/// much and more.
constexpr double kUnsureLine = 0.85;
constexpr double kSureConfidence = 0.55;
/// A line that was lost somewhere may have been lost here.
constexpr double kPartialLine = 0.9;
/// What may hide in a cleft or beyond the root is as likely there as not.
constexpr double kUndecided = 0.4;
/// Two tubes overlap, one of them misled: of nine such places on simulated heads all are contacts
/// (five of tubes that the fit parts, four of dark tubes across the nerve), and on some 80 clear
/// sides there is none. Nine are few, so that they stay below the sure ones.
constexpr double kOverlapping = 0.6;
/// A place so near to the line's beginning is there because the line ends. How the nerve goes on is
/// taken from this much of it.
constexpr double kAtRootMm = 2.0;
constexpr double kDirectionMm = 3.0;

double creditOf(const Vessel& vessel) {
  const VesselEvidence& seen = vessel.evidence;
  if (vessel.kind == VesselKind::vein || seen.seen_on_tof) {
    return kBlood;
  }
  return vessel.kind == VesselKind::artery ? kVoid : kDark;
}

/// @p least is the confidence below which a line is no basis for a contact at all.
double creditOf(const Nerve& nerve, double on_nerve_mm, double least) {
  double credit = nerve.status == NerveStatus::partial ? kPartialLine : 1;
  if (nerve.tube.confidence.empty()) {
    return credit;
  }
  const double confidence = valueAt(nerve.tube.points_mm, nerve.tube.confidence, on_nerve_mm);
  const double sure = std::min(1.0, confidence / kSureConfidence);
  credit *= kUnsureLine + (1 - kUnsureLine) * sure;
  if (least > 0 && confidence < least) {
    credit *= (confidence / least) * (confidence / least);
  }
  return credit;
}

/// Whether @p vessel would touch the nerve if this went on straight by up to one standard deviation
/// of its root: where the nerve ends is known no better.
bool touchesBeyondRoot(const Vessel& vessel, const Nerve& nerve, double on_nerve_mm) {
  constexpr double kStepMm = 0.25;
  const auto& root = nerve.landmarks.root_exit_point;
  if (!root || on_nerve_mm > kAtRootMm || nerve.tube.size() < 2 || vessel.tube.empty())
    return false;
  const std::vector<Point3>& line = nerve.tube.points_mm;
  const Vec3 on = normalized(line.front() - pointAt(line, kDirectionMm));
  for (double mm = 0; mm <= root->sd_mm; mm += kStepMm) {
    const Projection at = project(vessel.tube.points_mm, line.front() + on * mm);
    const double r = valueAt(vessel.tube.points_mm, vessel.tube.radius_mm, at.arclength_mm);
    if (at.distance_mm <= r + nerve.tube.radius_mm.front()) return true;
  }
  return false;
}

}  // namespace

void doubtContact(const Gap& gap, const Vessel& vessel, const Nerve& nerve, double on_nerve_mm,
                  const GapOptions& gap_options, const ZoneOptions& zone_options,
                  Contact& contact) {
  double probability = *contact.contact_probability * creditOf(vessel) *
                       creditOf(nerve, on_nerve_mm, zone_options.min_nerve_confidence);
  if (gap.darker_between > gap_options.max_darker_between || gap.without_fluid ||
      (gap.lost && gap.raw_mm <= gap_options.most_lost_mm) ||
      touchesBeyondRoot(vessel, nerve, on_nerve_mm)) {
    probability = std::max(probability, kUndecided);
  }
  if (gap.contradicted) {
    probability = std::max(probability, kOverlapping);
  }
  contact.contact_probability = probability;
  contact.state = stateFor(probability);
}

void doubtCrossing(Contact& contact) {
  contact.contact_probability =
      std::min(contact.contact_probability.value_or(kOverlapping), kOverlapping);
  contact.state = stateFor(*contact.contact_probability);
}

}  // namespace neurovasc::contact
