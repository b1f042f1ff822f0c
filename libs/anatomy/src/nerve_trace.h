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

/// What is known of a facial nerve beforehand; any of it may be empty.
struct KnownNerve {
  NerveLandmarks landmarks;     ///< these stand; the tube is drawn through them
  std::vector<Point3> axis_mm;  ///< ExpectedNerve::axis_mm
};

/// Traces VII from the porus both ways, over its detachment point along the attached segment to the
/// pontomedullary sulcus, and VIII to the brainstem.
TracedNerves traceNerves(const SideView& view, const Canal& canal, const KnownNerve& known,
                         int threads, const Progress& progress);

}  // namespace neurovasc::anatomy
