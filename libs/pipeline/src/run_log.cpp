#include "run_log.h"

#include <sys/resource.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "neurovasc/core/version.h"

namespace neurovasc::pipeline {
namespace {

using Clock = std::chrono::steady_clock;

double peakMemoryMib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// How many threads "all" are.
int processors() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

struct RunLog::State {
  std::mutex mutex;
  result::RunRecord record;
  std::string stage;
  Clock::time_point since = Clock::now();

  void enter(std::string_view next) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (next != stage) {
      close();
      stage = next;
    }
  }

  void warn(std::string_view text) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (std::find(record.warnings.begin(), record.warnings.end(), text) == record.warnings.end()) {
      record.warnings.emplace_back(text);
    }
  }

  /// Adds the time since the stage was entered to that stage.
  void close() {
    const auto now = Clock::now();
    if (!stage.empty()) {
      addSeconds(std::chrono::duration<double>(now - since).count());
    }
    since = now;
  }

 private:
  void addSeconds(double seconds) {
    for (auto& timing : record.stages) {
      if (timing.stage == stage) {
        timing.seconds += seconds;
        return;
      }
    }
    record.stages.push_back({stage, seconds});
  }
};

std::map<std::string, std::string> softwareVersions() {
  return {{"neurovasc", std::string(version())},
          {"ITK", NEUROVASC_ITK_VERSION},
          {"VTK", NEUROVASC_VTK_VERSION},
          {"DCMTK", NEUROVASC_DCMTK_VERSION}};
}

Progress::Sink RunLog::stageSink(const std::shared_ptr<State>& state, const Progress& outer) {
  return [state, outer](const ProgressEvent& e) {
    state->enter(e.stage);
    outer.report(e.stage, e.fraction, e.text);
  };
}

RunLog::RunLog(std::string command, const Progress& outer,
               const std::vector<std::pair<std::string, std::string>>& given_options, int threads)
    : state_(std::make_shared<State>()),
      progress_(
          stageSink(state_, outer),
          [state = state_, outer](std::string_view text) {
            state->warn(text);
            outer.warn(text);
          },
          outer.stop()),
      screen_(
          stageSink(state_, outer), [outer](std::string_view text) { outer.warn(text); },
          outer.stop()) {
  state_->record.command = std::move(command);
  state_->record.started = std::chrono::system_clock::now();
  state_->record.threads = threads > 0 ? threads : processors();
  for (const auto& [flag, value] : given_options) {
    state_->record.options.push_back({"--" + flag, value});
  }
}

std::vector<std::string> RunLog::warnings() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->record.warnings;
}

result::RunRecord RunLog::record(std::vector<result::OutputFile> outputs, int exit_code) const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->close();
  result::RunRecord record = state_->record;
  record.outputs = std::move(outputs);
  record.exit_code = exit_code;
  record.peak_memory_mib = peakMemoryMib();
  record.versions = softwareVersions();
  return record;
}

}  // namespace neurovasc::pipeline
