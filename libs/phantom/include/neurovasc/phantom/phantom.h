#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"
#include "neurovasc/core/volume.h"
#include "neurovasc/dicom/series_writer.h"
#include "neurovasc/phantom/options.h"
#include "neurovasc/phantom/truth.h"

namespace neurovasc::phantom {

/// A simulated series: its voxels in image units (CSF near 700 in T2, white matter near 300
/// elsewhere) and what its headers say.
struct PhantomSeries {
  SeriesRole role = SeriesRole::cisternography;
  std::string folder;  ///< "s3"
  ImageF image;
  dicom::MrSeriesHeader header;
  double noise_sd = 0;  ///< of the real and imaginary part, image units
};

/// A simulated study: T2 first, then TOF and CE-T1 where asked for.
struct Phantom {
  std::vector<PhantomSeries> series;
  Truth truth;
};

/// Draws a head of analytic shapes and images it.
///
/// Anatomy after the numbers of Tomii 2003 and textbook anatomy; signal of each tissue by the
/// equations of balanced SSFP (Freeman, Hill), spoiled gradient echo with inflow and turbo spin
/// echo; a Gaussian point spread of 1.2 acquired voxels' width; receive-field shading; Rician
/// noise, put in before zero-filling. The same options give the same voxels on any number of
/// threads. Throws as validate() does, Error(internal) if a vessel cannot be placed.
Phantom makePhantom(const PhantomOptions& options, const Progress& progress = {});

/// Writes @p phantom as directory/dicom/<series>/IM00000... and directory/truth/truth.json. A
/// folder that exists is refused, or replaced with @p overwrite once the new one is whole. Throws
/// Error(output_unwritable).
void writePhantom(const Phantom& phantom, const std::filesystem::path& directory,
                  bool overwrite = false);

}  // namespace neurovasc::phantom
