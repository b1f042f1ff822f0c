#include "neurovasc/contact/reviewed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "result/sample_assessments.h"
#include "result/sample_reviews.h"

namespace neurovasc::contact {
namespace {

using ::testing::HasSubstr;

Review emptyReview() {
  Review review;
  review.reader = "A. Reader";
  return review;
}

ContactVerdict verdictOf(const std::string& id) {
  ContactVerdict verdict;
  verdict.contact_id = id;
  return verdict;
}

ContactVerdict rejected(const std::string& id) {
  ContactVerdict verdict = verdictOf(id);
  verdict.decision = Decision::rejected;
  return verdict;
}

/// A contact on the right, @p s_mm along a nerve that holds none.
AddedContact addedAt(const Assessment& assessment, double s_mm) {
  const Tube& tube = assessment.sides[1].nerve.tube;
  AddedContact added;
  added.side = Side::right;
  added.nerve_point_mm = pointAt(tube.points_mm, s_mm) + Vec3{0, 0.3, 0.3};
  added.vessel_point_mm = added.nerve_point_mm + Vec3{0, 0.1, 0.1};
  added.kind = VesselKind::artery;
  added.vessel_name = VesselName::aica;
  return added;
}

const ZoneFinding& zoneOf(const SideAssessment& side, Zone zone) {
  return *std::find_if(side.zones.begin(), side.zones.end(),
                       [zone](const ZoneFinding& z) { return z.zone == zone; });
}

std::string refusalOf(const Review& review, const Assessment& assessment) {
  try {
    validate(review, assessment);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    return error.message();
  }
  return "accepted";
}

TEST(Reviewed, LeavesEverythingAsItWasWhereTheReaderSaysNothing) {
  for (const Assessment& assessment :
       {testing::richAssessment(), testing::clearAssessment(), testing::oneSideAssessment(),
        testing::notAssessableAssessment(), testing::tooThickAssessment()}) {
    const ReviewedAssessment after = reviewed(assessment, emptyReview());
    ASSERT_EQ(after.sides.size(), assessment.sides.size());
    for (std::size_t i = 0; i < after.sides.size(); ++i) {
      EXPECT_EQ(after.sides[i].finding, assessment.sides[i].finding);
      EXPECT_EQ(after.assessment.sides[i].finding, assessment.sides[i].finding);
      EXPECT_EQ(after.assessment.sides[i].contacts.size(), assessment.sides[i].contacts.size());
      EXPECT_TRUE(after.sides[i].zones.empty());
    }
  }
}

TEST(Reviewed, CountsARejectedContactForNothing) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.verdicts = {rejected("L1")};
  const ReviewedAssessment after = reviewed(assessment, review);
  const SideAssessment& left = after.assessment.sides[0];
  ASSERT_EQ(left.contacts.size(), 1U);
  EXPECT_EQ(left.contacts[0].id, "L2") << "ids stay";
  EXPECT_EQ(after.sides[0].measured, Finding::compression);
  EXPECT_NE(left.finding, Finding::compression);
  EXPECT_NE(left.finding, Finding::contact);
  EXPECT_FALSE(after.sides[0].contacts[0].standing);
  EXPECT_EQ(after.sides[0].contacts[0].measured->vessel_name, VesselName::aica);
}

TEST(Reviewed, DoesNotCallAZoneClearBecauseItsContactWasRejected) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.verdicts = {rejected("L1")};
  const SideAssessment left = reviewed(assessment, review).assessment.sides[0];
  EXPECT_EQ(zoneOf(left, Zone::attached_segment).status, ZoneStatus::not_assessable);
  EXPECT_THAT(zoneOf(left, Zone::attached_segment).reason, HasSubstr("reader"));
  EXPECT_EQ(left.finding, Finding::not_assessable);
  review.zones = {{Side::left, Zone::attached_segment, ZoneStatus::clear, ""}};
  const SideAssessment cleared = reviewed(assessment, review).assessment.sides[0];
  EXPECT_EQ(zoneOf(cleared, Zone::attached_segment).status, ZoneStatus::clear);
  EXPECT_EQ(cleared.finding, Finding::no_contact);
}

TEST(Reviewed, CountsAPadForNothingEither) {
  Review review = emptyReview();
  review.verdicts = {verdictOf("L1")};
  review.verdicts[0].kind = ReviewedKind::pad;
  const ReviewedAssessment after = reviewed(testing::richAssessment(), review);
  EXPECT_EQ(after.assessment.sides[0].contacts.size(), 1U);
  EXPECT_EQ(after.sides[0].finding, Finding::not_assessable);
}

