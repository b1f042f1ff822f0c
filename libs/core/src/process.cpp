#include "neurovasc/core/process.h"

#include <signal.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>

namespace neurovasc {
namespace {

/// Whether /proc/NUMBER/stat, "NUMBER (NAME) STATE ...", tells of a zombie; NAME may hold anything.
bool isZombie(int number) {
  std::ifstream file("/proc/" + std::to_string(number) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t name_end = text.rfind(')');
  const std::size_t state = name_end == std::string::npos ? name_end : name_end + 2;
  return state < text.size() && (text[state] == 'Z' || text[state] == 'X');
}

}  // namespace

bool hasEnded(int number) {
  return number <= 0 || (::kill(number, 0) != 0 && errno == ESRCH) || isZombie(number);
}

}  // namespace neurovasc
