#pragma once

#include <vector>

#include "frame_header.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/dicom/catalogue.h"

namespace neurovasc::dicom {

/// The headers of @p files, in their order; stage "scan".
std::vector<FileHeader> readHeaders(const std::vector<std::string>& files, int threads,
                                    const Progress& progress);

std::vector<const FileHeader*> pointersTo(const std::vector<FileHeader>& headers);

/// The studies of @p headers, which are ordered by path.
StudyCatalogue catalogueOf(const std::vector<const FileHeader*>& headers, const ScanOptions& options,
                           const Progress& progress);

}  // namespace neurovasc::dicom
