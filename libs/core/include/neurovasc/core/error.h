#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc {

/// What went wrong, in the terms of what a user can do about it. Throw the most specific code that
/// applies: its purpose is to say which action helps.
enum class ErrorCode {
  internal,               ///< a defect of this program
  usage,                  ///< options that cannot be understood or do not fit together
  input_unreadable,       ///< an input is absent, damaged or of an unknown kind
  no_usable_series,       ///< the study holds no series that the job needs
  inconsistent_geometry,  ///< the input contradicts itself about where its voxels are
  registration_refused,   ///< two series or dates could not be brought together
  nerve_not_found,        ///< no facial nerve on either side
  output_unwritable,      ///< the output exists already or cannot be written
  archive_incomplete,     ///< some studies of an archive failed or could not be read
  cancelled,              ///< stopped by the user or by a time limit
  not_a_pair,             ///< the studies do not belong to one patient in this order
  network_refused,        ///< a network peer did not answer, or refused
};

/// One row of the table of exit codes: the only place that ties a code to a process status.
struct ErrorCodeInfo {
  ErrorCode code;
  int exit_code;
  std::string_view name;     ///< stable, for JSON: "no_usable_series"
  std::string_view meaning;  ///< a sentence for --help and the documentation
};

/// All codes in ascending order of exit_code. Status 0, done, is no error and has no row.
const std::vector<ErrorCodeInfo>& errorCodes();

const ErrorCodeInfo& describe(ErrorCode code);

/// The one error type of all libraries.
///
/// what() is the message followed by the hint, ready to be shown. A message names the thing
/// concerned and the cause; a hint says what to do next. Neither holds patient data; file names
/// appear only as the caller gave them.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string message, std::string hint = {});

  ErrorCode code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }

  /// The same error with a context put before its message: "while reading series 3: ...".
  Error within(std::string_view context) const;

 private:
  ErrorCode code_;
  std::string message_;
  std::string hint_;
};

}  // namespace neurovasc
