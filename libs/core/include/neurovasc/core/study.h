#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/volume.h"

namespace neurovasc {

/// What a series is good for here.
enum class SeriesRole {
  cisternography,  ///< heavily T2-weighted, thin: CISS, FIESTA-C, bFFE, DRIVE, SPACE
  tof,             ///< time of flight: arteries bright
  ce_t1,           ///< contrast-enhanced T1: arteries and veins bright
  t1,              ///< T1 without contrast
  t2_thick,        ///< T2, slices too thick to measure on
  other,
};

std::string_view name(SeriesRole role);  ///< "cisternography", "tof", "ce_t1", ...
std::optional<SeriesRole> parseSeriesRole(std::string_view text);

/// Limits of the coarsest acquired voxel side. Protocols ask for 0.7 mm to measure and 1.0 mm to
/// see; the tolerances, a tenth of a millimetre and a twentieth, let rounded protocol values
/// through. Whatever says a limit prints these.
inline constexpr double kQuantitativeVoxelMm = 0.8;
inline constexpr double kVisualVoxelMm = 1.05;

/// How far a series' acquired voxel allows measuring.
enum class Resolution {
  quantitative,  ///< at most kQuantitativeVoxelMm in every direction
  visual_only,   ///< at most kVisualVoxelMm: shown and measured, flagged
  too_thick,     ///< above: shown, nothing is measured
};

/// What the coarsest side of @p voxel_mm allows, to a micrometre.
Resolution resolutionOf(const Vec3& voxel_mm);

enum class SeriesProblemKind {
  missing_slices,
  repeated_slices,
  irregular_spacing,
  mixed_orientation,
  too_thick,
  unreadable_files,
  interpolated,  ///< reconstructed finer than acquired
  single_slice,
  derived_image,  ///< computed from other images (maps, projections)
  lossy_compression,
  shear,  ///< slices shifted against their normal (gantry tilt)
};

std::string_view name(SeriesProblemKind kind);

struct SeriesProblem {
  SeriesProblemKind kind;
  std::string text;  ///< a sentence with the numbers: "slice 24 of 56 is missing (gap 5.0 mm)"
};

/// How a series was acquired, as far as its headers say; empty where they do not.
struct Acquisition {
  std::string manufacturer;
  std::string sequence;  ///< the vendor's sequence name, no free text
  std::optional<double> field_strength_t;
  std::optional<double> repetition_time_ms;
  std::optional<double> echo_time_ms;
  std::optional<double> flip_angle_deg;
  std::optional<bool> is_3d;
  bool contrast_agent = false;
  /// Acquired sampling along the grid's axes i, j, k (field of view over acquisition matrix; slice
  /// thickness). The reconstructed voxel is in geometry.spacing_mm.
  std::optional<Vec3> acquired_voxel_mm;
};

/// One frame of a series in a file.
struct FrameSource {
  std::string path;
  int frame = 0;           ///< 0 for classic images
  double position_mm = 0;  ///< along the slice normal
};

/// One stack of parallel slices with one contrast.
///
/// geometry is the regular grid on which the frames lie; frames holds one entry for each slice k of
/// the grid, with an empty path where the slice is missing. Slices are never moved: where one is
/// missing, its place stays.
struct Series {
  std::string id;             ///< "s1", "s2"... within the study, in a fixed order
  std::optional<int> number;  ///< DICOM series number
  std::string description;    ///< series description with everything that names the patient removed
  SeriesRole role = SeriesRole::other;
  std::vector<std::string> role_reasons;
  bool role_overridden = false;
  bool derived = false;
  Acquisition acquisition;
  GridGeometry geometry;
  std::vector<FrameSource> frames;
  std::vector<int> missing_slices;  ///< indices k, ascending; their voxels are interpolated
  std::vector<SeriesProblem> problems;
  Resolution resolution = Resolution::too_thick;
};

/// The largest acquired (else reconstructed) voxel side of @p series, mm.
double coarsestVoxelMm(const Series& series);

/// Whether @p lps_mm lies in or beside a missing slice of @p series: nearer to its centre than one
/// slice spacing, within which interpolation draws on it, or than @p reach_mm.
bool isBesideMissingSlice(const Series& series, const Point3& lps_mm, double reach_mm);

/// One examination of one patient. Never holds who the patient is: the readers keep that apart.
struct Study {
  std::vector<Series> series;
  std::optional<std::size_t> cisternography;  ///< index of the series used for each role
  std::optional<std::size_t> tof;
  std::optional<std::size_t> ce_t1;
  std::vector<std::string> warnings;
};

/// A series' voxels with what is known of how they were acquired.
struct SeriesImage {
  Series series;
  ImageF image;
};

/// The voxels that go into the analysis. t2 is always there.
struct StudyImages {
  SeriesImage t2;
  std::optional<SeriesImage> tof;
  std::optional<SeriesImage> ce_t1;
};

}  // namespace neurovasc
