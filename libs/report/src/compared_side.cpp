#include "compared_side.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "contact_text.h"
#include "neurovasc/followup/course.h"
#include "neurovasc/followup/joint.h"
#include "neurovasc/report/course_text.h"
#include "phrases.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// A shift is said to go a way that it goes by half of itself at least.
constexpr double kNamedCosine = 0.5;

bool hasOneDate(const Comparison& comparison) { return comparison.dates.size() == 1; }

bool isTouching(const ContactSighting& sighting) {
  return sighting.contact_probability.value_or(0) >= 0.5;
}

std::string sideWord(Side side) { return capitalised(std::string(name(side))); }

std::string seriesWords(const ComparedDate& date) {
  const char* key = date.has_tof && date.has_ce_t1 ? "both"
                    : date.has_tof                 ? "tof"
                    : date.has_ce_t1               ? "ce_t1"
                                                   : "none";
  return say(std::string("compare.series.") + key);
}

/// ", 44 weeks after the first", as far as it is known.
std::string whenWords(const ComparedDate& date) {
  return date.registration && date.days_since_first
             ? say("compare.date_later", {{"time", lapse(*date.days_since_first)}})
             : "";
}

/// Which sides took the first date's landmarks, with a blank before each sentence.
std::string measuredAnewWords(const ComparedDate& date) {
  std::string text;
  for (const MeasuredAnew& anew : date.measured_anew) {
    const std::string side(name(anew.assessment.side));
    text += spaced(say("compare.measured_anew", {{"side", side}}));
  }
  return text;
}

std::string dateSentence(const ComparedDate& date, std::size_t number) {
  const bool first = !date.registration;
  const std::string weeks =
      date.weeks_since_surgery
          ? say("compare.date_weeks", {{"weeks", std::to_string(*date.weeks_since_surgery)}})
          : "";
  const std::string registered =
      !first && date.registration->error_mm
          ? spaced(say("compare.registered", {{"error", fixed(*date.registration->error_mm, 2)}}))
          : "";
  return say("compare.date", {{"number", std::to_string(number)},
                              {"when", whenWords(date)},
                              {"weeks", weeks},
                              {"series", seriesWords(date)},
                              {"registration", registered + measuredAnewWords(date)}});
}

/// Pads of the last date on @p side.
std::vector<const ComparedPad*> padsNow(const Comparison& comparison, Side side) {
  std::vector<const ComparedPad*> out;
  for (const ComparedPad& pad : comparison.pads) {
    if (pad.pad.side == side && pad.date + 1 == comparison.dates.size()) {
      out.push_back(&pad);
    }
  }
  return out;
}

/// Whether any pad touches the nerve: the least reassuring of them speaks.
std::string padSummary(const Comparison& comparison, Side side) {
  const auto pads = padsNow(comparison, side);
  if (pads.empty()) {
    return say("compare.pad_none");
  }
  const auto any = [&pads](TouchesNerve touches) {
    return std::any_of(pads.begin(), pads.end(),
                       [touches](const auto* pad) { return pad->touches_nerve == touches; });
  };
  const TouchesNerve worst = any(TouchesNerve::yes)         ? TouchesNerve::yes
                             : any(TouchesNerve::ambiguous) ? TouchesNerve::ambiguous
                                                            : TouchesNerve::no;
  return say("compare.pad_summary." + std::string(name(worst)));
}

/// A sighting in the words of one assessment.
Contact asContact(const ContactSighting& sighting) {
  Contact contact;
  contact.kind = sighting.kind;
  contact.vessel_name = sighting.vessel_name;
  contact.name_confidence = sighting.name_confidence;
  contact.zone = sighting.zone;
  contact.arclength_mm = sighting.arclength_mm;
  return contact;
}

/// The contact as it is now, or else as it last was.
Contact asContact(const TrackedContact& tracked) {
  const auto seen = std::find_if(tracked.dates.rbegin(), tracked.dates.rend(),
                                 [](const auto& s) { return !s.contact_id.empty(); });
  return asContact(seen == tracked.dates.rend() ? tracked.dates.back() : *seen);
}

