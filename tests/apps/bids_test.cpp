#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "program.h"
#include "support/dicom_check.h"
#include "support/paths.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::readText;
using testing::runProgram;
using testing::TemporaryFolder;

constexpr const char* kAnat = "sub-01/ses-preop/anat/sub-01_ses-preop_";

/// A raw dataset whose one participant has the sample's images in two sessions; the results of both
/// stand in the output already, as an earlier run left them.
class Dataset {
 public:
  explicit Dataset(bool with_results = true) {
    write("dataset_description.json", R"({"Name": "Sample", "BIDSVersion": "1.9.0"})");
    for (const std::string session : {"preop", "postop"}) {
      const std::string name = "sub-01/ses-" + session + "/anat/sub-01_ses-" + session;
      copy("volumes/t2.nii.gz", name + "_acq-CISS_T2w.nii.gz");
      copy("volumes/tof.nii.gz", name + "_acq-TOF_angio.nii.gz");
      if (with_results) {
        fs::create_directories(output() / "sourcedata/neurovasc");
        fs::copy(testing::sampleResult(),
                 output() / "sourcedata/neurovasc" / ("sub-01_ses-" + session),
                 fs::copy_options::recursive);
      }
    }
  }

  fs::path root() const { return folder_.path() / "raw"; }
  fs::path output() const { return root() / "derivatives/neurovasc"; }

  testing::RunResult run(const std::string& level, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"bids", root().string(), output().string(), level};
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(words);
  }

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((root() / path).parent_path());
    std::ofstream(root() / path) << text;
  }

 private:
  void copy(const std::string& file, const std::string& path) const {
    fs::create_directories((root() / path).parent_path());
    fs::copy_file(testing::sampleResult() / file, root() / path);
  }

  TemporaryFolder folder_;
};

/// What the BIDS validator holds against a dataset; nothing where the validator is not there.
std::optional<std::string> bidsErrors(const fs::path& dataset) {
  const fs::path validator = testing::buildDir() / "bids-validator/1.15.0.mjs";
  if (!fs::exists(validator) || testing::runCommand("command -v node").status != 0) {
    return std::nullopt;
  }
  const fs::path script = testing::sourceDir() / "tests/apps/validate_bids.mjs";
  const auto run = testing::runCommand("node " + script.string() + " " + validator.string() + " " +
                                       dataset.string());
  return run.status == 0 ? "" : run.output + "(status " + std::to_string(run.status) + ")";
}

int linesOf(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Bids, AnalysesASessionFromItsNiftiImages) {
  const Dataset dataset(false);
  fs::remove_all(dataset.root() / "sub-01/ses-postop");
  const auto run = dataset.run("participant", {"--without", "pictures,page,pdf"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const char* file : {"space-T2w_desc-nvc_dseg.nii.gz", "space-T2w_desc-nvc_dseg.json",
                           "space-T2w_desc-cropped_T2w.nii.gz", "desc-nvc_contacts.tsv",
                           "space-T2w_desc-cropped_angio.nii.gz", "desc-nvc_report.txt",
                           "from-angio_to-T2w_mode-image_xfm.tfm"}) {
    EXPECT_TRUE(fs::exists(dataset.output() / (kAnat + std::string(file)))) << file;
  }
  const auto again = dataset.run("participant");
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("0 done, 1 were there already"));
}

TEST(Bids, DescribesWhatTheDatasetIsAndWhatItWasMadeFrom) {
  const Dataset dataset;
  dataset.run("participant");
  const auto description =
      nlohmann::json::parse(readText(dataset.output() / "dataset_description.json"));
  EXPECT_EQ(description.at("DatasetType"), "derivative");
  EXPECT_EQ(description.at("GeneratedBy").at(0).at("Name"), "neurovasc");
  EXPECT_EQ(description.at("SourceDatasets").at(0).at("URL"), "../..");
  const auto labels = nlohmann::json::parse(
      readText(dataset.output() / (kAnat + std::string("space-T2w_desc-nvc_dseg.json"))));
  EXPECT_EQ(labels.at("Sources").at(0),
            "bids:raw:sub-01/ses-preop/anat/sub-01_ses-preop_acq-CISS_T2w.nii.gz");
  const std::string table =
      readText(dataset.output() / (kAnat + std::string("space-T2w_desc-nvc_dseg.tsv")));
  EXPECT_THAT(table, HasSubstr("4\tFacial nerve, left\t#f0e342\tSCT:56052001\tSCT:7771000\n"));
}