TEST(Reviewed, NumbersAnAddedContactAfterTheOthersOfItsSide) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.added = {addedAt(assessment, 8.5), addedAt(assessment, 15)};
  review.added[1].side = Side::left;
  review.added[1].nerve_point_mm = assessment.sides[0].nerve.tube.points_mm[30];
  review.verdicts = {rejected("L2")};
  const ReviewedAssessment after = reviewed(assessment, review);
  ASSERT_EQ(after.assessment.sides[1].contacts.size(), 1U);
  EXPECT_EQ(after.assessment.sides[1].contacts[0].id, "R1");
  EXPECT_EQ(after.assessment.sides[0].contacts.back().id, "L3") << "L2 is not given again";
  EXPECT_TRUE(after.sides[0].contacts.back().by_reader);
  EXPECT_FALSE(after.sides[0].contacts.back().measured.has_value());
}

TEST(Reviewed, PlacesAnAddedContactOnTheNerveAndLeavesTheRestUnmeasured) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.added = {addedAt(assessment, 8.5)};
  const ReviewedAssessment after = reviewed(assessment, review);
  const Contact& contact = after.assessment.sides[1].contacts.at(0);
  EXPECT_NEAR(contact.arclength_mm.value(), 8.5, 0.1);
  EXPECT_EQ(contact.zone, Zone::root_detachment_point);
  EXPECT_FALSE(contact.distance_mm || contact.distance_sd_mm || contact.contact_probability);
  EXPECT_FALSE(contact.area_mm2 || contact.clock_h || contact.diameter_mm);
  EXPECT_EQ(zoneOf(after.assessment.sides[1], Zone::root_detachment_point).status,
            ZoneStatus::contact);
  EXPECT_EQ(after.sides[1].measured, Finding::no_contact);
  EXPECT_EQ(after.sides[1].finding, Finding::contact);
}

TEST(Reviewed, TakesADistanceThatTheReaderMeasured) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.added = {addedAt(assessment, 15)};
  review.added[0].distance_mm = 1.25;
  review.added[0].state = ContactState::separate;
  const ReviewedAssessment after = reviewed(assessment, review);
  EXPECT_DOUBLE_EQ(after.assessment.sides[1].contacts.at(0).distance_mm.value(), 1.25);
  EXPECT_EQ(after.sides[1].finding, Finding::no_contact) << "a vessel near by is no contact";
}

TEST(Reviewed, TakesTheReadersGradeForDeformity) {
  Review review = emptyReview();
  review.verdicts = {verdictOf("L1")};
  review.verdicts[0].campos_benitez = CamposBenitezGrade::mild;
  review.verdicts[0].sindou = SindouGrade::i;
  EXPECT_EQ(reviewed(testing::richAssessment(), review).sides[0].finding, Finding::contact);
  const Assessment flat = testing::oneSideAssessment();
  review.verdicts[0].campos_benitez = CamposBenitezGrade::severe;
  EXPECT_EQ(reviewed(flat, review).sides[0].measured, Finding::contact);
  EXPECT_EQ(reviewed(flat, review).sides[0].finding, Finding::compression);
}

TEST(Reviewed, TakesTheReadersWordForWhetherAVesselTouches) {
  Review review = emptyReview();
  review.verdicts = {verdictOf("L1"), verdictOf("L2")};
  review.verdicts[0].state = ContactState::separate;
  review.verdicts[1].state = ContactState::touching;
  const ReviewedAssessment after = reviewed(testing::richAssessment(), review);
  EXPECT_EQ(after.sides[0].finding, Finding::contact) << "L2 touches and deforms nothing";
  EXPECT_EQ(after.assessment.sides[0].contacts[1].contact_probability, 0.02) << "as measured";
  EXPECT_EQ(zoneOf(after.assessment.sides[0], Zone::cisternal_portion).status, ZoneStatus::contact);
}

TEST(Reviewed, MovesAContactToTheZoneThatTheReaderNames) {
  Review review = emptyReview();
  review.verdicts = {verdictOf("L1")};
  review.verdicts[0].zone = Zone::internal_canal;
  const ReviewedAssessment after = reviewed(testing::richAssessment(), review);
  const SideAssessment& left = after.assessment.sides[0];
  EXPECT_EQ(zoneOf(left, Zone::internal_canal).status, ZoneStatus::contact);
  EXPECT_EQ(zoneOf(left, Zone::attached_segment).status, ZoneStatus::not_assessable);
  EXPECT_EQ(left.finding, Finding::not_assessable) << "contacts in the canal count apart";
}

