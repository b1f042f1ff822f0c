#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/study.h"

namespace neurovasc::result {

/// A study with the number by which the command line chooses it.
struct NumberedStudy {
  int number = 1;
  Study study;
};

/// What `inspect --json` prints, schema "neurovasc.inspect/1"
/// (docs/schemas/neurovasc.inspect-1.json): the studies found at a place with their numbers, and
/// every series, its role and reasons, geometry (LPS mm), acquired against
/// reconstructed voxel, problems, and which series would be used.
///
/// Holds no path, date, UID or name of a patient: studies and series have numbers.
std::string toJson(const std::vector<NumberedStudy>& studies);

}  // namespace neurovasc::result
