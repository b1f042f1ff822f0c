#include "neurovasc/dicom/source_headers.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "codecs.h"
#include "dataset.h"
#include "file_guard.h"
#include "neurovasc/core/error.h"
#include "origin.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failToWrite(const fs::path& path) {
  throw Error(ErrorCode::output_unwritable, path.string() + " cannot be written",
              "Check the folder's permissions and the free space.");
}

/// Makes @p dir for its owner alone, before anything is in it.
void makePrivate(const fs::path& dir) {
  std::error_code error;
  if (!dir.parent_path().empty()) {
    fs::create_directories(dir.parent_path(), error);
  }
  if ((mkdir(dir.c_str(), 0700) != 0 && !fs::is_directory(dir)) || chmod(dir.c_str(), 0700) != 0) {
    failToWrite(dir);
  }
}

/// An empty file that only its owner can read, so that its content never is readable by others.
void makePrivateFile(const fs::path& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (descriptor < 0) {
    failToWrite(path);
  }
  const bool is_private = fchmod(descriptor, 0600) == 0;
  close(descriptor);
  if (!is_private) {
    failToWrite(path);
  }
}

void writeHeader(const std::string& source, const fs::path& target) {
  DcmFileFormat file;
  const OFCondition read = file.loadFileUntilTag(source.c_str(), EXS_Unknown, EGL_noChange,
                                                 DCM_MaxReadLength, ERM_autoDetect, DCM_PixelData);
  if (read.bad()) {
    throw Error(ErrorCode::input_unreadable, source + ": its header cannot be read",
                "Has the folder been moved or changed since the start?");
  }
  file.loadAllDataIntoMemory();
  makePrivateFile(target);
  // Without pixels an encapsulated transfer syntax would be a lie.
  if (file.saveFile(target.c_str(), EXS_LittleEndianExplicit).bad()) {
    failToWrite(target);
  }
}

std::string numbered(std::size_t number) {
  const std::string digits = std::to_string(number);
  return std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits + ".dcm";
}

void writeSeries(const Series& series, const char* role, const fs::path& dir) {
  std::vector<std::string> files;
  std::set<std::string> seen;
  for (const FrameSource& frame : series.frames) {
    if (!frame.path.empty() && seen.insert(frame.path).second) {
      files.push_back(frame.path);
    }
  }
  makePrivate(dir / role);
  for (std::size_t i = 0; i < files.size(); ++i) {
    writeHeader(files[i], dir / role / numbered(i + 1));
  }
}

}  // namespace

void writeSourceHeaders(const Study& study, const fs::path& dir) {
  registerCodecs();
  makePrivate(dir);
  const auto write = [&](const std::optional<std::size_t>& index, const char* role) {
    if (index) {
      writeSeries(study.series[*index], role, dir);
    }
  };
  write(study.cisternography, "t2");
  write(study.tof, "tof");
  write(study.ce_t1, "ce_t1");
}

StudyOrigin readSourceOrigin(const std::filesystem::path& dir) {
  const fs::path header = dir / "t2" / numbered(1);
  const FileHead head = headOf(header.string());
  const Attributes dataset(head);
  const std::string id = dataset.text(DCM_PatientID);
  // As in a catalogue: a name tells patients apart only without a number.
  return originFrom(lowered(id.empty() ? dataset.text(DCM_PatientName) : id),
                    dataset.text(DCM_StudyDate));
}

}  // namespace neurovasc::dicom
