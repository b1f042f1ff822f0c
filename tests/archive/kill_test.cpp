// An archive run that is killed again and again must come to the same end as an undisturbed one.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <random>
#include <thread>

#include "archive_fixture.h"
#include "neurovasc/archive/collect.h"
#include "neurovasc/archive/run.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "result/sample_assessments.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

/// Takes a while, then makes its result appear whole; every seventh study has no T2 series.
constexpr const char* kWorker = R"(#!/bin/sh
sleep 0.02
case $4 in *[07]) exit 4;; esac
here=$(dirname "$0")
mkdir "$4.$$" && cp "$here/assessment.json" study/000001 "$4.$$/" && rm -rf "$4" && mv "$4.$$" "$4"
)";

class KilledRun : public ::testing::Test {
 protected:
  static constexpr int kStudies = 40;
  static constexpr int kKills = 20;

  KilledRun() {
    fs::permissions(scratch_.write("worker", kWorker), fs::perms::owner_all);
    scratch_.write("assessment.json", result::toJson(testing::richAssessment()));
    options_.program = scratch_.path("worker");
    options_.workers = 2;
    for (int i = 0; i < kStudies; ++i) {
      ManifestRow row;
      row.job = "00000000000000" + std::to_string(10 + i);
      row.input = scratch_.path("in" + row.job);
      fs::create_directory(row.input);
      std::ofstream(fs::path(row.input) / "image.dcm") << "voxels of " << row.job;
      row.files = 1;
      row.options_hash = "abc";
      rows_.push_back(row);
    }
  }

  /// Runs and collects in a process of its own; killed after @p milliseconds unless it ended
  /// before. Whether it came to its end.
  bool runInChild(const std::string& name, std::optional<int> milliseconds) const {
    const pid_t child = ::fork();
    if (child == 0) {
      Catalogue catalogue(scratch_.path(name + ".db"), Catalogue::Access::make);
      const fs::path output = scratch_.path(name);
      runJobs(rows_, output, options_,
              [&](const JobRow& job) { collectResult(catalogue, output, job.key); });
      collectResults(catalogue, output);
      ::_exit(0);
    }
    if (milliseconds) {
      std::this_thread::sleep_for(std::chrono::milliseconds(*milliseconds));
      ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  /// The hashes of what lies in a folder, by path.
  std::map<std::string, std::string> filesIn(const fs::path& folder) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) {
        files[entry.path().lexically_relative(folder).string()] =
            result::sha256OfFile(entry.path());
      }
    }
    return files;
  }

  TemporaryFolder scratch_;
  RunOptions options_;
  std::vector<ManifestRow> rows_;
};

TEST_F(KilledRun, ComesToTheSameEndAsAnUndisturbedOne) {
  ASSERT_TRUE(runInChild("calm", std::nullopt));
  std::mt19937 random(7);
  std::uniform_int_distribution<int> moment(5, 120);
  for (int kill = 0; kill < kKills; ++kill) {
    runInChild("killed", moment(random));
  }
  ASSERT_TRUE(runInChild("killed", std::nullopt));

  // What half-made folders of workers that were killed with the run are called is the worker's own
  // affair; the program's are gone (HiddenFolder). Here they have a dot in their names.
  auto killed = filesIn(scratch_.path() / "killed" / "results");
  for (auto it = killed.begin(); it != killed.end();) {
    it = it->first.find('.') < it->first.find('/') ? killed.erase(it) : std::next(it);
  }
  EXPECT_EQ(killed, filesIn(scratch_.path() / "calm" / "results"));
  EXPECT_FALSE(fs::exists(scratch_.path() / "killed" / ".work"));
  const Catalogue catalogue(scratch_.path("killed.db"), Catalogue::Access::read);
  EXPECT_EQ(catalogue.integrityProblem(), "");
  const auto jobs = catalogue.jobs();
  ASSERT_EQ(jobs.size(), static_cast<std::size_t>(kStudies));
  const auto done = std::count_if(jobs.begin(), jobs.end(),
                                  [](const JobRow& job) { return job.state == JobState::done; });
  EXPECT_EQ(done, 32);  // of 10 to 49 eight end in 0 or 7
}

}  // namespace
}  // namespace neurovasc::archive
