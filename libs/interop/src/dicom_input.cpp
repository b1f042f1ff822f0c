#include "dicom_input.h"

#include <dcmtk/oflog/oflog.h>
#include <fmt/format.h>

#include <mutex>

#include "neurovasc/core/error.h"

namespace neurovasc::interop {
/// What went wrong is in its return values.
void silenceDcmtk() {
  static std::once_flag once;
  std::call_once(once, [] { OFLog::configure(OFLogger::OFF_LOG_LEVEL); });
}

void loadDicom(const std::string& path, DcmFileFormat& file) {
  silenceDcmtk();
  const OFCondition read = file.loadFile(path.c_str());
  if (read.bad()) {
    throw Error(ErrorCode::input_unreadable,
                fmt::format("{}: not a readable DICOM file: {}", path, read.text()),
                "Check the path, and that the file was copied whole.");
  }
  // Texts that cannot be converted stay as they are: nothing but names for people is lost.
  static_cast<void>(file.getDataset()->convertToUTF8());
}

std::string elementText(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  return item.findAndGetOFStringArray(tag, value).good() ? std::string(value.c_str()) : "";
}

}  // namespace neurovasc::interop
