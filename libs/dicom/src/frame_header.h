#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/dicom/resolution.h"
#include "neurovasc/dicom/series_role.h"

namespace neurovasc::dicom {

/// One image plane as its header describes it.
struct FrameHeader {
  int frame = 0;       ///< within the file; for a mosaic the tile
  Point3 position_mm;  ///< centre of the first pixel
  Vec3 along_i;        ///< unit, direction of a row of pixels
  Vec3 along_j;        ///< unit, direction down a column
  double spacing_i_mm = 0;
  double spacing_j_mm = 0;
  std::optional<double> thickness_mm;
  std::optional<double> spacing_k_mm;  ///< as stated, not as measured
  std::optional<double> echo_time_ms;
  std::string image_type;  ///< joined by backslashes
  std::string component;   ///< of a complex image
  std::string stack;       ///< StackID
  int temporal = 0;        ///< TemporalPosition
  double slope = 1;
  double intercept = 0;
};

/// How the pixels are stored.
struct PixelFormat {
  int columns = 0;  ///< of the stored image; a mosaic's frames are smaller
  int rows = 0;
  int frames = 1;        ///< stored
  int tile_columns = 0;  ///< 0: no mosaic
  int tile_rows = 0;
  int bits_allocated = 16;
  int bits_stored = 16;
  int high_bit = 15;
  bool is_signed = false;

  int frameColumns() const { return tile_columns > 0 ? tile_columns : columns; }
  int frameRows() const { return tile_rows > 0 ? tile_rows : rows; }
};

/// Who and when. Nothing of it leaves the library.
struct Identity {
  std::string patient_key;  ///< number, else name; empty when the file has neither
  std::string birth_date;
  std::string study_uid;
  std::string study_date;  ///< YYYYMMDD, or empty
  std::string series_uid;
  std::string instance_uid;
  std::vector<std::string> identifiers;  ///< UTF-8, for withoutIdentity()
};

/// One file's header.
struct FileHeader {
  std::string path;
  std::string problem;  ///< why it cannot be used; the rest is then void
  Identity identity;
  std::string charset;
  std::optional<int> series_number;
  int instance_number = 0;
  int acquisition_number = 0;
  std::optional<double> field_strength_t;
  PixelFormat format;
  SeriesFacts facts;       ///< voxel and slices are left open
  SamplingFacts sampling;  ///< likewise spacing
  std::vector<FrameHeader> frames;
};

/// Reads the header of @p path. Never throws for what a file holds: see FileHeader::problem.
FileHeader readHeader(const std::string& path);

/// Whether a FileHeader::problem says that the file is sound, but no MR image.
bool isOtherKind(std::string_view problem);

}  // namespace neurovasc::dicom
