#include "neurovasc/interop/codes.h"

#include <fmt/format.h>

#include <string>

namespace neurovasc::interop {
namespace {

constexpr const char* kPrivate = "99HFSNVC";

struct Row {
  Concept id;
  const char* scheme;
  const char* value;
  const char* meaning;
  const char* use;
};

// SCT, DCM, UCUM and LN: DICOM PS3.16 (2022 and later). FMA: Foundational Model of Anatomy, for the
// cerebellar arteries, which PS3.16 does not have.
constexpr Row kRows[] = {
    {Concept::anatomical_structure, "SCT", "91723000", "Anatomical Structure", "category"},
    {Concept::tissue, "SCT", "85756007", "Tissue", "category"},
    {Concept::body_substance, "SCT", "91720002", "Body Substance", "category"},
    {Concept::physical_object, "SCT", "260787004", "Physical object", "category"},
    {Concept::laterality, "SCT", "272741003", "Laterality", "side of a finding site"},
    {Concept::left, "SCT", "7771000", "Left", "side"},
    {Concept::right, "SCT", "24028007", "Right", "side"},
    {Concept::facial_nerve, "SCT", "56052001", "Facial nerve", "type, finding site"},
    {Concept::vestibulocochlear_nerve, "SCT", "8598002", "Vestibulocochlear nerve", "type"},
    {Concept::cranial_nerve, "SCT", "25238003", "Cranial nerve", "type"},
    {Concept::artery, "SCT", "51114001", "Artery", "type, kind of vessel"},
    {Concept::vein, "SCT", "29092000", "Vein", "type, kind of vessel"},
    {Concept::blood_vessel, "SCT", "59820001", "Blood vessel", "type, kind of vessel"},
    {Concept::vertebral_artery, "SCT", "85234005", "Vertebral artery", "type"},
    {Concept::basilar_artery, "SCT", "59011009", "Basilar artery", "type"},
    {Concept::aica, "FMA", "50544", "Anterior inferior cerebellar artery", "type"},
    {Concept::pica, "FMA", "50518", "Posterior inferior cerebellar artery", "type"},
    {Concept::sca, kPrivate, "sca", "Superior cerebellar artery", "type"},
    {Concept::inner_ear, "SCT", "22945000", "Inner ear", "type (the labyrinth's fluid)"},
    {Concept::internal_auditory_canal, "SCT", "361078006", "Internal auditory canal", "type"},
    {Concept::cerebrospinal_fluid, "SCT", "65216001", "Cerebrospinal fluid", "type"},
    {Concept::brain_stem, "SCT", "119238007", "Brain stem", "type (with the cerebellum in view)"},
    {Concept::bone, "SCT", "272673000", "Bone", "type (with air)"},
    {Concept::unexplained_tissue, kPrivate, "unexplained", "Unexplained tissue", "type"},
    {Concept::implant, "SCT", "40388003", "Implant", "type (decompression pad)"},
    {Concept::imaging_measurement_report, "DCM", "126000", "Imaging Measurement Report",
     "TID 1500"},
    {Concept::language, "DCM", "121049", "Language of Content Item and Descendants", "TID 1204"},
    {Concept::english, "RFC5646", "en-US", "English (United States)", "TID 1204"},
    {Concept::observer_type, "DCM", "121005", "Observer Type", "TID 1002"},
    {Concept::device, "DCM", "121007", "Device", "TID 1002"},
    {Concept::device_observer_uid, "DCM", "121012", "Device Observer UID", "TID 1004"},
    {Concept::device_observer_name, "DCM", "121013", "Device Observer Name", "TID 1004"},
    {Concept::device_observer_manufacturer, "DCM", "121014", "Device Observer Manufacturer",
     "TID 1004"},
    {Concept::device_observer_model, "DCM", "121015", "Device Observer Model Name", "TID 1004"},
    {Concept::person, "DCM", "121006", "Person", "TID 1002"},
    {Concept::person_observer_name, "DCM", "121008", "Person Observer Name", "TID 1003"},
    {Concept::procedure_reported, "DCM", "121058", "Procedure reported", "TID 1500"},
    {Concept::brain_mri, "LN", "24590-2", "Brain MRI", "TID 1500"},
    {Concept::image_library, "DCM", "111028", "Image Library", "TID 1600"},
    {Concept::image_library_group, "DCM", "126200", "Image Library Group", "TID 1600"},
    {Concept::modality, "DCM", "121139", "Modality", "TID 1602"},
    {Concept::magnetic_resonance, "DCM", "MR", "Magnetic Resonance", "TID 1602"},
    {Concept::imaging_measurements, "DCM", "126010", "Imaging Measurements", "TID 1500"},
    {Concept::derived_imaging_measurements, "DCM", "126011", "Derived Imaging Measurements",
     "TID 1500"},
    {Concept::measurement_group, "DCM", "125007", "Measurement Group", "TID 1411, 1501"},
    {Concept::tracking_identifier, "DCM", "112039", "Tracking Identifier", "TID 1411, 1501"},
    {Concept::tracking_uid, "DCM", "112040", "Tracking Unique Identifier", "TID 1411, 1501"},
    {Concept::finding_category, "SCT", "276214006", "Finding category", "TID 1411"},
    {Concept::finding, "DCM", "121071", "Finding", "TID 1411, 1501"},
    {Concept::finding_site, "SCT", "363698007", "Finding Site", "TID 1411, 1501"},
    {Concept::referenced_segment, "DCM", "121191", "Referenced Segment", "TID 1411"},
    {Concept::source_series, "DCM", "121232", "Source series for segmentation", "TID 1411"},
    {Concept::algorithm_family, "DCM", "123106", "Multi-Scale/Resolution Filtering",
     "algorithm identification"},
    {Concept::algorithm_name, "DCM", "111001", "Algorithm Name", "TID 4019"},
    {Concept::algorithm_version, "DCM", "111003", "Algorithm Version", "TID 4019"},
    {Concept::derivation, "DCM", "121401", "Derivation", "TID 300, 1420"},
    {Concept::minimum, "SCT", "255605001", "Minimum", "derivation"},
    {Concept::mean, "SCT", "373098007", "Mean", "derivation"},
    {Concept::standard_deviation, "SCT", "386136009", "Standard Deviation",
     "derivation of an uncertainty"},
    {Concept::uncertainty, "SCT", "371884006", "+/-, range of measurement uncertainty", "TID 311"},
    {Concept::path, "DCM", "121055", "Path", "the nearest pair of points"},
    {Concept::comment, "DCM", "121106", "Comment", "notes and reasons"},
    {Concept::yes, "SCT", "373066001", "Yes", "answer"},
    {Concept::no, "SCT", "373067005", "No", "answer"},
    {Concept::center, "DCM", "111010", "Center", "of a decompression pad"},
    {Concept::centre_line, kPrivate, "centre-line", "Centre line from its first to its last point",
     "of a nerve or vessel"},
    {Concept::radii, kPrivate, "radii", "Radii at the points of the centre line, mm",
     "numbers with spaces between"},
    {Concept::confidences, kPrivate, "confidences",
     "Confidence at the points of the centre line, 0 to 1", "numbers with spaces between"},
    {Concept::landmark, kPrivate, "landmark", "Landmark", "which one an uncertainty is of"},
    {Concept::landmark_sd, kPrivate, "landmark-sd", "Standard deviation of a landmark",
     "landmark_sd_mm"},
    {Concept::placed_by_hand, kPrivate, "by-hand", "Placed by hand", "landmark_manual"},
    {Concept::zone_from, kPrivate, "zone-from",
     "Start of the zone, arc length from root exit point", "from_mm"},
    {Concept::zone_to, kPrivate, "zone-to", "End of the zone, arc length from root exit point",
     "to_mm"},
    {Concept::kind_seen, kPrivate, "kind-seen", "Kind of vessel that would have been seen",
     "kinds_seen"},
    {Concept::vessel_id, kPrivate, "vessel-id", "Vessel by its number", "vessel_id"},
    {Concept::kind_confidence, kPrivate, "kind-confidence", "Confidence of kind of vessel",
     "kind_confidence"},
    {Concept::tof_over_brain, kPrivate, "tof-over-brain",
     "TOF signal over brain's, median along the vessel", "evidence"},
    {Concept::ce_t1_over_brain, kPrivate, "ce-t1-over-brain",
     "Enhanced T1 signal over brain's, median along the vessel", "evidence"},
    {Concept::t2_over_csf, kPrivate, "t2-over-csf", "T2 signal over CSF's, median along the vessel",
     "evidence"},
    {Concept::seen_on_tof, kPrivate, "seen-on-tof", "Seen on TOF", "evidence"},
    {Concept::seen_on_t2, kPrivate, "seen-on-t2", "Seen on T2", "evidence"},
    {Concept::csf_snr, kPrivate, "csf-snr", "Signal to noise ratio of CSF", "quality"},
    {Concept::acquired_voxel, kPrivate, "acquired-voxel", "Acquired voxel, mm",
     "quality; three numbers"},
    {Concept::reconstructed_voxel, kPrivate, "reconstr-voxel", "Reconstructed voxel, mm",
     "quality; three numbers"},
    {Concept::resolution, kPrivate, "resolution", "What the voxel allows", "question"},
    {Concept::quantitative, kPrivate, "quantitative", "To measure", "answer"},
    {Concept::visual_only, kPrivate, "visual-only", "To look, measures are flagged", "answer"},
    {Concept::too_thick, kPrivate, "too-thick", "To show only", "answer"},
    {Concept::pads_looked_for, kPrivate, "pads-looked-for", "Decompression pads were looked for",
     "question"},
    {Concept::study_label, kPrivate, "label", "Label given to the study", "label"},
    {Concept::warning, kPrivate, "warning", "Warning", "warnings"},
    {Concept::rejected_for_quality_reasons, "DCM", "113001", "Rejected for Quality Reasons",
     "title of a rejection note"},
    {Concept::segmentation, "DCM", "113076", "Segmentation", "derivation of SEG frames"},
    {Concept::source_image, "DCM", "121322", "Source image for image processing operation",
     "purpose of reference"},
    {Concept::distance, "DCM", "121206", "Distance", "distance_mm"},
    {Concept::length, "SCT", "410668003", "Length", "of a nerve's or vessel's centre line"},
    {Concept::diameter, "SCT", "81827009", "Diameter", "mean of a nerve or vessel; diameter_mm"},
    {Concept::volume, "SCT", "118565006", "Volume", "of a structure's labels"},
    {Concept::contact_probability, kPrivate, "contact-prob", "Contact probability",
     "contact_probability"},
    {Concept::arc_length, kPrivate, "arc-length", "Arc length from root exit point",
     "arclength_mm"},
    {Concept::contact_area, kPrivate, "contact-area",
     "Area of nerve surface within 0.25 mm of the vessel", "area_mm2"},
    {Concept::contact_length, kPrivate, "contact-length",
     "Length of nerve within 0.25 mm of the vessel", "length_mm"},
    {Concept::clock_direction, kPrivate, "clock",
     "Clock direction of vessel seen from the brainstem, 12 cranial", "clock"},
    {Concept::crossing_angle, kPrivate, "crossing-angle",
     "Angle between nerve axis and vessel axis", "angle_deg"},
    {Concept::indentation, kPrivate, "indentation", "Indentation of nerve", "indentation_mm"},
    {Concept::displacement, kPrivate, "displacement", "Displacement of nerve", "displacement_mm"},
    {Concept::calibre_ratio, kPrivate, "calibre-ratio",
     "Calibre of nerve over its calibre 3 mm to either side", "calibre_ratio"},
    {Concept::name_confidence, kPrivate, "name-confidence", "Confidence of vessel name",
     "name_confidence"},
    {Concept::smallest_vessel, kPrivate, "smallest-vessel",
     "Smallest vessel diameter that would have been seen", "smallest_vessel_mm"},
    {Concept::near_vessel, kPrivate, "near-vessel", "Vessel within 3 mm of the nerve",
     "finding of a contact's group"},
    {Concept::vessel_kind, kPrivate, "vessel-kind", "Kind of vessel", "question"},
    {Concept::vessel_name, kPrivate, "vessel-name", "Name of vessel", "question"},
    {Concept::contact_state, kPrivate, "contact-state", "State of contact", "question"},
    {Concept::touching, kPrivate, "touching", "Touching", "answer"},
    {Concept::below_resolution, kPrivate, "below-resolution", "Gap below resolution", "answer"},
    {Concept::separate, kPrivate, "separate", "Separate", "answer"},
    {Concept::zone, kPrivate, "zone", "Zone of the facial nerve root", "question"},
    {Concept::root_exit_point, kPrivate, "RExP", "Root exit point", "zone; landmark"},
    {Concept::attached_segment, kPrivate, "AS", "Attached segment", "zone"},
    {Concept::root_detachment_point, kPrivate, "RDP", "Root detachment point", "zone; landmark"},
    {Concept::transition_zone, kPrivate, "TZ", "Transition zone", "zone"},
    {Concept::cisternal_portion, kPrivate, "CP", "Cisternal portion", "zone"},
    {Concept::internal_canal, kPrivate, "IAC", "Portion within the internal auditory canal",
     "zone"},
    {Concept::porus, "SCT", "61671002", "Internal auditory meatus", "landmark (porus)"},
    {Concept::campos_benitez, kPrivate, "campos-benitez",
     "Severity after Campos-Benitez and Kaufmann", "question"},
    {Concept::sindou, kPrivate, "sindou", "Degree after Sindou", "question"},
    {Concept::none, "SCT", "260413007", "None", "answer"},
    {Concept::mild, "SCT", "255604002", "Mild", "answer"},
    {Concept::moderate, "SCT", "6736007", "Moderate", "answer"},
    {Concept::severe, "SCT", "24484000", "Severe", "answer"},
    {Concept::sindou_i, kPrivate, "sindou-I", "Degree I", "answer"},
    {Concept::sindou_ii, kPrivate, "sindou-II", "Degree II", "answer"},
    {Concept::sindou_iii, kPrivate, "sindou-III", "Degree III", "answer"},
    {Concept::compression, kPrivate, "compression", "Neurovascular contact with deformity",
     "answer"},
    {Concept::contact, kPrivate, "contact", "Neurovascular contact", "answer"},
    {Concept::clear, kPrivate, "clear", "Clear of vessels", "answer"},
    {Concept::no_contact, kPrivate, "no-contact", "No neurovascular contact", "answer"},
    {Concept::not_assessable, kPrivate, "not-assessable", "Not assessable", "answer"},
    {Concept::nerve_status, kPrivate, "nerve-status", "How far the nerve was found", "question"},
    {Concept::segmented, kPrivate, "segmented", "Found", "answer"},
    {Concept::partial, kPrivate, "partial", "Found in part", "answer"},
    {Concept::not_found, kPrivate, "not-found", "Not found", "answer"},
    {Concept::verdict, kPrivate, "verdict", "Reader's verdict on a finding of the program",
     "question"},
    {Concept::accepted, kPrivate, "accepted", "Accepted", "answer"},
    {Concept::rejected, kPrivate, "rejected", "Rejected", "answer"},
    {Concept::undecided, kPrivate, "undecided", "Neither accepted nor rejected", "answer"},
    {Concept::added, kPrivate, "added", "Added by the reader", "answer"},
    {Concept::reassessed, kPrivate, "reassessed", "Measured anew with the reader's landmarks",
     "question"},
    {Concept::read_first, kPrivate, "read-first", "Finding before any result was shown",
     "question"},
    {Concept::measurement_failure, "DCM", "114006", "Measurement failure", "CID 42"},
    {Concept::measurement_not_attempted, "DCM", "114007", "Measurement not attempted", "CID 42"},
    {Concept::millimeter, "UCUM", "mm", "millimeter", "unit"},
    {Concept::square_millimeter, "UCUM", "mm2", "square millimeter", "unit"},
    {Concept::cubic_millimeter, "UCUM", "mm3", "cubic millimeter", "unit"},
    {Concept::degree, "UCUM", "deg", "degree", "unit"},
    {Concept::no_units, "UCUM", "1", "no units", "unit"},
    {Concept::clock_hour, "UCUM", "{clock}", "clock position", "unit"},
    {Concept::basic_confidentiality_profile, "DCM", "113100",
     "Basic Application Confidentiality Profile", "de-identification method"},
    {Concept::retain_modified_dates, "DCM", "113107",
     "Retain Longitudinal Temporal Information Modified Dates Option", "de-identification method"},
};

std::vector<CodedConcept> allConcepts() {
  std::vector<CodedConcept> all;
  for (const Row& row : kRows) {
    all.push_back({row.id, {row.scheme, row.value, row.meaning}, row.use});
  }
  return all;
}

}  // namespace

const std::vector<CodedConcept>& codedConcepts() {
  static const std::vector<CodedConcept> table = allConcepts();
  return table;
}

const imaging::Code& codeOf(Concept id) {
  return codedConcepts()[static_cast<std::size_t>(id)].code;
}

std::string codeTableMarkdown() {
  std::string text = "| scheme | code | meaning | use |\n| --- | --- | --- | --- |\n";
  for (const auto& row : codedConcepts()) {
    text += fmt::format("| {} | `{}` | {} | {} |\n", row.code.scheme, row.code.value,
                        row.code.meaning, row.use);
  }
  return text;
}

}  // namespace neurovasc::interop
