#include "neurovasc/pipeline/render.h"

#include <fmt/format.h>

#include "command.h"
#include "neurovasc/core/error.h"

namespace neurovasc::app {
namespace {

po::options_description renderOptions() {
  po::options_description options("Picture");
  options.add_options()("result", po::value<std::string>()->value_name("RESULT"),
                        "result folder of analyze; may stand without --result")(
      "view", po::value<std::string>()->value_name("NAME"),
      "overview, retrosigmoid_left, ..., contact_L1, contact_L1_slices, turntable, ...; --list "
      "names all")("list", flagValue(), "list the names this result has pictures for")(
      "output,o", po::value<std::string>()->value_name("FILE"),
      "PNG file to write; of a film .ogv, or a folder for PNG files; of scene .glb, .stl, .obj, "
      ".ply, .vtp")(
      "position", po::value<std::string>()->value_name("HOW")->default_value("upright"),
      "how the head is held in retrosigmoid views: upright, or lateral (lying on the other side)")(
      "overwrite", flagValue(), "replace an existing file");
  return options;
}

int list(const std::string& folder, const Terminal& terminal) {
  std::string text;
  for (const auto& name : pipeline::pictureNames(folder)) {
    text += name + "\n";
  }
  terminal.result(text);
  return 0;
}

scene::PictureOptions pictureOptions(const Arguments& arguments) {
  const std::string word = arguments.required("position");
  const auto position = scene::parsePosition(word);
  if (!position) {
    throw Error(ErrorCode::usage, fmt::format("--position: there is no '{}'", word),
                "Use upright or lateral.");
  }
  scene::PictureOptions options;
  options.position = *position;
  return options;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const std::string folder = arguments.required("result");
  if (arguments.flag("list")) {
    return list(folder, terminal);
  }
  const std::string output = arguments.required("output");
  pipeline::renderResult(folder, arguments.required("view"), output, arguments.flag("overwrite"),
                         pictureOptions(arguments), terminal.progress(stop));
  terminal.note(fmt::format("written to {}", output));
  return 0;
}

}  // namespace

Command renderCommand() {
  return {{"render",
           "render RESULT --view NAME --output FILE",
           "Draw a picture from a result folder, without a display.",
           renderOptions(),
           {"result"}},
          run};
}

}  // namespace neurovasc::app
