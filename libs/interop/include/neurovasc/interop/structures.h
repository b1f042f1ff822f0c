#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/imaging/segmentation_io.h"

namespace neurovasc::interop {

/// How each value of Anatomy::labels is called, coded and coloured in files for other programs.
///
/// Codes are those of codes.h. Colours after Okabe & Ito (2008), told apart by colour-blind
/// readers.
const std::vector<imaging::Segment>& segments();

/// Those of segments() that occur in @p labels.
std::vector<imaging::Segment> segmentsIn(const LabelMap& labels);

/// @p labels (values of Label) with each vessel as a structure of its own: a voxel of an artery, a
/// vein or an unknown vessel goes to the vessel of @p vessels whose surface is nearest, if that is
/// within 1 mm, and otherwise keeps its kind. Segments are those that occur, in the order of
/// segments(), then the vessels by id ("V3_AICA"); values above the last Label are vessels.
///
/// Throws Error(internal) where there are more vessels than values.
imaging::Segmentation structuresOf(const LabelMap& labels, const std::vector<Vessel>& vessels,
                                   const StopToken& stop = {});

/// A vessel as a structure: code after its name, else its kind. Its value is left 0.
imaging::Segment segmentOf(const Vessel& vessel);

/// The id of a vessel's segment, which is also the stem of its files: "V3_AICA".
std::string segmentId(const Vessel& vessel);

/// One slice of one structure.
struct StructureSlice {
  int slice = 0;  ///< k of the grid
  std::vector<std::uint8_t>
      occupancy;                     ///< size[0] * size[1] values, i fastest; 255: all of a voxel
  std::vector<std::uint8_t> binary;  ///< 1 where the structure has the voxel's largest share
};

/// The slices on which a structure has any part.
struct StructureSlices {
  imaging::Segment segment;
  std::vector<StructureSlice> slices;  ///< ascending
};

/// Brings @p structures from their fine grid to the voxels of @p grid, by this rule: a voxel is
/// sampled at even steps of at most half the fine grid's spacing (8 samples an axis at most), each
/// sample takes the label of the fine voxel it lies in (none outside), and the share of the samples
/// is the structure's occupancy. In binary a voxel belongs to the structure with the largest share,
/// "none" being one of them; of equal shares the structure that comes first wins, and "none" last.
///
/// Structures that reach no voxel of @p grid are left out. The result does not depend on
/// @p threads (0: one per processor).
std::vector<StructureSlices> onGrid(const imaging::Segmentation& structures,
                                    const GridGeometry& grid, int threads,
                                    const StopToken& stop = {});

}  // namespace neurovasc::interop
