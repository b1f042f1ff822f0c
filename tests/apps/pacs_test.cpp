#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "neurovasc/pacs/transfer.h"
#include "pacs/orthanc.h"
#include "pacs/sample_series.h"
#include "patient.h"
#include "program.h"
#include "support/dicom_check.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Json = nlohmann::json;
using testing::objectDifferences;
using testing::Orthanc;
using testing::readText;
using testing::runProgram;
using testing::RunResult;
using testing::SampleSeries;
using testing::TemporaryFolder;

std::string sampleUid() {
  return pacs::objectFiles({testing::sampleStudy()})[0].study_instance_uid;
}

/// The program with a configuration of @p orthanc.
RunResult runWith(const std::string& config, std::vector<std::string> words) {
  words.insert(words.end(), {"--pacs-config", config});
  return runProgram(words);
}

Json jsonOf(const RunResult& run) {
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return Json::parse(run.out, nullptr, false);
}

/// The sample result, made at another second: another result, of the same study.
std::string laterResult(const TemporaryFolder& scratch) {
  const fs::path later = scratch.path() / "later";
  fs::copy(testing::sampleResult(), later, fs::copy_options::recursive);
  Json run = Json::parse(readText(later / "run.json"));
  run["started"] = "2031-01-01T00:00:00Z";
  std::ofstream(later / "run.json") << run.dump(2);
  return later.string();
}

std::vector<pacs::FoundSeries> seriesAt(const Orthanc& orthanc) {
  return pacs::findSeries(orthanc.dimse(), sampleUid());
}

int seriesOfModality(const Orthanc& orthanc, const std::string& modality) {
  const auto series = seriesAt(orthanc);
  return static_cast<int>(std::count_if(series.begin(), series.end(),
                                        [&](const auto& one) { return one.modality == modality; }));
}

/// How the program reaches Orthanc.
enum class Way { dimse, web, secure_dimse, secure_web };

class PacsRound : public ::testing::TestWithParam<Way> {
 protected:
  static Orthanc::Connection connection() {
    return GetParam() >= Way::secure_dimse ? Orthanc::Connection::secure
                                           : Orthanc::Connection::plain;
  }

  static std::string configOf(const Orthanc& orthanc) {
    const bool over_web = GetParam() == Way::web || GetParam() == Way::secure_web;
    return (over_web ? orthanc.webFile() : orthanc.dimseFile()).string();
  }
};

std::string wayName(const ::testing::TestParamInfo<Way>& info) {
  const std::vector<std::string> names = {"OverDimse", "OverTheWeb", "OverDimseByTls",
                                          "OverTheWebByTls"};
  return names[static_cast<std::size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Ways, PacsRound,
                         ::testing::Values(Way::dimse, Way::web, Way::secure_dimse,
                                           Way::secure_web),
                         wayName);

/// What does not depend on TLS.
class PacsAgain : public PacsRound {};

INSTANTIATE_TEST_SUITE_P(Ways, PacsAgain, ::testing::Values(Way::dimse, Way::web), wayName);

TEST_P(PacsRound, SendsAStudyAndItsResultAndFetchesBothAsTheyWere) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const std::string config = configOf(orthanc);
  const TemporaryFolder scratch;
  const std::string study = testing::sampleStudy().string();
  const std::string result = testing::sampleResult().string();
  EXPECT_EQ(runWith(config, {"pacs", "echo"}).exit_code, 0);
  EXPECT_EQ(runWith(config, {"pacs", "send", study}).exit_code, 0);
  const Json sent = jsonOf(runWith(config, {"pacs", "send", result, "--unreviewed", "--kinds",
                                            "seg,sr,sc,burned-in", "--json"}));
  EXPECT_GT(sent.at("sent"), 3);
  EXPECT_EQ(sent.at("replaced_series"), 0);

  fs::create_directory(scratch.path("expected"));
  fs::copy(study, scratch.path("expected/study"), fs::copy_options::recursive);
  ASSERT_EQ(runProgram({"export", result, "--to", "seg,sr,sc,burned-in", "--output",
                        scratch.path("expected/result")})
                .exit_code,
            0);
  const RunResult got = runWith(
      config, {"pacs", "get", "--study-uid", sampleUid(), "--output", scratch.path("fetched")});
  ASSERT_EQ(got.exit_code, 0) << got.err;
  EXPECT_THAT(objectDifferences(scratch.path("expected"), scratch.path("fetched")), IsEmpty());
}

