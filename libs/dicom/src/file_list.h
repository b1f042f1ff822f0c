#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/dicom/catalogue.h"

namespace neurovasc::dicom {

/// The files to look at, in a fixed order, as paths that begin with what was typed.
struct FileList {
  std::vector<std::string> files;
  std::vector<SkippedFile> skipped;  ///< folders and records that lead nowhere
};

/// Lists @p path: a folder at any depth, one file, or the files of a DICOMDIR. DICOMDIRs within a
/// folder are left out. Throws Error(input_unreadable) when @p path is absent.
FileList listFiles(const std::filesystem::path& path, const Progress& progress);

}  // namespace neurovasc::dicom
