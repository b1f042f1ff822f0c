#include "vocabulary.h"

namespace neurovasc::interop {

using List = std::vector<Concept>;

template <>
const List& conceptsFor<Side>() {
  static const List all = {Concept::left, Concept::right};
  return all;
}

template <>
const List& conceptsFor<Zone>() {
  static const List all = {Concept::root_exit_point,       Concept::attached_segment,
                           Concept::root_detachment_point, Concept::transition_zone,
                           Concept::cisternal_portion,     Concept::internal_canal};
  return all;
}

template <>
const List& conceptsFor<VesselKind>() {
  static const List all = {Concept::artery, Concept::vein, Concept::blood_vessel};
  return all;
}

template <>
const List& conceptsFor<VesselName>() {
  static const List all = {Concept::vertebral_artery,
                           Concept::basilar_artery,
                           Concept::aica,
                           Concept::pica,
                           Concept::sca,
                           Concept::vein};
  return all;
}

template <>
const List& conceptsFor<NerveStatus>() {
  static const List all = {Concept::segmented, Concept::partial, Concept::not_found};
  return all;
}

template <>
const List& conceptsFor<ContactState>() {
  static const List all = {Concept::touching, Concept::below_resolution, Concept::separate};
  return all;
}

template <>
const List& conceptsFor<ZoneStatus>() {
  static const List all = {Concept::contact, Concept::clear, Concept::not_assessable};
  return all;
}

template <>
const List& conceptsFor<Finding>() {
  static const List all = {Concept::compression, Concept::contact, Concept::no_contact,
                           Concept::not_assessable};
  return all;
}

template <>
const List& conceptsFor<CamposBenitezGrade>() {
  static const List all = {Concept::none, Concept::mild, Concept::moderate, Concept::severe};
  return all;
}

template <>
const List& conceptsFor<SindouGrade>() {
  static const List all = {Concept::none, Concept::sindou_i, Concept::sindou_ii,
                           Concept::sindou_iii};
  return all;
}

template <>
const List& conceptsFor<Resolution>() {
  static const List all = {Concept::quantitative, Concept::visual_only, Concept::too_thick};
  return all;
}

template <>
const List& conceptsFor<Decision>() {
  static const List all = {Concept::undecided, Concept::accepted, Concept::rejected};
  return all;
}

template <>
const List& conceptsFor<ReviewedKind>() {
  static const List all = {Concept::artery, Concept::vein, Concept::implant, Concept::blood_vessel};
  return all;
}

template <>
const List& conceptsFor<Outcome>() {
  static const List all = {Concept::not_assessable, Concept::residual_contact, Concept::new_contact,
                           Concept::unchanged,      Concept::decompressed,     Concept::no_contact,
                           Concept::contact};
  return all;
}

template <>
const List& conceptsFor<ContactChange>() {
  static const List all = {Concept::resolved,   Concept::residual,     Concept::moved,
                           Concept::newly_seen, Concept::within_error, Concept::not_assessable};
  return all;
}

template <>
const List& conceptsFor<TouchesNerve>() {
  static const List all = {Concept::yes, Concept::no, Concept::ambiguous};
  return all;
}

template <>
const List& conceptsFor<PadKind>() {
  static const List all = {Concept::implant, Concept::ambiguous};
  return all;
}

template <>
const List& conceptsFor<PadOrder>() {
  static const List all = {Concept::contact_before_pad, Concept::beside_pad,
                           Concept::contact_behind_pad};
  return all;
}

template <>
const List& conceptsFor<FollowupFinding>() {
  static const List all = {
      Concept::residual_proximal,    Concept::residual_distal,     Concept::residual_beside,
      Concept::second_vessel_missed, Concept::pad_migrated,        Concept::pad_touches_nerve,
      Concept::vessel_recoiled,      Concept::granuloma_suspected, Concept::indeterminate};
  return all;
}

std::optional<Concept> conceptOf(VesselName name) {
  if (name == VesselName::unknown) {
    return std::nullopt;
  }
  return conceptsFor<VesselName>().at(static_cast<std::size_t>(name));
}

}  // namespace neurovasc::interop
