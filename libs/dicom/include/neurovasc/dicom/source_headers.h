#pragma once

#include <filesystem>

#include "neurovasc/core/study.h"
#include "neurovasc/dicom/catalogue.h"

namespace neurovasc::dicom {

/// Writes the headers of all files of the chosen series of @p study, without pixels, into @p dir
/// as <role>/0001.dcm and on. They hold who the patient is: @p dir is made for its owner alone
/// (mode 0700, files 0600).
///
/// Throws Error(output_unwritable), Error(input_unreadable).
void writeSourceHeaders(const Study& study, const std::filesystem::path& dir);

/// When and of whom the study is whose headers stand in @p dir; unknown where there are none.
StudyOrigin readSourceOrigin(const std::filesystem::path& dir);

}  // namespace neurovasc::dicom
