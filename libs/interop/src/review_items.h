#pragma once

#include "neurovasc/interop/report_object.h"
#include "report_items.h"

namespace neurovasc::interop {

/// Adds what a reader made of a study, as TID 1501 groups with the reader as their observer: one of
/// each side, one of each contact that the reader judged, added, or measured anew. A contact's
/// group has the tracking UID of the program's group on the same contact, so that both values stand
/// under one identity.
void addReview(const ReportItems& items, const ReportReview& review);

/// @p reader as a DICOM person name: without what has a meaning there, and not longer than it may
/// be (PS3.5 6.2).
std::string personName(const std::string& reader);

}  // namespace neurovasc::interop