TEST(Reviewed, RenamesAVesselAndWhatItIs) {
  Review review = emptyReview();
  review.verdicts = {verdictOf("L1")};
  review.verdicts[0].kind = ReviewedKind::vein;
  const Contact vein = reviewed(testing::richAssessment(), review).assessment.sides[0].contacts[0];
  EXPECT_EQ(vein.kind, VesselKind::vein);
  EXPECT_EQ(vein.vessel_name, VesselName::vein) << "a vein is no AICA";
  review.verdicts[0].kind.reset();
  review.verdicts[0].vessel_name = VesselName::pica;
  const ReviewedAssessment after = reviewed(testing::richAssessment(), review);
  EXPECT_EQ(after.assessment.sides[0].contacts[0].vessel_name, VesselName::pica);
  EXPECT_EQ(after.assessment.vessels[0].name, VesselName::pica);
  EXPECT_EQ(after.assessment.vessels[1].name, VesselName::unknown);
}

TEST(Reviewed, LetsAStandingContactOutrankAZoneCalledClear) {
  Review review = emptyReview();
  review.zones = {{Side::left, Zone::attached_segment, ZoneStatus::clear, ""}};
  const ReviewedAssessment after = reviewed(testing::richAssessment(), review);
  EXPECT_EQ(zoneOf(after.assessment.sides[0], Zone::attached_segment).status, ZoneStatus::contact);
  EXPECT_EQ(after.sides[0].finding, Finding::compression);
}

TEST(Reviewed, TakesAZoneOutOfSightByTheReadersWord) {
  Review review = emptyReview();
  review.zones = {{Side::right, Zone::transition_zone, ZoneStatus::not_assessable, "pulsation"}};
  const ReviewedAssessment after = reviewed(testing::richAssessment(), review);
  const ZoneFinding& zone = zoneOf(after.assessment.sides[1], Zone::transition_zone);
  EXPECT_EQ(zone.reason, "pulsation");
  EXPECT_FALSE(zone.smallest_vessel_mm.has_value());
  EXPECT_EQ(after.sides[1].finding, Finding::not_assessable);
}

TEST(Reviewed, PutsTheReassessedSideInPlaceOfTheMeasuredOne) {
  const Assessment assessment = testing::richAssessment();
  const Review review = testing::richReview();
  const ReviewedAssessment after = reviewed(assessment, review);
  EXPECT_TRUE(after.sides[1].reassessed);
  EXPECT_FALSE(after.sides[0].reassessed);
  EXPECT_TRUE(after.assessment.sides[1].nerve.landmarks.porus->manual);
  EXPECT_EQ(after.assessment.vessels.back().id, "V1R");
  EXPECT_EQ(after.sides[0].read_first->finding, Finding::contact);
}

TEST(Reviewed, KeepsLandmarksThatWereMovedOnASideNotMeasuredAnew) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  MovedLandmarks moved;
  moved.side = Side::left;
  moved.landmarks.detachment_point = Landmark{{30, -152, 38}, 0.5, true};
  review.landmarks = {moved};
  const ReviewedAssessment after = reviewed(assessment, review);
  ASSERT_TRUE(after.sides[0].moved.detachment_point.has_value());
  EXPECT_LT(distance(after.sides[0].moved.detachment_point->lps_mm, {30, -152, 38}), 1e-9);
  EXPECT_FALSE(after.sides[0].reassessed);
  EXPECT_FALSE(after.assessment.sides[0].nerve.landmarks.detachment_point->manual)
      << "nothing follows yet";
}

TEST(ReviewCheck, AcceptsTheSampleAndAnEmptyReview) {
  EXPECT_EQ(refusalOf(testing::richReview(), testing::richAssessment()), "accepted");
  EXPECT_EQ(refusalOf(emptyReview(), testing::clearAssessment()), "accepted");
}

TEST(ReviewCheck, NamesTheFieldAndTheCause) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.reader = " ";
  EXPECT_THAT(refusalOf(review, assessment), HasSubstr("reader: the reader has no name"));
  review = emptyReview();
  review.verdicts = {rejected("L1"), rejected("L7")};
  EXPECT_THAT(refusalOf(review, assessment),
              HasSubstr("verdicts[1].contact: there is no contact L7"));
  review.verdicts = {rejected("L1"), verdictOf("L1")};
  EXPECT_THAT(refusalOf(review, assessment), HasSubstr("contact L1 is spoken of twice"));
  review.verdicts = {verdictOf("L1")};
  review.verdicts[0].kind = ReviewedKind::vein;
  review.verdicts[0].vessel_name = VesselName::aica;
  EXPECT_THAT(refusalOf(review, assessment), HasSubstr("\"AICA\" is no name of kind vein"));
}

