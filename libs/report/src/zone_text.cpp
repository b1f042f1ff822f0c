#include "zone_text.h"

#include <algorithm>

#include "phrases.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

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

std::string zoneStatus(const SideAssessment& side, const ZoneFinding& zone) {
  const std::string ids = touchingIn(side, zone.zone);
  if (zone.status == ZoneStatus::contact && !ids.empty()) {
    return say("zones.touched_by", {{"contacts", ids}});
  }
  return say("zones.status." + std::string(name(zone.status)));
}

/// What would have been seen in a zone, or why nothing could.
std::string zoneSight(const ZoneFinding& zone) {
  if (zone.status == ZoneStatus::not_assessable) {
    return zone.reason.empty() ? say("zones.no_reason") : unended(zone.reason);
  }
  return zone.smallest_vessel_mm
             ? say("zones.seen",
                   {{"kinds", kindsText(zone)}, {"diameter", roundedUp(*zone.smallest_vessel_mm)}})
             : say("zones.sight_unknown");
}

std::string zonePlace(const ZoneFinding& zone) {
  return zone.from_mm && zone.to_mm ? say("zones.range", {{"from", fixed(*zone.from_mm, 1)},
                                                          {"to", fixed(*zone.to_mm, 1)}})
                                    : say("zones.no_range");
}

}  // namespace

std::vector<Row> zoneRows(const SideAssessment& side) {
  std::vector<Row> rows = {{say("zones.column.zone"), say("zones.column.place"),
                            say("zones.column.status"), say("zones.column.sight")}};
  std::string last;
  for (const ZoneFinding& zone : side.zones) {
    const std::string sight = zoneSight(zone);
    const bool repeats =
        zone.status == ZoneStatus::not_assessable && rows.size() > 1 && sight == last;
    last = sight;
    rows.push_back({std::string(words(zone.zone)), zonePlace(zone), zoneStatus(side, zone),
                    repeats ? say("zones.as_above") : sight});
  }
  return rows;
}

std::string commonReason(const SideAssessment& side) {
  const bool common =
      !side.zones.empty() &&
      std::all_of(side.zones.begin(), side.zones.end(), [&side](const ZoneFinding& zone) {
        return zone.status == ZoneStatus::not_assessable && zone.reason == side.zones[0].reason;
      });
  return common ? unended(side.zones[0].reason) : "";
}

}  // namespace neurovasc::report
