#include "send_options.h"

#include <fmt/format.h>

namespace neurovasc::app {

po::options_description sendOptions() {
  po::options_description options("Sending");
  options.add_options()("kinds",
                        po::value<std::string>()->default_value("seg,sr,pdf")->value_name("LIST"),
                        "DICOM kinds of 'neurovasc export --to' to send")(
      "unreviewed", flagValue(), "send although nobody has reviewed the result")(
      "organization", po::value<std::string>()->value_name("TEXT"),
      "who the readers answer to; their reports are then VERIFIED");
  return options;
}

pipeline::SendOptions sendOptionsOf(const Arguments& arguments) {
  pipeline::SendOptions options;
  options.kinds = splitList(arguments.get<std::string>("kinds"), "kinds");
  options.unreviewed = arguments.flag("unreviewed");
  options.organization = arguments.find<std::string>("organization").value_or("");
  options.threads = arguments.threads();
  return options;
}

std::string textOf(const pipeline::SendOutcome& outcome) {
  return fmt::format("{} objects sent, {} were there, {} earlier series replaced",
                     outcome.objects.sent, outcome.objects.already_there, outcome.replaced_series);
}

}  // namespace neurovasc::app