TEST(Bids, GoesOnWithWhatIsThereAndFoldsItForTheGroup) {
  const Dataset dataset;
  const auto run = dataset.run("participant");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("2 done, 0 were there already"));
  const auto group = dataset.run("group");
  ASSERT_EQ(group.exit_code, 0) << group.err;
  const std::string sides = readText(dataset.output() / "group_sides.tsv");
  EXPECT_EQ(linesOf(sides), 1 + 2 * 2);
  EXPECT_THAT(sides, HasSubstr("participant_id\tsession_id\tlabel\tside\t"));
  EXPECT_THAT(sides, HasSubstr("\nsub-01\tses-postop\tn/a\tleft\t"));
  EXPECT_EQ(sides.find("\t\t"), std::string::npos) << "an empty cell";
}

TEST(Bids, ComparesSessionsWhoseOrderIsKnownAlone) {
  const Dataset dataset;
  EXPECT_EQ(dataset.run("participant").exit_code, 0);
  // The two are the same images, which a comparison refuses: so it is told whether it was tried.
  const auto named = dataset.run("participant", {"--session-order", "preop,postop"});
  EXPECT_EQ(named.exit_code, 9);
  EXPECT_THAT(named.out, HasSubstr("sub-01 comparison: dates 1 and 2 are the same T2 series"));
  dataset.write("sub-01/sub-01_sessions.tsv",
                "session_id\tacq_time\nses-preop\t2024-01-02T08:00:00\n"
                "ses-postop\t2024-06-02T08:00:00\n");
  EXPECT_EQ(dataset.run("participant").exit_code, 9);
}

TEST(Bids, SaysWhichSessionFailedAndGoesOn) {
  const Dataset dataset;
  dataset.write("sub-02/anat/sub-02_T1w.nii.gz", "");
  const auto run = dataset.run("participant");
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_THAT(run.out, HasSubstr("sub-02: no T2w image"));
  EXPECT_TRUE(fs::exists(dataset.output() / (kAnat + std::string("desc-nvc_sides.tsv"))));
}

TEST(Bids, RefusesUnknownParticipantsLevelsAndAGroupOfNone) {
  const Dataset dataset(false);
  const auto unknown = dataset.run("participant", {"--participant-label", "99"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("'99'"));
  EXPECT_EQ(dataset.run("session").exit_code, 2);
  EXPECT_EQ(dataset.run("group").exit_code, 3);
}

TEST(Bids, OutputPassesTheValidator) {
  const Dataset dataset;
  ASSERT_EQ(dataset.run("participant").exit_code, 0);
  ASSERT_EQ(dataset.run("group").exit_code, 0);
  const auto errors = bidsErrors(dataset.output());
  if (!errors) {
    GTEST_SKIP() << "the BIDS validator (npm: bids-validator) could not be brought";
  }
  EXPECT_EQ(*errors, "");
  // The validator does look: the same without its sidecar is wrong.
  fs::remove(dataset.output() / (kAnat + std::string("space-T2w_desc-nvc_dseg.json")));
  EXPECT_THAT(*bidsErrors(dataset.output()), HasSubstr("SpatialReference"));
}

TEST(Bids, ExportPassesTheValidatorAndNamesNobody) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to", "bids",
                               "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto errors = bidsErrors(scratch.path() / "out/bids");
  if (!errors) {
    GTEST_SKIP() << "the BIDS validator (npm: bids-validator) could not be brought";
  }
  EXPECT_EQ(*errors, "");
}

}  // namespace
}  // namespace neurovasc
