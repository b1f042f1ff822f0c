// What a catalogue makes of the answers of a PACS, and what a plan makes of that.

#include "pacs_study.h"

#include <gmock/gmock.h>

#include "archive_fixture.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/archive/surgery.h"
#include "neurovasc/core/version.h"
#include "pacs_copies.h"
#include "pacs_store.h"
#include "study_dates.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using pacs::DescribedSeries;
using pacs::FoundStudy;
using testing::errorOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::sliceOf;
using testing::writeStack;

constexpr const char* kNode = "ARCHIVE@pacs:104";

FoundStudy foundStudy(const std::string& patient, const std::string& uid) {
  FoundStudy study;
  study.study_instance_uid = uid;
  study.patient_id = patient;
  study.patient_name = "Doe^Jonathan";
  study.patient_birth_date = "19600101";
  study.study_date = "20250203";
  study.study_time = "101500";
  study.modalities = {"MR"};
  study.series = 1;
  study.instances = 60;
  return study;
}

/// A series that is known by its description alone.
DescribedSeries named(const std::string& description) {
  DescribedSeries series;
  series.series_instance_uid = "1.2.3";
  series.modality = "MR";
  series.instances = 60;
  series.facts.description = description;
  return series;
}

DescribedSeries withSlices(DescribedSeries series, double thickness_mm) {
  series.sampling.thickness_mm = thickness_mm;
  return series;
}

class ArchivePacsStudy : public testing::ArchiveTest {
 protected:
  PacsStudy study(std::vector<DescribedSeries> series) const {
    return pacsStudyOf(foundStudy("P1", "1.2.1"), std::move(series), key_);
  }

  SeriesRow row(const DescribedSeries& series) const { return study({series}).series.at(0); }

  /// The plan of a catalogue that knows the study from a PACS alone.
  PlannedStudy planned(std::vector<DescribedSeries> series, const WorkOptions& options = {}) {
    PacsStore(catalogue_.database(), kNode).write(study(std::move(series)), key_);
    const Plan plan = makePlan(catalogue_, options);
    EXPECT_EQ(plan.studies.size(), 1U);
    return plan.studies.at(0);
  }
};

TEST_F(ArchivePacsStudy, HasTheKeysOfItsFiles) {
  const PacsStudy found = study({named("ciss")});
  EXPECT_EQ(found.keys.study, keyOf("p1", "1.2.1"));
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  index();
  const StudyRow on_disk = studies().at(0);
  EXPECT_EQ(found.keys.study, on_disk.key);
  EXPECT_EQ(found.keys.patient, on_disk.patient_key);
  EXPECT_EQ(*found.day + key_.dayShift(found.keys.patient), on_disk.day);
}

TEST_F(ArchivePacsStudy, LeavesEmptyWhatIsNotTold) {
  const SeriesRow ciss = row(named("t2_ciss_tra"));
  EXPECT_EQ(ciss.role, SeriesRole::cisternography);
  EXPECT_TRUE(ciss.chosen);
  EXPECT_EQ(ciss.resolution, std::nullopt);
  EXPECT_EQ(ciss.voxel_mm, std::nullopt);
  EXPECT_EQ(ciss.missing_slices, std::nullopt);
  EXPECT_EQ(ciss.slices, 60);
  EXPECT_EQ(row(named("Kopf Serie 4")).role, std::nullopt);
  EXPECT_EQ(row(named("t2 axial")).role, std::nullopt) << "thin or thick";
  EXPECT_EQ(row(named("localizer")).role, SeriesRole::other);
}

TEST_F(ArchivePacsStudy, KnowsThickSlicesForThickButThinOnesForNothing) {
  const SeriesRow thick = row(withSlices(named("t2 axial"), 4));
  EXPECT_EQ(thick.role, SeriesRole::t2_thick);
  EXPECT_EQ(thick.resolution, Resolution::too_thick);
  EXPECT_EQ(thick.voxel_mm, 4);
  const SeriesRow thin = row(withSlices(named("t2 axial"), 0.6));
  EXPECT_EQ(thin.role, SeriesRole::cisternography);
  EXPECT_EQ(thin.resolution, std::nullopt) << "the plane is not told";
}

