#include "arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "neurovasc/core/version.h"

namespace neurovasc::app {
namespace {

po::options_description commonOptions() {
  po::options_description common("Common options");
  common.add_options()("help,h", flagValue(), "show this help and end")(
      "json", flagValue(), "print the result as JSON on stdout")(
      "verbose,v", flagValue(), "say more on stderr")("quiet,q", flagValue(),
                                                      "say only errors on stderr")(
      "threads", po::value<int>()->default_value(0)->value_name("N"),
      "threads to use; 0: one for each processor")(
      "progress", po::value<std::string>()->default_value("auto")->value_name("STYLE"),
      "auto, bar, json (a JSON line for each step, on stderr) or none")(
      "config", po::value<std::string>()->value_name("FILE"),
      "read options from FILE: lines 'flag = value'; the command line wins");
  return common;
}

[[noreturn]] void throwUsage(const CommandSpec& spec, const std::string& message) {
  throw Error(ErrorCode::usage, message, fmt::format("See 'neurovasc {} --help'.", spec.name));
}

void printHelp(const CommandSpec& spec, const po::options_description& options) {
  std::ostringstream text;
  text << "neurovasc " << spec.synopsis << "\n\n"
       << spec.description << "\n\n"
       << options << "\n"
       << kResearchUseOnly << "\n";
  std::cout << text.str();
}

po::positional_options_description positionals(const CommandSpec& spec) {
  po::positional_options_description positional;
  for (const auto& option : spec.positional) {
    // To Boost -1 is any number.
    positional.add(option.c_str(), option == spec.repeated ? -1 : 1);
  }
  return positional;
}

void readConfig(const std::string& path, const po::options_description& options,
                po::variables_map& values) {
  std::ifstream file(path);
  if (!file) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", path),
                "Check the path given with --config.");
  }
  po::store(po::parse_config_file(file, options), values);
}

po::variables_map read(const CommandSpec& spec, const po::options_description& options,
                       const std::vector<std::string>& words) {
  po::variables_map values;
  try {
    // Guessing abbreviations would let a script break when an option is added.
    const int style =
        po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
    po::store(po::command_line_parser(words)
                  .options(options)
                  .positional(positionals(spec))
                  .style(style)
                  .run(),
              values);
    if (values.count("config") > 0) {
      readConfig(values["config"].as<std::string>(), options, values);
    }
    po::notify(values);
  } catch (const po::error& error) {
    throwUsage(spec, error.what());
  }
  return values;
}

ProgressStyle parseStyle(const std::string& text) {
  if (text == "auto") {
    return ProgressStyle::automatic;
  }
  if (text == "bar") {
    return ProgressStyle::bar;
  }
  if (text == "json") {
    return ProgressStyle::json;
  }
  if (text == "none") {
    return ProgressStyle::none;
  }
  throw Error(ErrorCode::usage,
              fmt::format("--progress: '{}' is none of auto, bar, json, none", text));
}

/// Options whose values are paths or free text: their values may name a patient.
bool isPrivate(const std::string& option) {
  static const std::vector<std::string> words = {
      "path",           "output",         "t2",       "tof",          "t1c",
      "nerve",          "vessel",         "label",    "from-pacs",    "pacs-config",
      "to-pacs-config", "from-pacs-file", "fetch-to", "organization", "study-uid",
      "patient-id",     "landmarks",      "clinical", "config",       "result",
      "date",           "surgery-date",   "site-key", "study",        "reader"};
  return std::find(words.begin(), words.end(), option) != words.end();
}

std::string asText(const po::variable_value& value) {
  if (const auto* text = boost::any_cast<std::string>(&value.value())) {
    return *text;
  }
  if (const auto* number = boost::any_cast<int>(&value.value())) {
    return std::to_string(*number);
  }
  if (const auto* real = boost::any_cast<double>(&value.value())) {
    return fmt::format("{}", *real);
  }
  if (const auto* flag = boost::any_cast<bool>(&value.value())) {
    return *flag ? "true" : "false";
  }
  return "given";
}

}  // namespace

po::typed_value<bool>* flagValue() { return po::bool_switch(); }

std::string Arguments::required(const std::string& option) const {
  if (values_.count(option) == 0) {
    throw Error(ErrorCode::usage, fmt::format("--{} is missing", option),
                "Give it, or see --help for all options.");
  }
  return values_[option].as<std::string>();
}

TerminalOptions Arguments::terminal() const {
  return {parseStyle(get<std::string>("progress")), flag("quiet"), flag("verbose")};
}

std::vector<std::pair<std::string, std::string>> Arguments::given() const {
  std::vector<std::pair<std::string, std::string>> options;
  for (const auto& [name, value] : values_) {
    const bool off = value.value().type() == typeid(bool) && !value.as<bool>();
    if (!value.defaulted() && !off) {
      const bool told = !isPrivate(name) || value.value().type() == typeid(int);
      options.emplace_back(name, told ? asText(value) : "given");
    }
  }
  return options;
}

std::vector<std::string> splitList(const std::string& text, const std::string& option) {
  std::vector<std::string> items;
  std::istringstream stream(text);
  for (std::string item; std::getline(stream, item, ',');) {
    if (item.empty()) {
      throw Error(ErrorCode::usage, fmt::format("--{}: an item of '{}' is empty", option, text));
    }
    items.push_back(item);
  }
  return items;
}

std::optional<Arguments> parse(const CommandSpec& spec, const std::vector<std::string>& words) {
  po::options_description all;
  all.add(spec.options).add(commonOptions());
  po::variables_map values = read(spec, all, words);
  if (values["help"].as<bool>()) {
    printHelp(spec, all);
    return std::nullopt;
  }
  if (values["threads"].as<int>() < 0) {
    throwUsage(spec, "--threads must be 0 or more");
  }
  return Arguments(std::move(values));
}

}  // namespace neurovasc::app
