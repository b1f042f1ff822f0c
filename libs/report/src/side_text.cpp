#include "side_text.h"

#include <algorithm>
#include <cmath>

#include "direction.h"
#include "phrases.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// Below this the images hardly support a place of the nerve.
constexpr double kWeakConfidence = 0.5;
/// Shorter weak stretches are not worth a word.
constexpr double kShortestWeakMm = 1.0;
/// Vessels that meet the nerve more steeply cross it, others run along it.
constexpr double kCrossingDeg = 30;
constexpr int kHoursOfTheClock = 12;

std::string doubtOf(const Landmark& landmark) {
  const bool known = std::isfinite(landmark.sd_mm) && landmark.sd_mm > 0;
  const std::string sd = known ? say("nerve.doubt", {{"sd", fixed(landmark.sd_mm, 1)}}) : "";
  if (!landmark.manual) {
    return sd;
  }
  return sd.empty() ? say("nerve.manual") : say("nerve.doubt_manual", {{"doubt", sd}});
}

/// " (to ± 0.6 mm)"
std::string bracketedDoubt(const Landmark& landmark) {
  const std::string doubt = doubtOf(landmark);
  return doubt.empty() ? doubt : " (" + doubt + ")";
}

std::string reachText(const Nerve& nerve, double length_mm) {
  const auto porus = arclengthOf(nerve, nerve.landmarks.porus);
  constexpr double kAtPorusMm = 1.0;
  if (!porus) {
    return {};
  }
  if (length_mm > *porus + kAtPorusMm) {
    return say("nerve.into_canal");
  }
  return say("nerve.to_porus");
}

std::string statusText(const SideAssessment& side) {
  const Nerve& nerve = side.nerve;
  const std::string side_name(name(side.side));
  const double length_mm = lengthOf(nerve.tube.points_mm);
  const std::string length = fixed(length_mm, 1);
  const std::string reason = nerve.reason.empty() ? "" : " (" + nerve.reason + ")";
  if (nerve.status == NerveStatus::not_found || nerve.tube.empty()) {
    return say("nerve.not_found", {{"side", side_name}, {"reason", reason}});
  }
  if (nerve.status == NerveStatus::partial) {
    return say("nerve.partial", {{"side", side_name}, {"length", length}, {"reason", reason}});
  }
  return say("nerve.segmented",
             {{"side", side_name}, {"length", length}, {"reach", reachText(nerve, length_mm)}});
}

std::string landmarkTexts(const Nerve& nerve) {
  std::string text;
  const NerveLandmarks& marks = nerve.landmarks;
  const auto detachment = arclengthOf(nerve, marks.detachment_point);
  const auto porus = arclengthOf(nerve, marks.porus);
  if (marks.root_exit_point && !doubtOf(*marks.root_exit_point).empty()) {
    text += spaced(say("nerve.root", {{"doubt", doubtOf(*marks.root_exit_point)}}));
  }
  if (detachment) {
    text += spaced(say("nerve.detachment", {{"at", fixed(*detachment, 1)},
                                            {"doubt", bracketedDoubt(*marks.detachment_point)}}));
  }
  if (porus) {
    text += spaced(
        say("nerve.porus", {{"at", fixed(*porus, 1)}, {"doubt", bracketedDoubt(*marks.porus)}}));
  }
  return text;
}

std::string calibreText(const Nerve& nerve) {
  const auto calibre = calibreOf(nerve);
  if (!calibre) {
    return {};
  }
  return spaced(say(calibre->cisternal ? "nerve.calibre" : "nerve.calibre_overall",
                    {{"mean", fixed(calibre->mean_mm, 1)},
                     {"smallest", fixed(calibre->smallest_mm, 1)},
                     {"at", fixed(calibre->smallest_at_mm, 1)}}));
}

/// Stretches of the nerve whose course the images hardly support.
std::string weakText(const Tube& tube) {
  const auto arclengths = arcLengths(tube.points_mm);
  std::vector<std::string> ranges;
  for (std::size_t i = 0; i < tube.confidence.size();) {
    std::size_t end = i;
    while (end < tube.confidence.size() && tube.confidence[end] < kWeakConfidence) {
      ++end;
    }
    if (end > i && arclengths[end - 1] - arclengths[i] >= kShortestWeakMm) {
      ranges.push_back(say("nerve.range", {{"from", fixed(arclengths[i], 1)},
                                           {"to", fixed(arclengths[end - 1], 1)}}));
    }
    i = std::max(end, i + 1);
  }
  return ranges.empty() ? "" : spaced(say("nerve.weak", {{"ranges", inWords(ranges)}}));
}

