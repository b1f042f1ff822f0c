#pragma once

#include <optional>

#include "neurovasc/core/progress.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// The z (side coordinates) of the pontomedullary sulcus: the lowest level at which the brainstem's
/// half-width, 9 and 5 mm behind its anterior surface, stays outside the straight line through the
/// medulla's below (the mean of the two, or where they differ the more usual one), weighed with the
/// usual level below the detachment point.
struct SulcusLevel {
  double z_mm = 0;
  double sd_mm = 2;
  bool measured = false;  ///< else the usual 6.5 mm below the detachment point
};

/// @p detachment_z_mm is about where the nerve leaves the pons, which lies above the sulcus.
SulcusLevel findSulcus(const SideView& view, double detachment_z_mm);

/// The T2 image with the brain made to look like CSF, so that what lies on its surface, the
/// attached facial nerve, is a dark strand between bright things: J = I (1 - s) + s with
/// s = logistic((0.35 mm - d) / 0.12 mm), d the distance to the brain opened by a ball of 4 mm.
struct FilledBrain {
  ImageF t2;  ///< J
  /// d: to the opened brain, positive outside; smooth where the surface is not. Not finite where
  /// the view holds no brain as thick as the ball.
  ImageF distance_mm;
};
FilledBrain brainFilledWithCsf(const SideView& view, int threads, const Progress& progress);

}  // namespace neurovasc::anatomy