TEST(ReviewCheck, RefusesPointsThatAreNowhereNearTheNerve) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.added = {addedAt(assessment, 8.5)};
  review.added[0].side = Side::left;
  EXPECT_THAT(refusalOf(review, assessment),
              HasSubstr("more than 20 mm from the left facial nerve"));
  review.added[0].nerve_point_mm.x = std::nan("");
  EXPECT_THAT(refusalOf(review, assessment), HasSubstr("added[0].nerve_point_lps_mm"));
}

TEST(ReviewCheck, RefusesASideThatWasNotAssessedAndLandmarksThatWereNotMoved) {
  Review review = emptyReview();
  review.zones = {{Side::right, Zone::transition_zone, ZoneStatus::clear, ""}};
  EXPECT_THAT(refusalOf(review, testing::oneSideAssessment()),
              HasSubstr("the right side was not assessed"));
  review = emptyReview();
  review.landmarks = {MovedLandmarks{}};
  EXPECT_THAT(refusalOf(review, testing::richAssessment()), HasSubstr("none was moved"));
}

/// The left side of the sample with its contacts in another order and one of them gone far off.
MovedLandmarks reorderedLeft(const Assessment& assessment) {
  MovedLandmarks moved;
  moved.side = Side::left;
  moved.landmarks.porus = assessment.sides[0].nerve.landmarks.porus;
  moved.reassessed = assessment.sides[0];
  auto& contacts = moved.reassessed->contacts;
  *contacts[0].vessel_point_mm = *contacts[0].vessel_point_mm + Vec3{0.5, 0, 0};
  *contacts[1].vessel_point_mm = *contacts[1].vessel_point_mm + Vec3{9, 0, 0};
  std::swap(contacts[0], contacts[1]);
  contacts[0].id = "L1";
  contacts[1].id = "L2";
  return moved;
}

TEST(MovedLandmarks, PassVerdictsOnToTheContactsThatTheyAreAbout) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.verdicts = {rejected("L1"), verdictOf("L2")};
  review.verdicts[1].comment = "lost";
  review = withMovedLandmarks(review, assessment, reorderedLeft(assessment));
  ASSERT_EQ(review.verdicts.size(), 1U);
  EXPECT_EQ(review.verdicts[0].contact_id, "L2");
  EXPECT_EQ(review.verdicts[0].decision, Decision::rejected);
  ASSERT_EQ(review.landmarks.size(), 1U);
  ASSERT_EQ(review.landmarks[0].lapsed.size(), 1U);
  EXPECT_EQ(review.landmarks[0].lapsed[0].comment, "lost");
  EXPECT_EQ(refusalOf(review, assessment), "accepted");
}

TEST(MovedLandmarks, AreTakenBackWithTheVerdictsThatHadLapsed) {
  const Assessment assessment = testing::richAssessment();
  Review review = emptyReview();
  review.verdicts = {rejected("L1"), verdictOf("L2")};
  review.verdicts[1].comment = "back again";
  const Review moved = withMovedLandmarks(review, assessment, reorderedLeft(assessment));
  MovedLandmarks none;
  none.side = Side::left;
  const Review back = withMovedLandmarks(moved, assessment, none);
  EXPECT_TRUE(back.landmarks.empty());
  ASSERT_EQ(back.verdicts.size(), 2U);
  EXPECT_EQ(verdictOn(back, "L1")->decision, Decision::rejected);
  EXPECT_EQ(verdictOn(back, "L2")->comment, "back again");
}

TEST(MovedLandmarks, ReplaceTheSidesEarlierOnesAndLeaveTheOtherSideAlone) {
  const Assessment assessment = testing::richAssessment();
  Review review = testing::richReview();
  review = withMovedLandmarks(review, assessment, reorderedLeft(assessment));
  review = withMovedLandmarks(review, assessment, reorderedLeft(assessment));
  ASSERT_EQ(review.landmarks.size(), 2U);
  EXPECT_EQ(review.landmarks[0].side, Side::right);
  EXPECT_EQ(review.landmarks[1].side, Side::left);
}

}  // namespace
}  // namespace neurovasc::contact
