// Reviews made in the window, as a reader makes them.

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <fstream>

#include "main_window.h"
#include "neurovasc/core/error.h"
#include "neurovasc/result/review_file.h"
#include "sample_result.h"
#include "support/temporary_folder.h"

namespace neurovasc::viewer {
namespace {

class Reviewing : public ::testing::Test {
 protected:
  Reviewing() { testing::writeSampleResult(folder_.path()); }

  void open(const ReadingOptions& options) {
    window_ = std::make_unique<MainWindow>(openResult(folder_.path()), options);
    window_->resize(1200, 800);
    window_->show();
    (void)QTest::qWaitForWindowExposed(window_.get());
    QApplication::setActiveWindow(window_.get());
  }

  FindingsPanel& panel() { return window_->findings(0); }
  ReviewSession& session() { return panel().session(); }
  CorrectionPanel& corrections() { return panel().corrections(); }

  testing::TemporaryFolder folder_;
  std::unique_ptr<MainWindow> window_;
};

TEST_F(Reviewing, AcceptsAndRejectsByKeyAndKeepsItInReviewJson) {
  open({"AB", false});
  QTest::keyClick(window_.get(), Qt::Key_A);
  QTest::keyClick(window_.get(), Qt::Key_N);
  QTest::keyClick(window_.get(), Qt::Key_E);
  panel().save();
  const auto reviews = result::readReviews(folder_.path());
  ASSERT_EQ(reviews.size(), 1U);
  EXPECT_EQ(reviews[0].reader, "AB");
  ASSERT_NE(verdictOn(reviews[0], "L1"), nullptr);
  EXPECT_EQ(verdictOn(reviews[0], "L1")->decision, Decision::accepted);
  EXPECT_EQ(verdictOn(reviews[0], "L2")->decision, Decision::rejected);
}

TEST_F(Reviewing, ShowsARejectedContactAsStruckOutAndCountsItNoMore) {
  open({"AB", false});
  QTest::keyClick(window_.get(), Qt::Key_E);
  EXPECT_TRUE(panel().contacts().rows()[0].dismissed);
  EXPECT_NE(session().reviewed().assessment.sides[0].finding, Finding::contact);
  EXPECT_EQ(session().reviewed().sides[0].measured, Finding::contact);
}

TEST_F(Reviewing, FindsTheSameReadersWordsAgainAndLeavesOtherReadersAlone) {
  open({"AB", false});
  QTest::keyClick(window_.get(), Qt::Key_A);
  panel().verdict().comment().setText("seen on two slices");
  Q_EMIT panel().verdict().comment().editingFinished();
  panel().save();
  panel().setReader("CD");
  EXPECT_EQ(session().verdictOn("L1").decision, Decision::undecided);
  session().setZone(Side::right, Zone::transition_zone, ZoneStatus::not_assessable);
  panel().save();
  open({"AB", false});
  EXPECT_EQ(session().verdictOn("L1").decision, Decision::accepted);
  EXPECT_EQ(session().verdictOn("L1").comment, "seen on two slices");
  EXPECT_TRUE(session().review().zones.empty());
  EXPECT_EQ(result::readReviews(folder_.path()).size(), 2U);
}

TEST_F(Reviewing, RenamesAVessel) {
  open({"AB", false});
  QComboBox& vessel = panel().verdict().vessel();
  vessel.setCurrentText("PICA");
  Q_EMIT vessel.activated(vessel.currentIndex());
  EXPECT_TRUE(panel().contacts().rows()[0].vessel.startsWith("PICA"));
  EXPECT_EQ(panel().contacts().rows()[0].reader, "changed");
}

TEST_F(Reviewing, AddsAMissedContactBetweenTwoPointsAtTheCrosshair) {
  open({"AB", false});
  window_->state().setCrosshair({-20, 4, 10.8});
  corrections().nervePointButton().click();
  window_->state().setCrosshair({-20, 4, 11.0});
  corrections().vesselPointButton().click();
  corrections().addButton().click();
  ASSERT_EQ(panel().contacts().rows().size(), 4U) << corrections().message().toStdString();
  const ContactRow& row = panel().contacts().rows().back();
  EXPECT_EQ(row.id, "R2");
  EXPECT_EQ(row.reader, "added");
  ASSERT_TRUE(row.place_mm);
  EXPECT_LT(distance(*row.place_mm, {-20, 4, 10.8}), 1e-6);
}

TEST_F(Reviewing, SetsAZonesStatusByTheReadersWord) {
  open({"AB", false});
  Q_EMIT panel().zones().statusChosen(Side::right, Zone::cisternal_portion,
                                      ZoneStatus::not_assessable);
  const auto* item = panel().zones().item(static_cast<int>(Zone::cisternal_portion), 1);
  EXPECT_EQ(item->text(), "not assessable (reader)");
}

TEST_F(Reviewing, AsksForANameBeforeAnythingIsSaid) {
  open({});
  QTest::keyClick(window_.get(), Qt::Key_A);
  EXPECT_EQ(session().verdictOn("L1").decision, Decision::undecided);
  EXPECT_FALSE(corrections().isEnabled());
  panel().save();
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "review.json"));
}

