#include "result/sample_reviews.h"

#include "result/sample_assessments.h"

namespace neurovasc::testing {
namespace {

using std::chrono::system_clock;

ContactVerdict regradedVerdict() {
  ContactVerdict verdict;
  verdict.contact_id = "L1";
  verdict.decision = Decision::accepted;
  verdict.state = ContactState::touching;
  verdict.kind = ReviewedKind::artery;
  verdict.vessel_name = VesselName::pica;
  verdict.zone = Zone::attached_segment;
  verdict.campos_benitez = CamposBenitezGrade::severe;
  verdict.sindou = SindouGrade::ii;
  verdict.comment = "PICA, not AICA: it comes from below";
  return verdict;
}

ContactVerdict padVerdict() {
  ContactVerdict verdict;
  verdict.contact_id = "L2";
  verdict.kind = ReviewedKind::pad;
  return verdict;
}

AddedContact addedVein(const Nerve& nerve) {
  AddedContact added;
  added.side = Side::right;
  added.nerve_point_mm = nerve.tube.points_mm[20];
  added.vessel_point_mm = nerve.tube.points_mm[20] + Vec3{0.1, 0.2, -0.15};
  added.kind = VesselKind::vein;
  added.vessel_name = VesselName::vein;
  added.distance_mm = 0.125;
  added.campos_benitez = CamposBenitezGrade::mild;
  added.sindou = SindouGrade::i;
  added.comment = "thin vein";
  return added;
}

MovedLandmarks movedPorus(const SideAssessment& side, const Vessel& vessel) {
  MovedLandmarks moved;
  moved.side = side.side;
  moved.landmarks.porus = Landmark{side.nerve.tube.points_mm[40], 0.5, true};
  moved.reassessed = side;
  moved.reassessed->nerve.landmarks.porus = moved.landmarks.porus;
  moved.vessels = {vessel};
  moved.vessels[0].id = "V1R";
  ContactVerdict lapsed;
  lapsed.contact_id = "R1";
  lapsed.decision = Decision::rejected;
  moved.lapsed = {lapsed};
  return moved;
}

}  // namespace

Review richReview() {
  const Assessment assessment = richAssessment();
  const SideAssessment& right = assessment.sides[1];
  Review review;
  review.assessment_sha256 = std::string(64, 'a');
  review.reader = "A. Reader";
  review.time = system_clock::from_time_t(1795256100);
  review.read_first = {
      {Side::left, Finding::contact, "a loop at the root", system_clock::from_time_t(1795252500)}};
  review.verdicts = {regradedVerdict(), padVerdict()};
  review.added = {addedVein(right.nerve)};
  review.zones = {
      {Side::right, Zone::root_detachment_point, ZoneStatus::not_assessable, "pulsation"}};
  review.landmarks = {movedPorus(right, assessment.vessels[0])};
  return review;
}

}  // namespace neurovasc::testing
