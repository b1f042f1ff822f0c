#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/study.h"

namespace neurovasc::dicom {

/// What headers say of how a series was made; empty where they say nothing. Code strings and names
/// are as in the headers, in any case. These are raw texts: they may name the patient and are not
/// to be passed on.
struct SeriesFacts {
  std::string manufacturer;
  std::string description;
  std::string protocol;
  std::string sequence_name;                   ///< (0018,0024) or (0018,9005)
  std::vector<std::string> scanning_sequence;  ///< SE, GR, IR, EP
  std::vector<std::string> sequence_variant;   ///< SK, SS, SP, MP, OSP...
  std::vector<std::string> scan_options;
  std::vector<std::string> image_type;     ///< ORIGINAL, PRIMARY, M...
  std::string echo_pulse_sequence;         ///< SPIN, GRADIENT, BOTH (enhanced)
  std::string steady_state;                ///< FREE_PRECESSION... (enhanced)
  std::string spoiling;                    ///< RF, GRADIENT, NONE (enhanced)
  std::string acquisition_contrast;        ///< T1, T2, TOF... (enhanced)
  std::string complex_component;           ///< MAGNITUDE, PHASE, REAL...
  std::string volume_technique;            ///< NONE, MAX_IP, MPR... (enhanced)
  std::optional<bool> time_of_flight;      ///< (0018,9015)
  std::optional<bool> phase_contrast;      ///< (0018,9014)
  std::optional<bool> inversion_recovery;  ///< (0018,9009)
  std::optional<bool> angio;               ///< (0018,0025)
  bool contrast_agent = false;             ///< an agent is named, and it is not "none"
  bool lossy = false;
  std::optional<bool> is_3d;
  std::optional<double> repetition_time_ms;
  std::optional<double> echo_time_ms;
  std::optional<double> inversion_time_ms;
  std::optional<double> flip_angle_deg;
  Vec3 voxel_mm;  ///< acquired where known, else reconstructed
  int slices = 0;
};

struct RoleDecision {
  SeriesRole role = SeriesRole::other;
  std::vector<std::string> reasons;  ///< in words, without any text from the headers
};

/// The role of a series. Physics decides where it can:
///
///     bSSFP    gradient echo, flip >= 30 deg, TE / TR 0.3 to 0.65, TR <= 25 ms   T2-like
///     T2       spin echo, TE >= 75 ms, TR >= 900 ms, no fluid suppression       T2-like
///     TOF      gradient echo, TE <= 9 ms, TR 14 to 60 ms, flip 10 to 40 deg, an angiogram's voxel
///     T1       other spoiled gradient echoes with TE <= 9 ms, MPRAGE, spin echo with TE <= 40 ms
///
/// (typical values: Haacke, Magnetic Resonance Imaging, 2nd ed., ch. 18 and 24; vendors'
/// protocols). Names decide between what physics leaves open, and where the numbers are absent. A
/// T2-like series is cisternography when its coarsest voxel is no more than kVisualVoxelMm
/// (core/study.h), else t2_thick. T1 with contrast agent, by header or name, is ce_t1.
RoleDecision classifyRole(const SeriesFacts& facts);

/// The role as classifyRole() gives it, where some of the facts are not known, as from a PACS that
/// tells few: nothing where what is known leaves it open. A voxel side of 0 is not known.
std::optional<SeriesRole> knownRole(const SeriesFacts& facts);

/// Whether @p text, of ContrastBolusAgent, names an agent: not "none" or the like.
bool namesAnAgent(const std::string& text);

/// Whether the series was computed from other images: maps, projections, reformats, subtractions.
/// One that is called derived only because it was filtered, normalised, corrected for distortion or
/// compressed with loss is not.
bool isDerived(const SeriesFacts& facts);

/// Fills Study::cisternography, tof and ce_t1 with the best series of each role, and says why in
/// its role_reasons. Preference: role given by hand; complete regular geometry; at least
/// kLeastSlabMm covered; smaller coarsest acquired voxel; more coverage; fewer missing slices; the
/// later series. Derived images, single slices and phase images are never chosen. Without
/// cisternography the best thick T2 series stands in, with a warning.
void chooseSeries(Study& study);

/// A slab thinner than this cannot hold both root entry zones and canals.
inline constexpr double kLeastSlabMm = 15.0;

}  // namespace neurovasc::dicom
