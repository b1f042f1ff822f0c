#include <fmt/format.h>

#include "command.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/pipeline/masks.h"
#include "neurovasc/result/assessment_json.h"

namespace neurovasc::app {
namespace {

po::options_description contactOptions() {
  po::options_description options("Masks");
  options.add_options()(
      "nerve", po::value<std::string>()->value_name("M[:LABEL]"),
      "mask of the facial nerve (NIfTI, NRRD, MetaImage, .seg.nrrd, DICOM Segmentation, whose "
      "LABEL is the segment's number) or its surface (.stl, .vtp)")(
      "vessel", po::value<std::vector<std::string>>()->composing()->value_name("M[:LABEL]"),
      "mask or surface of a vessel; may be repeated")(
      "side", po::value<std::string>()->value_name("S"), "left or right")(
      "landmarks", po::value<std::string>()->value_name("FILE"),
      "root exit, detachment and porus; without them arc lengths and zones are null")(
      "label", po::value<std::string>()->value_name("TEXT"), "printed on the report")(
      "output,o", po::value<std::string>()->value_name("OUT"), "result folder to make")(
      "overwrite", flagValue(), "replace an existing result folder");
  return options;
}

pipeline::MaskRequest requestOf(const Arguments& arguments) {
  pipeline::MaskRequest request;
  request.nerve = pipeline::parseMaskInput(arguments.required("nerve"));
  for (const auto& text :
       arguments.find<std::vector<std::string>>("vessel").value_or(std::vector<std::string>{})) {
    request.vessels.push_back(pipeline::parseMaskInput(text));
  }
  const std::string side = arguments.required("side");
  const auto parsed = parseSide(side);
  if (!parsed) {
    throw Error(ErrorCode::usage, fmt::format("--side: '{}' is neither left nor right", side));
  }
  request.side = *parsed;
  request.landmarks_file = arguments.find<std::string>("landmarks").value_or("");
  request.label = arguments.find<std::string>("label").value_or("");
  request.overwrite = arguments.flag("overwrite");
  request.threads = arguments.threads();
  request.given_options = arguments.given();
  return request;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const std::string output = arguments.required("output");
  const pipeline::MaskOutcome outcome =
      pipeline::measureMasks(requestOf(arguments), output, terminal.progress(stop));
  terminal.result(arguments.json() ? result::toJson(outcome.assessment) : outcome.report);
  terminal.note(fmt::format("written to {}", output));
  return 0;
}

}  // namespace

Command contactCommand() {
  return {{"contact",
           "contact --nerve M[:LABEL] --vessel M[:LABEL] --side S --output OUT [options]",
           "Measure contacts between masks or surfaces that somebody else made.",
           contactOptions(),
           {}},
          run};
}

}  // namespace neurovasc::app
