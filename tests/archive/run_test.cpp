// Workers are played by a small script, which does what the first file of its study says.

#include "neurovasc/archive/run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "archive_fixture.h"
#include "neurovasc/archive/collect.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/archive/tables.h"
#include "neurovasc/core/version.h"
#include "neurovasc/result/assessment_json.h"
#include "result/sample_assessments.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using testing::errorOf;
using ::testing::HasSubstr;
using testing::sliceOf;
using testing::TemporaryFolder;
using testing::writeStack;

constexpr const char* kWorker = R"(#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/calls"
ok() { mkdir -p "$4" && cp "$here/assessment.json" "$4/"; }
say() { echo "$1" >&2; }
case $(cat study/000001) in
good) say '{"event":"progress","stage":"scan","fraction":0}'; say 'written to /home/doe'; ok "$@";;
refuse) say '{"event":"error","code":"no_usable_series","exit_code":4,"message":"no T2 here"}'; exit 4;;
lost) ok "$@"; exit 7;;
crash) kill -SEGV $$;;
slow) exec sleep 60;;
flaky) [ -e "$here/seen" ] && ok "$@" && exit 0; touch "$here/seen"; exit 8;;
broken) exit 8;;
large) exec python3 -c 'import time; x = bytearray(400 << 20); time.sleep(60)';;
esac
)";

class ArchiveRun : public ::testing::Test {
 protected:
  ArchiveRun() : output_(scratch_.path() / "out") {
    scratch_.write("worker", kWorker);
    fs::permissions(scratch_.path("worker"), fs::perms::owner_all);
    scratch_.write("assessment.json", result::toJson(testing::richAssessment()));
    options_.program = scratch_.path("worker");
    options_.workers = 2;
    options_.backoff_s = 0.01;
    options_.time_limit_s = 20;
  }

  /// A study that makes the worker do @p what.
  ManifestRow study(const std::string& what) {
    ManifestRow row;
    row.job = "00000000000000" + std::to_string(10 + ++count_);
    const fs::path folder = scratch_.path() / ("DOE_" + row.job);
    fs::create_directory(folder);
    std::ofstream(folder / "JOHN DOE.dcm") << what;
    row.input = folder.string();
    row.files = 1;
    row.options_hash = "abc";
    row.arguments = {"--sides", "left"};
    return row;
  }

  RunSummary run(const std::vector<ManifestRow>& rows, const Progress& progress = {}) {
    ended_.clear();
    return runJobs(
        rows, output_, options_, [this](const JobRow& job) { ended_.push_back(job); }, progress);
  }

  JobRow outcomeOf(const std::string& what) {
    run({study(what)});
    return ended_.at(0);
  }

  std::size_t calls() const {
    const std::string text = contentOf(scratch_.path("calls"));
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  TemporaryFolder scratch_;
  fs::path output_;
  RunOptions options_;
  std::vector<JobRow> ended_;
  int count_ = 0;
};

TEST_F(ArchiveRun, DoesWhatIsGoodAndNamesWhatIsNot) {
  const RunSummary summary =
      run({study("good"), study("refuse"), study("crash"), study("good"), study("lost")});
  EXPECT_EQ(summary.done, 2U);
  EXPECT_EQ(summary.failed, 3U);
  ASSERT_EQ(ended_.size(), 5U);
  for (const JobRow& job : ended_) {
    EXPECT_EQ(job.state == JobState::done, job.exit_code == 0) << job.key;
    EXPECT_EQ(job.reason.empty(), job.state == JobState::done) << job.key;
  }
}

TEST_F(ArchiveRun, HandsImagesOverUnderTheirRoles) {
  scratch_.write("worker", R"sh(#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/calls"
[ "$(cat study/cisternography.nii.gz)" = T2 ] && [ "$(cat study/tof.nii)" = TOF ] || exit 3
mkdir -p "$7" && cp "$here/assessment.json" "$7/"
)sh");
  ManifestRow row = study("unused");
  row.input_kind = InputKind::volumes;
  row.input = scratch_.path("list");
  const std::string t2 = scratch_.write("sub-DOE_T2w.nii.gz", "T2").string();
  const std::string tof = scratch_.write("sub-DOE_angio.nii", "TOF").string();
  scratch_.write("list", "cisternography\t" + t2 + "\ntof\t" + tof + "\n");
  EXPECT_EQ(run({row}).done, 1U);
  EXPECT_EQ(contentOf(scratch_.path("calls"))
                .rfind("analyze --t2 study/cisternography.nii.gz --tof study/tof.nii --output", 0),
            0U);
  fs::remove(tof);
  row.files = 2;
  run({row});
  EXPECT_EQ(ended_.at(0).reason, "its images are gone");
}

/// Plays a worker that is to fetch its study: it does as the file with the UID says.
constexpr const char* kFetchingWorker = R"sh(#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/calls"
[ "$(stat -c %a .)" = 700 ] && [ ! -e study ] || exit 1
case $(cat study.uid) in
1.2.1) mkdir study; echo x > study/1; mkdir -p "$9" && cp "$here/assessment.json" "$9/";;
1.2.2) mkdir study.partial; exit 12;;
esac
)sh";

