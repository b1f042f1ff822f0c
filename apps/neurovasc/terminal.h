#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "neurovasc/core/error.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::app {

enum class ProgressStyle { automatic, bar, json, none };

struct TerminalOptions {
  ProgressStyle progress = ProgressStyle::automatic;
  bool quiet = false;
  bool verbose = false;
};

/// The one owner of stdout and stderr: results go to stdout, everything for people (progress,
/// warnings, errors) to stderr.
class Terminal {
 public:
  explicit Terminal(const TerminalOptions& options);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// A result, on stdout, with a line end.
  void result(std::string_view text) const;
  /// Something people should know, on stderr unless --quiet.
  void note(std::string_view text) const;
  /// An error with its hint, on stderr always; one JSON line with --progress json.
  void error(const Error& error) const;

  /// Progress and warnings of long work, tied to @p stop.
  Progress progress(const StopToken& stop) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace neurovasc::app