TEST_F(Reviewing, TakesUpNoReviewOfAnotherAssessment) {
  open({"AB", false});
  QTest::keyClick(window_.get(), Qt::Key_A);
  panel().save();
  std::ofstream(folder_.path() / "assessment.json", std::ios::app) << "\n";
  open({"AB", false});
  EXPECT_EQ(session().verdictOn("L1").decision, Decision::undecided);
  EXPECT_FALSE(session().problem().isEmpty());
}

TEST_F(Reviewing, ShowsNoResultBeforeTheReadersOwnVerdictIsSaved) {
  open({"AB", true});
  EXPECT_FALSE(window_->state().areResultsShown());
  EXPECT_FALSE(panel().contacts().isVisible());
  EXPECT_FALSE(window_->pane(0).scene().isVisible());
  EXPECT_FALSE(window_->pane(0).slice(Orientation::perpendicular).isVisible());
  QTest::keyClick(window_.get(), Qt::Key_N);
  EXPECT_TRUE(window_->state().selectedContact().empty());

  FirstReadingPanel& reading = panel().firstReading();
  reading.saveButton().click();
  EXPECT_FALSE(window_->state().areResultsShown()) << "a side was not judged";
  reading.finding(Side::left).setCurrentText("contact");
  reading.finding(Side::right).setCurrentText("no contact");
  reading.saveButton().click();
  EXPECT_TRUE(window_->state().areResultsShown());
  EXPECT_TRUE(panel().contacts().isVisible());
  const auto reviews = result::readReviews(folder_.path());
  ASSERT_EQ(reviews.size(), 1U);
  ASSERT_EQ(reviews[0].read_first.size(), 2U);
  EXPECT_EQ(reviews[0].read_first[0].finding, Finding::contact);
}

TEST_F(Reviewing, MovesALandmarkToTheCrosshair) {
  open({"AB", false});
  EXPECT_FALSE(corrections().reassessButton().isEnabled());
  window_->state().setCrosshair({17, 4.2, 10});
  corrections().landmarkButton(LandmarkName::detachment_point).click();
  const NerveLandmarks moved = session().movedLandmarks(Side::left);
  ASSERT_TRUE(moved.detachment_point);
  EXPECT_LT(distance(moved.detachment_point->lps_mm, {17, 4.2, 10}), 1e-9);
  EXPECT_TRUE(moved.detachment_point->manual);
  EXPECT_FALSE(moved.porus);
  EXPECT_TRUE(corrections().reassessButton().isEnabled());
}

TEST_F(Reviewing, TakesBackAnAddedContact) {
  open({"AB", false});
  EXPECT_FALSE(corrections().takeBackAddedButton().isEnabled());
  session().addContact(Side::right, {-20, 4, 10.8}, {-20, 4, 11.0});
  ASSERT_EQ(panel().contacts().rows().size(), 4U);
  corrections().takeBackAddedButton().click();
  EXPECT_EQ(panel().contacts().rows().size(), 3U);
  EXPECT_FALSE(corrections().takeBackAddedButton().isEnabled());
}

TEST_F(Reviewing, TakesBackTheLandmarksOfOneSide) {
  open({"AB", false});
  session().moveLandmark(Side::right, LandmarkName::porus, {-26, 4, 10});
  session().moveLandmark(Side::left, LandmarkName::porus, {26, 4, 10});
  window_->state().setCrosshair({20, 4, 10});
  corrections().takeBackLandmarksButton().click();
  EXPECT_FALSE(session().movedLandmarks(Side::left).porus);
  EXPECT_TRUE(session().movedLandmarks(Side::right).porus);
  EXPECT_FALSE(corrections().takeBackLandmarksButton().isEnabled());
}

TEST_F(Reviewing, UndoesWhatWasSaidStepByStep) {
  open({"AB", false});
  EXPECT_FALSE(panel().undoButton().isEnabled());
  QTest::keyClick(window_.get(), Qt::Key_A);
  session().setZone(Side::right, Zone::transition_zone, ZoneStatus::not_assessable);
  QTest::keyClick(window_.get(), Qt::Key_E);
  QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(session().verdictOn("L1").decision, Decision::accepted);
  panel().undoButton().click();
  EXPECT_TRUE(session().review().zones.empty());
  panel().undoButton().click();
  EXPECT_TRUE(session().review().verdicts.empty());
  EXPECT_FALSE(panel().undoButton().isEnabled());
}

TEST_F(Reviewing, UndoesNothingOfAnotherReader) {
  open({"AB", false});
  QTest::keyClick(window_.get(), Qt::Key_A);
  panel().setReader("CD");
  EXPECT_FALSE(session().canUndo());
}

}  // namespace
}  // namespace neurovasc::viewer
