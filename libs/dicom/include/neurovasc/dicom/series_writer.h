#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "neurovasc/core/volume.h"

namespace neurovasc::dicom {

/// What the headers of a written MR series say, in the words of DICOM PS3.3 C.8.3.1 (MR Image
/// module). Empty strings and empty optionals become empty (type 2) or absent (type 3) elements.
struct MrSeriesHeader {
  std::string patient_name = "PHANTOM";
  std::string patient_id = "PHANTOM";
  std::string patient_birth_date;
  std::string patient_sex;

  std::string study_instance_uid;  ///< see uidFrom(); the three UIDs must be given
  std::string series_instance_uid;
  std::string frame_of_reference_uid;
  std::string study_date;  ///< DICOM DA: "20250203"
  std::string study_time = "120000";
  std::string study_description;
  int series_number = 1;
  std::string series_description;
  std::string protocol_name;

  std::string manufacturer;
  std::string model_name;
  double field_strength_t = 3.0;
  std::string image_type = "ORIGINAL\\PRIMARY\\M\\ND";
  std::string scanning_sequence = "GR";
  std::string sequence_variant = "SS";
  std::string scan_options;
  std::string acquisition_type = "3D";
  std::string sequence_name;
  double repetition_time_ms = 0;
  double echo_time_ms = 0;
  double flip_angle_deg = 0;
  int echo_train_length = 1;
  std::optional<double> slice_thickness_mm;  ///< acquired; by default the grid's slice spacing
  /// Acquired samples along the image's columns and rows (the frequency direction is along i).
  std::optional<std::array<int, 2>> acquisition_matrix;
  std::string contrast_agent;

  double window_center = 500;
  double window_width = 1000;
  /// Orders the files in the folder, as archives do: never by position.
  std::uint64_t file_order_seed = 0;
};

/// A UID under the root 2.25 (a UUID in decimals, ITU-T X.667), the same one for the same @p text.
std::string uidFrom(std::string_view text);

/// Writes @p volume as one classic MR Image Storage file for each slice k, explicit little endian,
/// 16 bits unsigned, to @p directory/IM00000 and so on. The folder must not exist yet; it appears
/// with all its files or not at all.
///
/// Throws Error(usage) for an absent UID, Error(inconsistent_geometry) for a grid that no scanner
/// has, Error(output_unwritable) if the folder exists or cannot be written.
void writeMrSeries(const Volume<std::uint16_t>& volume, const MrSeriesHeader& header,
                   const std::filesystem::path& directory);

}  // namespace neurovasc::dicom
