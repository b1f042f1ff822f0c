#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/core/review.h"
#include "neurovasc/interop/codes.h"

namespace neurovasc::interop {

/// The concepts of an enumeration's values, in their order. Of Side, Zone, VesselKind, VesselName
/// (without unknown, which has none), NerveStatus, ContactState, ZoneStatus, Finding,
/// CamposBenitezGrade, SindouGrade, Resolution, Decision, ReviewedKind, and of dates compared
/// Outcome, ContactChange, TouchesNerve, PadKind, PadOrder and FollowupFinding.
template <typename Word>
const std::vector<Concept>& conceptsFor();

template <typename Word>
Concept conceptOf(Word word) {
  return conceptsFor<Word>().at(static_cast<std::size_t>(word));
}

std::optional<Concept> conceptOf(VesselName name);  ///< none where unknown

/// The reverse; nothing for a concept that is none of the enumeration's.
template <typename Word>
std::optional<Word> wordFor(Concept id) {
  const auto& all = conceptsFor<Word>();
  const auto found = std::find(all.begin(), all.end(), id);
  return found == all.end() ? std::nullopt
                            : std::optional<Word>(static_cast<Word>(found - all.begin()));
}

}  // namespace neurovasc::interop
