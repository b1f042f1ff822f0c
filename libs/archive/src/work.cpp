#include "neurovasc/archive/work.h"

#include "neurovasc/core/error.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::archive {
namespace {

constexpr std::size_t kHashDigits = 12;

template <typename Values>
std::string listed(const Values& values) {
  std::string text;
  for (const auto value : values) {
    text += (text.empty() ? "" : ",") + std::string(name(value));
  }
  return text;
}

}  // namespace

void validate(const WorkOptions& options) {
  if (options.sides.empty()) {
    throw Error(ErrorCode::usage, "sides: none is named", "Give left, right or both.");
  }
  for (const SeriesRole role : options.required) {
    if (role != SeriesRole::tof && role != SeriesRole::ce_t1) {
      throw Error(ErrorCode::usage,
                  "required: '" + std::string(name(role)) + "' cannot be asked for",
                  "Only tof and ce_t1 can; a T2 series is needed in any case.");
    }
  }
}

std::vector<std::string> analyzeArguments(const WorkOptions& options) {
  validate(options);
  std::vector<std::string> arguments = {"--sides", listed(options.sides)};
  if (!options.required.empty()) {
    arguments.insert(arguments.end(), {"--require", listed(options.required)});
  }
  if (options.minimal_outputs) {
    arguments.insert(arguments.end(), {"--without", "pictures,page,pdf,source"});
  }
  return arguments;
}

std::vector<std::string> compareArguments(const WorkOptions& options) {
  validate(options);
  // That both are of one patient is known from the index; results need not hold any identity.
  std::vector<std::string> arguments = {"--same-patient"};
  if (options.minimal_outputs) {
    arguments.insert(arguments.end(), {"--without", "pictures,page,pdf"});
  }
  return arguments;
}

std::string optionsHash(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& argument : arguments) {
    text += argument + "\n";
  }
  return result::sha256(text).substr(0, kHashDigits);
}

}  // namespace neurovasc::archive
