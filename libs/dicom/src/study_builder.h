#pragma once

#include <map>
#include <string>
#include <vector>

#include "frame_header.h"
#include "neurovasc/core/study.h"

namespace neurovasc::dicom {

/// Makes the series of one examination from its files' headers, with ids, roles and problems, and
/// chooses the best of each role. The result does not depend on the order of @p files.
/// @p overrides as in ScanOptions; @p used receives the keys that fitted.
Study buildStudy(const std::vector<const FileHeader*>& files,
                 const std::map<std::string, SeriesRole>& overrides,
                 std::vector<std::string>& used);

}  // namespace neurovasc::dicom
