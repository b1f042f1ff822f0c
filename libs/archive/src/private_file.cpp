#include "private_file.h"

#include "neurovasc/result/result_folder.h"

namespace neurovasc::archive {

void replacePrivateFile(const std::filesystem::path& file, std::string_view content) {
  const PrivateFiles here;
  result::replaceFile(file, content);
}

}  // namespace neurovasc::archive
