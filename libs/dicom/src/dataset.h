#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcitem.h>

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"

namespace neurovasc::dicom {

/// Values of a data set or item at its own level, never deeper. Absent, empty and malformed values
/// are alike: empty.

/// All values of an element, separated by backslashes, trimmed.
std::string text(DcmItem& item, const DcmTagKey& tag);
std::vector<std::string> texts(DcmItem& item, const DcmTagKey& tag);
std::optional<double> number(DcmItem& item, const DcmTagKey& tag, unsigned long index = 0);
std::optional<int> integer(DcmItem& item, const DcmTagKey& tag, unsigned long index = 0);
/// Of YES and NO, or Y and N.
std::optional<bool> flag(DcmItem& item, const DcmTagKey& tag);
/// Three numbers from @p index on.
std::optional<Vec3> vector(DcmItem& item, const DcmTagKey& tag, unsigned long index = 0);
/// The first item of a sequence, null when there is none.
DcmItem* firstItem(DcmItem* item, const DcmTagKey& tag);

}  // namespace neurovasc::dicom
