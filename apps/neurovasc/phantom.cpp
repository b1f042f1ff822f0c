#include "neurovasc/phantom/phantom.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "command.h"
#include "study_options.h"

namespace neurovasc::app {
namespace {

namespace fs = std::filesystem;

po::options_description phantomOptions() {
  const phantom::PhantomOptions defaults;
  po::options_description options("Phantom");
  options.add_options()("output,o", po::value<std::string>()->value_name("DIR"),
                        "folder to make: dicom/ and truth/truth.json")(
      "overwrite", flagValue(), "replace an existing phantom")(
      "scenario", po::value<std::string>()->default_value("contact")->value_name("NAME"),
      "what it shows; --list names all")("list", flagValue(), "list the scenarios")(
      "seed", po::value<int>()->default_value(1)->value_name("N"), "which head")(
      "variety", po::value<std::string>()->default_value("usual")->value_name("V"),
      "usual or varied: how far heads differ")(
      "decoys", po::value<std::string>()->value_name("LIST"),
      "flocculus, choroid, lower_nerves, csf_void, gibbs, banding")(
      "size", po::value<std::string>()->default_value("full")->value_name("S"), "small or full")(
      "sequence", po::value<std::string>()->default_value("ciss")->value_name("S"),
      "ciss, fiesta_c, drive or space")("side", po::value<std::string>()->value_name("S"),
                                        "side of the contact")(
      "zone", po::value<std::string>()->value_name("Z"), "its zone: RExP, AS, RDP, TZ, CP or IAC")(
      "gap-mm", po::value<double>()->value_name("MM"),
      "gap between the surfaces; negative: they overlap")(
      "diameter-mm", po::value<double>()->value_name("MM"), "diameter of the vessel in question")(
      "pad", po::value<bool>()->value_name("0|1"), "a pad of felt on that side")(
      "pad-count", po::value<int>()->default_value(1)->value_name("N"), "so many pads, 1 to 3")(
      "blood", flagValue(), "clotted blood around the pads")(
      "session", po::value<int>()->default_value(0)->value_name("N"),
      "another visit of the same head to a scanner")(
      "mirrored", flagValue(), "voxels stored with left and right exchanged, unknown to headers")(
      "voxel-mm", po::value<std::string>()->default_value("0.5,0.5,0.5")->value_name("X,Y,Z"),
      "acquired T2 voxel")("interpolation", po::value<int>()->default_value(1)->value_name("N"),
                           "zero-fill the T2 to N times the samples")(
      "field-of-view-mm", po::value<std::string>()->value_name("X,Y,Z"), "of the T2")(
      "one-sided", flagValue(), "the field ends 7 mm beyond the midline")(
      "snr", po::value<double>()->default_value(defaults.csf_snr)->value_name("R"),
      "CSF signal over noise")(
      "flow-factor", po::value<double>()->default_value(defaults.flow_factor)->value_name("F"),
      "blood's speed; at 0.2 small arteries are dark in TOF")(
      "head-rotation-deg", po::value<std::string>()->value_name("X,Y,Z"), "nod, tilt and shake")(
      "without-tof", flagValue(), "no time-of-flight series")(
      "with-ce-t1", flagValue(), "a contrast-enhanced T1 series as well");
  return options;
}

/// The whole of @p text as a finite number.
std::optional<double> parseNumber(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool whole = error == std::errc() && stop == end && std::isfinite(value);
  return whole ? std::optional(value) : std::nullopt;
}

Vec3 parseVec3(const std::string& text, const std::string& option) {
  std::vector<double> numbers;
  for (const std::string& word : splitList(text, option)) {
    numbers.push_back(parseNumber(word).value_or(std::nan("")));
  }
  const bool finite =
      std::all_of(numbers.begin(), numbers.end(), [](double v) { return std::isfinite(v); });
  if (numbers.size() != 3 || !finite) {
    throw Error(ErrorCode::usage, fmt::format("--{}: '{}' is not three numbers", option, text),
                "For example 0.5,0.5,0.6.");
  }
  return {numbers[0], numbers[1], numbers[2]};
}

template <typename T>
T parsed(std::optional<T> value, const std::string& text, const std::string& option) {
  if (!value) {
    throw Error(ErrorCode::usage, fmt::format("--{}: '{}' is not known", option, text),
                "See 'neurovasc phantom --help'; --list names the scenarios.");
  }
  return *value;
}

template <typename T, typename Parse>
std::optional<T> parsedIfGiven(const Arguments& arguments, const std::string& option, Parse parse) {
  if (!arguments.has(option)) {
    return std::nullopt;
  }
  const auto text = arguments.get<std::string>(option);
  return parsed<T>(parse(text), text, option);
}

std::optional<phantom::Size> parseSize(const std::string& text) {
  if (text == "small") {
    return phantom::Size::small;
  }
  return text == "full" ? std::optional(phantom::Size::full) : std::nullopt;
}

std::vector<phantom::Decoy> decoysOf(const Arguments& arguments) {
  std::vector<phantom::Decoy> decoys;
  if (arguments.has("decoys")) {
    for (const auto& word : splitList(arguments.get<std::string>("decoys"), "decoys")) {
      decoys.push_back(parsed(phantom::parseDecoy(word), word, "decoys"));
    }
  }
  return decoys;
}

phantom::PhantomOptions optionsOf(const Arguments& arguments) {
  phantom::PhantomOptions o;
  const auto text = [&arguments](const char* option) { return arguments.get<std::string>(option); };
  o.scenario = parsed(phantom::parseScenario(text("scenario")), text("scenario"), "scenario");
  o.seed = static_cast<std::uint64_t>(arguments.get<int>("seed"));
  o.size = parsed(parseSize(text("size")), text("size"), "size");
  o.sequence = parsed(phantom::parseSequence(text("sequence")), text("sequence"), "sequence");
  o.variety = parsed(phantom::parseVariety(text("variety")), text("variety"), "variety");
  o.decoys = decoysOf(arguments);
  o.side = parsedIfGiven<Side>(arguments, "side", parseSide);
  o.zone = parsedIfGiven<Zone>(arguments, "zone", parseZone);
  o.gap_mm = arguments.find<double>("gap-mm");
  o.diameter_mm = arguments.find<double>("diameter-mm");
  o.pad = arguments.find<bool>("pad");
  o.pad_count = arguments.get<int>("pad-count");
  o.blood = arguments.flag("blood");
  o.session = arguments.get<int>("session");
  o.mirrored = arguments.flag("mirrored");
  o.voxel_mm = parseVec3(text("voxel-mm"), "voxel-mm");
  o.interpolation = arguments.get<int>("interpolation");
  if (arguments.has("field-of-view-mm")) {
    o.field_of_view_mm = parseVec3(text("field-of-view-mm"), "field-of-view-mm");
  }
  if (arguments.has("head-rotation-deg")) {
    o.head_rotation_deg = parseVec3(text("head-rotation-deg"), "head-rotation-deg");
  }
  o.one_sided = arguments.flag("one-sided");
  o.csf_snr = arguments.get<double>("snr");
  o.flow_factor = arguments.get<double>("flow-factor");
  o.with_tof = !arguments.flag("without-tof");
  o.with_ce_t1 = arguments.flag("with-ce-t1");
  o.threads = arguments.threads();
  return o;
}

/// Refuses a target that must not be replaced: anything that is no phantom of ours.
void checkTarget(const fs::path& target, bool overwrite) {
  if (!fs::exists(target)) {
    return;
  }
  if (!overwrite) {
    throw Error(ErrorCode::output_unwritable, fmt::format("{}: exists already", target.string()),
                "Give another folder or --overwrite.");
  }
  if (!fs::exists(target / "truth" / "truth.json")) {
    throw Error(ErrorCode::output_unwritable,
                fmt::format("{}: holds something else than a phantom", target.string()),
                "Give another folder; this one is left alone.");
  }
}

int list(const Terminal& terminal) {
  std::string text;
  for (const auto scenario : phantom::allScenarios()) {
    text += std::string(name(scenario)) + "\n";
  }
  terminal.result(text);
  return 0;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  if (arguments.flag("list")) {
    return list(terminal);
  }
  const fs::path target = arguments.required("output");
  const phantom::PhantomOptions options = optionsOf(arguments);
  phantom::validate(options);
  checkTarget(target, arguments.flag("overwrite"));
  const phantom::Phantom made = phantom::makePhantom(options, terminal.progress(stop));
  phantom::writePhantom(made, target, arguments.flag("overwrite"));
  terminal.note(fmt::format("a simulated study, '{}' on the {}, is in {}", name(options.scenario),
                            name(made.truth.side), target.string()));
  return 0;
}

}  // namespace

Command phantomCommand() {
  return {{"phantom",
           "phantom --output DIR [--scenario NAME] [--seed N] [options]",
           "Make a simulated study with known truth.",
           phantomOptions(),
           {}},
          run};
}

}  // namespace neurovasc::app
