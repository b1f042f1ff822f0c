#pragma once

#include <cstring>
#include <filesystem>
#include <string>

#include "neurovasc/core/error.h"

namespace neurovasc::result {

[[noreturn]] inline void throwUnwritable(const std::string& what, const std::string& cause,
                                         const std::string& hint = "Choose another --output.") {
  throw Error(ErrorCode::output_unwritable, what + ": " + cause, hint);
}

inline std::string causeOf(int error_number) { return std::strerror(error_number); }

/// Runs @p work; what the file system refuses there becomes Error(output_unwritable) of @p what.
template <typename Work>
auto writing(const std::filesystem::path& what, Work work) {
  try {
    return work();
  } catch (const std::filesystem::filesystem_error& failed) {
    throwUnwritable(what.filename().string(), failed.code().message());
  }
}

}  // namespace neurovasc::result