TEST_F(ArchiveRun, HasAWorkerFetchWhatIsAtAPacsAndLeavesNothingOfIt) {
  scratch_.write("worker", kFetchingWorker);
  ManifestRow row = study("unused");
  row.input_kind = InputKind::pacs;
  row.input = "NODE@here:104 1.2.1";
  EXPECT_EQ(errorOf([&] { run({row}); }), ErrorCode::usage) << "nobody says where NODE is";
  EXPECT_FALSE(fs::exists(scratch_.path("calls")));
  options_.pacs_configs["NODE@here:104"] = "/etc/pacs.yaml";
  EXPECT_EQ(run({row}).done, 1U);
  const std::string words = contentOf(scratch_.path("calls"));
  EXPECT_THAT(words, HasSubstr("--from-pacs-file study.uid --fetch-to study"));
  EXPECT_THAT(words, HasSubstr("--pacs-config /etc/pacs.yaml"));
  EXPECT_THAT(words, ::testing::Not(HasSubstr("1.2.1"))) << "others see what a process is given";
  EXPECT_FALSE(fs::exists(output_ / ".work"));
  options_.pacs_configs.clear();
  EXPECT_EQ(run({row}).already, 1U) << "what is done needs no PACS";
}

TEST_F(ArchiveRun, TriesAgainWhereThePacsWasAway) {
  scratch_.write("worker", kFetchingWorker);
  options_.pacs_configs["NODE"] = "/etc/pacs.yaml";
  ManifestRow row = study("unused");
  row.input_kind = InputKind::pacs;
  row.input = "NODE 1.2.2";
  run({row});
  EXPECT_EQ(ended_.at(0).code, "network_refused");
  EXPECT_EQ(ended_.at(0).attempts, 3);
  EXPECT_FALSE(fs::exists(output_ / ".work"));
  row.input = "NODE";
  row.files = 2;
  EXPECT_EQ(errorOf([&] { run({row}); }), ErrorCode::input_unreadable);
}

TEST_F(ArchiveRun, TakesTheReasonFromTheWorkersLastWord) {
  const JobRow job = outcomeOf("refuse");
  EXPECT_EQ(job.code, "no_usable_series");
  EXPECT_EQ(job.reason, "no T2 here");
  EXPECT_EQ(job.exit_code, 4);
}

TEST_F(ArchiveRun, NamesASignal) {
  const JobRow job = outcomeOf("crash");
  EXPECT_EQ(job.code, "crashed");
  EXPECT_THAT(job.reason, HasSubstr("Segmentation"));
}

TEST_F(ArchiveRun, KeepsTheResultOfAStudyWithoutANerve) {
  const JobRow job = outcomeOf("lost");
  EXPECT_EQ(job.code, "nerve_not_found");
  EXPECT_TRUE(fs::exists(output_ / job.folder / "assessment.json"));
}