TEST_F(ArchivePacsStudy, TakesPhysicsBeforeNamesWhereTheyAreTold) {
  DescribedSeries series = withSlices(named("Kopf Serie 4"), 0.6);
  series.facts.scanning_sequence = {"GR"};
  series.facts.repetition_time_ms = 5.6;
  series.facts.echo_time_ms = 2.8;
  series.facts.flip_angle_deg = 50;
  series.sampling.spacing_i_mm = 0.5;
  series.sampling.spacing_j_mm = 0.4;
  const SeriesRow told = row(series);
  EXPECT_EQ(told.role, SeriesRole::cisternography);
  EXPECT_EQ(told.resolution, Resolution::quantitative);
  EXPECT_EQ(told.voxel_mm, 0.6);
}

TEST_F(ArchivePacsStudy, KeepsNoTextThatLeadsToThePatient) {
  DescribedSeries series = named("ciss Jonathan DOE for Dr. Brackenthwaite 01.01.1960");
  series.identifiers = {"Brackenthwaite^Ann"};
  const std::string text = row(series).description;
  EXPECT_THAT(text, HasSubstr("ciss"));
  for (const char* word : {"Jonathan", "DOE", "Brackenthwaite", "1960"}) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
}

TEST_F(ArchivePacsStudy, HasMrSeriesAlone) {
  DescribedSeries report = named("report");
  report.modality = "SR";
  DescribedSeries untold = named("tof");
  untold.instances = 0;
  const PacsStudy found = study({named("ciss"), report});
  EXPECT_EQ(found.series.size(), 1U);
  EXPECT_EQ(found.images, 60);
  EXPECT_EQ(study({named("ciss"), untold}).images, std::nullopt);
}

TEST_F(ArchivePacsStudy, IsToldAnewByEachChange) {
  const FoundStudy before = foundStudy("P1", "1.2.1");
  FoundStudy after = before;
  EXPECT_EQ(toldHash(before, key_), toldHash(after, key_));
  after.instances = 61;
  EXPECT_NE(toldHash(before, key_), toldHash(after, key_));
  after = before;
  after.patient_id = "P2";
  EXPECT_NE(toldHash(before, key_), toldHash(after, key_));
  EXPECT_THAT(toldHash(before, key_), Not(HasSubstr("20250203")));
}

TEST_F(ArchivePacsStudy, IsPlannedWhereNothingKnownSpeaksAgainstIt) {
  EXPECT_EQ(planned({named("ciss")}).state, PlanState::waiting);
  EXPECT_EQ(planned({named("Kopf Serie 4")}).state, PlanState::waiting);
  EXPECT_EQ(planned({named("localizer"), named("t2 axial")}).state, PlanState::waiting);
  EXPECT_EQ(planned({withSlices(named("t2 axial"), 4), named("Serie 5")}).state,
            PlanState::waiting);
  EXPECT_EQ(planned({named("localizer"), named("tof 3d")}).exclusion, Exclusion::no_t2);
  EXPECT_EQ(planned({withSlices(named("t2 axial"), 4)}).exclusion, Exclusion::t2_too_thick);
}

TEST_F(ArchivePacsStudy, IsExcludedForWhatIsRequiredOnlyWhereThatIsKnownToBeAbsent) {
  WorkOptions tof;
  tof.required = {SeriesRole::tof};
  WorkOptions ce_t1;
  ce_t1.required = {SeriesRole::ce_t1};
  EXPECT_EQ(planned({named("ciss")}, tof).exclusion, Exclusion::no_tof);
  EXPECT_EQ(planned({named("ciss"), named("Serie 5")}, tof).exclusion, Exclusion::none);
  EXPECT_EQ(planned({named("ciss"), named("t1 mprage")}, tof).exclusion, Exclusion::no_tof);
  EXPECT_EQ(planned({named("ciss"), named("t1 mprage")}, ce_t1).exclusion, Exclusion::none)
      << "the agent is not told";
  EXPECT_EQ(planned({named("ciss")}, ce_t1).exclusion, Exclusion::no_ce_t1);
}

