#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/clinical.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/terms.h"

namespace neurovasc {

enum class ContactState {
  touching,          ///< the gap is below what the data could show, and probably nil
  below_resolution,  ///< cannot be told
  separate,
};

enum class CamposBenitezGrade { none, mild, moderate, severe };
enum class SindouGrade { none, i, ii, iii };

/// How contact bends or dents the nerve; measured apart from contact itself. Empty: not measured.
struct Deformity {
  std::optional<double> indentation_mm;
  std::optional<double> indentation_sd_mm;
  std::optional<double> displacement_mm;  ///< of the axis off its undisturbed course
  std::optional<double> displacement_sd_mm;
  std::optional<double> calibre_ratio;  ///< calibre here over the calibre 3 mm to either side
};

/// One place where a vessel comes near the facial nerve, touching or not. Whatever was not
/// measured is empty, never 0 or made up.
struct Contact {
  std::string id;  ///< "L1", "L2", "R1"... by arc length
  std::string vessel_id;
  VesselKind kind = VesselKind::unknown;
  VesselName vessel_name = VesselName::unknown;
  std::optional<double> name_confidence;
  std::optional<double> diameter_mm;  ///< of the vessel at this place

  std::optional<double> distance_mm;  ///< gap between the surfaces, 0 when they overlap
  std::optional<double> distance_sd_mm;
  /// Length of the vessel's way to this place that is not seen: its line ends before, and was taken
  /// to go on straight. 0 where the line ends here and how it goes on is not known, so that
  /// distance_mm is the most that the gap may be. Empty where it is seen.
  std::optional<double> unseen_vessel_mm;
  std::optional<double> contact_probability;  ///< within [0.01, 0.99]
  std::optional<ContactState> state;

  std::optional<Zone> zone;
  std::optional<double> arclength_mm;    ///< from the root exit point
  std::optional<Point3> nerve_point_mm;  ///< the nearest pair of surface points
  std::optional<Point3> vessel_point_mm;
  std::optional<double> area_mm2;   ///< of nerve surface within 0.25 mm of the vessel
  std::optional<double> length_mm;  ///< of nerve along which that holds
  std::optional<double> clock_h;    ///< direction of the vessel from the nerve's axis, seen
                                    ///< from the brainstem outward: 12 cranial, 3 to the
                                    ///< viewer's right
  std::optional<double> angle_deg;  ///< between the axes, 90 when they cross squarely
  Deformity deformity;
  std::optional<CamposBenitezGrade> campos_benitez;
  std::optional<SindouGrade> sindou;
};

/// Whether vessel and nerve touch, by what is known: the state where it says so, which may be a
/// reader's word, else a probability of a half or more.
bool touches(const Contact& contact);

enum class ZoneStatus { contact, clear, not_assessable };

struct ZoneFinding {
  Zone zone = Zone::root_exit_point;
  std::optional<double> from_mm;
  std::optional<double> to_mm;
  ZoneStatus status = ZoneStatus::not_assessable;
  std::string reason;                        ///< of not_assessable, else empty
  std::optional<double> smallest_vessel_mm;  ///< diameter that would still have been seen
  std::vector<VesselKind> kinds_seen;        ///< kinds that would have been seen
};

enum class Finding { compression, contact, no_contact, not_assessable };

struct SideAssessment {
  Side side = Side::left;
  Finding finding = Finding::not_assessable;
  Nerve nerve;
  std::vector<ZoneFinding> zones;  ///< all six, in order
  std::vector<Contact> contacts;   ///< by arc length
};

/// Overall quality of the T2 series the measures stand on.
struct Quality {
  std::optional<double> csf_snr;
  std::optional<Vec3> acquired_voxel_mm;
  std::optional<Vec3> reconstructed_voxel_mm;
  std::optional<Resolution> resolution;  ///< empty: no images, shapes drawn beforehand
};

/// The series that the measures stand on, by id; empty where none took part.
struct SeriesUsed {
  std::string t2;
  std::string tof;
  std::string ce_t1;
};

/// The result of one study.
struct Assessment {
  std::vector<SideAssessment> sides;  ///< those asked for, left before right
  std::vector<Vessel> vessels;
  std::optional<std::vector<Pad>> pads;  ///< empty: not looked for
  std::vector<Series> series;
  SeriesUsed series_used;
  std::vector<Registration> registrations;
  Quality quality;
  ClinicalCourse clinical;
  std::string label;
  std::vector<std::string> warnings;
};

std::string_view name(ContactState state);
std::string_view name(CamposBenitezGrade grade);
std::string_view name(SindouGrade grade);  ///< "none", "I", "II", "III"
std::string_view name(ZoneStatus status);
std::string_view name(Finding finding);
std::string_view name(Resolution resolution);

}  // namespace neurovasc
