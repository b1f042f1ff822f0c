#include "neurovasc/archive/plan.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "archive_fixture.h"
#include "database.h"
#include "neurovasc/core/version.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::errorOf;
using ::testing::HasSubstr;
using testing::sliceOf;
using testing::TestSlice;
using testing::writeSlice;
using testing::writeStack;

class ArchivePlan : public testing::ArchiveTest {
 protected:
  PlannedStudy only(const WorkOptions& options = {}) {
    index();
    const Plan plan = makePlan(catalogue_, options);
    EXPECT_EQ(plan.studies.size(), 1U);
    return plan.studies.at(0);
  }

  /// As if the only study had ended so.
  void endedAs(const std::string& state, const std::string& version, const WorkOptions& options) {
    const StudyRow study = studies().at(0);
    catalogue_.database()
        .prepare("INSERT OR REPLACE INTO jobs VALUES (?, ?, 1, 0, '', 'why', ?, ?, ?, ?, 1, 1, '')")
        .run(study.key, state, version, optionsHash(analyzeArguments(options)),
             static_cast<std::int64_t>(study.files), static_cast<std::int64_t>(study.bytes));
  }
};

TEST_F(ArchivePlan, TakesAStudyWithAThinT2) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  const PlannedStudy planned = only();
  EXPECT_EQ(planned.state, PlanState::waiting);
  EXPECT_EQ(planned.exclusion, Exclusion::none);
}

TEST_F(ArchivePlan, SaysThatThereIsNoT2) {
  TestSlice slice = sliceOf("P1", "1.2.1");
  slice.repetition_time_ms = 25;
  slice.echo_time_ms = 4;
  slice.flip_angle_deg = 20;
  slice.description = "tof3d";
  writeStack(root_ / "a", slice);
  EXPECT_EQ(only().exclusion, Exclusion::no_t2);
}

TEST_F(ArchivePlan, SaysHowThickATooThickT2Is) {
  TestSlice slice = sliceOf("P1", "1.2.1");
  slice.grid.spacing_mm = {0.5, 0.6, 3};
  writeStack(root_ / "a", slice);
  const PlannedStudy planned = only();
  EXPECT_EQ(planned.exclusion, Exclusion::t2_too_thick);
  EXPECT_THAT(planned.reason, HasSubstr("3.00 mm"));
}

TEST_F(ArchivePlan, SaysThatSlicesAreSheared) {
  writeSheared(root_ / "a", sliceOf("P1", "1.2.1"), 0.3);
  EXPECT_EQ(only().exclusion, Exclusion::t2_geometry);
}

TEST_F(ArchivePlan, LeavesOutStudiesWithoutWhatIsRequired) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  WorkOptions options;
  options.required = {SeriesRole::tof};
  EXPECT_EQ(only(options).exclusion, Exclusion::no_tof);
}

TEST_F(ArchivePlan, LeavesOutStudiesWhoseFilesAreGone) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  index();
  fs::remove_all(root_ / "a");
  EXPECT_EQ(only().exclusion, Exclusion::gone);
}

TEST_F(ArchivePlan, KnowsWhatIsDoneStaleAndFailed) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  index();
  const std::string today(version());
  endedAs("done", today, {});
  EXPECT_EQ(only().state, PlanState::done);
  endedAs("done", "0.0.1", {});
  EXPECT_EQ(only().state, PlanState::stale);
  WorkOptions other;
  other.minimal_outputs = true;
  endedAs("done", today, other);
  EXPECT_EQ(only().state, PlanState::stale);
  endedAs("failed", today, {});
  EXPECT_EQ(only().state, PlanState::failed);
  EXPECT_EQ(only().reason, "why");
}

TEST_F(ArchivePlan, RunsAStudyAgainWhenAFileJoinedIt) {
  TestSlice slice = sliceOf("P1", "1.2.1");
  writeStack(root_ / "a", slice, [](int k) { return k == 2; });
  index();
  endedAs("done", std::string(version()), {});
  slice.k = 2;
  writeSlice(root_ / "a" / "late", slice);
  EXPECT_EQ(only().state, PlanState::waiting);
}

TEST_F(ArchivePlan, SelectsStaleAndFailedOnesOnlyWhenAsked) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  index();
  const auto jobs = [this](const Selection& selection) {
    return jobsOf(makePlan(catalogue_, {}), catalogue_, {}, selection, scratch_.path() / "lists")
        .size();
  };
  EXPECT_EQ(jobs({}), 1U);
  endedAs("done", "0.0.1", {});
  EXPECT_EQ(jobs({}), 0U);
  EXPECT_EQ(jobs({true, false}), 1U);
  endedAs("failed", "0.0.1", {});
  EXPECT_EQ(jobs({true, false}), 0U);
  EXPECT_EQ(jobs({false, true}), 1U);
}