/// Whether the gap changed beyond its error.
bool gapChanged(const TrackedContact& contact) {
  return contact.gap_change_mm && contact.smallest_change_mm &&
         std::abs(*contact.gap_change_mm) > *contact.smallest_change_mm;
}

std::string stateWords(const TrackedContact& contact, bool one_date) {
  if (one_date) {
    return say(isTouching(contact.dates.back()) ? "compare.state.touches"
                                                : "compare.state.near_one");
  }
  if (contact.state == ContactChange::within_error && gapChanged(contact)) {
    return say("compare.state.not_borne_out");
  }
  return contact.state ? say("compare.state." + std::string(name(*contact.state)))
                       : say("compare.state.near");
}

std::string gapWords(const ContactSighting& sighting) {
  return sighting.distance_mm ? withDoubt(*sighting.distance_mm, sighting.distance_sd_mm)
                              : say("compare.gap_not_listed");
}

/// What was there at each date between the first and the last.
std::string betweenSentences(const TrackedContact& contact) {
  std::string text;
  for (std::size_t n = 1; n + 1 < contact.dates.size(); ++n) {
    const ContactSighting& sighting = contact.dates[n];
    const char* touch = isTouching(sighting)                           ? "touches"
                        : sighting.place == ZoneStatus::not_assessable ? "unseen"
                                                                       : "apart";
    text += spaced(
        say("compare.gap_between", {{"number", std::to_string(n + 1)},
                                    {"gap", gapWords(sighting)},
                                    {"touch", say(std::string("compare.between.") + touch)}}));
  }
  return text;
}

std::string gapSentences(const TrackedContact& contact, bool one_date) {
  if (one_date) {
    return contact.dates.back().distance_mm
               ? spaced(say("contact.gap", {{"gap", gapWords(contact.dates.back())}}))
               : "";
  }
  std::string text = spaced(say("compare.gap", {{"before", gapWords(contact.dates.front())},
                                                {"now", gapWords(contact.dates.back())}}));
  text += betweenSentences(contact);
  if (!contact.gap_change_mm || !contact.smallest_change_mm) {
    return text;
  }
  return text +
         spaced(
             gapChanged(contact)
                 ? say("compare.gap_changed",
                       {{"change", withDoubt(*contact.gap_change_mm, contact.gap_change_sd_mm)}})
                 : say("compare.gap_same", {{"smallest", roundedUp(*contact.smallest_change_mm)}}));
}

/// "upward and outward".
std::string shiftDirection(const Vec3& shift_mm, Side side) {
  const Vec3 way = normalized(shift_mm);
  std::vector<std::string> words;
  const auto add = [&words](double cosine, const char* towards, const char* away) {
    if (std::abs(cosine) > kNamedCosine) {
      words.push_back(say(cosine > 0 ? towards : away));
    }
  };
  add(way.z, "compare.shift.cranial", "compare.shift.caudal");
  add(way.y, "compare.shift.posterior", "compare.shift.anterior");
  add(lateralSign(side) * way.x, "compare.shift.lateral", "compare.shift.medial");
  return inWords(words);
}

std::string shiftSentence(const TrackedContact& contact, Side side) {
  if (!contact.vessel_shift_mm || !contact.vessel_shift_sd_mm) {
    return {};
  }
  const double shift_mm = norm(*contact.vessel_shift_mm);
  if (shift_mm <= 2 * *contact.vessel_shift_sd_mm) {
    return {};
  }
  const std::string words = shiftDirection(*contact.vessel_shift_mm, side);
  return say(
      "compare.shift",
      {{"distance", withDoubt(shift_mm, contact.vessel_shift_sd_mm)},
       {"direction", words.empty() ? "" : say("compare.shift_direction", {{"direction", words}})}});
}

