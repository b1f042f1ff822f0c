#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "archive_fixture.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/imaging/image_io.h"

/// BIDS datasets in an archive.
namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::sliceOf;
using testing::writeStack;

class IndexOfBids : public testing::ArchiveTest {
 protected:
  IndexOfBids() {
    text("data/dataset_description.json", R"({"Name": "Sample", "BIDSVersion": "1.10.0"})");
    image(preop("acq-CISS_T2w.nii.gz"));
    image(preop("acq-TOF_angio.nii.gz"));
  }

  static std::string preop(const std::string& name) {
    return "data/sub-01/ses-preop/anat/sub-01_ses-preop_" + name;
  }
  static std::string postop(const std::string& name) {
    return "data/sub-01/ses-postop/anat/sub-01_ses-postop_" + name;
  }

  void text(const std::string& path, const std::string& content) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << content;
  }

  void image(const std::string& path, double thickness_mm = 0.5) const {
    GridGeometry grid = testing::obliqueGrid({9, 7, 6});
    grid.spacing_mm = {0.4, 0.5, thickness_mm};
    fs::create_directories((root_ / path).parent_path());
    imaging::writeImage(ImageF(grid), (root_ / path).string());
  }

  /// Two sessions with days, three weeks and more before and after the day of surgery.
  void giveDays() const {
    image(postop("acq-CISS_T2w.nii.gz"));
    text("data/sub-01/sub-01_sessions.tsv",
         "session_id\tacq_time\tsurgery_date\n"
         "ses-preop\t2025-02-03T10:15:00\tn/a\nses-postop\t2025-04-01T09:00:00\t2025-03-02\n");
  }
};

TEST_F(IndexOfBids, FindsASessionAsAStudy) {
  text(preop("acq-CISS_T2w.json"), "{}");
  image(preop("T1w.nii.gz"));
  const IndexSummary summary = index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].files, 2U);
  ASSERT_EQ(found[0].series.size(), 2U);
  const SeriesRow* t2 = found[0].chosen(SeriesRole::cisternography);
  ASSERT_NE(t2, nullptr);
  EXPECT_EQ(t2->description, "acq-CISS_T2w");
  EXPECT_EQ(t2->slices, 6);
  EXPECT_NEAR(t2->voxel_mm.value_or(0), 0.5, 1e-6);
  EXPECT_EQ(t2->file, fs::canonical(root_ / preop("acq-CISS_T2w.nii.gz")).string());
  EXPECT_NE(found[0].chosen(SeriesRole::tof), nullptr);
  EXPECT_EQ(summary.totals.ignored, 3U) << "description, sidecar and T1 without contrast agent";
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST_F(IndexOfBids, ReadsASessionAgainOnlyWhenItChanges) {
  giveDays();
  EXPECT_EQ(index().studies_changed, 2U);
  EXPECT_EQ(index().studies_changed, 0U);
  image(preop("ce-gadolinium_T1w.nii.gz"));
  EXPECT_EQ(index().studies_changed, 1U) << "an image joins";
  fs::remove(root_ / preop("acq-TOF_angio.nii.gz"));
  EXPECT_EQ(index().studies_changed, 1U) << "an image goes";
  image(preop("run-1_T2w.nii.gz"));
  EXPECT_EQ(index().studies_changed, 1U);
  text("data/T2w.json", R"({"SeriesDescription": "drive"})");
  fs::rename(root_ / preop("acq-CISS_T2w.nii.gz"), root_ / preop("run-2_T2w.nii.gz"));
  index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 2U);
  for (const StudyRow& study : found) {
    EXPECT_TRUE(study.present);
    EXPECT_EQ(study.files, study.series.size());
  }
  EXPECT_EQ(index().files_read, 0U);
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST_F(IndexOfBids, KnowsASessionThatIsGone) {
  index();
  fs::remove_all(root_ / "data/sub-01");
  EXPECT_EQ(index().totals.gone, 1U);
  EXPECT_FALSE(studies().at(0).present);
}

