#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctagkey.h>

#include <functional>
#include <string>
#include <vector>

#include "neurovasc/pacs/records.h"

namespace neurovasc::pacs {

/// All values of an answer's attribute as text; none where it is absent.
using ValuesOf = std::function<std::vector<std::string>(const DcmTagKey& tag)>;

/// What a series is asked for to describe it: attributes of the series itself, and of its images,
/// of which a peer may tell those of one of them, or tell nothing, or refuse to be asked.
std::vector<DcmTagKey> seriesTags();
std::vector<DcmTagKey> imageTags();

DescribedSeries describedFrom(const ValuesOf& values_of);

}  // namespace neurovasc::pacs
