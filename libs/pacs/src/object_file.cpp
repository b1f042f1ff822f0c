#include "object_file.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/oflog/oflog.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <mutex>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/transfer.h"
#include "neurovasc/result/result_folder.h"
#include "retry.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;

std::string textOf(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFString(tag, value);
  return value.c_str();
}

fs::path asideOf(const fs::path& file) { return file.string() + ".partial"; }

/// The end of a write: @p aside becomes @p file.
void putInPlace(const fs::path& aside, const fs::path& file, bool written) {
  std::error_code failed;
  if (written) {
    fs::rename(aside, file, failed);
  }
  if (!written || failed) {
    fs::remove(aside, failed);
    throw Error(ErrorCode::output_unwritable, "a fetched object cannot be written",
                "Check the free space and the folder's permissions.");
  }
}

void collect(const fs::path& path, std::vector<fs::path>& files) {
  if (!fs::exists(path)) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: not found", path.string()));
  }
  if (!fs::is_directory(path)) {
    files.push_back(path);
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
}

}  // namespace

void quietDcmtk() {
  static std::once_flag once;
  std::call_once(once, [] { OFLog::configure(OFLogger::OFF_LOG_LEVEL); });
}

std::string objectFileName(std::string_view sop_instance_uid) {
  constexpr std::size_t kDigits = 24;  // 96 bits: no two of any archive are alike
  return result::sha256(sop_instance_uid).substr(0, kDigits) + ".dcm";
}

std::optional<ObjectFile> readObjectFile(const fs::path& path) {
  DcmFileFormat file;
  if (file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_fileOnly)
          .bad()) {
    return std::nullopt;
  }
  DcmDataset& dataset = *file.getDataset();
  ObjectFile object;
  object.path = path;
  object.sop_class_uid = textOf(dataset, DCM_SOPClassUID);
  object.sop_instance_uid = textOf(dataset, DCM_SOPInstanceUID);
  object.study_instance_uid = textOf(dataset, DCM_StudyInstanceUID);
  object.series_instance_uid = textOf(dataset, DCM_SeriesInstanceUID);
  object.transfer_syntax_uid = DcmXfer(dataset.getOriginalXfer()).getXferID();
  if (object.sop_class_uid.empty() || object.sop_instance_uid.empty()) {
    return std::nullopt;
  }
  return object;
}

void writeObject(DcmDataset& dataset, const fs::path& folder, const std::string& sop_instance_uid) {
  const fs::path file = folder / objectFileName(sop_instance_uid);
  DcmFileFormat format(&dataset, OFFalse);
  const OFCondition saved =
      format.saveFile(asideOf(file).c_str(), dataset.getOriginalXfer(), EET_UndefinedLength);
  format.getAndRemoveDataset();  // it was lent: the caller owns it
  putInPlace(asideOf(file), file, saved.good());
}

void writeObject(const std::string& bytes, const fs::path& folder,
                 const std::string& sop_instance_uid) {
  const fs::path file = folder / objectFileName(sop_instance_uid);
  {
    std::ofstream stream(asideOf(file), std::ios::binary);
    stream << bytes;
    if (!stream.flush()) {
      putInPlace(asideOf(file), file, false);
    }
  }
  const auto object = readObjectFile(asideOf(file));
  if (!object || object->sop_instance_uid != sop_instance_uid) {
    std::error_code ignored;
    fs::remove(asideOf(file), ignored);
    throw TransientFailure("an object that came is not whole");
  }
  putInPlace(asideOf(file), file, true);
}

std::vector<ObjectFile> objectFiles(const std::vector<fs::path>& paths) {
  quietDcmtk();
  std::vector<fs::path> files;
  for (const auto& path : paths) {
    collect(path, files);
  }
  std::sort(files.begin(), files.end());
  std::vector<ObjectFile> objects;
  for (const auto& file : files) {
    if (auto object = readObjectFile(file)) {
      objects.push_back(std::move(*object));
    }
  }
  if (objects.empty()) {
    throw Error(ErrorCode::input_unreadable, "there is no DICOM file to send",
                "Name DICOM files, or a folder with some.");
  }
  return objects;
}

}  // namespace neurovasc::pacs
