#pragma once

#include "json_reader.h"
#include "json_text.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::result {

/// One side: its finding, nerve, zones and contacts.
Json sideJson(const SideAssessment& side);
SideAssessment sideAssessmentFrom(const Reader& json);

Json qualityJson(const Quality& quality);
Quality qualityFrom(const Reader& json);

Zone zoneFrom(const Reader& json);

}  // namespace neurovasc::result
