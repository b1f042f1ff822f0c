#include "neurovasc/core/comparison.h"

#include "neurovasc/core/enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<Outcome, 7> kOutcomeNames{{{{Outcome::not_assessable, "not_assessable"},
                                                {Outcome::residual_contact, "residual_contact"},
                                                {Outcome::new_contact, "new_contact"},
                                                {Outcome::unchanged, "unchanged"},
                                                {Outcome::decompressed, "decompressed"},
                                                {Outcome::no_contact, "no_contact"},
                                                {Outcome::contact, "contact"}}}};
constexpr EnumNames<ContactChange, 6> kChangeNames{
    {{{ContactChange::resolved, "resolved"},
      {ContactChange::residual, "residual"},
      {ContactChange::moved, "moved"},
      {ContactChange::new_contact, "new"},
      {ContactChange::within_error, "within_error"},
      {ContactChange::not_assessable, "not_assessable"}}}};
constexpr EnumNames<TouchesNerve, 3> kTouchesNames{{{{TouchesNerve::yes, "yes"},
                                                     {TouchesNerve::no, "no"},
                                                     {TouchesNerve::ambiguous, "ambiguous"}}}};
constexpr EnumNames<PadKind, 2> kPadKindNames{
    {{{PadKind::pad, "pad"}, {PadKind::ambiguous, "ambiguous"}}}};
constexpr EnumNames<PadOrder, 3> kOrderNames{
    {{{PadOrder::brainstem_contact_pad, "brainstem_contact_pad"},
      {PadOrder::beside_pad, "beside_pad"},
      {PadOrder::pad_contact_canal, "pad_contact_canal"}}}};
constexpr EnumNames<FollowupFinding, 9> kFindingNames{
    {{{FollowupFinding::residual_proximal_to_pad, "residual_proximal_to_pad"},
      {FollowupFinding::residual_distal_to_pad, "residual_distal_to_pad"},
      {FollowupFinding::residual_beside_pad, "residual_beside_pad"},
      {FollowupFinding::second_vessel_missed, "second_vessel_missed"},
      {FollowupFinding::pad_migrated, "pad_migrated"},
      {FollowupFinding::pad_touches_nerve, "pad_touches_nerve"},
      {FollowupFinding::vessel_recoiled, "vessel_recoiled"},
      {FollowupFinding::granuloma_suspected, "granuloma_suspected"},
      {FollowupFinding::indeterminate, "indeterminate"}}}};

}  // namespace

std::string_view name(Outcome outcome) { return kOutcomeNames.name(outcome); }
std::string_view name(ContactChange change) { return kChangeNames.name(change); }
std::string_view name(TouchesNerve touches) { return kTouchesNames.name(touches); }
std::string_view name(PadKind kind) { return kPadKindNames.name(kind); }
std::string_view name(PadOrder order) { return kOrderNames.name(order); }
std::string_view name(FollowupFinding finding) { return kFindingNames.name(finding); }

}  // namespace neurovasc
