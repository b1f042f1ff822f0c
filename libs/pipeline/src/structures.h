#pragma once

#include <string>

#include "neurovasc/core/anatomy.h"

namespace neurovasc::pipeline {

/// A file stem that holds no patient data: "facial_nerve_left".
std::string stemOf(const Nerve& nerve);
/// "V3_AICA".
std::string stemOf(const Vessel& vessel);

}  // namespace neurovasc::pipeline
