#pragma once

#include <array>
#include <cstdio>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace neurovasc::testing {

/// What a shell command printed, and how it ended.
struct CommandResult {
  int status = -1;
  std::string output;
};

inline CommandResult runCommand(const std::string& command) {
  CommandResult result;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) {
    return result;
  }
  std::array<char, 4096> block{};
  std::size_t count = 0;
  while ((count = fread(block.data(), 1, block.size(), pipe)) > 0) {
    result.output.append(block.data(), count);
  }
  result.status = pclose(pipe);
  return result;
}

/// What dciodvfy (dicom3tools) finds wrong in a DICOM file; nothing where the program is absent.
inline std::optional<std::vector<std::string>> dicomErrors(const std::string& file) {
  if (runCommand("command -v dciodvfy").status != 0) {
    return std::nullopt;
  }
  std::istringstream lines(runCommand("dciodvfy '" + file + "'").output);
  std::vector<std::string> errors;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("Error", 0) == 0 || line.rfind("Abort", 0) == 0) {
      errors.push_back(line);
    }
  }
  return errors;
}

}  // namespace neurovasc::testing
