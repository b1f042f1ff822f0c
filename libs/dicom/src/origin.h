#pragma once

#include <optional>
#include <string>

#include "neurovasc/dicom/catalogue.h"

namespace neurovasc::dicom {

/// Days since 1970-01-01 of YYYYMMDD.
std::optional<int> dayOf(const std::string& date);

/// @p patient_key is Identity::patient_key, with or without a further line.
StudyOrigin originFrom(const std::string& patient_key, const std::string& study_date);

}  // namespace neurovasc::dicom
