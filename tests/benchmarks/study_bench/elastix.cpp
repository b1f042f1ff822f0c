#include "elastix.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"

namespace neurovasc::bench {
namespace {

namespace fs = std::filesystem;

Matrix3 rotationAbout(int axis, double angle_rad) {
  const int b = (axis + 1) % 3;
  const int c = (axis + 2) % 3;
  Matrix3 out;
  out(b, b) = out(c, c) = std::cos(angle_rad);
  out(b, c) = -std::sin(angle_rad);
  out(c, b) = std::sin(angle_rad);
  return out;
}

/// The numbers of the line "(NAME 1 2 3)".
std::vector<double> numbers(const std::string& text, const std::string& name) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex("\\(" + name + " ([^)]*)\\)"))) {
    throw Error(ErrorCode::internal, "elastix's result has no " + name, "is it version 5?");
  }
  std::istringstream stream(match[1]);
  std::vector<double> out;
  for (double value = 0; stream >> value;) out.push_back(value);
  return out;
}

}  // namespace

bool elastixIsThere() { return std::system("command -v elastix > /dev/null") == 0; }

void runElastix(const fs::path& folder, const fs::path& parameters) {
  const auto quoted = [](const fs::path& path) { return " '" + path.string() + "'"; };
  const std::string command = "elastix -f" + quoted(folder / "fixed.mha") + " -m" +
                              quoted(folder / "moving.mha") + " -p" + quoted(parameters) + " -out" +
                              quoted(folder) + " > /dev/null";
  if (std::system(command.c_str()) != 0) {
    throw Error(ErrorCode::internal, "elastix failed", "see elastix.log in " + folder.string());
  }
}

RigidTransform readElastixTransform(const fs::path& folder) {
  std::ifstream stream(folder / "TransformParameters.0.txt");
  std::stringstream buffer;
  buffer << stream.rdbuf();
  const std::vector<double> p = numbers(buffer.str(), "TransformParameters");
  const std::vector<double> c = numbers(buffer.str(), "CenterOfRotationPoint");
  const Vec3 center{c.at(0), c.at(1), c.at(2)};
  RigidTransform out;
  out.rotation = rotationAbout(2, p.at(2)) * rotationAbout(0, p.at(0)) * rotationAbout(1, p.at(1));
  out.translation = center + Vec3{p.at(3), p.at(4), p.at(5)} - out.rotation * center;
  return out;
}

}  // namespace neurovasc::bench
