// Comparisons over an archive; `analyze` and `compare` are played by a small script.

#include <gmock/gmock.h>

#include <algorithm>

#include "archive_fixture.h"
#include "database.h"
#include "neurovasc/archive/collect.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/archive/run.h"
#include "neurovasc/archive/surgery.h"
#include "neurovasc/archive/tables.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/comparison_json.h"
#include "result/sample_assessments.h"
#include "result/sample_comparison.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using ::testing::HasSubstr;
using testing::sliceOf;
using testing::writeStack;

constexpr const char* kWorker = R"(#!/bin/sh
here=$(dirname "$0")
case $1 in
analyze) mkdir -p "$4" && cp "$here/assessment.json" "$4/";;
compare) echo "$@" >> "$here/calls"
  [ -d "$2" ] && [ -d "$3" ] && mkdir -p "$5" && cp "$here/comparison.json" "$5/";;
esac
)";

class ArchiveComparisons : public testing::ArchiveTest {
 protected:
  ArchiveComparisons() {
    fs::permissions(scratch_.write("worker", kWorker), fs::perms::owner_all);
    scratch_.write("assessment.json", result::toJson(testing::richAssessment()));
    scratch_.write("comparison.json", result::toJson(testing::richComparison()));
    options_.program = scratch_.path("worker");
    // P1 three times, P2 once.
    writeStack(root_ / "b", sliceOf("P1", "1.2.2", "20250601"));
    writeStack(root_ / "a", sliceOf("P1", "1.2.1", "20250203"));
    writeStack(root_ / "c", sliceOf("P1", "1.2.3", "20260101"));
    writeStack(root_ / "d", sliceOf("P2", "1.2.4", "20250203"));
    index();
  }

  fs::path output() const { return scratch_.path() / "out"; }

  void analyze() {
    runJobs(jobsOf(makePlan(catalogue_, {}), catalogue_, {}, {}, scratch_.path("lists")), output(),
            options_);
    collectResults(catalogue_, output());
  }

  std::vector<ManifestRow> comparisons() const {
    return comparisonsOf(makePlan(catalogue_, {}), catalogue_, {});
  }

  RunSummary compare() {
    const RunSummary summary = runJobs(comparisons(), output(), options_);
    collectResults(catalogue_, output());
    return summary;
  }

  std::string pairOf(const std::string& earlier, const std::string& later) const {
    return keyOf("p1", earlier) + "-" + keyOf("p1", later);
  }

  RunOptions options_;
};

std::vector<std::string> keysOf(const std::vector<ManifestRow>& rows) {
  std::vector<std::string> keys;
  for (const ManifestRow& row : rows) {
    keys.push_back(row.job);
  }
  return keys;
}

TEST_F(ArchiveComparisons, WaitForResults) { EXPECT_TRUE(comparisons().empty()); }

TEST_F(ArchiveComparisons, AreOfEachStudyWithTheOneBefore) {
  analyze();
  EXPECT_THAT(keysOf(comparisons()),
              ::testing::UnorderedElementsAre(pairOf("1.2.1", "1.2.2"), pairOf("1.2.2", "1.2.3")));
}

TEST_F(ArchiveComparisons, AreAlsoOfPairsMadeByHand) {
  analyze();
  const std::string first = keyOf("p1", "1.2.1");
  const std::string last = keyOf("p1", "1.2.3");
  importPairs(catalogue_, scratch_.write("pairs.tsv", "pre\tpost\n" + first + "\t" + last + "\n"));
  EXPECT_THAT(keysOf(comparisons()), ::testing::Contains(first + "-" + last));
}

TEST_F(ArchiveComparisons, AreLeftOutWhereAPatientHasTwoBirthDates) {
  testing::TestSlice slice = sliceOf("P1", "1.2.5", "20260301");
  slice.birth_date = "19010101";
  writeStack(root_ / "e", slice);
  index();
  analyze();
  EXPECT_TRUE(comparisons().empty());
}

TEST_F(ArchiveComparisons, AreDoneOnce) {
  analyze();
  const RunSummary first = compare();
  EXPECT_EQ(first.done, 2U);
  EXPECT_TRUE(fs::exists(output() / "comparisons" / pairOf("1.2.1", "1.2.2") / "comparison.json"));
  const RunSummary second = compare();
  EXPECT_EQ(second.done, 0U);
  EXPECT_EQ(second.already, 2U);
  const std::string calls = contentOf(scratch_.path("calls"));
  EXPECT_EQ(std::count(calls.begin(), calls.end(), '\n'), 2);
}

TEST_F(ArchiveComparisons, AreMadeAgainWhenAResultIsAnother) {
  analyze();
  const auto before = comparisons();
  catalogue_.database().execute("UPDATE results SET assessment_sha256 = 'other' WHERE job_key = '" +
                                keyOf("p1", "1.2.3") + "'");
  const auto after = comparisons();
  ASSERT_EQ(before.size(), 2U);
  ASSERT_EQ(after.size(), 2U);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].options_hash == after[i].options_hash,
              before[i].job == pairOf("1.2.1", "1.2.2"));
  }
}

TEST_F(ArchiveComparisons, FailAloneWhereAResultIsMissing) {
  analyze();
  fs::remove_all(output() / "results" / keyOf("p1", "1.2.3"));
  const RunSummary summary = compare();
  EXPECT_EQ(summary.done, 1U);
  EXPECT_EQ(summary.failed, 1U);
  const auto job = catalogue_.job(pairOf("1.2.2", "1.2.3"));
  ASSERT_TRUE(job);
  EXPECT_THAT(job->reason, HasSubstr("there is no results/" + keyOf("p1", "1.2.3")));
}

TEST_F(ArchiveComparisons, AreCollectedOnceAndExported) {
  analyze();
  compare();
  EXPECT_EQ(collectResults(catalogue_, output()).updated, 0U);
  EXPECT_EQ(catalogue_.integrityProblem(), "");
  exportTables(catalogue_, makePlan(catalogue_, {}), scratch_.path("tables"), false);
  const std::string table = contentOf(scratch_.path() / "tables" / "comparisons.tsv");
  const auto lines = static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
  const Comparison comparison = testing::richComparison();
  EXPECT_EQ(lines, 1 + 2 * comparison.sides.size());
  EXPECT_THAT(table, HasSubstr(keyOf("p1", "1.2.1") + "\t" + keyOf("p1", "1.2.2") +
                               "\torder_unknown\torder_unknown\t118\t"));
  EXPECT_THAT(table, HasSubstr(std::string(name(comparison.sides.at(0).outcome))));
  EXPECT_THAT(table, ::testing::Not(HasSubstr("20250203")));
}

TEST_F(ArchiveComparisons, PassThroughAManifest) {
  analyze();
  const fs::path file = scratch_.path("comparisons.tsv");
  writeManifest(file, comparisons());
  EXPECT_EQ(runJobs(readManifest(file), output(), options_).done, 2U);
}

}  // namespace
}  // namespace neurovasc::archive