std::string trackedParagraph(const TrackedContact& contact, Side side, bool one_date) {
  const Contact words = asContact(contact);
  std::vector<std::string> sentences = {
      say("compare.contact", {{"id", contact.id},
                              {"vessel", vesselWords(words)},
                              {"place", placeWords(words)},
                              {"state", stateWords(contact, one_date)},
                              {"gap", gapSentences(contact, one_date)}})};
  if (const std::string shift = shiftSentence(contact, side); !shift.empty()) {
    sentences.push_back(shift);
  }
  if (contact.dates.back().may_be_clot) {
    sentences.push_back(say("compare.may_be_clot"));
  }
  if (contact.deformity_recovered) {
    sentences.push_back(
        say(*contact.deformity_recovered ? "compare.recovered" : "compare.not_recovered"));
  }
  if (contact.pad_order && isTouching(contact.dates.back())) {
    sentences.push_back(say("compare.order." + std::string(name(*contact.pad_order))));
  }
  return joinedBy(" ", sentences);
}

std::string extentWords(const Vec3& extent_mm) {
  return fixed(extent_mm.x, 1) + " x " + fixed(extent_mm.y, 1) + " x " + fixed(extent_mm.z, 1);
}

std::string volumeWords(const ComparedPad& pad) {
  const std::string volume = fixed(pad.pad.volume_mm3, 0);
  return pad.least_volume_mm3 && pad.most_volume_mm3
             ? say("compare.pad_volume_range", {{"volume", volume},
                                                {"least", fixed(*pad.least_volume_mm3, 0)},
                                                {"most", fixed(*pad.most_volume_mm3, 0)}})
             : say("compare.pad_volume", {{"volume", volume}});
}

/// The vessel nearest to a pad: as the contacts of that date call it, else by its id alone.
std::string padVesselWords(const ComparedPad& pad, const SideComparison& side) {
  for (const TrackedContact& contact : side.contacts) {
    const ContactSighting& sighting = contact.dates[pad.date];
    if (!pad.vessel_id.empty() && sighting.vessel_id == pad.vessel_id) {
      return say("compare.pad_vessel_named",
                 {{"vessel", vesselWords(asContact(sighting))}, {"id", pad.vessel_id}});
    }
  }
  return pad.vessel_id;
}

std::string padVesselSentence(const ComparedPad& pad, const SideComparison& side) {
  return pad.vessel_distance_mm
             ? spaced(say("compare.pad_vessel", {{"vessel", padVesselWords(pad, side)},
                                                 {"distance", fixed(*pad.vessel_distance_mm, 1)}}))
             : "";
}

std::string padParagraph(const ComparedPad& pad, const SideComparison& side) {
  const std::string gap =
      pad.distance_mm ? withDoubt(*pad.distance_mm, pad.distance_sd_mm) : std::string();
  const std::string along = pad.from_mm && pad.to_mm
                                ? say("compare.pad_along", {{"from", fixed(*pad.from_mm, 1)},
                                                            {"to", fixed(*pad.to_mm, 1)}})
                                : "";
  const bool certain = pad.kind == PadKind::pad;
  return say(
      certain ? "compare.pad" : "compare.pad_ambiguous",
      {{"id", pad.pad.id},
       {"date", say("compare.pad_date", {{"number", std::to_string(pad.date + 1)}})},
       {"side", std::string(name(pad.pad.side))},
       {"volume", volumeWords(pad)},
       {"extent", extentWords(pad.extent_mm)},
       {"along", along},
       {"reason", pad.reason},
       {"touch", say("compare.pad." + std::string(name(pad.touches_nerve)), {{"distance", gap}})},
       {"vessel", padVesselSentence(pad, side)}});
}

std::string sidesClue(const char* key, const std::vector<std::string>& sides, const char* missing) {
  return say(
      std::string("compare.clue.") + key,
      {{"sides", sides.empty() ? say(std::string("compare.clue.") + missing) : inWords(sides)}});
}

