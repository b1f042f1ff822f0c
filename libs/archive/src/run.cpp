#include "neurovasc/archive/run.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "child.h"
#include "job_file.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/core/version.h"
#include "neurovasc/result/result_folder.h"
#include "worker_log.h"
#include "worker_study.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// One try at one study.
struct Task {
  const ManifestRow* row = nullptr;
  int attempt = 1;
  Clock::time_point not_before{};
};

/// Tasks for several workers; one that is to be tried again later holds up none of the others.
class TaskQueue {
 public:
  void put(const Task& task) {
    const std::lock_guard<std::mutex> lock(mutex_);
    tasks_.push_back(task);
    changed_.notify_one();
  }

  /// Nothing more is started.
  void close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  /// Waits for a task that may be started; nothing once all are finished, the queue is closed or
  /// @p stop is requested.
  std::optional<Task> take(const StopToken& stop) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!closed_ && !stop.stopRequested()) {
      const auto now = Clock::now();
      const auto ready = std::find_if(tasks_.begin(), tasks_.end(),
                                      [now](const Task& task) { return task.not_before <= now; });
      if (ready != tasks_.end()) {
        const Task task = *ready;
        tasks_.erase(ready);
        ++running_;
        return task;
      }
      if (tasks_.empty() && running_ == 0) {
        break;
      }
      changed_.wait_for(lock, std::chrono::milliseconds(100));
    }
    return std::nullopt;
  }

  void finish() {
    const std::lock_guard<std::mutex> lock(mutex_);
    --running_;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  int running_ = 0;
  bool closed_ = false;
};

/// How an attempt ended.
struct Attempt {
  JobFile job;
  bool stopped = false;
  bool may_pass = false;  ///< another attempt may do better
};

bool mayPass(const ChildResult& result) {
  const auto is_exit = [&result](ErrorCode code) {
    return result.end == ChildEnd::exited && result.exit_code == describe(code).exit_code;
  };
  const bool is_kill =
      result.end == ChildEnd::killed &&
      (result.signal == SIGKILL || result.signal == SIGTERM || result.signal == SIGBUS);
  return is_kill || is_exit(ErrorCode::output_unwritable) || is_exit(ErrorCode::network_refused) ||
         is_exit(ErrorCode::cancelled);
}

std::optional<ErrorCodeInfo> infoOf(int exit_code) {
  const auto& codes = errorCodes();
  const auto found = std::find_if(codes.begin(), codes.end(), [exit_code](const auto& info) {
    return info.exit_code == exit_code;
  });
  return found == codes.end() ? std::nullopt : std::optional<ErrorCodeInfo>(*found);
}

/// Code and reason of an exit with a code other than 0.
void explainExit(int exit_code, const WorkerLog& log, JobRow& row) {
  const auto info = infoOf(exit_code);
  row.code = info ? std::string(info->name) : "crashed";
  row.reason = !log.error().empty() ? log.error()
               : info               ? std::string(info->meaning)
                                    : "ended with status " + std::to_string(exit_code);
}

void explain(const ChildResult& result, const RunOptions& options, const WorkerLog& log,
             JobRow& row) {
  switch (result.end) {
    case ChildEnd::exited:
      explainExit(result.exit_code, log, row);
      break;
    case ChildEnd::killed:
      row.code = "crashed";
      row.reason = std::string("ended by a signal: ") + ::strsignal(result.signal);
      break;
    case ChildEnd::timed_out:
      row.code = "timed_out";
      row.reason = "took more than " + fixedDecimals(options.time_limit_s, 0) + " s";
      break;
    case ChildEnd::out_of_memory:
      row.code = "out_of_memory";
      row.reason =
          "took more than " + fixedDecimals(options.memory_limit_mib, 0) + " MiB of memory";
      break;
    case ChildEnd::stopped:
      break;
  }
}

/// Below the folder of the run.
std::string resultFolderOf(const ManifestRow& row) {
  return std::string(isComparison(row) ? kComparisonsFolder : kResultsFolder) + "/" + row.job;
}

class Runner {
 public:
  Runner(fs::path output, const RunOptions& options,
         const std::function<void(const JobRow&)>& ended, const Progress& progress)
      : output_(std::move(output)), options_(options), ended_(ended), progress_(progress) {}

