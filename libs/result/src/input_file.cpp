#include "input_file.h"

#include <fstream>
#include <iterator>

#include "neurovasc/core/error.h"

namespace neurovasc::result {
namespace {

/// A thousand landmarks in Slicer's form take 0.5 MiB.
constexpr std::uintmax_t kLargestInputBytes = 4U << 20U;

}  // namespace

std::string textOfInput(const std::filesystem::path& file) {
  const std::string what = file.filename().string();
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) {
    throw Error(ErrorCode::input_unreadable, what + ": no such file");
  }
  if (std::filesystem::file_size(file) > kLargestInputBytes) {
    throw Error(ErrorCode::input_unreadable, what + ": larger than 4 MiB");
  }
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) {
    throw Error(ErrorCode::input_unreadable, what + ": cannot be read");
  }
  return text;
}

}  // namespace neurovasc::result
