#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"
#include "terminal.h"

namespace neurovasc::app {

namespace po = boost::program_options;

/// What a subcommand is and how it reads its command line.
struct CommandSpec {
  std::string name;
  std::string synopsis;     ///< "analyze STUDY --output OUT [options]"
  std::string description;  ///< a sentence or two
  po::options_description options;
  std::vector<std::string> positional;  ///< option names that take bare arguments, one each
  std::string repeated = {};            ///< the one of these that takes any number of arguments
};

/// The command line of a subcommand, parsed.
class Arguments {
 public:
  explicit Arguments(po::variables_map values) : values_(std::move(values)) {}

  bool has(const std::string& option) const {
    return values_.count(option) > 0 && !values_[option].defaulted();
  }
  bool flag(const std::string& option) const {
    return values_.count(option) > 0 && values_[option].as<bool>();
  }
  template <typename T>
  T get(const std::string& option) const {
    return values_[option].as<T>();
  }
  template <typename T>
  std::optional<T> find(const std::string& option) const {
    return values_.count(option) > 0 ? std::optional<T>(values_[option].as<T>()) : std::nullopt;
  }
  /// The value of an option that must be there; Error(usage) says how to give it.
  std::string required(const std::string& option) const;

  int threads() const { return get<int>("threads"); }
  bool json() const { return flag("json"); }
  TerminalOptions terminal() const;

  /// Every option that was given, as text, for run.json; values of path options are left out.
  std::vector<std::pair<std::string, std::string>> given() const;

 private:
  po::variables_map values_;
};

/// "left,right" -> {"left", "right"}; empty items are refused.
std::vector<std::string> splitList(const std::string& text, const std::string& option);

/// Reads @p words by @p spec plus the options common to all subcommands; a --config file's keys are
/// the flag names and the command line wins. Throws Error(usage). Returns nothing when --help was
/// asked for, after printing it to stdout.
std::optional<Arguments> parse(const CommandSpec& spec, const std::vector<std::string>& words);

/// A boolean switch for options_description.
po::typed_value<bool>* flagValue();

}  // namespace neurovasc::app
