#pragma once

#include "canal.h"
#include "nerve_seed.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/progress.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// The two nerves of one side.
struct TracedNerves {
  Nerve facial;
  Nerve vestibulocochlear;
};

/// Traces VII from the porus both ways, over its detachment point along the attached segment to the
/// pontomedullary sulcus, and VIII to the brainstem. Landmarks in @p manual stand; the tube is
/// drawn through them.
TracedNerves traceNerves(const SideView& view, const Canal& canal, const NerveLandmarks& manual,
                         int threads, const Progress& progress);

}  // namespace neurovasc::anatomy
