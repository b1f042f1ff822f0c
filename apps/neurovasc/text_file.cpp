#include "text_file.h"

#include <fstream>
#include <iterator>

#include "neurovasc/core/error.h"

namespace neurovasc::app {

std::string textOf(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) {
    throw Error(ErrorCode::input_unreadable, file + ": cannot be read",
                "Check that it is there and that you may read it.");
  }
  return text;
}

}  // namespace neurovasc::app
