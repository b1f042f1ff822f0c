#include "neurovasc/interop/bids_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/error_of.h"
#include "support/temporary_folder.h"

namespace neurovasc::interop {
namespace {

namespace fs = std::filesystem;
using neurovasc::testing::errorOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A dataset of empty images, whose names and sidecars are all that is read.
class Dataset {
 public:
  Dataset() { file("dataset_description.json", R"({"Name": "Sample", "BIDSVersion": "1.10.0"})"); }

  void file(const std::string& path, const std::string& text = "") const {
    fs::create_directories((folder_.path() / path).parent_path());
    folder_.write(path, text);
  }
  const fs::path& root() const { return folder_.path(); }
  BidsSession onlySession() const {
    return readBidsDataset(root()).participants.at(0).sessions.at(0);
  }

 private:
  neurovasc::testing::TemporaryFolder folder_;
};

std::string nameOf(const fs::path& path) { return path.filename().string(); }

TEST(BidsDataset, FindsTheRolesOfASession) {
  const Dataset dataset;
  for (const char* name : {"acq-CISS_T2w.nii.gz", "acq-TOF_angio.nii.gz",
                           "ce-gadolinium_T1w.nii.gz", "T1w.nii.gz", "acq-CISS_T2w.json"}) {
    dataset.file(std::string("sub-01/ses-preop/anat/sub-01_ses-preop_") + name, "{}");
  }
  const BidsDataset read = readBidsDataset(dataset.root());
  EXPECT_EQ(read.name, "Sample");
  ASSERT_EQ(read.participants.size(), 1U);
  EXPECT_EQ(read.participants[0].label, "01");
  const BidsSession& session = read.participants[0].sessions.at(0);
  EXPECT_EQ(session.label, "preop");
  EXPECT_EQ(nameOf(session.t2), "sub-01_ses-preop_acq-CISS_T2w.nii.gz");
  EXPECT_EQ(nameOf(session.tof), "sub-01_ses-preop_acq-TOF_angio.nii.gz");
  EXPECT_EQ(nameOf(session.ce_t1), "sub-01_ses-preop_ce-gadolinium_T1w.nii.gz");
  EXPECT_THAT(session.notes, IsEmpty());
}

TEST(BidsDataset, TakesAParticipantWithoutSessionsAsOne) {
  const Dataset dataset;
  dataset.file("sub-7/anat/sub-7_T2w.nii");
  const BidsSession session = dataset.onlySession();
  EXPECT_EQ(session.label, "");
  EXPECT_EQ(nameOf(session.t2), "sub-7_T2w.nii");
  EXPECT_TRUE(session.tof.empty());
}

TEST(BidsDataset, PrefersTheHeavilyWeightedT2AndSaysSo) {
  const Dataset dataset;
  dataset.file("sub-01/anat/sub-01_acq-CISS_T2w.nii.gz");
  dataset.file("sub-01/anat/sub-01_acq-AX_T2w.nii.gz");
  const BidsSession session = dataset.onlySession();
  EXPECT_EQ(nameOf(session.t2), "sub-01_acq-CISS_T2w.nii.gz");
  EXPECT_THAT(session.notes, ElementsAre(HasSubstr("2 images")));
}

TEST(BidsDataset, TellsBySidecarsWhichAreInherited) {
  const Dataset dataset;
  dataset.file("sub-01/anat/sub-01_run-1_T2w.nii.gz");
  dataset.file("sub-01/anat/sub-01_run-2_T2w.nii.gz");
  dataset.file("run-1_T2w.json", R"({"MRAcquisitionType": "2D"})");
  dataset.file("sub-01/anat/sub-01_T1w.nii.gz");
  dataset.file("sub-01/anat/sub-01_T1w.json", R"({"ContrastBolusIngredient": "GADOLINIUM"})");
  const BidsSession session = dataset.onlySession();
  EXPECT_EQ(nameOf(session.t2), "sub-01_run-2_T2w.nii.gz");
  EXPECT_EQ(nameOf(session.ce_t1), "sub-01_T1w.nii.gz");
}

TEST(BidsDataset, LetsANearerSidecarWin) {
  const Dataset dataset;
  dataset.file("T2w.json", R"({"ProtocolName": "t2_ci3d"})");
  dataset.file("sub-01/anat/sub-01_run-1_T2w.json", R"({"ProtocolName": "t2 tse"})");
  dataset.file("sub-01/anat/sub-01_run-1_T2w.nii.gz");
  dataset.file("sub-01/anat/sub-01_run-2_T2w.nii.gz");
  EXPECT_EQ(nameOf(dataset.onlySession().t2), "sub-01_run-2_T2w.nii.gz");
}

TEST(BidsDataset, LeavesOutPhaseContrastPhaseImagesAndPlainT1) {
  const Dataset dataset;
  dataset.file("sub-01/anat/sub-01_acq-PC_angio.nii.gz");
  dataset.file("sub-01/anat/sub-01_part-phase_T2w.nii.gz");
  dataset.file("sub-01/anat/sub-01_T1w.nii.gz");
  const BidsSession session = dataset.onlySession();
  EXPECT_TRUE(session.t2.empty());
  EXPECT_TRUE(session.tof.empty());
  EXPECT_TRUE(session.ce_t1.empty());
}

TEST(BidsDataset, OrdersSessionsByTheirDays) {
  const Dataset dataset;
  dataset.file("sub-01/ses-a/anat/sub-01_ses-a_T2w.nii.gz");
  dataset.file("sub-01/ses-b/anat/sub-01_ses-b_T2w.nii.gz");
  dataset.file("sub-01/sub-01_sessions.tsv",
               "session_id\tacq_time\tsurgery_date\n"
               "ses-a\t2024-06-02T09:00:00\t2024-01-15\nses-b\t2024-01-02T08:00:00\tn/a\n");
  const BidsParticipant participant = readBidsDataset(dataset.root()).participants.at(0);
  ASSERT_TRUE(participant.isOrdered());
  EXPECT_EQ(participant.sessions[0].label, "b");
  EXPECT_EQ(participant.sessions[0].surgery_day, "");
  EXPECT_EQ(participant.sessions[1].scan_day, "2024-06-02");
  EXPECT_EQ(participant.sessions[1].surgery_day, "2024-01-15");
}

TEST(BidsDataset, KnowsNoOrderWithoutADayForEverySession) {
  const Dataset dataset;
  dataset.file("sub-01/ses-a/anat/sub-01_ses-a_T2w.nii.gz");
  dataset.file("sub-01/ses-b/anat/sub-01_ses-b_T2w.nii.gz");
  dataset.file("sub-01/sub-01_sessions.tsv",
               "session_id\tacq_time\nses-a\t2024-06-02T09:00:00\nses-b\tn/a\n");
  EXPECT_FALSE(readBidsDataset(dataset.root()).participants.at(0).isOrdered());
}

TEST(BidsDataset, RefusesAFolderThatIsNone) {
  const neurovasc::testing::TemporaryFolder folder;
  const Error error = errorOf([&] { readBidsDataset(folder.path()); });
  EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
  EXPECT_THAT(error.message(), HasSubstr("dataset_description.json"));
}

TEST(BidsDataset, RefusesDerivativesAndDatasetsWithoutParticipants) {
  const Dataset empty;
  EXPECT_THAT(errorOf([&] { readBidsDataset(empty.root()); }).message(), HasSubstr("sub-"));
  empty.file("dataset_description.json", R"({"Name": "x", "DatasetType": "derivative"})");
  EXPECT_EQ(errorOf([&] { readBidsDataset(empty.root()); }).code(), ErrorCode::usage);
}

TEST(BidsDataset, NamesADamagedSidecarOrTable) {
  const Dataset dataset;
  dataset.file("sub-01/anat/sub-01_T2w.nii.gz");
  dataset.file("sub-01/anat/sub-01_T2w.json", "{ \"EchoTime\": ");
  EXPECT_THAT(errorOf([&] { readBidsDataset(dataset.root()); }).message(),
              HasSubstr("sub-01_T2w.json"));
  dataset.file("sub-01/anat/sub-01_T2w.json", "{}");
  dataset.file("sub-01/sub-01_sessions.tsv", "session_id\tacq_time\nses-a\n");
  EXPECT_THAT(errorOf([&] { readBidsDataset(dataset.root()); }).message(), HasSubstr("row 1"));
}

TEST(BidsDataset, IsKnownByItsDescriptionAndReadByParticipant) {
  const Dataset dataset;
  dataset.file("sub-01/anat/sub-01_T2w.nii");
  dataset.file("sub-02/sub-02_sessions.tsv", "session_id\tacq_time\nses-1\n");
  dataset.file("sub-02/ses-1/anat/sub-02_ses-1_T2w.nii");
  EXPECT_TRUE(isRawBidsDataset(dataset.root()));
  EXPECT_FALSE(isRawBidsDataset(dataset.root() / "sub-01"));
  EXPECT_EQ(nameOf(readBidsParticipant(dataset.root(), "01").sessions.at(0).t2), "sub-01_T2w.nii");
  EXPECT_EQ(errorOf([&] { readBidsParticipant(dataset.root(), "02"); }).code(),
            ErrorCode::input_unreadable);
  dataset.file("dataset_description.json", R"({"DatasetType": "derivative"})");
  EXPECT_FALSE(isRawBidsDataset(dataset.root()));
}

}  // namespace
}  // namespace neurovasc::interop