TEST_F(ArchiveRun, GivesUpAStudyThatTakesTooLong) {
  options_.time_limit_s = 0.3;
  EXPECT_EQ(outcomeOf("slow").code, "timed_out");
}

TEST_F(ArchiveRun, GivesUpAStudyThatTakesTooMuchMemory) {
  options_.memory_limit_mib = 200;
  EXPECT_EQ(outcomeOf("large").code, "out_of_memory");
}

TEST_F(ArchiveRun, TriesAgainWhatMayPass) {
  const JobRow job = outcomeOf("flaky");
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.attempts, 2);
}

TEST_F(ArchiveRun, GivesUpAfterTheLastAttempt) {
  const JobRow job = outcomeOf("broken");
  EXPECT_EQ(job.code, "output_unwritable");
  EXPECT_EQ(job.attempts, 3);
  EXPECT_EQ(calls(), 3U);
}

TEST_F(ArchiveRun, DoesNothingTwiceAndChangesNoFile) {
  const std::vector<ManifestRow> rows = {study("good"), study("refuse")};
  run(rows);
  const auto before = fs::last_write_time(output_ / "jobs" / (rows[0].job + ".json"));
  const RunSummary again = run(rows);
  EXPECT_EQ(again.already, 2U);
  EXPECT_EQ(again.already_failed, 1U);
  EXPECT_EQ(calls(), 2U);
  EXPECT_EQ(fs::last_write_time(output_ / "jobs" / (rows[0].job + ".json")), before);
  options_.retry_failed = true;
  EXPECT_EQ(run(rows).already, 1U) << "what is done stays";
  EXPECT_EQ(calls(), 3U);
}

TEST_F(ArchiveRun, RunsAgainWhatHasOtherOptionsOrOtherFiles) {
  ManifestRow row = study("good");
  run({row});
  row.options_hash = "def";
  EXPECT_EQ(run({row}).done, 1U);
  row.files = 2;
  EXPECT_EQ(run({row}).done, 1U);
}

TEST_F(ArchiveRun, ShowsWorkersNothingThatNamesThePatient) {
  const ManifestRow row = study("good");
  run({row});
  const std::string log = contentOf(output_ / "logs" / (row.job + ".log"));
  EXPECT_THAT(log, HasSubstr("scan"));
  EXPECT_EQ(log.find("doe"), std::string::npos);
  EXPECT_EQ(contentOf(scratch_.path("calls")).find("DOE"), std::string::npos);
  EXPECT_FALSE(fs::exists(output_ / ".work"));
}

TEST_F(ArchiveRun, StopsItsWorkersWhenAskedAndGoesOnLater) {
  StopToken stop;
  std::thread asking([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop.requestStop();
  });
  const auto start = std::chrono::steady_clock::now();
  const RunSummary summary =
      run({study("slow"), study("slow"), study("good")}, Progress({}, {}, stop));
  asking.join();
  EXPECT_TRUE(summary.stopped);
  EXPECT_TRUE(ended_.empty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_FALSE(fs::exists(output_ / ".work"));
}

TEST_F(ArchiveRun, SaysThatAStudysFilesAreGone) {
  ManifestRow row = study("good");
  row.input = scratch_.path("absent");
  run({row});
  EXPECT_EQ(ended_.at(0).code, "input_unreadable");
}

TEST_F(ArchiveRun, RefusesOptionsWithoutSense) {
  const auto error = [this](auto change) {
    RunOptions options = options_;
    change(options);
    return errorOf([&options] { validate(options); });
  };
  EXPECT_EQ(error([](RunOptions&) {}), std::nullopt);
  EXPECT_EQ(error([](RunOptions& o) { o.program.clear(); }), ErrorCode::usage);
  EXPECT_EQ(error([](RunOptions& o) { o.workers = 0; }), ErrorCode::usage);
  EXPECT_EQ(error([](RunOptions& o) { o.threads_per_worker = -1; }), ErrorCode::usage);
  EXPECT_EQ(error([](RunOptions& o) { o.time_limit_s = 0; }), ErrorCode::usage);
  EXPECT_EQ(error([](RunOptions& o) { o.memory_limit_mib = -1; }), ErrorCode::usage);
  EXPECT_EQ(error([](RunOptions& o) { o.attempts = 0; }), ErrorCode::usage);
  EXPECT_EQ(error([](RunOptions& o) { o.backoff_s = -1; }), ErrorCode::usage);
}

TEST_F(ArchiveRun, CollectsAnyNumberOfTimes) {
  const std::vector<ManifestRow> rows = {study("good"), study("refuse")};
  run(rows);
  Catalogue catalogue(scratch_.path("c.db"), Catalogue::Access::make);
  EXPECT_EQ(collectResults(catalogue, output_).updated, 2U);
  EXPECT_EQ(collectResults(catalogue, output_).updated, 0U);
  const auto done = catalogue.job(rows[0].job);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->state, JobState::done);
  EXPECT_EQ(done->version, version());
  EXPECT_EQ(catalogue.job(rows[1].job)->reason, "no T2 here");
  EXPECT_EQ(catalogue.integrityProblem(), "");
}

