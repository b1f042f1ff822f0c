#pragma once

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// Fills Anatomy::labels from all that was found in @p t2, and Anatomy::unexplained with what is
/// left: grey tissue of at least 15 mm3 in the cisterns, clear of brain, bone, nerves and vessels.
/// @p bone_mm is the signed distance to bone, negative inside.
void paintLabels(const ImageF& t2, const ImageF& bone_mm, Anatomy& anatomy, int threads,
                 const Progress& progress);

}  // namespace neurovasc::anatomy
