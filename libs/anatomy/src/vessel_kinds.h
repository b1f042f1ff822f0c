#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "vessel_images.h"
#include "vessel_pieces.h"

namespace neurovasc::anatomy {

/// Whether @p line is as wide as a vertebral or basilar artery alone is, and void on T2, or else
/// darker than grey where CE-T1 shows blood in it.
bool isWideVoid(const FittedLine& line, const VesselImages& images);

/// Where TOF does not reach, arteries are told by T2 and by their course:
///
///     wide and void   vertebral and basilar arteries; no vein of the cistern is as wide; blood
///                     that flows too slowly to leave a void is told by CE-T1
///     void            blood that flows too fast to leave signal; only below V, since the petrosal
///                     vein beside V is as dark
///     free course     from near the midline to the cerebellopontine angle through open CSF, over
///                     course_mm: veins cross there on the pons
///
/// Where TOF reaches it decides, but for wide voids without its signal (slow blood of an ectatic
/// artery loses it), for bright bodies that are no tube (clotted blood is as bright as flowing
/// blood, and is unknown), and for what comes on a free course from the wall of a vertebral or
/// basilar artery: slow blood of its branches leaves no signal either.
///
/// Each with its confidence. What is none of these stays unknown, or a vein where CE-T1 shows blood
/// on the brain's surface; in open CSF that blood may be either's. What is too thick for a vessel
/// without being void is taken out: flocculus, plexus, folia. So is what is no longer than it is
/// wide.
void judgeKindsBeyondTof(const VesselImages& images, const Anatomy& anatomy, double course_mm,
                         std::vector<Piece>& pieces);

}  // namespace neurovasc::anatomy
