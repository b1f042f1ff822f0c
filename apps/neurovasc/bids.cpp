#include "neurovasc/pipeline/bids.h"

#include <fmt/format.h>

#include "command.h"
#include "study_options.h"

namespace neurovasc::app {
namespace {

po::options_description bidsOptions() {
  po::options_description options("BIDS");
  options.add_options()("bids-dir", po::value<std::string>()->value_name("BIDS_DIR"),
                        "the raw dataset; may stand without --bids-dir")(
      "output,o", po::value<std::string>()->value_name("OUT"),
      "derivative dataset to make or to go on with; may stand without --output")(
      "level", po::value<std::string>()->value_name("LEVEL"),
      "participant: analyse and compare; group: fold the participants' tables into one of a kind; "
      "may stand without --level")(
      "participant-label", po::value<std::vector<std::string>>()->multitoken()->value_name("LABEL"),
      "only these participants, with or without 'sub-'; all by default")(
      "session-order", po::value<std::string>()->value_name("LIST"),
      "sessions in order of time, such as preop,postop, where sessions.tsv has no acq_time; "
      "without "
      "an order sessions are not compared")("without", po::value<std::string>()->value_name("LIST"),
                                            "leave out: pictures, page (report.html), pdf");
  return options;
}

pipeline::BidsRequest requestOf(const Arguments& arguments) {
  pipeline::BidsRequest request;
  request.dataset = arguments.required("bids-dir");
  request.output = arguments.required("output");
  request.participants = arguments.find<std::vector<std::string>>("participant-label")
                             .value_or(std::vector<std::string>{});
  if (arguments.has("session-order")) {
    request.session_order = splitList(arguments.get<std::string>("session-order"), "session-order");
  }
  if (arguments.has("without")) {
    leaveOut(arguments.get<std::string>("without"), request);
  }
  request.threads = arguments.threads();
  return request;
}

pipeline::BidsOutcome runLevel(const Arguments& arguments, const Progress& progress) {
  const pipeline::BidsRequest request = requestOf(arguments);
  const std::string level = arguments.required("level");
  if (level == "participant") {
    return pipeline::bidsParticipants(request, progress);
  }
  if (level == "group") {
    return pipeline::bidsGroup(request, progress);
  }
  throw Error(ErrorCode::usage,
              fmt::format("'{}' is no level of analysis, only participant and group are", level));
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const pipeline::BidsOutcome outcome = runLevel(arguments, terminal.progress(stop));
  for (const std::string& failure : outcome.failures) {
    terminal.result(failure);
  }
  terminal.note(fmt::format("{} done, {} were there already, {} failed", outcome.done, outcome.kept,
                            outcome.failures.size()));
  return outcome.failures.empty() ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

}  // namespace

Command bidsCommand() {
  return {{"bids",
           "bids BIDS_DIR OUT participant|group [options]",
           "Analyse a BIDS dataset into a derivative dataset, participant by participant.",
           bidsOptions(),
           {"bids-dir", "output", "level"}},
          run};
}

}  // namespace neurovasc::app
