#include "finding.h"

#include <algorithm>

namespace neurovasc::contact {

Finding findingOf(const std::vector<ContactBearing>& contacts,
                  const std::vector<ZoneFinding>& zones) {
  const auto counts = [](const ContactBearing& c) { return c.touches && !c.in_canal; };
  if (std::any_of(contacts.begin(), contacts.end(), counts)) {
    const bool deforms =
        std::any_of(contacts.begin(), contacts.end(),
                    [&counts](const ContactBearing& c) { return counts(c) && c.deforms; });
    return deforms ? Finding::compression : Finding::contact;
  }
  const bool clear = std::all_of(zones.begin(), zones.end(), [](const ZoneFinding& zone) {
    return zone.zone == Zone::cisternal_portion || zone.zone == Zone::internal_canal ||
           zone.status == ZoneStatus::clear;
  });
  return clear && !zones.empty() ? Finding::no_contact : Finding::not_assessable;
}

}  // namespace neurovasc::contact
