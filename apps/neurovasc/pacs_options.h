#pragma once

#include <string>
#include <vector>

#include "arguments.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/pacs/records.h"

namespace neurovasc::app {

/// --pacs-config.
po::options_description pacsOptions();

/// The options by which a study is looked for.
po::options_description queryOptions();

/// The configuration that --pacs-config names. Throws Error(usage) where it is not given.
pacs::PacsConfig pacsConfig(const Arguments& arguments);

pacs::StudyQuery studyQuery(const Arguments& arguments);

/// The UID of the one study that the query fits, or of the --number of them.
std::string chosenStudy(const Arguments& arguments, const pacs::PacsConfig& config,
                        const Progress& progress);

}  // namespace neurovasc::app
