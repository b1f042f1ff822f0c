#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/core/volume.h"
#include "support/geometry.h"

/// Tiny DICOM files made in the tests.
namespace neurovasc::testing {

/// A classic MR image of one slice of a grid. The names are invented.
struct TestSlice {
  std::string patient_id = "PX4711";
  std::string patient_name = "Mustermann^Erika";
  std::string birth_date = "19610412";
  std::string study_uid = "1.2.826.0.1.1";
  std::string study_date = "20250203";
  std::string series_uid = "1.2.826.0.1.1.3";
  int series_number = 3;
  std::string description = "t2_ci3d_tra";
  std::string image_type = "ORIGINAL\\PRIMARY\\M\\ND";
  double repetition_time_ms = 5.6;
  double echo_time_ms = 2.8;
  double flip_angle_deg = 50;
  int acquisition = 1;
  GridGeometry grid = obliqueGrid({9, 7, 6});
  int k = 0;
  std::function<int(int, int, int)> pixel = [](int i, int j, int slice) {
    return 100 + i + 10 * j + 100 * slice;
  };
  std::function<void(DcmDataset&)> edit = [](DcmDataset&) {};  ///< last change before writing
};

/// Writes @p slice and returns the path.
std::filesystem::path writeSlice(const std::filesystem::path& path, const TestSlice& slice,
                                 E_TransferSyntax syntax = EXS_LittleEndianExplicit);

/// Writes all slices of slice.grid into @p folder, the file names in no order of position, but for
/// those that @p leave_out names.
void writeStack(
    const std::filesystem::path& folder, const TestSlice& slice,
    const std::function<bool(int k)>& leave_out = [](int) { return false; },
    E_TransferSyntax syntax = EXS_LittleEndianExplicit);

/// As writeStack(), each slice shifted down its columns against the one before by @p step_mm.
void writeSheared(const std::filesystem::path& folder, const TestSlice& slice, double step_mm);

/// An enhanced multi-frame image of all slices of slice.grid, frames in descending position, each
/// with a rescale slope of 0.5 and the intercept k.
std::filesystem::path writeEnhanced(const std::filesystem::path& path, const TestSlice& slice);

/// A voxel pattern that is bright on the patient's left (LPS x above the grid's centre), with the
/// upright of an L further up (cranial).
int letterL(const GridGeometry& grid, int i, int j, int k);

/// The code of the Error that @p action throws; empty when it throws none.
template <typename Action>
std::optional<ErrorCode> errorOf(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace neurovasc::testing
