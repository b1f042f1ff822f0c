#pragma once

#include <filesystem>
#include <string_view>

#include "neurovasc/core/clinical.h"

namespace neurovasc::result {

/// The clinical course from a JSON or YAML file, by its extension (.json, .yaml, .yml), schema
/// "neurovasc.clinical/1" (docs/schemas/neurovasc.clinical-1.json). The lists symptoms, emg,
/// treatments, surgeries and complications, and everything in them, are optional.
///
/// Throws Error(input_unreadable) where the file is absent or neither JSON nor YAML, and
/// Error(usage) for what the schema does not know. Both name the place ("surgeries[0].side"): an
/// unknown key is an error, so that a misspelt one is not silently lost.
ClinicalCourse readClinical(const std::filesystem::path& file);

/// @p course with every date replaced by the days since its day zero: the first surgery when there
/// is a dated one, else the earliest date of the course. Courses without dates come back as they
/// are. Throws Error(usage) for a text that is no ISO 8601 day.
ClinicalCourse withoutDates(ClinicalCourse course);

/// Days from 1970-01-01 to an ISO 8601 day of the Gregorian calendar ("2025-02-03"); throws
/// Error(usage) for anything else, 2025-02-30 included.
int daysSinceEpoch(std::string_view iso_day);

}  // namespace neurovasc::result
