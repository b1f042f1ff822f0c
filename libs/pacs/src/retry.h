#pragma once

#include <functional>

#include "neurovasc/core/error.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"

namespace neurovasc::pacs {

/// A failure that may be gone at the next try: a connection that broke, a peer that is busy. To
/// everybody else it is an Error(network_refused).
class TransientFailure : public Error {
 public:
  explicit TransientFailure(const std::string& message, const std::string& hint = {})
      : Error(ErrorCode::network_refused, message, hint) {}
};

/// Calls @p attempt until it returns, or throws something else than a TransientFailure, or has been
/// called as often as @p options allow; then its last failure is thrown on. Waits in between, for
/// twice as long each time, and says so as a warning.
void withRetries(const RetryOptions& options, const Progress& progress,
                 const std::function<void()>& attempt);

}  // namespace neurovasc::pacs