/// "6", the hour nearest to a clock direction.
std::string hour(double clock_h) {
  const int nearest = static_cast<int>(std::lround(clock_h)) % kHoursOfTheClock;
  return std::to_string(nearest == 0 ? kHoursOfTheClock : nearest);
}

std::string contactHead(const SideAssessment& side, const Contact& c) {
  const bool untold = c.state == ContactState::below_resolution;
  const char* key = !c.contact_probability ? "contact.unmeasured"
                    : deforms(c)           ? "contact.deforms"
                    : touches(c) ? (untold ? "contact.probably_touches" : "contact.touches")
                    : untold     ? "contact.cannot_tell"
                                 : "contact.separate";
  std::vector<std::string> details;
  if (c.diameter_mm) {
    details.push_back(say("vessel.diameter", {{"diameter", fixed(*c.diameter_mm, 1)}}));
  }
  if (c.name_confidence && c.vessel_name != VesselName::unknown) {
    details.push_back(say("vessel.name_confidence", {{"percent", percent(*c.name_confidence)}}));
  }
  std::string vessel = vesselWords(c);
  if (!details.empty()) {
    vessel = say("vessel.details", {{"vessel", vessel}, {"details", listed(details)}});
  }
  return say(key, {{"id", c.id},
                   {"vessel", capitalised(vessel)},
                   {"side", std::string(name(side.side))},
                   {"place", placeWords(c)}});
}

std::string gapText(const Contact& c) {
  std::string text;
  if (c.distance_mm) {
    text += spaced(say("contact.gap", {{"gap", withDoubt(*c.distance_mm, c.distance_sd_mm)}}));
  }
  if (c.contact_probability) {
    text += spaced(say("contact.probability", {{"percent", percent(*c.contact_probability)}}));
  }
  if (touches(c) && c.length_mm && c.area_mm2) {
    text += spaced(say("contact.extent",
                       {{"length", fixed(*c.length_mm, 1)}, {"area", fixed(*c.area_mm2, 1)}}));
  }
  return text;
}

std::string courseText(const SideAssessment& side, const Contact& c,
                       const std::vector<Vessel>& vessels) {
  std::string text;
  const auto direction = directionWords(side, c, vessels);
  if (!direction.empty()) {
    const std::string clock =
        c.clock_h ? spaced(say("contact.clock", {{"clock", hour(*c.clock_h)}})) : "";
    text += spaced(say("contact.direction", {{"direction", inWords(direction)}, {"clock", clock}}));
  } else if (c.clock_h) {
    text += spaced(say("contact.clock_only", {{"clock", hour(*c.clock_h)}}));
  }
  if (c.angle_deg) {
    text += spaced(say(*c.angle_deg >= kCrossingDeg ? "contact.crossing" : "contact.along",
                       {{"angle", fixed(*c.angle_deg, 0)}}));
  }
  return text;
}

std::vector<std::string> deformityMeasures(const Deformity& d) {
  std::vector<std::string> measures;
  if (d.indentation_mm) {
    measures.push_back(say("contact.indentation",
                           {{"indentation", withDoubt(*d.indentation_mm, d.indentation_sd_mm)}}));
  }
  if (d.displacement_mm) {
    measures.push_back(
        say("contact.displacement",
            {{"displacement", withDoubt(*d.displacement_mm, d.displacement_sd_mm)}}));
  }
  if (d.calibre_ratio) {
    measures.push_back(
        say("contact.calibre_ratio", {{"percent", fixed(100 * *d.calibre_ratio, 0) + " %"}}));
  }
  return measures;
}

std::string deformityText(const Contact& c) {
  if (!touches(c)) {
    return {};
  }
  const auto measures = deformityMeasures(c.deformity);
  std::string text =
      spaced(measures.empty() ? say("contact.no_deformity")
                              : say("contact.deformity", {{"measures", listed(measures)}}));
  if (c.campos_benitez && c.sindou) {
    text += spaced(say("contact.grades", {{"campos_benitez", std::string(name(*c.campos_benitez))},
                                          {"sindou", std::string(name(*c.sindou))}}));
  }
  return text;
}

