#include "contact_text.h"

#include <algorithm>
#include <cmath>

#include "direction.h"
#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// Vessels that meet the nerve more steeply cross it, others run along it.
constexpr double kCrossingDeg = 30;
constexpr int kHoursOfTheClock = 12;

/// "6", the hour nearest to a clock direction.
std::string hour(double clock_h) {
  const int nearest = static_cast<int>(std::lround(clock_h)) % kHoursOfTheClock;
  return std::to_string(nearest == 0 ? kHoursOfTheClock : nearest);
}

/// Whether the vessel carries a name of its own.
bool hasProperName(const Contact& c) {
  return c.vessel_name != VesselName::unknown && c.vessel_name != VesselName::vein;
}

/// " and 13.4 mm before the porus"
std::string porusWords(const Nerve& nerve, const Contact& c) {
  const auto porus = arclengthOf(nerve, nerve.landmarks.porus);
  if (!porus || !c.arclength_mm || *c.arclength_mm >= *porus) {
    return {};
  }
  return spaced(say("contact.before_porus", {{"before", fixed(*porus - *c.arclength_mm, 1)}}));
}

/// "The vertebral artery (VA, diameter 3.1 mm)". How certain the name is stands in assessment.json
/// alone: as a per cent it would pass for a probability, which it is not.
std::string detailedVessel(const Contact& c) {
  std::vector<std::string> details;
  if (hasProperName(c) && nameIsLikely(c)) {
    details.emplace_back(name(c.vessel_name));
  }
  if (c.diameter_mm) {
    details.push_back(say("vessel.diameter", {{"diameter", fixed(*c.diameter_mm, 1)}}));
  }
  const std::string vessel = capitalised(vesselWords(c));
  return details.empty()
             ? vessel
             : say("vessel.details", {{"vessel", vessel}, {"details", joinedBy(", ", details)}});
}

/// The phrase that says what the vessel does to the nerve.
const char* verbOf(const Contact& c) {
  const bool untold = c.state == ContactState::below_resolution;
  if (!c.contact_probability) {
    return "contact.unmeasured";
  }
  if (touches(c)) {
    return deforms(c) ? (untold ? "contact.probably_deforms" : "contact.deforms")
                      : (untold ? "contact.probably_touches" : "contact.touches");
  }
  return untold ? "contact.cannot_tell" : "contact.separate";
}

std::string contactHead(const SideAssessment& side, const Contact& c) {
  return say(verbOf(c), {{"id", c.id},
                         {"vessel", detailedVessel(c)},
                         {"side", std::string(name(side.side))},
                         {"place", placeWords(c)},
                         {"porus", porusWords(side.nerve, c)}});
}

std::string gapText(const Contact& c) {
  std::string text;
  if (c.distance_mm) {
    text += spaced(say("contact.gap", {{"gap", withDoubt(*c.distance_mm, c.distance_sd_mm)}}));
  }
  if (c.unseen_vessel_mm) {
    text += spaced(*c.unseen_vessel_mm > 0
                       ? say("contact.unseen", {{"length", fixed(*c.unseen_vessel_mm, 1)}})
                       : say("contact.lost"));
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
                              : say("contact.deformity", {{"measures", joinedBy(", ", measures)}}));
  if (c.campos_benitez && c.sindou) {
    text += spaced(say("contact.grades", {{"campos_benitez", std::string(name(*c.campos_benitez))},
                                          {"sindou", std::string(name(*c.sindou))}}));
  }
  return text;
}

std::string deformityCell(const Contact& c) {
  const auto measures = deformityMeasures(c.deformity);
  if (!touches(c) || measures.empty()) {
    return say("cell.deformity_unmeasured");
  }
  return deforms(c) ? say("cell.deformed", {{"measures", joinedBy(", ", measures)}})
                    : say("cell.not_deformed");
}

Row contactRow(const Contact& c) {
  return {c.id,
          vesselCell(c),
          c.zone ? std::string(words(*c.zone)) : say("cell.unknown"),
          c.distance_mm ? withDoubt(*c.distance_mm, c.distance_sd_mm) : say("cell.unmeasured"),
          c.contact_probability ? percent(*c.contact_probability) : say("cell.unmeasured"),
          deformityCell(c)};
}

}  // namespace

std::string vesselCell(const Contact& c) {
  if (!hasProperName(c)) {
    return say("cell.kind." + std::string(name(c.kind)));
  }
  return say(nameIsLikely(c) ? "cell.vessel" : "cell.vessel_possibly",
             {{"name", std::string(name(c.vessel_name))}});
}

std::vector<Row> contactTable(const SideAssessment& side) {
  if (side.contacts.empty()) {
    return {};
  }
  std::vector<Row> rows = {{say("cell.column.id"), say("cell.column.vessel"),
                            say("cell.column.zone"), say("cell.column.gap"),
                            say("cell.column.probability"), say("cell.column.deformity")}};
  std::transform(side.contacts.begin(), side.contacts.end(), std::back_inserter(rows), contactRow);
  return rows;
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

}  // namespace neurovasc::report
