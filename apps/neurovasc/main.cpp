#include <fmt/format.h>

#include <exception>
#include <new>
#include <string>
#include <vector>

#include "command.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "signals.h"
#include "terminal.h"

namespace neurovasc::app {
namespace {

std::vector<Command> commands() {
  return {inspectCommand(),
          analyzeCommand(),
          compareCommand(),
          contactCommand(),
          renderCommand(),
          reviewCommand(),
          viewCommand(),
          exportCommand(),
          bidsCommand(),
          pacsEchoCommand(),
          pacsFindCommand(),
          pacsGetCommand(),
          pacsSendCommand(),
          phantomCommand(),
          archiveIndexCommand(),
          archivePlanCommand(),
          archiveRunCommand(),
          archiveStatusCommand(),
          archiveRetryCommand(),
          archiveCompareCommand(),
          archiveCollectCommand(),
          archiveExportCommand(),
          archiveReportCommand(),
          archiveQcCommand(),
          archiveReadingListCommand(),
          archiveAgreementCommand()};
}

std::string overview() {
  std::string text = fmt::format(
      "neurovasc {}: neurovascular compression of the facial nerve on MRI\n\n"
      "  neurovasc COMMAND [options]     neurovasc COMMAND --help     neurovasc --version\n\n",
      version());
  for (const auto& command : commands()) {
    text += fmt::format("  {:<16} {}\n", command.spec.name, command.spec.description);
  }
  text += "\nExit codes:\n   0  done\n";
  for (const auto& code : errorCodes()) {
    text += fmt::format("  {:>2}  {}\n", code.exit_code, code.meaning);
  }
  return text + fmt::format("\n{}\n", kResearchUseOnly);
}

/// Whether programs read stderr, known before the options are parsed: what is wrong with them has
/// to be said in that way, too.
TerminalOptions terminalFor(const std::vector<std::string>& words) {
  TerminalOptions options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool json = words[i] == "--progress=json" ||
                      (words[i] == "json" && i > 0 && words[i - 1] == "--progress");
    options.progress = json ? ProgressStyle::json : options.progress;
  }
  return options;
}

/// A command and how many words name it: one, or two as in "archive index".
struct NamedCommand {
  const Command* command = nullptr;
  std::size_t words = 1;
};

NamedCommand find(const std::vector<Command>& all, const std::vector<std::string>& words) {
  const std::string two = words.size() > 1 ? words[0] + " " + words[1] : words[0];
  for (const auto& command : all) {
    if (command.spec.name == words[0] || command.spec.name == two) {
      return {&command, command.spec.name == words[0] ? 1U : 2U};
    }
  }
  return {};
}

/// The commands that begin with @p word, where that alone is none: "pacs".
std::string groupOf(const std::vector<Command>& all, const std::string& word) {
  std::string text;
  for (const auto& command : all) {
    if (command.spec.name.rfind(word + " ", 0) == 0) {
      text += fmt::format("  neurovasc {:<16} {}\n", command.spec.name, command.spec.description);
    }
  }
  return text;
}

int runCommand(const Command& command, const std::vector<std::string>& words,
               const StopToken& stop) {
  const auto arguments = parse(command.spec, words);
  if (!arguments) {
    return 0;
  }
  const Terminal terminal(arguments->terminal());
  try {
    return command.run(*arguments, terminal, stop);
  } catch (const Error& error) {
    terminal.error(error);
    return describe(error.code()).exit_code;
  }
}

int dispatch(const std::vector<std::string>& words, const Terminal& terminal,
             const StopToken& stop) {
  if (words.empty()) {
    terminal.note(overview());
    return describe(ErrorCode::usage).exit_code;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    terminal.result(overview());
    return 0;
  }
  if (words[0] == "--version") {
    terminal.result(fmt::format("neurovasc {}", version()));
    return 0;
  }
  const auto all = commands();
  const NamedCommand named = find(all, words);
  if (const std::string group = groupOf(all, words[0]);
      named.command == nullptr && !group.empty()) {
    const bool help = words.size() > 1 && (words[1] == "--help" || words[1] == "-h");
    help ? terminal.result(group) : terminal.note(group);
    return help ? 0 : describe(ErrorCode::usage).exit_code;
  }
  if (named.command == nullptr) {
    throw Error(ErrorCode::usage, fmt::format("there is no command '{}'", words[0]),
                "See 'neurovasc --help' for the commands.");
  }
  const auto first_option = words.begin() + static_cast<std::ptrdiff_t>(named.words);
  return runCommand(*named.command, {first_option, words.end()}, stop);
}

/// The one place where what went wrong becomes a process status.
int guarded(const std::vector<std::string>& words, const StopToken& stop) {
  const Terminal terminal(terminalFor(words));
  const auto fail = [&terminal](const Error& error) {
    terminal.error(error);
    return describe(error.code()).exit_code;
  };
  try {
    return dispatch(words, terminal, stop);
  } catch (const Error& error) {
    return fail(error);
  } catch (const std::bad_alloc&) {
    return fail({ErrorCode::internal, "out of memory",
                 "Close other programs or analyse on a machine with more memory."});
  } catch (const std::exception& error) {
    return fail({ErrorCode::internal, error.what(),
                 "This is a defect; please report it with the command and this message."});
  }
}

}  // namespace
}  // namespace neurovasc::app

int main(int argc, char** argv) {
  const neurovasc::app::SignalStop signals;
  return neurovasc::app::guarded({argv + 1, argv + argc}, signals.token());
}