TEST_F(IndexOfBids, OrdersSessionsByTheDaysOfTheirTable) {
  giveDays();
  index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].patient_key, found[1].patient_key);
  EXPECT_EQ(found[0].order, SurgeryOrder::pre);
  EXPECT_EQ(found[0].days_after_surgery, -27);
  EXPECT_EQ(found[1].order, SurgeryOrder::post);
  EXPECT_EQ(found[1].days_after_surgery, 30);
  const std::string file = contentOf(scratch_.path("c.db"));
  EXPECT_THAT(file, Not(HasSubstr("2025-03-02")));
}

TEST_F(IndexOfBids, TakesLateDaysWithoutANewImage) {
  index();
  EXPECT_FALSE(studies().at(0).day);
  text("data/sub-01/sub-01_sessions.tsv", "session_id\tacq_time\nses-preop\t2025-02-03T10:15:00\n");
  index();
  EXPECT_TRUE(studies().at(0).day);
}

TEST_F(IndexOfBids, NeverTakesParticipantsOfTwoDatasetsForOne) {
  fs::copy(root_ / "data", root_ / "other", fs::copy_options::recursive);
  index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NE(found[0].patient_key, found[1].patient_key);
}

TEST_F(IndexOfBids, LeavesDerivativesAndImagesElsewhereAlone) {
  fs::copy(root_ / "data", root_ / "x", fs::copy_options::recursive);
  fs::create_directory(root_ / "data/derivatives");
  fs::rename(root_ / "x", root_ / "data/derivatives/x");
  text("data/derivatives/x/dataset_description.json", R"({"DatasetType": "derivative"})");
  image("loose/sub-09_T2w.nii.gz");
  writeStack(root_ / "dicom", sliceOf("P1", "1.2.1"));
  index();
  EXPECT_EQ(studies().size(), 2U) << "one session, one DICOM study";
}

TEST_F(IndexOfBids, SaysWhatIsDamagedWithoutNamingIt) {
  text(preop("acq-TOF_angio.nii.gz"), "no image");
  text("data/sub-02/sub-02_sessions.tsv", "session_id\tacq_time\nses-1\n");
  image("data/sub-02/ses-1/anat/sub-02_ses-1_T2w.nii.gz");
  index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 1U) << "of the participant whose table is sound";
  EXPECT_EQ(found[0].files, 1U);
  const auto unreadable = catalogue_.unreadable();
  ASSERT_EQ(unreadable.size(), 2U);
  EXPECT_THAT(unreadable[0].reason, HasSubstr("not a NIfTI volume"));
  EXPECT_THAT(unreadable[1].reason, HasSubstr("BIDS participant"));
  for (const UnreadableRow& row : unreadable) {
    EXPECT_THAT(row.reason, Not(HasSubstr("sub-")));
  }
  EXPECT_EQ(index().studies_changed, 0U);
}

TEST_F(IndexOfBids, SaysThatImagesAreNotThere) {
  fs::remove(root_ / preop("acq-CISS_T2w.nii.gz"));
  fs::create_symlink("/nowhere/annex", root_ / preop("acq-CISS_T2w.nii.gz"));
  index();
  EXPECT_TRUE(studies().empty());
  ASSERT_EQ(catalogue_.unreadable().size(), 1U);
  EXPECT_THAT(catalogue_.unreadable()[0].reason, HasSubstr("lead nowhere"));
}

TEST_F(IndexOfBids, IsPlannedAsVolumesByTheirRoles) {
  image("data/sub-02/anat/sub-02_T2w.nii", 2.0);
  index();
  const fs::path lists = scratch_.path("lists");
  const Plan plan = makePlan(catalogue_, {});
  EXPECT_EQ(plan.totals().at(PlanState::excluded), 1U) << "2 mm are too thick";
  const auto rows = jobsOf(plan, catalogue_, {}, {}, lists);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].input_kind, InputKind::volumes);
  const std::string folder = fs::canonical(root_).string() + "/";
  EXPECT_EQ(contentOf(rows[0].input), "cisternography\t" + folder + preop("acq-CISS_T2w.nii.gz") +
                                          "\n" + "tof\t" + folder + preop("acq-TOF_angio.nii.gz") +
                                          "\n");
  EXPECT_EQ(manifestFromTsv(toTsv(rows)).at(0).input_kind, InputKind::volumes);
}

}  // namespace
}  // namespace neurovasc::archive
