#pragma once

#include <optional>
#include <vector>

#include "canal.h"
#include "neurovasc/core/progress.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// A dark strand where it crosses the plane just medial of the porus.
struct StrandSeed {
  Point3 lps_mm;
  double tubularness = 0;  ///< contrast on the strand's axis, of 1 (CSF)
  double bulk = 0;         ///< darkness smoothed over 0.8 mm, of 1: large strands have more
  double tof_over_brain = 0;
  double thickness = 0;  ///< response at VIII's radius over that at VII's
  Vec3 direction;        ///< along the strand, axes as of the offset
  Vec3 offset_mm;  ///< from the porus: medial along the canal's axis, posterior and up beside it
};

/// The facial and the vestibulocochlear nerve at the porus.
struct NerveSeeds {
  std::optional<StrandSeed> facial;
  std::optional<StrandSeed> vestibulocochlear;
  double confidence = 0;  ///< 0 to 1, of telling them from each other and from vessels
};

/// Tells VII and VIII apart where they are farthest from each other and from everything else: at
/// the porus. VIII is the bulkiest strand; VII lies in front of it and above (Rhoton).
/// Under the blur the two may be one strand: VIII is fitted as a tube, too, and taken out, and VII
/// sought in what is left beside it. Of all pairs the one is taken that is clearest and is found in
/// more planes than one.
/// @p thin and @p thick: tubularness at the radii of VII and VIII.
NerveSeeds findSeeds(const SideView& view, const ImageF& thin, const ImageF& thick,
                     const Canal& canal, int threads, const Progress& progress);

}  // namespace neurovasc::anatomy
