#pragma once

#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/mesh.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::scene {

/// What of a closed @p surface lies within @p field, closed by flat faces where it was cut: its
/// largest part, for others may have hung together with it beyond the field alone.
TriangleMesh cutTo(const GridGeometry& field, const TriangleMesh& surface);

/// The stretches of @p vessels that lie within @p field or so near to one of @p nerves that they
/// take part in its gaps.
std::vector<Vessel> cutTo(const GridGeometry& field, const std::vector<Vessel>& vessels,
                          const std::vector<Tube>& nerves);

}  // namespace neurovasc::scene
