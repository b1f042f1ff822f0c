#pragma once

#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"

namespace neurovasc::dicom {

/// The voxels of @p series as its headers mean them (rescale slope and intercept of each frame
/// applied), on series.geometry, LPS. All encodings of DCMTK (raw, deflated excepted; RLE, JPEG,
/// JPEG-LS) and JPEG 2000 by GDCM.
///
/// A missing slice is filled by linear interpolation between its neighbours and stays in
/// missing_slices. A slice that turns out damaged is treated alike, with a warning for each file
/// and an unreadable_files problem in the returned series. Memory holds the volume and a few
/// frames. The result is the same to the last bit for any @p threads (0: one per processor).
///
/// Throws Error(inconsistent_geometry) when the slices do not lie on a regular grid (irregular
/// spacing, shear), Error(input_unreadable) when no slice can be decoded, Error(cancelled).
SeriesImage loadSeries(const Series& series, int threads = 0, const Progress& progress = {});

/// Loads the series chosen in @p study. Throws Error(no_usable_series) when there is no T2 series.
/// A TOF or CE-T1 series that cannot be loaded is left out with a warning.
StudyImages loadStudy(const Study& study, int threads = 0, const Progress& progress = {});

}  // namespace neurovasc::dicom
