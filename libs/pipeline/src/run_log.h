#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/result/run_json.h"

namespace neurovasc::pipeline {

/// This program and the libraries that a result depends on, by name.
std::map<std::string, std::string> softwareVersions();

/// Listens to a run's progress: how long each stage took and what was warned of.
class RunLog {
 public:
  RunLog(std::string command, const Progress& outer,
         const std::vector<std::pair<std::string, std::string>>& given_options, int threads);

  /// Reports to the outer progress and keeps note of it.
  const Progress& progress() const { return progress_; }

  /// The same stages, but warnings are shown and not kept: for stations that name files as typed,
  /// which may tell who the patient is.
  const Progress& screen() const { return screen_; }

  /// Warnings so far, in order, each once.
  std::vector<std::string> warnings() const;

  /// The record for run.json, with @p outputs and @p exit_code.
  result::RunRecord record(std::vector<result::OutputFile> outputs, int exit_code) const;

 private:
  struct State;
  static Progress::Sink stageSink(const std::shared_ptr<State>& state, const Progress& outer);

  std::shared_ptr<State> state_;
  Progress progress_;
  Progress screen_;
};

}  // namespace neurovasc::pipeline