  RunSummary run(const std::vector<ManifestRow>& rows) {
    prepare(rows);
    summary_.jobs = rows.size();
    for (const ManifestRow& row : rows) {
      const auto ended = endOf(row);
      const bool has_failed = ended == JobState::failed;
      if (ended && !(has_failed && options_.retry_failed)) {
        ++summary_.already;
        summary_.already_failed += has_failed ? 1 : 0;
      } else {
        requireReachable(row);
        tasks_.put({&row, 1, {}});
      }
    }
    report();
    work();
    removeLeftovers(output_);
    summary_.stopped = progress_.stop().stopRequested();
    return summary_;
  }

 private:
  void prepare(const std::vector<ManifestRow>& rows) {
    std::vector<std::string_view> folders = {kResultsFolder, kJobsFolder, kLogsFolder};
    if (std::any_of(rows.begin(), rows.end(), isComparison)) {
      folders.push_back(kComparisonsFolder);
    }
    try {
      for (const std::string_view folder : folders) {
        fs::create_directories(output_ / folder);
      }
    } catch (const fs::filesystem_error& failed) {
      throw Error(ErrorCode::output_unwritable, output_.string() + ": " + failed.code().message(),
                  "Choose another --output.");
    }
    removeLeftovers(output_);
  }

  void requireReachable(const ManifestRow& row) const {
    if (row.input_kind != InputKind::pacs) {
      return;
    }
    const std::string node = pacsPlaceOf(row).node;
    if (options_.pacs_configs.count(node) == 0) {
      throw Error(ErrorCode::usage, "studies are to be fetched from " + node,
                  "Say how it is reached with --pacs-config, as for 'archive index'.");
    }
  }

  /// How @p row ended with this version, these options and all its files of today; empty where it
  /// did not.
  std::optional<JobState> endOf(const ManifestRow& row) const {
    const auto job = readJobFile(output_, row.job);
    const bool has_ended = job && job->row.version == version() &&
                           job->row.options_hash == row.options_hash &&
                           job->row.input_files == row.files && job->row.input_bytes == row.bytes &&
                           (job->row.folder.empty() || fs::exists(output_ / job->row.folder));
    return has_ended ? std::optional<JobState>(job->row.state) : std::nullopt;
  }

  void work() {
    std::vector<std::thread> workers;
    for (int i = 0; i < options_.workers; ++i) {
      workers.emplace_back([this] { serve(); });
    }
    for (std::thread& worker : workers) {
      worker.join();
    }
    if (failure_) {
      std::rethrow_exception(failure_);
    }
  }