TEST_F(ArchivePacsStudy, IsExcludedForNothingWhereThePacsHasMoreSeriesThanItTold) {
  FoundStudy found = foundStudy("P1", "1.2.1");
  found.series = 2;
  PacsStore(catalogue_.database(), kNode).write(pacsStudyOf(found, {named("tof")}, key_), key_);
  const PlannedStudy one = makePlan(catalogue_, {}).studies.at(0);
  EXPECT_EQ(one.state, PlanState::waiting);
  EXPECT_FALSE(one.study.all_series);
  EXPECT_EQ(one.study.files, 0U) << "not all images were told of";
}

TEST_F(ArchivePacsStudy, IsAJobThatNamesThePacsAndTheUid) {
  const PlannedStudy one = planned({named("ciss")});
  EXPECT_EQ(one.study.source, StudySource::pacs);
  EXPECT_EQ(one.study.files, 60U);
  const auto jobs = jobsOf(makePlan(catalogue_, {}), catalogue_, {}, {}, scratch_.path("lists"));
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(jobs[0].input_kind, InputKind::pacs);
  EXPECT_EQ(jobs[0].input, std::string(kNode) + " 1.2.1");
  EXPECT_EQ(manifestFromTsv(toTsv(jobs)).at(0).input, jobs[0].input);
  EXPECT_EQ(manifestFromTsv(toTsv(jobs)).at(0).input_kind, InputKind::pacs);
  const std::string shown = planTsv(makePlan(catalogue_, {})) + planJson(makePlan(catalogue_, {}));
  EXPECT_THAT(shown, Not(HasSubstr("1.2.1")));
}

/// A study with files and at a PACS.
class ArchivePacsCopies : public ArchivePacsStudy {
 protected:
  void metAtThePacs(const std::string& patient) {
    const FoundStudy found = foundStudy(patient, "1.2.1");
    PacsStore(catalogue_.database(), kNode).write(pacsStudyOf(found, {named("ciss")}, key_), key_);
    joinCopies(catalogue_.database());
  }

  void putOnDisk() {
    writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
    index();
  }

  StudyRow only() const {
    const auto rows = studies();
    EXPECT_EQ(rows.size(), 1U);
    return rows.at(0);
  }

  void expectFromFiles() const {
    EXPECT_EQ(only().source, StudySource::files);
    EXPECT_TRUE(only().present);
    EXPECT_EQ(only().files, 6U);
    EXPECT_GT(only().bytes, 0U);
    EXPECT_EQ(only().series.at(0).missing_slices, 0);
    const auto jobs = jobsOf(makePlan(catalogue_, {}), catalogue_, {}, {}, scratch_.path("lists"));
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].input_kind, InputKind::folder);
  }

  void expectFromPacs() const {
    EXPECT_EQ(only().source, StudySource::pacs);
    EXPECT_TRUE(only().present);
    EXPECT_EQ(only().files, 60U);
    EXPECT_EQ(only().study_uid, "1.2.1");
    EXPECT_EQ(only().pacs_node, kNode);
    EXPECT_EQ(only().series.size(), 1U);
  }
};

TEST_F(ArchivePacsCopies, AreOneStudyTakenFromItsFilesWhicheverCameFirst) {
  putOnDisk();
  metAtThePacs("P1");
  expectFromFiles();
  metAtThePacs("P1");
  expectFromFiles();
}

TEST_F(ArchivePacsCopies, AreOneStudyWhereThePacsCameFirst) {
  metAtThePacs("P1");
  expectFromPacs();
  putOnDisk();
  expectFromFiles();
}

TEST_F(ArchivePacsCopies, AreOneStudyUnderTwoNumbersOfThePatient) {
  putOnDisk();
  metAtThePacs("0000P1");
  expectFromFiles();
}

