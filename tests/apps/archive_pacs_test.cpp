// The program over the studies of a PACS: index, plan, run, and what comes after.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "neurovasc/pacs/transfer.h"
#include "pacs/orthanc.h"
#include "patient.h"
#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;
using testing::kPatient;
using testing::Orthanc;
using testing::readText;
using testing::runProgram;
using testing::RunResult;
using testing::TemporaryFolder;

constexpr const char* kDates = "20230401-20230430";

/// A catalogue and an output folder over an Orthanc that holds the sample study.
class ArchiveOverPacs : public ::testing::Test {
 protected:
  void SetUp() override {
    NEUROVASC_NEEDS_ORTHANC();
    orthanc_.emplace();
    const auto objects = pacs::objectFiles({testing::sampleStudy()});
    uid_ = objects.at(0).study_instance_uid;
    pacs::sendObjects(orthanc_->web(), objects);
  }

  RunResult archive(const std::string& command, std::vector<std::string> words) const {
    words.insert(words.begin(), {"archive", command});
    return runProgram(words);
  }

  RunResult index(const fs::path& config) const {
    return archive("index", {"--catalog", scratch_.path("cat.db"), "--pacs-config", config.string(),
                             "--study-date", kDates, "--json"});
  }

  RunResult plan(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {
        "--catalog", scratch_.path("cat.db"), "--outputs", "minimal", "--sides", "left"};
    words.insert(words.end(), more.begin(), more.end());
    return archive("plan", words);
  }

  RunResult run(std::vector<std::string> words, const char* output = "out") const {
    words.insert(words.end(), {"--output", scratch_.path(output), "--json", "--backoff", "0.1"});
    return archive("run", words);
  }

  RunResult runAll(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {
        "--catalog", scratch_.path("cat.db"), "--outputs", "minimal", "--sides", "left"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  /// Whatever leads to the patient, or opens the PACS.
  void expectNothingOfThePatient(const fs::path& folder) const {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      EXPECT_THAT(entry.path().string(), Not(HasSubstr(uid_)));
      const std::string text = entry.is_regular_file() ? readText(entry.path()) : "";
      for (const std::string word :
           {uid_.c_str(), kPatient.surname, kPatient.id, "correct horse"}) {
        EXPECT_THAT(text, Not(HasSubstr(word))) << entry.path();
      }
    }
  }

  TemporaryFolder scratch_;
  std::optional<Orthanc> orthanc_;
  std::string uid_;
};

Json jsonOf(const RunResult& run) { return Json::parse(run.out, nullptr, false); }

TEST_F(ArchiveOverPacs, AnalysesAStudyOnceAndLeavesNothingOfItBehind) {
  const RunResult indexed = index(orthanc_->webFile());
  ASSERT_EQ(indexed.exit_code, 0) << indexed.err;
  EXPECT_EQ(jsonOf(indexed).at("pacs").at("studies_asked"), 1);
  EXPECT_EQ(jsonOf(indexed).at("studies_at_pacs"), 1);
  EXPECT_EQ(jsonOf(index(orthanc_->webFile())).at("pacs").at("studies_asked"), 0);
  EXPECT_EQ(jsonOf(plan({"--json"})).at("studies").at(0).at("state"), "waiting");

  const RunResult nowhere = runAll({});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_THAT(nowhere.err, HasSubstr("--pacs-config"));
  const RunResult done = runAll({"--pacs-config", orthanc_->webFile().string()});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(jsonOf(done).at("done"), 1);
  EXPECT_THAT(done.out + done.err, Not(HasSubstr(uid_)));
  EXPECT_FALSE(fs::exists(scratch_.path("out/.work"))) << "the study stayed behind";
  expectNothingOfThePatient(scratch_.path("out"));

  EXPECT_EQ(jsonOf(runAll({})).at("jobs"), 0) << "all is done, and no PACS is needed";
  const Json planned = jsonOf(plan({"--json"})).at("studies").at(0);
  EXPECT_EQ(planned.at("state"), "done");
  EXPECT_EQ(planned.at("source"), "pacs");
  const std::vector<std::string> catalogue = {
      "--catalog", scratch_.path("cat.db"), "--outputs", "minimal", "--sides", "left"};
  EXPECT_EQ(archive("status", catalogue).exit_code, 0);
  auto words = catalogue;
  words.insert(words.end(), {"--output", scratch_.path("tables")});
  ASSERT_EQ(archive("export", words).exit_code, 0);
  EXPECT_THAT(readText(scratch_.path("tables/studies.tsv")),
              HasSubstr(planned.at("study").get<std::string>()));
  words = catalogue;
  words.insert(words.end(), {"--results", scratch_.path("out"), "--output", scratch_.path("page")});
  EXPECT_EQ(archive("report", words).exit_code, 0);
  expectNothingOfThePatient(scratch_.path("tables"));
}

TEST_F(ArchiveOverPacs, GivesAManifestThatWorksElsewhereWithTheConfigurationAlone) {
  ASSERT_EQ(index(orthanc_->dimseFile()).exit_code, 0);
  ASSERT_EQ(plan({"--manifest", scratch_.path("jobs.tsv")}).exit_code, 0);
  const std::string manifest = readText(scratch_.path("jobs.tsv"));
  EXPECT_THAT(manifest, HasSubstr("\tpacs\tORTHANC@127.0.0.1:"));
  EXPECT_THAT(manifest, HasSubstr(uid_));
  EXPECT_THAT(manifest, Not(HasSubstr("dimse.yaml")));
  const std::string key = manifest.substr(manifest.find('\n') + 1, 16);
  const std::vector<std::string> job = {"--manifest", scratch_.path("jobs.tsv"), "--job", key};
  EXPECT_EQ(run(job).exit_code, 2) << "no configuration";
  auto reached = job;
  reached.insert(reached.end(), {"--pacs-config", orthanc_->dimseFile().string()});
  orthanc_->kill();
  const RunResult away = run(reached, "away");
  EXPECT_EQ(away.exit_code, 9);
  const Json outcome =
      Json::parse(readText(scratch_.path() / "away" / "jobs" / (key + ".json")), nullptr, false);
  EXPECT_EQ(outcome.at("code"), "network_refused");
  EXPECT_EQ(outcome.at("attempts"), 3);
  EXPECT_THAT(outcome.dump(), Not(HasSubstr(uid_)));
}

TEST_F(ArchiveOverPacs, TakesAStudyThatIsOnTheDiskFromThere) {
  ASSERT_EQ(
      archive("index", {testing::sampleStudy().string(), "--catalog", scratch_.path("cat.db"),
                        "--pacs-config", orthanc_->dimseFile().string(), "--study-date", kDates})
          .exit_code,
      0);
  const Json studies = jsonOf(plan({"--json"})).at("studies");
  ASSERT_EQ(studies.size(), 1U);
  EXPECT_EQ(studies[0].at("source"), "files");
}

TEST(ArchiveIndexOptions, OfAPacsNeedOne) {
  const TemporaryFolder scratch;
  const std::string config =
      scratch.write("pacs.yaml", "dimse: {host: 127.0.0.1, port: 1, ae_title: X}").string();
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"--study-date", "20250101-"},
      {"--pacs-config", config},
      {"--pacs-config", config, "--study-date", "-20250101"},
      {"--pacs-config", config, "--study-date", "20250101-", "--most-answers", "0"}};
  for (auto words : wrong) {
    words.insert(words.begin(), {"archive", "index", "--catalog", scratch.path("cat.db")});
    EXPECT_EQ(runProgram(words).exit_code, 2) << words.back();
  }
}

}  // namespace
}  // namespace neurovasc
