#include "neurovasc/archive/qc.h"

#include <gmock/gmock.h>

#include "cohort_fixture.h"

namespace neurovasc::archive {
namespace {

using testing::errorOf;
using ::testing::HasSubstr;

const std::string kHeader = "study\tresult\tverdict\ttime\treason\n";
constexpr const char* kMorning = "2026-11-21T09:00:00Z";
constexpr const char* kNoon = "2026-11-21T12:00:00Z";

std::string refusal(const std::string& text) {
  try {
    qcFromTsv(text);
  } catch (const Error& error) {
    return error.code() == ErrorCode::input_unreadable ? error.message() : "of another code";
  }
  return {};
}

std::string lineOf(const std::string& verdict, const std::string& time = kMorning) {
  return "0123456789abcdef\t" + std::string(64, 'a') + "\t" + verdict + "\t" + time + "\twhy\n";
}

TEST(ArchiveQc, ReadsWhatThePageSaves) {
  const auto rows = qcFromTsv(kHeader + "0123456789abcdef\t" + std::string(64, 'a') + "\treject\t" +
                              kMorning + "\ta tab:\\t, a line\\nend\n");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].study, "0123456789abcdef");
  EXPECT_EQ(rows[0].verdict, QcVerdict::reject);
  EXPECT_EQ(rows[0].reason, "a tab:\t, a line\nend");
  EXPECT_EQ(rows[0].line, 2U);
  EXPECT_EQ(qcFromTsv(kHeader).size(), 0U);
}

TEST(ArchiveQc, NamesTheLineThatItRefuses) {
  EXPECT_THAT(refusal(""), HasSubstr("line 1"));
  EXPECT_THAT(refusal("study\tverdict\n"), HasSubstr("line 1: its columns are not study"));
  EXPECT_THAT(refusal(kHeader + lineOf("accept") + "x\ty\n"), HasSubstr("line 3: 2 columns"));
  EXPECT_THAT(refusal(kHeader + lineOf("good")), HasSubstr("line 2: verdict 'good'"));
  EXPECT_THAT(refusal(kHeader + lineOf("accept", "yesterday")), HasSubstr("line 2: time"));
  EXPECT_THAT(refusal(kHeader + "../x" + lineOf("accept")), HasSubstr("line 2: study"));
  EXPECT_THAT(refusal(kHeader + lineOf("accept") + lineOf("reject")),
              HasSubstr("line 3: a second verdict"));
}

class ArchiveQcImport : public testing::CohortTest {
 protected:
  QcSummary import(const std::string& key, QcVerdict verdict, const std::string& reader,
                   const std::string& time = kMorning, const std::string& reason = "") {
    return importQc(catalogue_, {{key, shaOf(key), verdict, time, reason}}, reader);
  }
};

TEST_F(ArchiveQcImport, KeepsTheWordOfEachReaderAndTheStrictestHolds) {
  const std::string key = analysed("p1", "1.2.1");
  EXPECT_EQ(import(key, QcVerdict::accept, "A").changed, 1U);
  EXPECT_EQ(qcStates(catalogue_).at(key).verdict, QcVerdict::accept);
  import(key, QcVerdict::reject, "B", kMorning, "wrong nerve");
  import(key, QcVerdict::unsure, "C");
  const QcState state = qcStates(catalogue_).at(key);
  EXPECT_EQ(state.verdict, QcVerdict::reject);
  EXPECT_EQ(state.readers, "B");
  EXPECT_EQ(state.reason, "wrong nerve");
}

TEST_F(ArchiveQcImport, TakesAFileAgainWithoutChangeAndTheLaterWordOfAReader) {
  const std::string key = analysed("p1", "1.2.1");
  import(key, QcVerdict::reject, "A", kNoon);
  EXPECT_EQ(import(key, QcVerdict::reject, "A", kNoon).changed, 0U);
  EXPECT_EQ(import(key, QcVerdict::accept, "A", kMorning).changed, 0U);
  EXPECT_EQ(qcStates(catalogue_).at(key).verdict, QcVerdict::reject);
  EXPECT_EQ(import(key, QcVerdict::accept, "A", "2026-11-21T12:00:01Z").changed, 1U);
  EXPECT_EQ(qcStates(catalogue_).at(key).verdict, QcVerdict::accept);
}

TEST_F(ArchiveQcImport, LeavesAResultThatWasMadeAnewToBeJudgedAnew) {
  const std::string key = analysed("p1", "1.2.1");
  import(key, QcVerdict::reject, "A");
  const std::string before = shaOf(key);
  analysed("p1", "1.2.1", testing::clearAssessment());
  EXPECT_EQ(qcStates(catalogue_).count(key), 0U);
  const QcSummary late = importQc(catalogue_, {{key, before, QcVerdict::unsure, kNoon, ""}}, "A");
  EXPECT_EQ(late.outdated, 1U);
  EXPECT_EQ(qcStates(catalogue_).count(key), 0U);
}

TEST_F(ArchiveQcImport, TakesAllRowsOrNone) {
  const std::string key = analysed("p1", "1.2.1");
  const std::vector<QcRow> rows = {
      {key, shaOf(key), QcVerdict::accept, kMorning, "", 2},
      {"0000000000000000", shaOf(key), QcVerdict::accept, kMorning, "", 3}};
  try {
    importQc(catalogue_, rows, "A");
    FAIL() << "an unknown study was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("line 3: the catalogue has no result"));
  }
  EXPECT_TRUE(qcStates(catalogue_).empty());
}

TEST_F(ArchiveQcImport, WantsAReadersName) {
  EXPECT_EQ(errorOf([&] { importQc(catalogue_, {}, ""); }), ErrorCode::usage);
  EXPECT_EQ(errorOf([&] { importQc(catalogue_, {}, "A\nB"); }), ErrorCode::usage);
}

}  // namespace
}  // namespace neurovasc::archive
