#pragma once

#include "json_reader.h"
#include "json_text.h"
#include "neurovasc/core/anatomy.h"

namespace neurovasc::result {

Json nerveJson(const Nerve& nerve);
/// The facial nerve of @p side.
Nerve nerveFrom(const Reader& json, Side side);

Json vesselJson(const Vessel& vessel);
Vessel vesselFrom(const Reader& json);

/// A pad without its surface, which stands in meshes/.
Json padJson(const Pad& pad);
Pad padFrom(const Reader& json);

Side sideFrom(const Reader& json);
VesselKind vesselKindFrom(const Reader& json);
VesselName vesselNameFrom(const Reader& json);

}  // namespace neurovasc::result
