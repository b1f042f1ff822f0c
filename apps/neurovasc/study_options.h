#pragma once

#include "arguments.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/pipeline/input.h"

namespace neurovasc::app {

/// The options that say which study to take, shared by inspect and analyze.
po::options_description studyOptions();

/// The study they name.
pipeline::StudyInput studyInput(const Arguments& arguments);

/// "tof,ce_t1" -> roles that may be there or not; Error(usage) for anything else.
std::vector<SeriesRole> parseRoles(const std::string& text, const std::string& option);

/// "left,right" -> sides, left before right, each once; Error(usage) for anything else.
std::vector<Side> parseSides(const std::string& text);

}  // namespace neurovasc::app
