#pragma once

#include <optional>

#include "neurovasc/core/assessment.h"
#include "neurovasc/interop/codes.h"

namespace neurovasc::interop {

/// The field's words as codes.
Concept conceptOf(Side side);
Concept conceptOf(Zone zone);
Concept conceptOf(VesselKind kind);
std::optional<Concept> conceptOf(VesselName name);  ///< none where unknown
Concept conceptOf(NerveStatus status);
Concept conceptOf(ContactState state);
Concept conceptOf(ZoneStatus status);
Concept conceptOf(Finding finding);
Concept conceptOf(CamposBenitezGrade grade);
Concept conceptOf(SindouGrade grade);

}  // namespace neurovasc::interop
