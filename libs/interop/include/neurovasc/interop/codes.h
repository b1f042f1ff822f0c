#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/imaging/segmentation_io.h"

namespace neurovasc::interop {

/// Every coded concept that stands in a file for other programs (DICOM objects, .seg.nrrd). There
/// is one table, in codes.cpp; no code is written anywhere else. It is printed in
/// docs/dicom-conformance.md.
///
/// Schemes: SCT (SNOMED CT), DCM, UCUM, LN (LOINC), FMA, UMLS, RFC5646, and 99HFSNVC for what none
/// of them has: those meanings are private to this program and are published there.
enum class Concept {
  // What a structure is: categories (PS3.16 CID 7150), sides (CID 244), types.
  anatomical_structure,
  tissue,
  body_substance,
  physical_object,
  laterality,
  left,
  right,
  facial_nerve,
  vestibulocochlear_nerve,
  cranial_nerve,
  artery,
  vein,
  blood_vessel,
  vertebral_artery,
  basilar_artery,
  aica,
  pica,
  sca,
  inner_ear,
  internal_auditory_canal,
  cerebrospinal_fluid,
  brain_stem,
  bone,
  unexplained_tissue,
  implant,

  // The report's frame: PS3.16 TID 1500, 1204, 1001, 1600, 1411, 1420, 1501, 300, 311, 4019.
  imaging_measurement_report,
  language,
  english,
  observer_type,
  device,
  device_observer_uid,
  device_observer_name,
  device_observer_manufacturer,
  device_observer_model,
  person,
  person_observer_name,
  procedure_reported,
  brain_mri,
  image_library,
  image_library_group,
  modality,
  magnetic_resonance,
  imaging_measurements,
  derived_imaging_measurements,
  measurement_group,
  tracking_identifier,
  tracking_uid,
  finding_category,
  finding,
  finding_site,
  referenced_segment,
  source_series,
  algorithm_family,
  algorithm_name,
  algorithm_version,
  derivation,
  minimum,
  mean,
  standard_deviation,
  uncertainty,
  path,
  comment,

  // Centre lines, vessels, zones and quality, as far as assessment.json holds them.
  yes,
  no,
  center,
  centre_line,
  radii,
  confidences,
  landmark,
  landmark_sd,
  placed_by_hand,
  zone_from,
  zone_to,
  kind_seen,
  vessel_id,
  kind_confidence,
  tof_over_brain,
  ce_t1_over_brain,
  t2_over_csf,
  seen_on_tof,
  seen_on_t2,
  csf_snr,
  acquired_voxel,
  reconstructed_voxel,
  resolution,
  quantitative,
  visual_only,
  too_thick,
  pads_looked_for,
  study_label,
  warning,

  // Why an object is not to be used any more (CID 7011).
  rejected_for_quality_reasons,

  // Images made from images.
  segmentation,
  source_image,

  // What is measured.
  distance,
  length,
  diameter,
  volume,
  contact_probability,
  arc_length,
  contact_area,
  contact_length,
  clock_direction,
  crossing_angle,
  unseen_vessel,
  indentation,
  displacement,
  calibre_ratio,
  name_confidence,
  smallest_vessel,

  // What is judged: questions and their answers.
  near_vessel,
  vessel_kind,
  vessel_name,
  contact_state,
  touching,
  below_resolution,
  separate,
  zone,
  root_exit_point,
  attached_segment,
  root_detachment_point,
  transition_zone,
  cisternal_portion,
  internal_canal,
  porus,
  campos_benitez,
  sindou,
  none,
  mild,
  moderate,
  severe,
  sindou_i,
  sindou_ii,
  sindou_iii,
  compression,
  contact,
  clear,
  no_contact,
  not_assessable,
  nerve_status,
  segmented,
  partial,
  not_found,

  // What a reader says.
  verdict,
  accepted,
  rejected,
  undecided,
  added,
  reassessed,
  read_first,

  // Dates compared: PS3.16 TID 1502 and what became of contacts, zones and pads.
  time_point,
  time_point_order,
  offset_from_event,
  event_type,
  baseline,
  weeks_since_surgery,
  days_since_surgery,
  registration_error,
  registration_there_and_back,
  registration_misfit,
  registration_quality,
  sign_of_surgery,
  residual_contact,
  new_contact,
  unchanged,
  decompressed,
  followup_finding,
  residual_proximal,
  residual_distal,
  residual_beside,
  second_vessel_missed,
  pad_migrated,
  pad_touches_nerve,
  vessel_recoiled,
  granuloma_suspected,
  indeterminate,
  contact_id,
  contact_place,
  may_be_clot,
  contact_change,
  resolved,
  residual,
  moved,
  newly_seen,
  within_error,
  gap_change,
  smallest_change,
  vessel_shift,
  vessel_shift_lps,
  deformity_recovered,
  near_pad,
  pad_order,
  contact_before_pad,
  beside_pad,
  contact_behind_pad,
  zone_at_first,
  zone_explored,
  pad_along_zone,
  taken_for,
  ambiguous,
  touches_nerve,
  pad_vessel_distance,
  least_volume,
  most_volume,
  rim_enhances,
  pad_from,
  pad_to,
  course_spasm,
  course_look_alike,
  course_joint,
  sides_disagree,
  measured_anew,

  // Why there is no number (CID 42), and units.
  measurement_failure,
  measurement_not_attempted,
  millimeter,
  square_millimeter,
  cubic_millimeter,
  degree,
  no_units,
  clock_hour,
  day,
  week,

  // How identity was taken out: CID 7050.
  basic_confidentiality_profile,
  retain_modified_dates,
};

/// One row of the table.
struct CodedConcept {
  Concept id = Concept::anatomical_structure;
  imaging::Code code;
  std::string_view use;  ///< where it stands, in a few words
};

/// The table, one row for each Concept, in its order.
const std::vector<CodedConcept>& codedConcepts();

/// The code of @p id.
const imaging::Code& codeOf(Concept id);

/// The private scheme's designator.
inline constexpr std::string_view kPrivateScheme = "99HFSNVC";

/// The table as Markdown, as it stands in docs/dicom-conformance.md.
std::string codeTableMarkdown();

}  // namespace neurovasc::interop
