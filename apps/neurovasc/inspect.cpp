#include <fmt/format.h>

#include "command.h"
#include "neurovasc/pipeline/input.h"
#include "neurovasc/report/study_text.h"
#include "neurovasc/result/study_json.h"
#include "study_options.h"

namespace neurovasc::app {
namespace {

std::string summary(const pipeline::Inspection& found) {
  std::string text = fmt::format("{} files, {} studies of {} patients", found.files,
                                 found.studies.size(), found.patients);
  if (!found.skipped.empty()) {
    text += fmt::format(", {} files left out:", found.skipped.size());
    for (const auto& reason : found.skipped) {
      text += "\n  " + reason;
    }
  }
  return text;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const pipeline::Inspection found =
      pipeline::inspect(studyInput(arguments), arguments.threads(), terminal.progress(stop));
  terminal.note(summary(found));
  terminal.result(arguments.json() ? result::toJson(found.studies)
                                   : report::studyText(found.studies));
  return found.studies.empty() ? describe(ErrorCode::no_usable_series).exit_code : 0;
}

}  // namespace

Command inspectCommand() {
  return {{"inspect",
           "inspect PATH [--json]",
           "List every series of a study: its role and why, geometry, resolution, problems.",
           studyOptions(),
           {"path"}},
          run};
}

}  // namespace neurovasc::app