/// The sides that symptoms, surgery, pad and contact name.
std::string clueWords(const Comparison& comparison) {
  const followup::SideClues clues = followup::sideClues(comparison);
  std::vector<std::string> symptoms;
  if (clues.symptoms) {
    symptoms.emplace_back(name(*clues.symptoms));
  }
  std::set<std::string> surgery;
  for (const Surgery& operation : comparison.clinical.surgeries) {
    if (operation.side) {
      surgery.emplace(name(*operation.side));
    }
  }
  std::set<std::string> pads;
  for (const ComparedPad& pad : comparison.pads) {
    pads.emplace(name(pad.pad.side));
  }
  std::vector<std::string> contacts;
  for (const Side side : clues.contacts) {
    contacts.emplace_back(name(side));
  }
  return joinedBy(" ", {sidesClue("symptoms", symptoms, "unknown"),
                        sidesClue("surgery", {surgery.begin(), surgery.end()}, "unknown"),
                        sidesClue("pad", {pads.begin(), pads.end()}, "none"),
                        sidesClue("contact", contacts, "none")});
}

/// What became of a contact, as a word of a table.
std::string stateCell(const TrackedContact& contact, bool one_date) {
  if (one_date) {
    return say(isTouching(contact.dates.back()) ? "cell.state.touches" : "cell.state.near_one");
  }
  return say(contact.state ? "cell.state." + std::string(name(*contact.state)) : "cell.state.near");
}

Row contactRow(const TrackedContact& contact, bool one_date) {
  const Contact shown = asContact(contact);
  Row row = {contact.id, vesselCell(shown),
             shown.zone ? std::string(words(*shown.zone)) : say("cell.unknown")};
  for (const ContactSighting& sighting : contact.dates) {
    row.push_back(gapWords(sighting));
  }
  if (!one_date) {
    row.push_back(contact.gap_change_mm
                      ? withDoubt(*contact.gap_change_mm, contact.gap_change_sd_mm)
                      : say("cell.unmeasured"));
  }
  row.push_back(stateCell(contact, one_date));
  return row;
}

std::string exploredWord(const std::optional<bool>& explored) {
  return say(!explored ? "clinical.unknown" : *explored ? "clinical.yes" : "clinical.no");
}

std::string statusWord(ZoneStatus status) {
  return say("zones.status." + std::string(name(status)));
}

}  // namespace

std::vector<std::string> dateTitles(const Comparison& comparison) {
  std::vector<std::string> out;
  for (const ComparedDate& date : comparison.dates) {
    out.push_back(
        say("cell.date", {{"number", std::to_string(out.size() + 1)}, {"when", whenWords(date)}}));
  }
  return out;
}

std::vector<std::string> dateSentences(const Comparison& comparison) {
  std::vector<std::string> out;
  for (const ComparedDate& date : comparison.dates) {
    out.push_back(dateSentence(date, out.size() + 1));
  }
  return out;
}

std::string outcomeText(const SideComparison& side, const Comparison& comparison) {
  const bool one = hasOneDate(comparison) && side.outcome == Outcome::no_contact;
  const std::string key =
      "compare.outcome." + std::string(name(side.outcome)) + (one ? "_one" : "");
  return say(key, {{"side", sideWord(side.side)},
                   {"reason", side.reason},
                   {"pad", padSummary(comparison, side.side)}});
}

std::vector<std::string> trackedParagraphs(const SideComparison& side,
                                           const Comparison& comparison) {
  const auto unexplored = [&side](const TrackedContact& contact) {
    return std::any_of(side.zones.begin(), side.zones.end(), [&](const ComparedZone& zone) {
      return zone.explored == false && contact.dates.back().zone == zone.zone &&
             isTouching(contact.dates.back());
    });
  };
  std::vector<const TrackedContact*> order;
  for (const TrackedContact& contact : side.contacts) {
    order.push_back(&contact);
  }
  std::stable_partition(order.begin(), order.end(),
                        [&](const auto* contact) { return unexplored(*contact); });
  std::vector<std::string> out;
  for (const TrackedContact* contact : order) {
    out.push_back(trackedParagraph(*contact, side.side, hasOneDate(comparison)));
  }
  return out;
}

