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

/// Leaves out of @p request what --without names: pictures, page, pdf. Error(usage) for anything
/// else.
template <typename Request>
void leaveOut(const std::string& names, Request& request) {
  for (const auto& word : splitList(names, "without")) {
    if (word == "pictures") {
      request.pictures = false;
    } else if (word == "page") {
      request.page = false;
    } else if (word == "pdf") {
      request.pdf = false;
    } else {
      throw Error(ErrorCode::usage, "--without: '" + word + "' is none of pictures, page, pdf");
    }
  }
}

}  // namespace neurovasc::app
