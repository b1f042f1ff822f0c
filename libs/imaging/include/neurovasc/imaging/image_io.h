#pragma once

#include <string>

#include "neurovasc/core/study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// Volumes in files: NIfTI (.nii, .nii.gz, .hdr/.img), NRRD (.nrrd, .nhdr) and MetaImage (.mha,
/// .mhd), known by their content. Whatever space a format uses, volumes here are in LPS mm; voxels
/// are never reordered, so a left-handed grid stays left-handed.
///
/// NIfTI: the sform is taken where its code is above 0, else the qform, in the unit that the header
/// states, mm where it states none. NaN and infinity become 0. Errors on reading:
///   input_unreadable       absent, damaged, unknown, empty, 4-D, colour or vector images
///   inconsistent_geometry  sform and qform both set but more than 0.1 mm apart at some corner of
///                          the image; neither set, a NRRD without patient space (LPS, RAS, LAS)
///                          and space directions, a MetaImage without TransformMatrix and
///                          AnatomicalOrientation, so that left and right are unknown; sheared
///                          axes; a NIfTI in metres

/// Intensities as float, with the file's scaling applied.
ImageF readImage(const std::string& path);

/// The grid of a NIfTI volume, from its header alone; errors as on reading, but for what only the
/// voxels tell.
GridGeometry niftiGrid(const std::string& path);

/// Labels; Error(input_unreadable) unless every value is a whole number from 0 to 255.
LabelMap readLabels(const std::string& path);

/// Whether the file's beginning or name says that it is one of the formats above.
bool isImageFile(const std::string& path);

/// Writes in the format of the name's ending, compressed wherever the format can (.nii alone stays
/// plain). NIfTI gets sform = qform, both with code 1. Error(output_unwritable), also when the disk
/// fills up on the way.
void writeImage(const ImageF& image, const std::string& path);
void writeLabels(const LabelMap& labels, const std::string& path);

/// A volume from a file as a series with the role that the user says it has. How it was acquired is
/// unknown, so its resolution is judged from the grid. Voxels that hold no number are counted in
/// Series::problems, but for NIfTI, whose library makes them 0 itself. Neither file name nor path
/// goes into the series' texts, for they may name the patient.
SeriesImage seriesFromImage(const std::string& path, SeriesRole role);

}  // namespace neurovasc::imaging