std::string kindsText(const ZoneFinding& zone) {
  std::vector<std::string> kinds;
  for (const VesselKind kind : zone.kinds_seen) {
    kinds.push_back(say("kind." + std::string(name(kind))));
  }
  return kinds.empty() ? say("kind.any") : inWords(kinds);
}

/// The contacts that touch in a zone, "L1 and L2".
std::string touchingIn(const SideAssessment& side, Zone zone) {
  std::vector<std::string> ids;
  for (const Contact& contact : side.contacts) {
    if (contact.zone == zone && touches(contact)) {
      ids.push_back(contact.id);
    }
  }
  return inWords(ids);
}

std::string zoneRemark(const SideAssessment& side, const ZoneFinding& zone) {
  if (zone.status == ZoneStatus::not_assessable) {
    return zone.reason.empty() ? say("zones.no_reason") : zone.reason;
  }
  std::string remark;
  if (zone.status == ZoneStatus::contact) {
    const std::string ids = touchingIn(side, zone.zone);
    return ids.empty() ? "" : say("zones.touched_by", {{"contacts", ids}});
  }
  if (zone.smallest_vessel_mm) {
    return say("zones.seen",
               {{"kinds", kindsText(zone)}, {"diameter", roundedUp(*zone.smallest_vessel_mm)}});
  }
  return remark;
}

std::string zonePlace(const ZoneFinding& zone) {
  return zone.from_mm && zone.to_mm ? say("zones.range", {{"from", fixed(*zone.from_mm, 1)},
                                                          {"to", fixed(*zone.to_mm, 1)}})
                                    : say("zones.no_range");
}

}  // namespace

std::string nerveText(const SideAssessment& side) {
  const std::string status = statusText(side);
  if (side.nerve.status == NerveStatus::not_found || side.nerve.tube.empty()) {
    return status;
  }
  return status + landmarkTexts(side.nerve) + calibreText(side.nerve) + weakText(side.nerve.tube);
}

std::vector<std::string> contactParagraphs(const SideAssessment& side,
                                           const std::vector<Vessel>& vessels) {
  std::vector<std::string> paragraphs;
  for (const Contact& c : side.contacts) {
    paragraphs.push_back(contactHead(side, c) + gapText(c) + courseText(side, c, vessels) +
                         deformityText(c));
  }
  if (paragraphs.empty() && side.nerve.status != NerveStatus::not_found) {
    const bool blind = std::all_of(side.zones.begin(), side.zones.end(), [](const ZoneFinding& z) {
      return z.status == ZoneStatus::not_assessable;
    });
    paragraphs.push_back(say(blind ? "contacts.none_measured" : "contacts.none"));
  }
  return paragraphs;
}

std::vector<std::string> padSentences(const SideAssessment& side, const std::vector<Pad>& pads) {
  std::vector<std::string> sentences;
  for (const Pad& pad : pads) {
    if (pad.side != side.side) {
      continue;
    }
    std::string place;
    if (!side.nerve.tube.empty()) {
      const Projection nearest = project(side.nerve.tube.points_mm, pad.center_mm);
      place = say("pad.place", {{"distance", fixed(nearest.distance_mm, 1)},
                                {"at", fixed(nearest.arclength_mm, 1)}});
    }
    sentences.push_back(say("pad.seen", {{"id", pad.id},
                                         {"side", std::string(name(pad.side))},
                                         {"volume", fixed(pad.volume_mm3, 0)},
                                         {"place", place}}));
  }
  return sentences;
}

std::vector<Row> zoneRows(const SideAssessment& side) {
  std::vector<Row> rows;
  for (const ZoneFinding& zone : side.zones) {
    rows.push_back({std::string(words(zone.zone)), zonePlace(zone),
                    say("zones.status." + std::string(name(zone.status))), zoneRemark(side, zone)});
  }
  return rows;
}

std::string commonReason(const SideAssessment& side) {
  const bool common =
      !side.zones.empty() &&
      std::all_of(side.zones.begin(), side.zones.end(), [&side](const ZoneFinding& zone) {
        return zone.status == ZoneStatus::not_assessable && zone.reason == side.zones[0].reason;
      });
  return common ? side.zones[0].reason : "";
}

}  // namespace neurovasc::report
