#include "study_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "neurovasc/core/terms.h"

namespace neurovasc::app {
namespace {

SeriesRole parseRole(const std::string& text, const std::string& option) {
  const auto role = parseSeriesRole(text);
  if (!role) {
    throw Error(ErrorCode::usage,
                fmt::format("--{}: '{}' is none of cisternography, tof, ce_t1, t1, t2_thick, other",
                            option, text));
  }
  return *role;
}

std::map<std::string, SeriesRole> roleOverrides(const std::vector<std::string>& words) {
  std::map<std::string, SeriesRole> roles;
  for (const auto& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorCode::usage,
                  fmt::format("--role: '{}' is not of the form SERIES=ROLE", word),
                  "For example --role s3=cisternography; 'neurovasc inspect' lists the series.");
    }
    roles[word.substr(0, equals)] = parseRole(word.substr(equals + 1), "role");
  }
  return roles;
}

}  // namespace

po::options_description studyOptions() {
  po::options_description options("Study");
  options.add_options()("path", po::value<std::string>()->value_name("PATH"),
                        "folder with DICOM files at any depth, a single file or a DICOMDIR; may "
                        "stand without --path")(
      "study", po::value<int>()->value_name("N"),
      "which study, where the path holds several (as numbered by inspect)")(
      "t2", po::value<std::string>()->value_name("V"),
      "heavily T2-weighted volume (NIfTI, NRRD, MetaImage) in place of DICOM")(
      "tof", po::value<std::string>()->value_name("V"), "time-of-flight volume")(
      "t1c", po::value<std::string>()->value_name("V"), "contrast-enhanced T1 volume")(
      "role", po::value<std::vector<std::string>>()->composing()->value_name("SERIES=ROLE"),
      "override a series' role, e.g. s3=tof; may be repeated");
  return options;
}

pipeline::StudyInput studyInput(const Arguments& arguments) {
  pipeline::StudyInput input;
  input.study = arguments.find<std::string>("path").value_or("");
  input.study_number = arguments.find<int>("study");
  input.t2 = arguments.find<std::string>("t2").value_or("");
  input.tof = arguments.find<std::string>("tof").value_or("");
  input.ce_t1 = arguments.find<std::string>("t1c").value_or("");
  input.role_overrides = roleOverrides(
      arguments.find<std::vector<std::string>>("role").value_or(std::vector<std::string>{}));
  return input;
}

std::vector<SeriesRole> parseRoles(const std::string& text, const std::string& option) {
  std::vector<SeriesRole> roles;
  for (const auto& word : splitList(text, option)) {
    const SeriesRole role = parseRole(word == "t1c" ? "ce_t1" : word, option);
    if (role != SeriesRole::tof && role != SeriesRole::ce_t1) {
      throw Error(ErrorCode::usage,
                  fmt::format("--{}: '{}' cannot be asked for, only tof and ce_t1", option, word),
                  "A T2 series is needed in any case.");
    }
    roles.push_back(role);
  }
  return roles;
}

std::vector<Side> parseSides(const std::string& text) {
  std::vector<Side> sides;
  for (const auto& word : splitList(text, "sides")) {
    const auto side = parseSide(word);
    if (!side) {
      throw Error(ErrorCode::usage, fmt::format("--sides: '{}' is neither left nor right", word));
    }
    sides.push_back(*side);
  }
  std::sort(sides.begin(), sides.end());
  sides.erase(std::unique(sides.begin(), sides.end()), sides.end());
  return sides;
}

}  // namespace neurovasc::app
