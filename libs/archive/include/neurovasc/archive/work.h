#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/study.h"
#include "neurovasc/core/terms.h"

namespace neurovasc::archive {

/// How the studies of an archive are analysed: one way for all, so that they can be compared.
struct WorkOptions {
  std::vector<Side> sides = {Side::left, Side::right};
  std::vector<SeriesRole> required;  ///< of tof and ce_t1: studies without are left out
  /// Numbers, masks and volumes only: no pictures, page, PDF or headers, which take half the time
  /// and most of the space.
  bool minimal_outputs = false;
};

/// Throws Error(usage) naming the option.
void validate(const WorkOptions& options);

/// What `analyze` is given for @p options besides input and output: "--sides left ...".
std::vector<std::string> analyzeArguments(const WorkOptions& options);

/// What `compare` is given besides input and output.
std::vector<std::string> compareArguments(const WorkOptions& options);

/// The first 12 hexadecimal digits of the SHA-256 of the arguments, one a line: results with the
/// same hash and version were made in the same way.
std::string optionsHash(const std::vector<std::string>& arguments);

}  // namespace neurovasc::archive