TEST_F(ArchivePlan, NamesTheFolderOfAStudyOrListsItsFiles) {
  writeStack(root_ / "own" / "series", sliceOf("P1", "1.2.1"));
  writeStack(root_ / "shared" / "1", sliceOf("P2", "1.2.2"));
  writeSlice(root_ / "shared" / "more", sliceOf("P2", "1.2.2"));
  writeStack(root_ / "shared" / "2", sliceOf("P3", "1.2.3"));
  index();
  const fs::path lists = scratch_.path() / "lists";
  for (const ManifestRow& row : jobsOf(makePlan(catalogue_, {}), catalogue_, {}, {}, lists)) {
    if (row.job == keyOf("p1", "1.2.1")) {
      EXPECT_EQ(row.input_kind, InputKind::folder);
      EXPECT_THAT(row.input, HasSubstr("own"));
    }
    if (row.job == keyOf("p2", "1.2.2")) {
      EXPECT_EQ(row.input_kind, InputKind::list);
      EXPECT_THAT(testing::contentOf(row.input), HasSubstr("shared/more\n"));
      struct stat info {};
      ASSERT_EQ(::stat(row.input.c_str(), &info), 0);
      EXPECT_EQ(info.st_mode & 0777U, 0600U);
    }
  }
}

TEST_F(ArchivePlan, CountsEveryStudyOnce) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  TestSlice thick = sliceOf("P2", "1.2.2");
  thick.grid.spacing_mm = {0.5, 0.6, 3};
  writeStack(root_ / "b", thick);
  scratch_.write("root/empty.dcm", "");
  index();
  const Plan plan = makePlan(catalogue_, {});
  std::size_t sum = 0;
  for (const auto& [state, count] : plan.totals()) {
    sum += count;
  }
  EXPECT_EQ(sum, plan.studies.size());
  EXPECT_EQ(plan.totals().at(PlanState::waiting), 1U);
  EXPECT_EQ(plan.totals().at(PlanState::excluded), 1U);
  EXPECT_THAT(planTsv(plan), HasSubstr("t2_too_thick"));
  EXPECT_THAT(planTsv(plan), HasSubstr("unreadable"));
  EXPECT_EQ(planTsv(plan).find(root_.string()), std::string::npos);
  EXPECT_THAT(planJson(plan), HasSubstr("\"excluded\": 1"));
}

TEST(WorkOptions, HaveAHashThatFollowsWhatChangesResults) {
  WorkOptions minimal;
  minimal.minimal_outputs = true;
  const std::string plain = optionsHash(analyzeArguments({}));
  EXPECT_EQ(plain.size(), 12U);
  EXPECT_NE(plain, optionsHash(analyzeArguments(minimal)));
  EXPECT_EQ(plain, optionsHash(analyzeArguments({})));
}

TEST(WorkOptions, AreRefusedWithoutSense) {
  WorkOptions options;
  options.sides.clear();
  EXPECT_EQ(errorOf([&] { validate(options); }), ErrorCode::usage);
  options = {};
  options.required = {SeriesRole::cisternography};
  EXPECT_EQ(errorOf([&] { validate(options); }), ErrorCode::usage);
}

TEST(Manifest, IsReadAsItWasWritten) {
  ManifestRow row;
  row.job = "0123456789abcdef";
  row.input = "/a\tstrange\\name\nof a folder";
  row.files = 3;
  row.bytes = 4'000'000'000;
  row.options_hash = "abc";
  row.arguments = {"--sides", "left,right"};
  const auto read = manifestFromTsv(toTsv({row}));
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].input, row.input);
  EXPECT_EQ(read[0].bytes, row.bytes);
  EXPECT_EQ(read[0].arguments, row.arguments);
}

TEST(Manifest, IsRefusedWithTheLineThatIsWrong) {
  const std::string good = toTsv({});
  EXPECT_EQ(errorOf([&] { manifestFromTsv("job\n"); }), ErrorCode::input_unreadable);
  for (const char* line : {"1\tfolder\t/a\t1\t1\th\n", "1\tdisc\t/a\t1\t1\th\t-x\n",
                           "1\tfolder\t/a\tmany\t1\th\t-x\n", "../1\tfolder\t/a\t1\t1\th\t-x\n"}) {
    try {
      manifestFromTsv(good + line);
      ADD_FAILURE() << line;
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), HasSubstr("line 2"));
    }
  }
}

}  // namespace
}  // namespace neurovasc::archive
