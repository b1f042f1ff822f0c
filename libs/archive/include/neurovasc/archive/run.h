#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/archive/manifest.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::archive {

/// Inside the folder that `archive run` fills.
inline constexpr std::string_view kResultsFolder = "results";  ///< one result folder per study
/// One folder of `compare` per comparison; made by the first.
inline constexpr std::string_view kComparisonsFolder = "comparisons";
inline constexpr std::string_view kJobsFolder = "jobs";  ///< KEY.json: how it ended last
inline constexpr std::string_view kLogsFolder = "logs";  ///< KEY.log, without patient data

struct RunOptions {
  /// That analyses: it is started as PROGRAM analyze ..., for comparisons as PROGRAM compare ...
  std::filesystem::path program;
  int workers = 1;
  int threads_per_worker = 1;  ///< one thread each makes the best of many processors
  /// A study takes a minute on two processors; thirty leave room for slow ones.
  double time_limit_s = 1800;
  /// A study takes up to 2 GiB. 0: no limit.
  double memory_limit_mib = 6144;
  int attempts = 3;  ///< for what may pass: full disks, a network, a kill from outside
  /// Before the second attempt; twice as long before each later one.
  double backoff_s = 5;
  /// How the PACSes are reached that studies are fetched from: a configuration file (absolute) for
  /// each name that rows of the kind pacs have.
  std::map<std::string, std::filesystem::path> pacs_configs;
  bool retry_failed = false;  ///< also what ended as failed in the same way before
};

/// Throws Error(usage) naming the option.
void validate(const RunOptions& options);

struct RunSummary {
  std::size_t jobs = 0;
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t already = 0;         ///< had ended in the same way before and were left alone
  std::size_t already_failed = 0;  ///< of those, failed
  bool stopped = false;            ///< the rest waits for the next run
};

/// Works off @p rows, each study in a child process, and calls @p ended (one call at a time) after
/// each outcome is on the disk.
///
/// A row of the kind results compares two results of @p output, into
/// OUTPUT/comparisons/EARLIER-LATER.
///
/// A study at a PACS is fetched by its worker into a folder of its own, for its owner alone, which
/// is removed when the worker has ended, or by the next run; its UID is handed over in a file.
///
/// A worker sees its study's files under numbers in place of names, so that its messages and log
/// name nobody. It writes OUTPUT/results/KEY, which appears whole or not at all; then
/// OUTPUT/jobs/KEY.json says how it ended. A crash, a worker over its time or its memory costs that
/// study alone. Workers die with this process, however it ends, and another run of the same rows
/// goes on where it was: a result whose outcome was not written down is made again.
///
/// Asked to stop, it ends the workers and returns with RunSummary::stopped. Stage: run; its text
/// has rate and time left. Throws Error(output_unwritable), Error(input_unreadable), and
/// Error(usage) where a study is to be fetched from a PACS without a configuration.
RunSummary runJobs(const std::vector<ManifestRow>& rows, const std::filesystem::path& output,
                   const RunOptions& options, const std::function<void(const JobRow&)>& ended = {},
                   const Progress& progress = {});

}  // namespace neurovasc::archive
