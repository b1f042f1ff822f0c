#pragma once

#include <vector>

#include "neurovasc/core/volume.h"
#include "vessel_images.h"
#include "vessel_pieces.h"

namespace neurovasc::anatomy {

/// A thin artery that a vertebral or basilar artery presses against nerve or brain is one dark body
/// with it on T2 and one bright body on TOF: its fit takes in part of the wide one, and its calibre
/// seems to jump. Such a stretch is an arterial piece that
///
///     goes in  through the wall of a wide artery and out again on another side of it,
///     is short, and
///     goes on  at an end in a piece that is thinner by a third or more.
///
/// It is given the calibre of the piece it goes on in, and laid on the wide artery's wall, around
/// the side on which it enters and leaves: two vessels do not share their place. T2 does not count
/// as showing it.
void layInClefts(std::vector<Piece>& pieces);

/// Images from which nothing was taken out.
struct BloodImages {
  const ImageF& t2;
  double t2_csf = 1;  ///< plateau of CSF in t2
  const ImageF& tof;  ///< 1 brain; empty without TOF
  const Coverage& tof_coverage;
};

/// Where such an artery was lost altogether beside a wide one: adds a piece between two thin pieces
/// of one calibre, one of them an artery's, whose ends lie on the wide one's wall within 8 mm and
/// point towards each other, if the images show blood along the wall between them. Where the two
/// ends are opposite it goes round the side that shows blood, if only one does. T2 does not count
/// as showing it.
void bridgeClefts(const BloodImages& images, std::vector<Piece>& pieces);

}  // namespace neurovasc::anatomy
