#include "neurovasc/core/comparison.h"

#include "enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<Outcome, 6> kOutcomeNames{{{{Outcome::not_assessable, "not_assessable"},
                                                {Outcome::residual_contact, "residual_contact"},
                                                {Outcome::new_contact, "new_contact"},
                                                {Outcome::unchanged, "unchanged"},
                                                {Outcome::decompressed, "decompressed"},
                                                {Outcome::no_contact, "no_contact"}}}};

}  // namespace

std::string_view name(Outcome outcome) { return kOutcomeNames.name(outcome); }

}  // namespace neurovasc
