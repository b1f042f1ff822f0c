#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/result/result_folder.h"

namespace neurovasc::result {

/// Time spent in one station.
struct StageTiming {
  std::string stage;  ///< the key of its progress reports: "register"
  double seconds = 0;
};

/// An option as it was given.
struct RunOption {
  std::string flag;                  ///< "--sides"
  std::optional<std::string> value;  ///< empty for a switch, and for paths and dates
};

/// How a result came to be: everything that may differ between two runs that give the same
/// assessment.
struct RunRecord {
  std::string command;  ///< "analyze"
  std::chrono::system_clock::time_point started;
  int exit_code = 0;
  std::map<std::string, std::string> versions;  ///< "neurovasc", "ITK", "VTK", "DCMTK"...
  std::vector<RunOption> options;
  int threads = 1;  ///< that the work was spread over
  std::vector<StageTiming> stages;
  std::optional<double> peak_memory_mib;
  std::vector<std::string> warnings;
  std::vector<OutputFile> outputs;
};

/// run.json, schema "neurovasc.run/1" (docs/schemas/neurovasc.run-1.json). Values of options that
/// are paths or hold a date are replaced by null here as well, whatever the caller did: both can
/// tell who the patient is.
std::string toJson(const RunRecord& record);

/// @p run_json with @p files in place of the outputs of the same paths, or beside them; all else,
/// and the order of the outputs by path, stays. For files that are written anew after the run.
/// Throws Error(input_unreadable).
std::string withOutputs(std::string_view run_json, const std::vector<OutputFile>& files);

/// The paths of RunRecord::outputs in a run.json. Throws Error(input_unreadable).
std::vector<std::string> outputPathsFromJson(std::string_view text);

/// RunRecord::started in a run.json, in UTC: "2026-11-21T09:35:00Z". Throws Error(input_unreadable).
std::string startedFromJson(std::string_view text);

}  // namespace neurovasc::result