std::vector<std::string> comparedPadParagraphs(const SideComparison& side,
                                               const Comparison& comparison) {
  std::vector<std::string> out;
  bool undated = false;
  for (const ComparedPad& pad : comparison.pads) {
    if (pad.pad.side == side.side) {
      out.push_back(padParagraph(pad, side));
      undated = undated || !comparison.dates[pad.date].weeks_since_surgery;
    }
  }
  if (out.empty() && side.sign_of_surgery) {
    out.push_back(say("compare.pad_none"));
  }
  if (undated) {
    out.push_back(say("compare.pad_undated"));
  }
  return out;
}

std::vector<Row> comparedZoneRows(const SideComparison& side, bool one_date) {
  std::vector<Row> rows = {{say("zones.column.zone"), say("compare.zones.column.explored"),
                            say("compare.zones.column.before"), say("compare.zones.column.now"),
                            say("compare.zones.column.pad")}};
  for (const ComparedZone& zone : side.zones) {
    rows.push_back({capitalised(std::string(words(zone.zone))), exploredWord(zone.explored),
                    one_date ? "" : statusWord(zone.before), statusWord(zone.now),
                    say(zone.pad ? "clinical.yes" : "clinical.no")});
  }
  return rows;
}

std::vector<std::string> findingSentences(const SideComparison& side) {
  std::vector<std::string> out;
  out.reserve(side.findings.size() + 1);
  std::vector<Zone> unexplored;
  for (const ComparedZone& zone : side.zones) {
    if (zone.explored == false && zone.now == ZoneStatus::contact) {
      unexplored.push_back(zone.zone);
    }
  }
  if (!unexplored.empty()) {
    out.push_back(say("compare.zones.unexplored_contact", {{"zones", zoneList(unexplored)}}));
  }
  for (const FollowupFinding finding : side.findings) {
    out.push_back(say("compare.finding." + std::string(name(finding))));
  }
  if (out.empty() && side.sign_of_surgery && side.outcome != Outcome::not_assessable) {
    out.push_back(say("compare.finding.none"));
  }
  return out;
}

std::string sidesBanner(const Comparison& comparison) {
  const bool disagree =
      std::any_of(comparison.sides.begin(), comparison.sides.end(),
                  [](const SideComparison& side) { return side.course.sides_disagree; });
  return disagree ? say("compare.banner", {{"clues", clueWords(comparison)}}) : "";
}

ComparedCourse comparedCourse(const SideComparison& side, const Comparison& comparison) {
  if (side.course.spasm.empty()) {
    return {};
  }
  followup::CourseOptions options;
  options.assumed_cure = comparison.assumed_cure;
  const followup::SideCourse course =
      followup::sideCourse(comparison.clinical, side.side, comparison.clinical_day, options);
  if (course.spasm == followup::SpasmCourse::no_surgery) {
    return {};
  }
  ComparedCourse out{courseSentences(course), ""};
  const auto alike = lookAlikeSentences(followup::lookAlikes(comparison.clinical, side.side));
  out.sentences.insert(out.sentences.end(), alike.begin(), alike.end());
  out.joint =
      jointSentence(followup::jointFinding(side.outcome, course), side.course.sides_disagree);
  return out;
}

std::vector<Row> comparedContactRows(const SideComparison& side, const Comparison& comparison) {
  if (side.contacts.empty()) {
    return {};
  }
  const bool one = hasOneDate(comparison);
  Row titles = {say("cell.column.id"), say("cell.column.vessel"), say("cell.column.zone")};
  for (std::size_t n = 1; n <= comparison.dates.size(); ++n) {
    titles.push_back(say("cell.column.gap_at", {{"number", std::to_string(n)}}));
  }
  if (!one) {
    titles.push_back(say("cell.column.change"));
  }
  titles.push_back(say("cell.column.state"));
  std::vector<Row> rows = {titles};
  for (const TrackedContact& contact : side.contacts) {
    rows.push_back(contactRow(contact, one));
  }
  return rows;
}

}  // namespace neurovasc::report
