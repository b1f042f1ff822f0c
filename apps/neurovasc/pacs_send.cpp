#include <fmt/format.h>

#include <filesystem>

#include "command.h"
#include "neurovasc/result/result_folder.h"
#include "pacs_options.h"
#include "send_options.h"

namespace neurovasc::app {
namespace {

namespace fs = std::filesystem;

po::options_description sendCommandOptions() {
  po::options_description options = pacsOptions();
  options.add_options()("path", po::value<std::string>()->value_name("PATH"),
                        "result folder of analyze, DICOM file, or folder of DICOM files; may stand "
                        "without --path")(
      "study", po::value<std::string>()->value_name("PATH"),
      "the DICOM study the result was made from, where the result keeps no headers of it");
  options.add(sendOptions());
  return options;
}

pipeline::SendOutcome send(const Arguments& arguments, const Progress& progress) {
  const std::string path = arguments.required("path");
  const pacs::PacsConfig config = pacsConfig(arguments);
  if (!fs::exists(fs::path(path) / std::string(result::kAssessmentFile))) {
    return {pipeline::sendFiles({path}, config, arguments.flag("unreviewed"), progress), 0};
  }
  pipeline::SendOptions options = sendOptionsOf(arguments);
  options.study = arguments.find<std::string>("study").value_or("");
  return pipeline::sendResult(path, config, options, progress);
}

std::string asJson(const pipeline::SendOutcome& outcome) {
  return fmt::format(
      "{{\"sent\": {}, \"already_there\": {}, \"committed\": {}, \"replaced_series\": {}}}",
      outcome.objects.sent, outcome.objects.already_there, outcome.objects.committed,
      outcome.replaced_series);
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const pipeline::SendOutcome outcome = send(arguments, terminal.progress(stop));
  terminal.result(arguments.json() ? asJson(outcome) : textOf(outcome));
  return 0;
}

}  // namespace

Command pacsSendCommand() {
  return {{"pacs send",
           "pacs send RESULT|PATH --pacs-config FILE [--unreviewed]",
           "Send a reviewed result, or DICOM files, to a PACS.",
           sendCommandOptions(),
           {"path"}},
          run};
}

}  // namespace neurovasc::app
