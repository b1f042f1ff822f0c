#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "neurovasc/contact/reviewed.h"
#include "review_sides.h"

namespace neurovasc::contact {
namespace {

/// Two contacts of one vessel keep at least 2 mm of clear nerve between them, so that within 2 mm
/// there is one counterpart.
constexpr double kCounterpartMm = 2.0;

/// A verdict and a contact that it may be about.
struct Pairing {
  double apart_mm = 0;
  std::size_t verdict = 0;
  std::size_t contact = 0;
};

std::vector<Pairing> pairings(const std::vector<ContactVerdict>& verdicts,
                              const SideAssessment& before, const SideAssessment& now) {
  std::vector<Pairing> pairs;
  for (std::size_t v = 0; v < verdicts.size(); ++v) {
    const Contact* old = contactOn(before, verdicts[v].contact_id);
    for (std::size_t c = 0; c < now.contacts.size(); ++c) {
      const auto& there = now.contacts[c].vessel_point_mm;
      if (old != nullptr && old->vessel_point_mm && there &&
          distance(*old->vessel_point_mm, *there) <= kCounterpartMm) {
        pairs.push_back({distance(*old->vessel_point_mm, *there), v, c});
      }
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pairing& a, const Pairing& b) {
    return std::tie(a.apart_mm, a.verdict, a.contact) < std::tie(b.apart_mm, b.verdict, b.contact);
  });
  return pairs;
}

/// Gives @p verdicts the ids of their counterparts in @p now; those without one come back.
std::vector<ContactVerdict> passOn(std::vector<ContactVerdict>& verdicts,
                                   const SideAssessment& before, const SideAssessment& now) {
  std::vector<bool> placed(verdicts.size());
  std::vector<bool> taken(now.contacts.size());
  std::vector<ContactVerdict> passed;
  for (const Pairing& pair : pairings(verdicts, before, now)) {
    if (!placed[pair.verdict] && !taken[pair.contact]) {
      placed[pair.verdict] = taken[pair.contact] = true;
      passed.push_back(verdicts[pair.verdict]);
      passed.back().contact_id = now.contacts[pair.contact].id;
    }
  }
  std::vector<ContactVerdict> lapsed;
  for (std::size_t v = 0; v < verdicts.size(); ++v) {
    if (!placed[v]) {
      lapsed.push_back(verdicts[v]);
    }
  }
  verdicts = std::move(passed);
  return lapsed;
}

/// Takes the verdicts on @p side's contacts out of @p review.
std::vector<ContactVerdict> takeVerdicts(Review& review, const SideAssessment& side) {
  const auto others = std::stable_partition(
      review.verdicts.begin(), review.verdicts.end(),
      [&side](const ContactVerdict& v) { return contactOn(side, v.contact_id) == nullptr; });
  std::vector<ContactVerdict> taken(others, review.verdicts.end());
  review.verdicts.erase(others, review.verdicts.end());
  return taken;
}

/// Takes the earlier landmarks of a side out of @p review and returns what had lapsed by them.
std::vector<ContactVerdict> takeLandmarks(Review& review, Side side) {
  const auto found =
      std::find_if(review.landmarks.begin(), review.landmarks.end(),
                   [side](const MovedLandmarks& moved) { return moved.side == side; });
  if (found == review.landmarks.end()) {
    return {};
  }
  std::vector<ContactVerdict> lapsed = std::move(found->lapsed);
  review.landmarks.erase(found);
  return lapsed;
}

/// Verdicts that had lapsed on contacts of @p measured, unless others were passed on to these.
std::vector<ContactVerdict> restored(const std::vector<ContactVerdict>& lapsed,
                                     const SideAssessment& measured,
                                     const std::vector<ContactVerdict>& standing) {
  std::vector<ContactVerdict> back;
  std::copy_if(lapsed.begin(), lapsed.end(), std::back_inserter(back),
               [&](const ContactVerdict& verdict) {
                 const auto same = [&verdict](const ContactVerdict& other) {
                   return other.contact_id == verdict.contact_id;
                 };
                 return contactOn(measured, verdict.contact_id) != nullptr &&
                        std::none_of(standing.begin(), standing.end(), same);
               });
  return back;
}

void append(std::vector<ContactVerdict>& to, const std::vector<ContactVerdict>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

Review withMovedLandmarks(Review review, const Assessment& assessment, MovedLandmarks moved) {
  const SideAssessment* measured = onSide(assessment.sides, moved.side);
  if (measured == nullptr) {
    return review;
  }
  const SideAssessment before = *reviewedSide(review, assessment, moved.side);
  const SideAssessment& now = moved.reassessed ? *moved.reassessed : *measured;
  std::vector<ContactVerdict> verdicts = takeVerdicts(review, before);
  std::vector<ContactVerdict> lapsed = takeLandmarks(review, moved.side);
  std::vector<ContactVerdict> without_counterpart = passOn(verdicts, before, now);
  if (!moved.reassessed) {
    append(verdicts, restored(lapsed, *measured, verdicts));
    append(review.verdicts, verdicts);
    return review;
  }
  append(review.verdicts, verdicts);
  append(lapsed, without_counterpart);
  moved.lapsed = std::move(lapsed);
  review.landmarks.push_back(std::move(moved));
  return review;
}

}  // namespace neurovasc::contact
