#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "neurovasc/pacs/transfer.h"
#include "pacs/orthanc.h"
#include "pacs/sample_series.h"
#include "patient.h"
#include "program.h"
#include "support/dicom_check.h"
#include "support/paths.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Orthanc;
using testing::SampleSeries;
using ::testing::UnorderedElementsAre;

/// The node's script between an Orthanc that studies are sent to and a PACS that results go to.
class OrthancNode : public ::testing::Test {
 protected:
  void SetUp() override {
    NEUROVASC_NEEDS_ORTHANC();
    entrance_.emplace();
    destination_.emplace();
    const nlohmann::json config = {
        {"orthanc_url", "http://127.0.0.1:" + std::to_string(entrance_->httpPort())},
        {"user", Orthanc::user()},
        {"password_file", entrance_->passwordFile().string()},
        {"source", entrance_->dimseFile().string()},
        {"destination", destination_->webFile().string()},
        {"work", "work"},
        {"neurovasc", testing::program().string()},
        {"arguments", {"--without", "pictures,page"}},
        {"poll_s", 0.5},
        {"first_wait_s", 2}};
    scratch_.write("node.json", config.dump());
  }

  /// Runs the node until nothing has happened for some seconds, and returns what it logged.
  std::string runNode(int idle_s = 4) const {
    const auto run = testing::runCommand(
        (testing::sourceDir() / "pipelines/orthanc-node/node.py").string() + " '" +
        scratch_.path("node.json") + "' --until-idle " + std::to_string(idle_s));
    EXPECT_EQ(run.status, 0) << run.output;
    return run.output;
  }

  void send(const fs::path& study) const {
    pacs::sendObjects(entrance_->dimse(), pacs::objectFiles({study}));
  }

  /// Modalities of the series that the destination has of a study.
  std::vector<std::string> returned(const std::string& study_instance_uid) const {
    std::vector<std::string> modalities;
    for (const auto& series : pacs::findSeries(destination_->dimse(), study_instance_uid)) {
      modalities.push_back(series.modality);
    }
    return modalities;
  }

  int results() const {
    const fs::path folder = scratch_.path() / "work/results";
    return static_cast<int>(std::distance(fs::directory_iterator(folder), {}));
  }

  testing::TemporaryFolder scratch_;
  std::optional<Orthanc> entrance_;
  std::optional<Orthanc> destination_;
};

TEST_F(OrthancNode, AnalysesAStudyThatArrivesOnceAndReturnsItsResult) {
  const std::string uid = pacs::objectFiles({testing::sampleStudy()})[0].study_instance_uid;
  send(testing::sampleStudy());
  const std::string log = runNode();
  EXPECT_THAT(returned(uid), UnorderedElementsAre("SEG", "SR", "DOC")) << log;
  EXPECT_THAT(log, Not(HasSubstr(uid)));
  EXPECT_THAT(log, Not(HasSubstr(testing::kPatient.id)));
  const int objects = destination_->instances();
  EXPECT_THAT(runNode(), Not(HasSubstr("begins"))) << "analysed twice";
  EXPECT_EQ(results(), 1);
  EXPECT_EQ(destination_->instances(), objects);
}

TEST_F(OrthancNode, ReturnsAPageWithTheReasonWhereThereIsNoResult) {
  const SampleSeries sample(scratch_.path() / "study");
  send(sample.folder());
  const std::string log = runNode();
  EXPECT_THAT(log, HasSubstr("exit code 4"));
  EXPECT_THAT(returned(sample.studyInstanceUid()), ElementsAre("OT")) << log;
}

TEST_F(OrthancNode, ReturnsTheResultWhenTheDestinationIsThereAgain) {
  const std::string uid = pacs::objectFiles({testing::sampleStudy()})[0].study_instance_uid;
  send(testing::sampleStudy());
  destination_->kill();
  EXPECT_THAT(runNode(3), HasSubstr("exit code 12"));
  destination_->start();
  EXPECT_THAT(runNode(), HasSubstr("done, exit code 0"));
  EXPECT_THAT(returned(uid), UnorderedElementsAre("SEG", "SR", "DOC"));
  EXPECT_EQ(results(), 1) << "analysed again";
}

}  // namespace
}  // namespace neurovasc
