#include "impression.h"

#include <algorithm>
#include <array>
#include <utility>

#include "neurovasc/result/clinical_table.h"
#include "phrases.h"
#include "text_layout.h"
#include "wording.h"
#include "zone_text.h"

namespace neurovasc::report {
namespace {

/// The zones that have to be seen before a side is called free of contact.
constexpr std::array<Zone, 4> kRootZones = {Zone::root_exit_point, Zone::attached_segment,
                                            Zone::root_detachment_point, Zone::transition_zone};

bool isOfTheRoot(Zone zone) {
  return std::find(kRootZones.begin(), kRootZones.end(), zone) != kRootZones.end();
}

bool hasContact(const SideAssessment& side) {
  return side.finding == Finding::compression || side.finding == Finding::contact;
}

std::string sideName(const SideAssessment& side) { return std::string(name(side.side)); }

// ---- comparison

bool isInCanal(const Contact& c) { return c.zone == Zone::internal_canal; }

/// The vessel with the smallest gap short of the canal, or null where no gap was measured.
const Contact* nearestOf(const SideAssessment& side) {
  const Contact* nearest = nullptr;
  for (const Contact& c : side.contacts) {
    if (c.distance_mm && !isInCanal(c) &&
        (nearest == nullptr || *c.distance_mm < *nearest->distance_mm)) {
      nearest = &c;
    }
  }
  return nearest;
}

std::string nearestText(const SideAssessment& side) {
  if (const Contact* nearest = nearestOf(side)) {
    return say(
        "comparison.nearest_gap",
        {{"gap", withDoubt(*nearest->distance_mm, nearest->distance_sd_mm)}, {"id", nearest->id}});
  }
  const bool none = side.finding == Finding::no_contact &&
                    std::all_of(side.contacts.begin(), side.contacts.end(), isInCanal);
  return say(none ? "comparison.nearest_none" : "comparison.nearest_unmeasured");
}

std::string contactComparison(const SideAssessment& left, const SideAssessment& right) {
  if (hasContact(left) && hasContact(right)) {
    return say("comparison.alike");
  }
  if (left.finding == Finding::not_assessable || right.finding == Finding::not_assessable) {
    return say("comparison.unknown");
  }
  return say(hasContact(left)    ? "comparison.left_only"
             : hasContact(right) ? "comparison.right_only"
                                 : "comparison.neither");
}

void compare(const SideAssessment& left, const SideAssessment& right, bool too_thick,
             std::vector<std::string>& sentences) {
  if (too_thick) {
    sentences.push_back(say("comparison.unknown"));
    return;
  }
  const auto left_calibre = calibreOf(left.nerve);
  const auto right_calibre = calibreOf(right.nerve);
  if (left_calibre && right_calibre && left_calibre->cisternal && right_calibre->cisternal) {
    sentences.push_back(say("comparison.calibre", {{"left", fixed(left_calibre->mean_mm, 1)},
                                                   {"right", fixed(right_calibre->mean_mm, 1)}}));
  }
  sentences.push_back(
      say("comparison.nearest", {{"left", nearestText(left)}, {"right", nearestText(right)}}));
  sentences.push_back(contactComparison(left, right));
}

// ---- impression

std::string contactPhrase(const char* key, const Contact& c) {
  return say(key, {{"vessel", vesselWords(c)},
                   {"place", placeWords(c)},
                   {"id", c.id},
                   {"percent", percent(c.contact_probability.value_or(0))}});
}

using ZonesByReason = std::vector<std::pair<std::string, std::vector<Zone>>>;

void addTo(ZonesByReason& groups, const ZoneFinding& zone) {
  const auto same = std::find_if(groups.begin(), groups.end(),
                                 [&zone](const auto& group) { return group.first == zone.reason; });
  if (same == groups.end()) {
    groups.push_back({zone.reason, {zone.zone}});
  } else {
    same->second.push_back(zone.zone);
  }
}

/// The zones of the root that could not be assessed, grouped by reason.
std::string unseenZones(const SideAssessment& side) {
  ZonesByReason groups;
  for (const ZoneFinding& zone : side.zones) {
    if (isOfTheRoot(zone.zone) && zone.status == ZoneStatus::not_assessable) {
      addTo(groups, zone);
    }
  }
  std::vector<std::string> texts;
  for (const auto& [reason, zones] : groups) {
    texts.push_back(say("impression.unseen_zones",
                        {{"zones", zoneList(zones)},
                         {"reason", reason.empty() ? say("zones.no_reason") : unended(reason)}}));
  }
  return joinedBy("; ", texts);
}

std::string deformityVerdict(const SideAssessment& side) {
  const bool measured =
      std::any_of(side.contacts.begin(), side.contacts.end(), [](const Contact& c) {
        return touches(c) && (c.deformity.indentation_mm || c.deformity.displacement_mm);
      });
  return say(measured ? "impression.not_deformed" : "impression.deformity_unmeasured");
}

const char* verbOf(const Contact& c) {
  if (c.state == ContactState::below_resolution) {
    return deforms(c) ? "impression.probably_deforms" : "impression.probably_touches";
  }
  return deforms(c) ? "impression.deforms" : "impression.touches";
}

std::string contactText(const SideAssessment& side) {
  std::vector<std::string> contacts;
  for (const Contact& c : side.contacts) {
    if (touches(c) && !isInCanal(c)) {
      contacts.push_back(contactPhrase(verbOf(c), c));
    }
  }
  if (contacts.empty()) {
    contacts.push_back(say("impression.unlisted"));
  }
  std::string text = say("impression.contact", {{"side", capitalised(sideName(side))},
                                                {"contacts", joinedBy("; ", contacts)}});
  if (side.finding == Finding::contact) {
    text += spaced(deformityVerdict(side));
  }
  const std::string unseen = unseenZones(side);
  return unseen.empty() ? text : text + spaced(say("impression.further", {{"zones", unseen}}));
}

/// The largest of the diameters that the zones of the root leave open.
std::optional<double> smallestVisible(const SideAssessment& side) {
  std::optional<double> largest;
  for (const ZoneFinding& zone : side.zones) {
    if (isOfTheRoot(zone.zone) && zone.smallest_vessel_mm) {
      largest = std::max(largest.value_or(0), *zone.smallest_vessel_mm);
    }
  }
  return largest;
}

std::string noContactText(const SideAssessment& side) {
  std::string text = say("impression.no_contact", {{"side", capitalised(sideName(side))}});
  if (const auto diameter = smallestVisible(side)) {
    text += spaced(say("impression.too_thin", {{"diameter", roundedUp(*diameter)}}));
  }
  if (const Contact* nearest = nearestOf(side)) {
    text += spaced(say("impression.nearest",
                       {{"vessel", vesselWords(*nearest)},
                        {"gap", withDoubt(*nearest->distance_mm, nearest->distance_sd_mm)},
                        {"place", placeWords(*nearest)},
                        {"id", nearest->id}}));
  }
  return text;
}

std::string notAssessableText(const SideAssessment& side) {
  const std::string unseen = unseenZones(side);
  std::string text = say("impression.not_assessable", {{"side", capitalised(sideName(side))}});
  if (side.nerve.status == NerveStatus::not_found) {
    return text + spaced(say("impression.no_nerve"));
  }
  if (const std::string reason = commonReason(side); !reason.empty()) {
    return text + spaced(say("impression.common_reason", {{"reason", reason}}));
  }
  return unseen.empty() ? text : text + spaced(say("impression.unseen", {{"zones", unseen}}));
}

/// Where the clinic names one side and contact was seen on the other alone.
std::string disagreement(const Assessment& assessment) {
  const auto rows = result::clinicalTable(assessment);
  for (const Side side : kSides) {
    const auto& here = rows[side == Side::left ? 0 : 1];
    const auto& there = rows[side == Side::left ? 1 : 0];
    if (here.symptoms == true && there.symptoms == false && here.contact == false &&
        there.contact == true) {
      return say("impression.clinical_differs", {{"symptoms", std::string(name(here.side))},
                                                 {"contact", std::string(name(there.side))}});
    }
  }
  return {};
}

}  // namespace

std::string findingText(const SideAssessment& side) {
  std::string text = hasContact(side)                      ? contactText(side)
                     : side.finding == Finding::no_contact ? noContactText(side)
                                                           : notAssessableText(side);
  for (const Contact& c : side.contacts) {
    if (c.state == ContactState::below_resolution && c.contact_probability && !touches(c)) {
      text += spaced(capitalised(contactPhrase("impression.near", c)));
    }
  }
  return text;
}

std::vector<std::string> comparisonSentences(const Assessment& assessment) {
  if (assessment.sides.empty()) {
    return {say("comparison.none")};
  }
  std::vector<std::string> sentences;
  if (assessment.sides.size() == 1) {
    sentences.push_back(say("comparison.one_side", {{"side", sideName(assessment.sides[0])}}));
  } else {
    compare(assessment.sides[0], assessment.sides[1], isTooThick(assessment), sentences);
  }
  sentences.push_back(say("comparison.population"));
  return sentences;
}

std::vector<std::string> impressionParagraphs(const Assessment& assessment) {
  if (assessment.sides.empty()) {
    return {say("impression.none")};
  }
  std::vector<std::string> paragraphs;
  for (const SideAssessment& side : assessment.sides) {
    paragraphs.push_back(findingText(side));
  }
  if (const std::string differs = disagreement(assessment); !differs.empty()) {
    paragraphs.push_back(differs);
  }
  paragraphs.push_back(say("impression.correlate"));
  return paragraphs;
}

}  // namespace neurovasc::report