TEST_P(PacsAgain, ReplacesAnEarlierResultOnce) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc;
  const std::string config = configOf(orthanc);
  const TemporaryFolder scratch;
  const std::string first = testing::sampleResult().string();
  const std::string later = laterResult(scratch);
  const auto send = [&](const std::string& result) {
    return runWith(config, {"pacs", "send", result, "--unreviewed", "--kinds", "seg,sr", "--json"});
  };
  EXPECT_EQ(jsonOf(send(first)).at("sent"), 2);
  EXPECT_EQ(jsonOf(send(first)).at("already_there"), 2) << "doubled";
  const Json replaced = jsonOf(send(later));
  EXPECT_EQ(replaced.at("sent"), 2);
  EXPECT_EQ(replaced.at("replaced_series"), 2);
  EXPECT_EQ(seriesOfModality(orthanc, "KO"), 2);
  const Json again = jsonOf(send(later));
  EXPECT_EQ(again.at("sent"), 0);
  EXPECT_EQ(again.at("replaced_series"), 0);
  EXPECT_EQ(orthanc.instances(), 2 + 2 + 2);
  const RunResult back = send(first);
  EXPECT_EQ(back.exit_code, 2);
  EXPECT_THAT(back.err, HasSubstr("later result"));
}

TEST_P(PacsRound, AnalysesAStudyOfThePacsAndReturnsTheResultInOneGo) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const std::string config = configOf(orthanc);
  const TemporaryFolder scratch;
  ASSERT_EQ(runWith(config, {"pacs", "send", testing::sampleStudy().string()}).exit_code, 0);
  const RunResult run =
      runWith(config, {"analyze", "--from-pacs", sampleUid(), "--to-pacs", "--unreviewed",
                       "--without", "pictures,page", "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(seriesOfModality(orthanc, "SEG"), 1);
  EXPECT_EQ(seriesOfModality(orthanc, "SR"), 1);
  EXPECT_EQ(seriesOfModality(orthanc, "DOC"), 1);
  EXPECT_FALSE(fs::exists(scratch.path("out.study"))) << "the study stayed behind";
  EXPECT_THAT(readText(scratch.path("out/run.json")), Not(HasSubstr(sampleUid())));
  EXPECT_THAT(run.err, Not(HasSubstr(sampleUid())));
}

TEST(PacsFind, TellsWhoseStudiesTheyAreOnlyWhenAsked) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc;
  const std::string config = orthanc.dimseFile().string();
  ASSERT_EQ(runWith(config, {"pacs", "send", testing::sampleStudy().string()}).exit_code, 0);
  const std::string id = testing::kPatient.id;
  for (const bool json : {false, true}) {
    std::vector<std::string> words = {"pacs", "find", "--patient-id", id};
    words.insert(words.end(), json ? 1 : 0, "--json");
    const RunResult plain = runWith(config, words);
    EXPECT_EQ(plain.exit_code, 0) << plain.err;
    EXPECT_THAT(plain.out, HasSubstr("MR"));
    EXPECT_THAT(plain.out + plain.err, Not(HasSubstr(id)));
    EXPECT_THAT(plain.out + plain.err, Not(HasSubstr(sampleUid())));
    words.emplace_back("--identity");
    const RunResult told = runWith(config, words);
    EXPECT_THAT(told.out, HasSubstr(id));
    EXPECT_THAT(told.out, HasSubstr(sampleUid()));
  }
}

