#include "neurovasc/core/review.h"

#include <algorithm>

#include "neurovasc/core/enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<Decision, 3> kDecisionNames{{{{Decision::undecided, "undecided"},
                                                  {Decision::accepted, "accepted"},
                                                  {Decision::rejected, "rejected"}}}};

constexpr EnumNames<ReviewedKind, 4> kKindNames{{{{ReviewedKind::artery, "artery"},
                                                  {ReviewedKind::vein, "vein"},
                                                  {ReviewedKind::pad, "pad"},
                                                  {ReviewedKind::unknown, "unknown"}}}};

}  // namespace

const ContactVerdict* verdictOn(const Review& review, std::string_view contact_id) {
  const auto found = std::find_if(
      review.verdicts.begin(), review.verdicts.end(),
      [contact_id](const ContactVerdict& verdict) { return verdict.contact_id == contact_id; });
  return found == review.verdicts.end() ? nullptr : &*found;
}

std::string_view name(Decision decision) { return kDecisionNames.name(decision); }
std::string_view name(ReviewedKind kind) { return kKindNames.name(kind); }
std::optional<Decision> parseDecision(std::string_view text) { return kDecisionNames.parse(text); }
std::optional<ReviewedKind> parseReviewedKind(std::string_view text) {
  return kKindNames.parse(text);
}

}  // namespace neurovasc
