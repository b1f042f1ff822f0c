#pragma once

#include "json_reader.h"
#include "json_text.h"
#include "neurovasc/core/clinical.h"

namespace neurovasc::result {

/// A course without its dates, every key present.
Json courseJson(const ClinicalCourse& course);

/// A course from the clinical block of a result: days in place of dates.
ClinicalCourse courseFromResult(const Reader& json);

/// A course as the clinic writes it: everything optional, unknown keys are errors.
ClinicalCourse courseFromFile(const Reader& json);

}  // namespace neurovasc::result
