#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace neurovasc {

/// Tells long work that it shall end. Copies share one flag; safe to use from several threads and
/// to request from a signal handler's helper thread.
class StopToken {
 public:
  StopToken();

  void requestStop() noexcept;
  bool stopRequested() const noexcept;

  /// Throws Error(cancelled) once a stop was requested. Long loops call it every few milliseconds.
  void throwIfStopped() const;

 private:
  std::shared_ptr<std::atomic<bool>> flag_;
};

/// One report of progress.
struct ProgressEvent {
  std::string_view stage;  ///< stable key, e.g. "register"
  double fraction = 0;     ///< of the stage, 0 to 1
  std::string_view text;   ///< what is being done, for people
};

/// Where a station reports progress, warns, and learns that it shall stop. Handed by reference into
/// every long function; a default-made one is silent and never stops.
///
/// The sinks may be called from any thread, one call at a time.
class Progress {
 public:
  using Sink = std::function<void(const ProgressEvent&)>;
  using WarningSink = std::function<void(std::string_view)>;

  Progress() = default;
  Progress(Sink sink, WarningSink warnings, StopToken stop);

  /// Reports @p fraction of @p stage and throws Error(cancelled) if a stop was requested.
  void report(std::string_view stage, double fraction, std::string_view text = {}) const;

  /// Passes on a sentence that the user should read; it holds no patient data.
  void warn(std::string_view text) const;

  const StopToken& stop() const { return stop_; }

 private:
  Sink sink_;
  WarningSink warnings_;
  StopToken stop_;
};

}  // namespace neurovasc
