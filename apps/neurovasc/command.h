#pragma once

#include <string>
#include <vector>

#include "arguments.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::app {

/// One subcommand. run() returns the exit code; errors are thrown and mapped in main.cpp alone.
struct Command {
  CommandSpec spec;
  int (*run)(const Arguments& arguments, const Terminal& terminal, const StopToken& stop);
};

Command inspectCommand();
Command analyzeCommand();
Command compareCommand();
Command contactCommand();
Command renderCommand();
Command viewCommand();
Command reviewCommand();
Command exportCommand();
Command bidsCommand();
Command pacsEchoCommand();
Command pacsFindCommand();
Command pacsGetCommand();
Command pacsSendCommand();
Command phantomCommand();
Command archiveIndexCommand();
Command archivePlanCommand();
Command archiveRunCommand();
Command archiveRetryCommand();
Command archiveStatusCommand();
Command archiveCompareCommand();
Command archiveCollectCommand();
Command archiveExportCommand();
Command archiveReportCommand();
Command archiveQcCommand();
Command archiveReadingListCommand();
Command archiveAgreementCommand();

}  // namespace neurovasc::app
