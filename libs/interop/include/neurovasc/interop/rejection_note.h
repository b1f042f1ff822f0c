#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

/// An object that is no longer to be used.
struct RejectedObject {
  std::string sop_class_uid;
  std::string sop_instance_uid;
};

/// Writes a rejection note after IHE Radiology, Imaging Object Change Management (RAD TF-2 4.66): a
/// Key Object Selection (PS3.3 A.35.4, PS3.16 TID 2010) titled "Rejected for Quality Reasons" that
/// lists every object of a series. An archive that knows the profile hides them; another one shows
/// the note beside them.
///
/// Its UIDs come from what it rejects: the same note sent twice is one object. Its series is that
/// of rejectionSeriesUid(). Throws Error(usage) for no objects, Error(output_unwritable).
void writeRejectionNote(const std::string& series_instance_uid,
                        const std::vector<RejectedObject>& objects, const ExportContext& context,
                        const std::filesystem::path& path);

/// The series in which the note on a series stands: where an archive has it, that series is
/// rejected.
std::string rejectionSeriesUid(const std::string& series_instance_uid);

}  // namespace neurovasc::interop
