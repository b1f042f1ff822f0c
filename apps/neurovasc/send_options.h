#pragma once

#include "arguments.h"
#include "neurovasc/pipeline/pacs.h"

namespace neurovasc::app {

/// What of a result is sent, and whether without a review: shared by pacs send and analyze.
po::options_description sendOptions();

pipeline::SendOptions sendOptionsOf(const Arguments& arguments);

/// "7 objects sent, 0 were there, 2 earlier series replaced"
std::string textOf(const pipeline::SendOutcome& outcome);

}  // namespace neurovasc::app
