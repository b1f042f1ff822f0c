#include "private_folder.h"

#include <fmt/format.h>

#include <cstdlib>

#include "neurovasc/core/error.h"

namespace neurovasc::pipeline {

PrivateFolder::PrivateFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "neurovasc-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {  // made with mode 0700
    throw Error(ErrorCode::output_unwritable, fmt::format("{} cannot be made", pattern),
                "Set TMPDIR to a folder with free space.");
  }
  path_ = pattern;
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace neurovasc::pipeline