TEST_F(ArchiveRun, WarnsOfAnOutcomeThatCannotBeRead) {
  run({study("good")});
  std::ofstream(output_ / "jobs" / "0123.json") << "{";
  Catalogue catalogue(scratch_.path("c.db"), Catalogue::Access::make);
  std::vector<std::string> warnings;
  const Progress progress({}, [&warnings](std::string_view text) { warnings.emplace_back(text); },
                          {});
  const CollectSummary summary = collectResults(catalogue, output_, progress);
  EXPECT_EQ(summary.updated, 1U);
  EXPECT_EQ(summary.unreadable, 1U);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings[0], HasSubstr("0123.json"));
  EXPECT_EQ(errorOf([&] { collectResults(catalogue, scratch_.path("absent")); }),
            ErrorCode::input_unreadable);
}

using ArchiveTables = testing::ArchiveTest;

TEST_F(ArchiveTables, HaveOneRowPerSideAndPerContactWithWhatMadeIt) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  index();
  const Assessment assessment = testing::richAssessment();
  const fs::path worker =
      scratch_.write("worker", "#!/bin/sh\nmkdir -p $4; cp $(dirname $0)/assessment.json $4/\n");
  fs::permissions(worker, fs::perms::owner_all);
  scratch_.write("assessment.json", result::toJson(assessment));
  RunOptions options;
  options.program = worker;
  runJobs(jobsOf(makePlan(catalogue_, {}), catalogue_, {}, {}, scratch_.path("lists")),
          scratch_.path("out"), options);
  collectResults(catalogue_, scratch_.path("out"));
  exportTables(catalogue_, makePlan(catalogue_, {}), scratch_.path("tables"), false);
  const auto lines = [this](const char* name) {
    const std::string text = contentOf(scratch_.path() / "tables" / name);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  };
  std::size_t contacts = 0;
  for (const SideAssessment& side : assessment.sides) {
    contacts += side.contacts.size();
  }
  EXPECT_EQ(lines("sides.tsv"), 1 + assessment.sides.size());
  EXPECT_EQ(lines("contacts.tsv"), 1 + contacts);
  EXPECT_EQ(lines("studies.tsv"), 2U);
  EXPECT_EQ(lines("dictionary.tsv"), 1 + tableColumns().size());
  const std::string sides = contentOf(scratch_.path() / "tables" / "sides.tsv");
  EXPECT_THAT(sides, HasSubstr(keyOf("p1", "1.2.1")));
  EXPECT_THAT(sides, HasSubstr(optionsHash(analyzeArguments({}))));
  EXPECT_THAT(sides, HasSubstr("order_unknown"));
  EXPECT_NO_THROW(
      exportTables(catalogue_, makePlan(catalogue_, {}), scratch_.path("tables"), true));
}

}  // namespace
}  // namespace neurovasc::archive
