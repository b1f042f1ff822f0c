#include "command.h"
#include "neurovasc/pacs/transfer.h"
#include "pacs_options.h"

namespace neurovasc::app {
namespace {

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  pacs::echo(pacsConfig(arguments), terminal.progress(stop));
  terminal.result(arguments.json() ? "{\"answers\": true}" : "the PACS answers");
  return 0;
}

}  // namespace

Command pacsEchoCommand() {
  return {{"pacs echo",
           "pacs echo --pacs-config FILE",
           "Ask a PACS whether it is there and takes us.",
           pacsOptions(),
           {}},
          run};
}

}  // namespace neurovasc::app
