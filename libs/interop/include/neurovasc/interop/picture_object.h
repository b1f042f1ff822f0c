#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/interop/source_study.h"
#include "neurovasc/interop/structures.h"
#include "neurovasc/scene/picture.h"

namespace neurovasc::interop {

/// Writes pictures of one size as the frames of a Multi-frame True Color Secondary Capture (PS3.3
/// A.8.5), with @p titles as frame labels, of long ones the end (VR SH). @p instance numbers the
/// objects of one export, from 1. Throws Error(usage) for no pictures or pictures of several sizes,
/// Error(output_unwritable).
void writeSecondaryCapture(const std::vector<scene::Picture>& pictures,
                           const std::vector<std::string>& titles, int instance,
                           const ExportContext& context, const std::filesystem::path& path);

/// Writes a page that says why there is no result, likewise, as a series of its own. The context's
/// source needs no series. Throws Error(output_unwritable).
void writeNoticeCapture(const scene::Picture& page, const ExportContext& context,
                        const std::filesystem::path& path);

/// Writes @p t2 as a series of single-frame MR images (PS3.3 A.4) for systems that show nothing
/// else: grey values of T2, with the outlines of @p structures on @p t2's grid and the word
/// RESEARCH in the pixels. Structures that isOutlined() are drawn. Slice k becomes @p stem-<k +
/// 1>.dcm. Throws Error(output_unwritable).
void writeBurnedInSeries(const ImageF& t2, const std::vector<StructureSlices>& structures,
                         const ExportContext& context, const std::filesystem::path& stem);

/// Whether a structure is drawn as an outline: nerves, vessels, ears, pads. Brain, bone, fluid and
/// unexplained tissue would cover what is to be seen.
bool isOutlined(const imaging::Segment& segment);

/// Writes the outlines of @p structures on @p grid as an RT Structure Set (PS3.3 A.19): closed
/// planar contours along the borders of voxels of the binary masks; a hole is a contour of its own.
/// Throws Error(usage) where nothing is outlined, Error(output_unwritable).
void writeStructureSet(const std::vector<StructureSlices>& structures, const GridGeometry& grid,
                       const ExportContext& context, const std::filesystem::path& path);

}  // namespace neurovasc::interop
