#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmsr/dsrdoc.h>

#include <vector>

#include "neurovasc/interop/source_study.h"
#include "report_tree.h"

namespace neurovasc::interop {

/// What structured reports of this program have in common beside their measures.

/// Declares texts as UTF-8, and the private scheme of codes.
void declareTexts(DSRDocument& document);

/// TID 1600: a group for each series of @p studies with all of its images.
void addImageLibrary(ReportTree& tree, const std::vector<const SourceStudy*>& studies);

/// Adds every image of @p study to @p evidence.
void addEvidence(DSRSOPInstanceReferenceList& evidence, const SourceStudy& study);

}  // namespace neurovasc::interop