TEST(PacsSend, AsksForAReview) {
  const TemporaryFolder scratch;
  const std::string config =
      scratch.write("pacs.yaml", "dimse: {host: 127.0.0.1, port: 1, ae_title: X}").string();
  const RunResult run = runWith(config, {"pacs", "send", testing::sampleResult().string()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--unreviewed"));
  ASSERT_EQ(runProgram({"export", testing::sampleResult().string(), "--to", "seg", "--output",
                        scratch.path("objects")})
                .exit_code,
            0);
  const RunResult files = runWith(config, {"pacs", "send", scratch.path("objects")});
  EXPECT_EQ(files.exit_code, 2);
  EXPECT_THAT(files.err, HasSubstr("--unreviewed"));
}

TEST(PacsExitCode, IsTwelveForAPacsThatRefusesOrIsNotThere) {
  NEUROVASC_NEEDS_ORTHANC();
  Orthanc orthanc;
  const TemporaryFolder scratch;
  const std::string wrong =
      scratch
          .write("wrong.yaml", "dimse: {host: 127.0.0.1, ae_title: WRONG, port: " +
                                   std::to_string(orthanc.dicomPort()) + "}")
          .string();
  EXPECT_EQ(runWith(wrong, {"pacs", "echo"}).exit_code, 12);
  orthanc.kill();
  EXPECT_EQ(runWith(orthanc.dimseFile().string(), {"pacs", "echo"}).exit_code, 12);
  EXPECT_EQ(runWith(orthanc.webFile().string(), {"pacs", "echo"}).exit_code, 12);
}

TEST(PacsExitCode, IsTwelveForACertificateThatNobodyTrustedSigned) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(Orthanc::Connection::secure);
  for (const auto& [way, file] :
       {std::pair("dimse", orthanc.dimseFile()), std::pair("dicomweb", orthanc.webFile())}) {
    EXPECT_EQ(runWith(file.string(), {"pacs", "echo"}).exit_code, 0);
    Json config = Json::parse(readText(file));
    config[way]["tls"]["ca"] = orthanc.certificates().stranger.string();
    std::ofstream(file) << config;
    const RunResult run = runWith(file.string(), {"pacs", "echo"});
    EXPECT_EQ(run.exit_code, 12);
    EXPECT_THAT(run.err, HasSubstr("certificate"));
  }
}

TEST(AnalyzeNotice, GoesIntoAStudyThatGivesNoResult) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc;
  const std::string config = orthanc.dimseFile().string();
  const TemporaryFolder scratch;
  const SampleSeries sample(scratch.path() / "study");
  ASSERT_EQ(runWith(config, {"pacs", "send", sample.folder().string()}).exit_code, 0);
  const auto analyse = [&] {
    return runWith(config, {"analyze", "--from-pacs", sample.studyInstanceUid(), "--to-pacs",
                            "--unreviewed", "--notify-failure", "--output", scratch.path("out")});
  };
  const RunResult run = analyse();
  EXPECT_EQ(run.exit_code, 4) << run.err;
  EXPECT_EQ(analyse().exit_code, 4);
  EXPECT_EQ(orthanc.instances(), SampleSeries::kObjects + 1) << "no page, or one too many";
  ASSERT_EQ(runWith(config, {"pacs", "get", "--study-uid", sample.studyInstanceUid(), "--output",
                             scratch.path("fetched")})
                .exit_code,
            0);
  int pages = 0;
  for (const auto& object : pacs::objectFiles({scratch.path() / "fetched"})) {
    if (const auto errors = testing::dicomErrors(object.path.string());
        errors && object.sop_class_uid == "1.2.840.10008.5.1.4.1.1.7.4") {
      EXPECT_THAT(*errors, IsEmpty());
      ++pages;
    }
  }
  EXPECT_EQ(pages, 1);
  EXPECT_FALSE(fs::exists(scratch.path("out.study")));
}

TEST(AnalyzeRound, RefusesOptionsThatDoNotFitTogether) {
  const TemporaryFolder scratch;
  const std::string config =
      scratch.write("pacs.yaml", "dimse: {host: 127.0.0.1, port: 1, ae_title: X}").string();
  const std::vector<std::vector<std::string>> wrong = {
      {"--from-pacs", "1.2", "--path", "somewhere"},
      {"--from-pacs", "1.2", "--to-pacs"},
      {"--from-pacs", "1.2", "--from-pacs-file", config},
      {"--path", "somewhere", "--fetch-to", scratch.path("study")},
      {"--from-pacs", "1.2", "--notify-failure"},
      {"--from-pacs", "1.2", "--to-pacs-config", config},
      {"--from-pacs", "1.2", "--to-pacs", "--unreviewed", "--kinds", "nifti"}};
  for (auto words : wrong) {
    words.insert(words.begin(), "analyze");
    words.insert(words.end(), {"--output", scratch.path("out")});
    EXPECT_EQ(runWith(config, words).exit_code, 2) << words[3];
  }
}

}  // namespace
}  // namespace neurovasc
