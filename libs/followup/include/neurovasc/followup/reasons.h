#pragma once

#include <array>
#include <string_view>

namespace neurovasc::followup {

/// Why a side's outcome is not_assessable, or a dark body ambiguous. SideComparison::reason and
/// ComparedPad::reason hold words(); docs/follow-up.md lists them all.
enum class Reason {
  // Of outcomes.
  root_unseen,           ///< of one date alone
  root_unseen_at_first,  ///< of two or more
  root_unseen_at_last,
  place_unseen_before,  ///< contact now, and it is not known whether it was there
  place_unseen_now,     ///< of a contact of before, outside the root
  still_there,          ///< blood where a vessel touched, and no vessel traced
  fresh_pad,            ///< under PadOptions::early_weeks, or of unknown age
  clot,                 ///< what touches beside a pad may be no vessel
  // Of bodies.
  early,             ///< under PadOptions::early_weeks
  t2_alone,          ///< neither TOF nor CE-T1 reaches it
  shape_of_vessel,   ///< and dark on TOF, as slow blood can be
  continues_vessel,  ///< likewise
};

constexpr std::array<Reason, 12> kReasons = {Reason::root_unseen,
                                             Reason::root_unseen_at_first,
                                             Reason::root_unseen_at_last,
                                             Reason::place_unseen_before,
                                             Reason::place_unseen_now,
                                             Reason::still_there,
                                             Reason::fresh_pad,
                                             Reason::clot,
                                             Reason::early,
                                             Reason::t2_alone,
                                             Reason::shape_of_vessel,
                                             Reason::continues_vessel};

std::string_view name(Reason reason);   ///< "root_unseen"
std::string_view words(Reason reason);  ///< to follow a colon

}  // namespace neurovasc::followup
