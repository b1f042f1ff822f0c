#pragma once

#include "neurovasc/core/error.h"

namespace neurovasc::testing {

/// The error that @p work ends with.
template <typename Work>
Error errorOf(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "nothing was thrown"};
}

}  // namespace neurovasc::testing
