#pragma once

#include <vector>

#include "neurovasc/anatomy/levels.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// Finds the labyrinths in a T2 image: bright islands of 12 to 500 mm3 in dark petrous bone, left
/// and right a mirror pair (centres 60 to 92 mm apart in adults, the line between them within 35
/// degrees of the scanner's left-right axis). Islands are looked for at several thresholds, since a
/// labyrinth melts into the canal at a low one and falls apart at a high one.
///
/// Returns left before right, two ears, one (when the other lies outside the image or cannot be
/// told), or none. Between a pair there must be brain: eyes are a mirror pair, too. Positions are
/// LPS mm; canal_axis_mm stays empty.
std::vector<Ear> findEars(const ImageF& t2, const T2Levels& levels, int threads,
                          const Progress& progress);

/// The head's axes from the ears: x through both labyrinths, z the scanner's as far as it is
/// perpendicular to x, origin midway. With one ear the axes are the scanner's and the origin lies
/// half the usual distance between labyrinths medial of it; without any it is @p fallback_origin.
HeadFrame headFrame(const std::vector<Ear>& ears, const Point3& fallback_origin);

/// Half the usual distance between the centres of the labyrinths, mm (adults: 36 to 42).
inline constexpr double kLabyrinthToMidlineMm = 39;

}  // namespace neurovasc::anatomy
