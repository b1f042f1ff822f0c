#include "neurovasc/core/progress.h"

#include <utility>

#include "neurovasc/core/error.h"

namespace neurovasc {

StopToken::StopToken() : flag_(std::make_shared<std::atomic<bool>>(false)) {}

void StopToken::requestStop() noexcept { flag_->store(true); }

bool StopToken::stopRequested() const noexcept { return flag_->load(); }

void StopToken::throwIfStopped() const {
  if (stopRequested()) {
    throw Error(ErrorCode::cancelled, "stopped before the end",
                "Nothing was written; run it again.");
  }
}

Progress::Progress(Sink sink, WarningSink warnings, StopToken stop)
    : sink_(std::move(sink)), warnings_(std::move(warnings)), stop_(std::move(stop)) {}

void Progress::report(std::string_view stage, double fraction, std::string_view text) const {
  stop_.throwIfStopped();
  if (sink_) {
    sink_({stage, fraction, text});
  }
}

void Progress::warn(std::string_view text) const {
  if (warnings_) {
    warnings_(text);
  }
}

}  // namespace neurovasc
