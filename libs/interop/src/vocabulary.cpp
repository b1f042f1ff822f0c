#include "vocabulary.h"

#include <array>

namespace neurovasc::interop {
namespace {

template <typename Word, std::size_t kCount>
Concept pick(const std::array<Concept, kCount>& concepts, Word word) {
  return concepts.at(static_cast<std::size_t>(word));
}

}  // namespace

Concept conceptOf(Side side) { return side == Side::left ? Concept::left : Concept::right; }

Concept conceptOf(Zone zone) {
  return pick<Zone, 6>(
      {Concept::root_exit_point, Concept::attached_segment, Concept::root_detachment_point,
       Concept::transition_zone, Concept::cisternal_portion, Concept::internal_canal},
      zone);
}

Concept conceptOf(VesselKind kind) {
  return pick<VesselKind, 3>({Concept::artery, Concept::vein, Concept::blood_vessel}, kind);
}

std::optional<Concept> conceptOf(VesselName name) {
  if (name == VesselName::unknown) {
    return std::nullopt;
  }
  return pick<VesselName, 6>({Concept::vertebral_artery, Concept::basilar_artery, Concept::aica,
                              Concept::pica, Concept::sca, Concept::vein},
                             name);
}

Concept conceptOf(NerveStatus status) {
  return pick<NerveStatus, 3>({Concept::segmented, Concept::partial, Concept::not_found}, status);
}

Concept conceptOf(ContactState state) {
  return pick<ContactState, 3>({Concept::touching, Concept::below_resolution, Concept::separate},
                               state);
}

Concept conceptOf(ZoneStatus status) {
  return pick<ZoneStatus, 3>({Concept::contact, Concept::clear, Concept::not_assessable}, status);
}

Concept conceptOf(Finding finding) {
  return pick<Finding, 4>(
      {Concept::compression, Concept::contact, Concept::no_contact, Concept::not_assessable},
      finding);
}

Concept conceptOf(CamposBenitezGrade grade) {
  return pick<CamposBenitezGrade, 4>(
      {Concept::none, Concept::mild, Concept::moderate, Concept::severe}, grade);
}

Concept conceptOf(SindouGrade grade) {
  return pick<SindouGrade, 4>(
      {Concept::none, Concept::sindou_i, Concept::sindou_ii, Concept::sindou_iii}, grade);
}

}  // namespace neurovasc::interop
