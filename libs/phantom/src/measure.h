#pragma once

#include "neurovasc/phantom/truth.h"
#include "scenario.h"

namespace neurovasc::phantom {

/// The truth of one side in LPS of the T2 series: the vessels of @p scene within 3 mm of @p nerve.
SideTruth measureSide(const FacialNerve& nerve, const Scene& scene,
                      const RigidTransform& lps_from_head);

/// The pads of @p scene.
std::vector<PadTruth> measurePads(const Scene& scene, const RigidTransform& lps_from_head);

}  // namespace neurovasc::phantom
