#pragma once

#include <string>

#include "neurovasc/core/error.h"

namespace neurovasc::contact {

/// Throws Error(usage) that @p option must be @p wanted unless @p holds.
inline void require(bool holds, const char* option, const char* wanted) {
  if (!holds) {
    throw Error(ErrorCode::usage, std::string(option) + " must be " + wanted,
                "leave the option out to use its default");
  }
}

}  // namespace neurovasc::contact
