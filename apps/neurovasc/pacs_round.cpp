#include "pacs_round.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "pacs_options.h"
#include "send_options.h"
#include "text_file.h"

namespace neurovasc::app {
namespace {

namespace fs = std::filesystem;

/// Failures whose cause is in the study, so that a page in the study says something to its readers.
bool liesInTheStudy(ErrorCode code) {
  const auto causes = {ErrorCode::input_unreadable, ErrorCode::no_usable_series,
                       ErrorCode::inconsistent_geometry, ErrorCode::registration_refused,
                       ErrorCode::nerve_not_found};
  return std::find(causes.begin(), causes.end(), code) != causes.end();
}

std::string without(std::string text, const std::string& word, const std::string& instead) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    text.replace(at, word.size(), instead);
  }
  return text;
}

void refuse(bool wrong, const char* message, const char* hint) {
  if (wrong) {
    throw Error(ErrorCode::usage, message, hint);
  }
}

std::string studyUid(const Arguments& arguments) {
  const auto uid = arguments.find<std::string>("from-pacs");
  const auto file = arguments.find<std::string>("from-pacs-file");
  refuse(uid && file, "--from-pacs and --from-pacs-file name two studies", "Give one of them.");
  if (!file) {
    return uid.value_or("");
  }
  std::istringstream lines(textOf(*file));
  std::string line;
  refuse(!std::getline(lines, line) || line.empty(), "--from-pacs-file holds no UID",
         "Put the Study Instance UID into its first line.");
  return line;
}

}  // namespace

po::options_description pacsRoundOptions() {
  po::options_description options = pacsOptions();
  options.add_options()("from-pacs", po::value<std::string>()->value_name("UID"),
                        "fetch the study with this Study Instance UID in place of PATH")(
      "from-pacs-file", po::value<std::string>()->value_name("FILE"),
      "likewise, with the UID in the first line of FILE: other users of this machine see what a "
      "program is given")("fetch-to", po::value<std::string>()->value_name("DIR"),
                          "with either: where the study stands until the analysis is over; by "
                          "default OUT.study")("to-pacs", flagValue(),
                                               "send the result to the PACS")(
      "to-pacs-config", po::value<std::string>()->value_name("FILE"),
      "the PACS to send to, where it is another one than --pacs-config's")(
      "notify-failure", flagValue(),
      "with --from-pacs and --to-pacs: send a page with the reason where there is no result");
  options.add(sendOptions());
  return options;
}

PacsRound::PacsRound(const Arguments& arguments, const std::string& output)
    : output_(output),
      study_uid_(studyUid(arguments)),
      study_folder_(arguments.find<std::string>("fetch-to").value_or(output + ".study")),
      notify_(arguments.flag("notify-failure")),
      send_(sendOptionsOf(arguments)) {
  const bool to_pacs = arguments.flag("to-pacs");
  refuse(!study_uid_.empty() && arguments.has("path"), "--from-pacs and a path name two studies",
         "Give one of them.");
  refuse(arguments.has("fetch-to") && study_uid_.empty(), "--fetch-to goes with --from-pacs",
         "Give both.");
  refuse(arguments.has("to-pacs-config") && !to_pacs, "--to-pacs-config goes with --to-pacs",
         "Give both.");
  refuse(notify_ && (!to_pacs || study_uid_.empty()),
         "--notify-failure goes with --from-pacs and --to-pacs", "Give all three.");
  refuse(to_pacs && !send_.unreviewed, "--to-pacs sends a result that nobody has reviewed",
         "Add --unreviewed; or review the result, then 'neurovasc pacs send'.");
  if (!study_uid_.empty()) {
    source_ = pacsConfig(arguments);
  }
  if (to_pacs) {
    validate(send_);
    destination_ = arguments.has("to-pacs-config")
                       ? pacs::readPacsConfig(arguments.get<std::string>("to-pacs-config"))
                       : pacsConfig(arguments);
  }
  // Known before a study is fetched for nothing.
  if (source_ && fs::exists(output) && !arguments.flag("overwrite")) {
    throw Error(ErrorCode::output_unwritable, fmt::format("{} exists already", output),
                "Name another output, or give --overwrite.");
  }
}

std::string PacsRound::fetch(const Progress& progress) const {
  if (!source_) {
    return {};
  }
  if (!fs::exists(study_folder_)) {
    pacs::fetchStudy(*source_, study_uid_, study_folder_, progress);
  }
  return study_folder_;
}

std::string PacsRound::finish(const pipeline::AnalyzeOutcome& outcome,
                              const Progress& progress) const {
  if (notify_ && outcome.failure) {
    sendNotice(std::string(describe(*outcome.failure).meaning), outcome.report, progress);
  }
  // The result is whole: where it cannot be sent now, 'neurovasc pacs send' needs no more than it.
  removeStudy();
  if (destination_ && !outcome.failure) {
    return textOf(pipeline::sendResult(output_, *destination_, send_, progress));
  }
  return notify_ && outcome.failure ? "nothing to send but a page that says why" : "";
}

void PacsRound::notify(const Error& error, const Progress& progress) const {
  if (!notify_ || !liesInTheStudy(error.code()) || !fs::exists(study_folder_)) {
    return;
  }
  sendNotice(std::string(describe(error.code()).meaning), error.message(), progress);
  removeStudy();
}

void PacsRound::sendNotice(const std::string& meaning, const std::string& message,
                           const Progress& progress) const {
  constexpr std::size_t kMostLetters = 1500;  // a page's
  pipeline::sendNotice(
      study_folder_,
      {"neurovasc looked for contact between vessels and the facial nerve and gives no result.",
       "Reason: " + meaning, without(message, study_folder_, "the study").substr(0, kMostLetters)},
      *destination_, progress);
}

void PacsRound::removeStudy() const {
  std::error_code ignored;
  if (source_) {
    fs::remove_all(study_folder_, ignored);
  }
}

}  // namespace neurovasc::app
