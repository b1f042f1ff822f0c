#include "neurovasc/core/error.h"

#include <algorithm>
#include <utility>

namespace neurovasc {
namespace {

std::string joined(const std::string& message, const std::string& hint) {
  return hint.empty() ? message : message + "\n" + hint;
}

}  // namespace

const std::vector<ErrorCodeInfo>& errorCodes() {
  static const std::vector<ErrorCodeInfo> codes = {
      {ErrorCode::internal, 1, "internal", "a defect of this program"},
      {ErrorCode::usage, 2, "usage", "options not understood, or not fitting together"},
      {ErrorCode::input_unreadable, 3, "input_unreadable", "input not found or unreadable"},
      {ErrorCode::no_usable_series, 4, "no_usable_series",
       "no usable series: a heavily T2-weighted one is needed"},
      {ErrorCode::inconsistent_geometry, 5, "inconsistent_geometry",
       "the input contradicts itself about where its voxels are"},
      {ErrorCode::registration_refused, 6, "registration_refused",
       "two series or dates could not be brought together"},
      {ErrorCode::nerve_not_found, 7, "nerve_not_found", "no facial nerve found on either side"},
      {ErrorCode::output_unwritable, 8, "output_unwritable", "output exists or cannot be written"},
      {ErrorCode::archive_incomplete, 9, "archive_incomplete",
       "some studies of the archive failed or were unreadable"},
      {ErrorCode::cancelled, 10, "cancelled", "cancelled or timed out"},
      {ErrorCode::not_a_pair, 11, "not_a_pair", "the studies are not a pair"},
      {ErrorCode::network_refused, 12, "network_refused", "network or PACS refused"},
  };
  return codes;
}

const ErrorCodeInfo& describe(ErrorCode code) {
  const auto& codes = errorCodes();
  return *std::find_if(codes.begin(), codes.end(),
                       [code](const ErrorCodeInfo& info) { return info.code == code; });
}

Error::Error(ErrorCode code, std::string message, std::string hint)
    : std::runtime_error(joined(message, hint)),
      code_(code),
      message_(std::move(message)),
      hint_(std::move(hint)) {}

Error Error::within(std::string_view context) const {
  return {code_, std::string(context) + ": " + message_, hint_};
}

}  // namespace neurovasc
