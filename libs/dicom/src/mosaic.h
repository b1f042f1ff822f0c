#pragma once

#include "frame_header.h"

namespace neurovasc::dicom {

class Attributes;

/// Siemens stores a whole stack as one image of tiles ("mosaic"). Replaces the single frame of such
/// a file by one frame per tile, placed as the scanner measured them; other files are left alone.
///
/// The stated position is that of a full image of the mosaic's size around the stack's centre:
/// tile 0 lies (mosaic - tile) / 2 pixels further along both axes. The direction through the tiles
/// is SliceNormalVector of the private CSA header. Without a stated distance of the slices
/// FileHeader::problem is set.
/// Source: dcm2niix, Siemens notes; checked against shared/real/transfer-syntaxes.
void unfoldMosaic(const Attributes& dataset, FileHeader& header);

}  // namespace neurovasc::dicom