TEST_F(ArchivePacsCopies, AreOneStudyUnderTwoNumbersWhereThePacsCameFirst) {
  metAtThePacs("0000P1");
  putOnDisk();
  expectFromFiles();
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST_F(ArchivePacsCopies, AreOneStudyAtTwoPacses) {
  metAtThePacs("P1");
  PacsStore second(catalogue_.database(), "SECOND@pacs:104");
  second.write(pacsStudyOf(foundStudy("0000P1", "1.2.1"), {named("ciss")}, key_), key_);
  joinCopies(catalogue_.database());
  expectFromPacs();
  PacsStore(catalogue_.database(), kNode).markGone("1.2.1");
  EXPECT_TRUE(only().present);
  EXPECT_EQ(only().pacs_node, "SECOND@pacs:104");
  second.markGone("1.2.1");
  EXPECT_FALSE(only().present);
}

TEST_F(ArchivePacsCopies, FallBackToThePacsWhenTheFilesAreGone) {
  putOnDisk();
  metAtThePacs("P1");
  fs::remove_all(root_ / "a");
  index();
  expectFromPacs();
  PacsStore(catalogue_.database(), kNode).markGone("1.2.1");
  EXPECT_FALSE(only().present);
  EXPECT_EQ(catalogue_.totals().gone, 1U);
  EXPECT_THAT(makePlan(catalogue_, {}).studies.at(0).reason, HasSubstr("no longer at the PACS"));
  putOnDisk();
  expectFromFiles();
}

TEST_F(ArchivePacsCopies, AreDoneOnceWhereverTheyWereRunFrom) {
  putOnDisk();
  DescribedSeries same = named("ciss");
  same.instances = 6;
  const FoundStudy found = foundStudy("P1", "1.2.1");
  PacsStore(catalogue_.database(), kNode).write(pacsStudyOf(found, {same}, key_), key_);
  catalogue_.database()
      .prepare("INSERT INTO jobs VALUES (?, 'done', 1, 0, '', '', ?, ?, ?, ?, 1, 1, '')")
      .run(only().key, version(), optionsHash(analyzeArguments({})), std::int64_t{6},
           static_cast<std::int64_t>(only().bytes));
  EXPECT_EQ(makePlan(catalogue_, {}).studies.at(0).state, PlanState::done);
  fs::remove_all(root_ / "a");
  index();
  EXPECT_EQ(only().source, StudySource::pacs);
  EXPECT_EQ(makePlan(catalogue_, {}).studies.at(0).state, PlanState::done);
}

TEST_F(ArchivePacsStudy, GoesToThePatientThatThePacsCorrectedItTo) {
  planned({named("ciss")});
  PacsStore store(catalogue_.database(), kNode);
  store.write(pacsStudyOf(foundStudy("P2", "1.2.1"), {named("ciss")}, key_), key_);
  joinCopies(catalogue_.database());
  ASSERT_EQ(studies().size(), 1U);
  EXPECT_EQ(studies()[0].key, keyOf("p2", "1.2.1"));
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST(ArchiveStudyDates, AreDaysAndRangesWithAFirstDay) {
  const int today = *dayOfDate("20261122");
  EXPECT_EQ(dateOf(today), "20261122");
  EXPECT_EQ(dayRangeOf("20250203", today).first, dayRangeOf("20250203", today).last);
  EXPECT_EQ(dayRangeOf("20240101-20241231", today).last - *dayOfDate("20240101"), 365);
  EXPECT_EQ(dayRangeOf("20240101-", today).last, today);
  for (const char* wrong : {"", "-20250101", "2025", "20251301", "20250201-20250101", "20250101-x",
                            "20250101-20250102-20250103"}) {
    EXPECT_EQ(errorOf([&] { dayRangeOf(wrong, today); }), ErrorCode::usage) << wrong;
  }
}

}  // namespace
}  // namespace neurovasc::archive
