#pragma once

#include "json_fields.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/review.h"

namespace neurovasc::result {

template <>
struct Enumerators<Side> {
  static constexpr auto all = {Side::left, Side::right};
};
template <>
struct Enumerators<Zone> {
  static constexpr auto all = {Zone::root_exit_point,       Zone::attached_segment,
                               Zone::root_detachment_point, Zone::transition_zone,
                               Zone::cisternal_portion,     Zone::internal_canal};
};
template <>
struct Enumerators<VesselKind> {
  static constexpr auto all = {VesselKind::artery, VesselKind::vein, VesselKind::unknown};
};
template <>
struct Enumerators<VesselName> {
  static constexpr auto all = {VesselName::vertebral, VesselName::basilar, VesselName::aica,
                               VesselName::pica,      VesselName::sca,     VesselName::vein,
                               VesselName::unknown};
};
template <>
struct Enumerators<NerveName> {
  static constexpr auto all = {NerveName::facial};  // the only one in a result
};
template <>
struct Enumerators<NerveStatus> {
  static constexpr auto all = {NerveStatus::segmented, NerveStatus::partial,
                               NerveStatus::not_found};
};
template <>
struct Enumerators<ZoneStatus> {
  static constexpr auto all = {ZoneStatus::contact, ZoneStatus::clear, ZoneStatus::not_assessable};
};
template <>
struct Enumerators<ContactState> {
  static constexpr auto all = {ContactState::touching, ContactState::below_resolution,
                               ContactState::separate};
};
template <>
struct Enumerators<CamposBenitezGrade> {
  static constexpr auto all = {CamposBenitezGrade::none, CamposBenitezGrade::mild,
                               CamposBenitezGrade::moderate, CamposBenitezGrade::severe};
};
template <>
struct Enumerators<SindouGrade> {
  static constexpr auto all = {SindouGrade::none, SindouGrade::i, SindouGrade::ii,
                               SindouGrade::iii};
};
template <>
struct Enumerators<Finding> {
  static constexpr auto all = {Finding::compression, Finding::contact, Finding::no_contact,
                               Finding::not_assessable};
};
template <>
struct Enumerators<Resolution> {
  static constexpr auto all = {Resolution::quantitative, Resolution::visual_only,
                               Resolution::too_thick};
};
template <>
struct Enumerators<SeriesRole> {
  static constexpr auto all = {SeriesRole::cisternography, SeriesRole::tof,
                               SeriesRole::ce_t1,          SeriesRole::t1,
                               SeriesRole::t2_thick,       SeriesRole::other};
};
template <>
struct Enumerators<SeriesProblemKind> {
  static constexpr auto all = {SeriesProblemKind::missing_slices,
                               SeriesProblemKind::repeated_slices,
                               SeriesProblemKind::irregular_spacing,
                               SeriesProblemKind::mixed_orientation,
                               SeriesProblemKind::too_thick,
                               SeriesProblemKind::unreadable_files,
                               SeriesProblemKind::interpolated,
                               SeriesProblemKind::single_slice,
                               SeriesProblemKind::derived_image,
                               SeriesProblemKind::lossy_compression,
                               SeriesProblemKind::shear};
};
template <>
struct Enumerators<SymptomSide> {
  static constexpr auto all = {SymptomSide::left, SymptomSide::right, SymptomSide::both};
};
template <>
struct Enumerators<TreatmentKind> {
  static constexpr auto all = {TreatmentKind::medication, TreatmentKind::botulinum_toxin,
                               TreatmentKind::supportive, TreatmentKind::surgery};
};
template <>
struct Enumerators<SurgicalTechnique> {
  static constexpr auto all = {SurgicalTechnique::interposed, SurgicalTechnique::transposed,
                               SurgicalTechnique::sling, SurgicalTechnique::unknown};
};
template <>
struct Enumerators<Decision> {
  static constexpr auto all = {Decision::undecided, Decision::accepted, Decision::rejected};
};
template <>
struct Enumerators<ReviewedKind> {
  static constexpr auto all = {ReviewedKind::artery, ReviewedKind::vein, ReviewedKind::pad,
                               ReviewedKind::unknown};
};
template <>
struct Enumerators<DayZero> {
  static constexpr auto all = {DayZero::first_surgery, DayZero::first_entry};
};

}  // namespace neurovasc::result