  void serve() {
    while (const auto task = tasks_.take(progress_.stop())) {
      try {
        finish(*task, attempt(*task));
      } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex_);
        failure_ = failure_ ? failure_ : std::current_exception();
        tasks_.close();
      }
      tasks_.finish();
    }
  }

  Attempt attempt(const Task& task) const {
    Attempt attempt;
    attempt.job.row = rowOf(task);
    try {
      const WorkerStudy study(*task.row, output_, progress_.stop());
      runIn(study.folder(), *task.row, attempt);
    } catch (const Error& error) {
      attempt.stopped = error.code() == ErrorCode::cancelled;
      attempt.may_pass = error.code() == ErrorCode::output_unwritable;
      attempt.job.row.exit_code = describe(error.code()).exit_code;
      attempt.job.row.code = describe(error.code()).name;
      attempt.job.row.reason = error.message();
    }
    return attempt;
  }

  static JobRow rowOf(const Task& task) {
    JobRow row;
    row.key = task.row->job;
    row.attempts = task.attempt;
    row.version = version();
    row.options_hash = task.row->options_hash;
    row.input_files = task.row->files;
    row.input_bytes = task.row->bytes;
    return row;
  }

  std::vector<std::string> wordsFor(const ManifestRow& row, const fs::path& folder) const {
    std::vector<std::string> words = {fs::absolute(options_.program).string()};
    const auto add = [&words](const std::vector<std::string>& more) {
      words.insert(words.end(), more.begin(), more.end());
    };
    if (isComparison(row)) {
      const auto [earlier, later] = comparedResults(row);
      add({"compare", earlier.string(), later.string()});
    } else {
      add({"analyze"});
      add(studyArguments(row, folder));
      if (row.input_kind == InputKind::pacs) {
        add({"--pacs-config", options_.pacs_configs.at(pacsPlaceOf(row).node).string()});
      }
    }
    add({"--output", resultFolderOf(row), "--overwrite", "--label", row.job, "--progress", "json",
         "--threads", std::to_string(options_.threads_per_worker)});
    add(row.arguments);
    return words;
  }

  void runIn(const fs::path& folder, const ManifestRow& row, Attempt& attempt) const {
    WorkerLog log(output_ / kLogsFolder / (row.job + ".log"));
    const ChildLimits limits{options_.time_limit_s, options_.memory_limit_mib};
    const ChildResult result = runChild(
        wordsFor(row, folder), folder, limits, [&log](const std::string& line) { log.take(line); },
        progress_.stop());
    JobRow& job = attempt.job.row;
    job.exit_code = result.exit_code;
    job.seconds = result.seconds;
    job.peak_mib = result.peak_mib;
    attempt.stopped = result.end == ChildEnd::stopped;
    attempt.may_pass = mayPass(result);
    const bool is_done = result.end == ChildEnd::exited && result.exit_code == 0;
    job.state = is_done ? JobState::done : JobState::failed;
    if (!is_done) {
      explain(result, options_, log, job);
    }
    const bool no_nerve = result.end == ChildEnd::exited &&
                          result.exit_code == describe(ErrorCode::nerve_not_found).exit_code;
    if (is_done || (no_nerve && !isComparison(row))) {
      noteResult(row, attempt.job);
    }
    log.close(attempt.stopped ? "stopped" : std::string(name(job.state)) + " " + job.code);
  }

  void noteResult(const ManifestRow& row, JobFile& job) const {
    job.row.folder = resultFolderOf(row);
    if (!isComparison(row)) {
      job.assessment_sha256 =
          result::sha256OfFile(output_ / job.row.folder / result::kAssessmentFile);
    }
  }

  void finish(const Task& task, const Attempt& attempt) {
    if (attempt.stopped) {
      return;
    }
    if (attempt.may_pass && task.attempt < options_.attempts) {
      const std::chrono::duration<double> wait(options_.backoff_s *
                                               static_cast<double>(1 << (task.attempt - 1)));
      const auto later = Clock::now() + std::chrono::duration_cast<Clock::duration>(wait);
      tasks_.put({task.row, task.attempt + 1, later});
      return;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    writeJobFile(output_, attempt.job);
    ++(attempt.job.row.state == JobState::done ? summary_.done : summary_.failed);
    if (ended_) {
      ended_(attempt.job.row);
    }
    report();
  }

  /// "12 of 300 studies, 1 failed, 0.85 /s, 340 s left".
  void report() {
    const std::size_t ended = summary_.done + summary_.failed;
    const std::size_t all = summary_.jobs - summary_.already;
    const std::chrono::duration<double> spent = Clock::now() - started_;
    std::string text = std::to_string(ended) + " of " + std::to_string(all) + " studies, " +
                       std::to_string(summary_.failed) + " failed";
    if (ended > 0) {
      const double rate = static_cast<double>(ended) / std::max(spent.count(), 1e-3);
      text += ", " + fixedDecimals(rate, 2) + " /s, " +
              fixedDecimals(static_cast<double>(all - ended) / rate, 0) + " s left";
    }
    try {
      const double part = all == 0 ? 1 : static_cast<double>(ended) / static_cast<double>(all);
      progress_.report("run", part, text);
    } catch (const Error&) {
      // A request to stop: the workers see it themselves, and what has ended is still noted.
    }
  }

  fs::path output_;
  RunOptions options_;
  const std::function<void(const JobRow&)>& ended_;
  const Progress& progress_;
  TaskQueue tasks_;
  std::mutex mutex_;
  std::exception_ptr failure_;
  RunSummary summary_;
  Clock::time_point started_ = Clock::now();
};

}  // namespace

void validate(const RunOptions& options) {
  const auto require = [](bool holds, const char* message, const char* hint) {
    if (!holds) {
      throw Error(ErrorCode::usage, message, hint);
    }
  };
  require(!options.program.empty(), "program is empty", "Name the program that analyses.");
  require(options.workers >= 1, "workers is below 1", "Give 1 or more.");
  require(options.threads_per_worker >= 0, "threads_per_worker is negative",
          "Give 0 for one per processor, or more.");
  require(options.time_limit_s > 0, "time_limit_s is not above 0", "Give a time in seconds.");
  require(options.memory_limit_mib >= 0, "memory_limit_mib is negative",
          "Give 0 for no limit, or a size in MiB.");
  require(options.attempts >= 1 && options.attempts <= 20, "attempts is not within 1 to 20",
          "Give 3 for two more tries.");
  require(options.backoff_s >= 0, "backoff_s is negative", "Give a time in seconds.");
}

RunSummary runJobs(const std::vector<ManifestRow>& rows, const fs::path& output,
                   const RunOptions& options, const std::function<void(const JobRow&)>& ended,
                   const Progress& progress) {
  validate(options);
  return Runner(output, options, ended, progress).run(rows);
}

}  // namespace neurovasc::archive
