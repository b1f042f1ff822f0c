#pragma once

#include <array>
#include <vector>

#include "scene.h"

namespace neurovasc::phantom {

/// The facial nerve with the two places that make its zones.
struct FacialNerve {
  Side side = Side::left;
  Tube tube;                     ///< from the root exit point to the fundus
  double detachment_arc_mm = 0;  ///< where its surface parts from the pons
  double porus_arc_mm = 0;       ///< where its axis passes the petrous face
};

/// Draws the facial nerve: a ridge on the pons from the sulcus to the detachment point, then free
/// through cistern and canal (Tomii 2003: attached 8 to 10 mm, cistern about 10 mm, canal 8 to
/// 10 mm; diameter 1.2 +- 0.3 mm, widest at the root).
FacialNerve drawFacialNerve(const HeadLot& lot, Side side, const HeadShape& head);

/// Finds both arcs anew, after the nerve was bent.
void measureArcs(FacialNerve& nerve, const HeadShape& head);

/// The zone at an arc length of @p nerve.
Zone zoneOf(const FacialNerve& nerve, double arc_mm);

/// The other nerves of that side: V, VI, VIII with its branches, IX to XI; the last from roots
/// higher up and more of them where @p thick_lower_nerves.
std::vector<Strand> drawOtherNerves(const HeadLot& lot, const FacialNerve& facial,
                                    const HeadShape& head, bool thick_lower_nerves = false);

/// Cochlea, vestibule and semicircular canals: fluid in bone, lateral of the canal's fundus.
std::vector<Strand> drawLabyrinth(const HeadLot& lot, Side side, const HeadShape& head);

/// The place on the brain's surface lateral of (anterior, cranial), moved out by @p lift_mm.
Point3 onBrainSurface(const HeadShape& head, Side side, double anterior_mm, double cranial_mm,
                      double lift_mm);

}  // namespace neurovasc::phantom
