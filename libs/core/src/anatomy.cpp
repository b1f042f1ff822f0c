#include "neurovasc/core/anatomy.h"

#include <algorithm>

#include "neurovasc/core/enum_names.h"
#include "neurovasc/core/error.h"

namespace neurovasc {
namespace {

constexpr EnumNames<NerveStatus, 3> kStatusNames{{{{NerveStatus::segmented, "segmented"},
                                                   {NerveStatus::partial, "partial"},
                                                   {NerveStatus::not_found, "not_found"}}}};

template <typename Nerves>
auto& findFacial(Nerves& nerves, Side side) {
  const auto it = std::find_if(nerves.begin(), nerves.end(), [side](const Nerve& nerve) {
    return nerve.name == NerveName::facial && nerve.side == side;
  });
  if (it == nerves.end()) {
    throw Error(ErrorCode::internal, "the anatomy holds no entry for a facial nerve");
  }
  return *it;
}

}  // namespace

std::string_view name(NerveStatus status) { return kStatusNames.name(status); }

const Nerve& facialNerve(const Anatomy& anatomy, Side side) {
  return findFacial(anatomy.nerves, side);
}
Nerve& facialNerve(Anatomy& anatomy, Side side) { return findFacial(anatomy.nerves, side); }

bool ManualLandmarks::empty() const {
  return std::all_of(sides.begin(), sides.end(), [](const NerveLandmarks& side) {
    return !side.root_exit_point && !side.detachment_point && !side.porus;
  });
}

}  // namespace neurovasc
