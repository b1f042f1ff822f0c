#include <fmt/format.h>

#include "command.h"
#include "neurovasc/pacs/transfer.h"
#include "pacs_options.h"

namespace neurovasc::app {
namespace {

po::options_description getOptions() {
  po::options_description options = pacsOptions();
  options.add(queryOptions());
  po::options_description own("Output");
  own.add_options()("output,o", po::value<std::string>()->value_name("DIR"),
                    "folder to make; what an interrupted run brought is not fetched again");
  options.add(own);
  return options;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const std::string output = arguments.required("output");
  const pacs::PacsConfig config = pacsConfig(arguments);
  const Progress progress = terminal.progress(stop);
  const pacs::FetchSummary summary =
      pacs::fetchStudy(config, chosenStudy(arguments, config, progress), output, progress);
  terminal.result(arguments.json() ? fmt::format("{{\"fetched\": {}, \"already_there\": {}}}",
                                                 summary.fetched, summary.already_there)
                                   : fmt::format("{} objects fetched, {} were there",
                                                 summary.fetched, summary.already_there));
  terminal.note(fmt::format("written to {}", output));
  return 0;
}

}  // namespace

Command pacsGetCommand() {
  return {{"pacs get",
           "pacs get --pacs-config FILE (--study-uid UID | --patient-id ID ...) --output DIR",
           "Fetch a study from a PACS into a folder.",
           getOptions(),
           {}},
          run};
}

}  // namespace neurovasc::app
