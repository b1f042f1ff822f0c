#pragma once

#include "json_reader.h"
#include "json_text.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/study.h"

namespace neurovasc::result {

/// A series without its files: nothing here leads to the patient.
Json seriesJson(const Series& series);
Series seriesFrom(const Reader& json);

Json registrationJson(const Registration& registration);
Registration registrationFrom(const Reader& json);

SeriesRole roleFrom(const Reader& json);
Resolution resolutionFrom(const Reader& json);

}  // namespace neurovasc::result
