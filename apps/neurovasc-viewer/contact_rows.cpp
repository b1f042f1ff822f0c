#include "contact_rows.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace neurovasc::viewer {
namespace {

QString text(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<int>(words.size()));
}

QString vesselText(VesselName vessel, VesselKind kind) {
  const QString what = kind == VesselKind::unknown ? "vessel" : text(name(kind));
  return vessel == VesselName::unknown || vessel == VesselName::vein
             ? what
             : QString("%1, %2").arg(text(name(vessel)), what);
}

QString gapText(const std::optional<double>& gap, const std::optional<double>& sd) {
  if (!gap) {
    return "not measured";
  }
  const QString value = QString::number(*gap, 'f', 2);
  return sd ? QString("%1 ± %2 mm").arg(value, QString::number(*sd, 'f', 2)) : value + " mm";
}

QString zoneText(const std::optional<Zone>& zone) { return zone ? text(name(*zone)) : "-"; }

const Contact* contactOf(const Assessment& assessment, const std::string& id) {
  for (const SideAssessment& side : assessment.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.id == id) {
        return &contact;
      }
    }
  }
  return nullptr;
}

/// Where the first date that lists it has its nearest point.
std::optional<Point3> placeOf(const ShownStudy& study, const TrackedContact& tracked) {
  for (std::size_t n = 0; n < tracked.dates.size(); ++n) {
    const Contact* contact = contactOf(study.dates[n].assessment, tracked.dates[n].contact_id);
    if (contact != nullptr && contact->nerve_point_mm) {
      return study.dates[n].shown(*contact->nerve_point_mm);
    }
  }
  return std::nullopt;
}

ContactRow rowOf(const ShownStudy& study, Side side, const TrackedContact& tracked) {
  ContactRow row;
  row.id = tracked.id;
  row.side = side;
  QStringList gaps;
  for (const ContactSighting& seen : tracked.dates) {
    gaps << (seen.distance_mm ? QString::number(*seen.distance_mm, 'f', 2) : "-");
    row.touches = row.touches || seen.contact_probability.value_or(0) >= 0.5;
    if (!seen.contact_id.empty()) {
      row.vessel = vesselText(seen.vessel_name, seen.kind);
      row.zone = zoneText(seen.zone);
    }
  }
  row.gap = gaps.join(" → ") + " mm";
  row.probability = tracked.state ? text(name(*tracked.state)).replace('_', ' ') : "never touched";
  row.place_mm = placeOf(study, tracked);
  return row;
}

}  // namespace

ContactRow contactRow(const ShownDate& date, Side side, const Contact& contact) {
  ContactRow row;
  row.id = contact.id;
  row.side = side;
  row.vessel = vesselText(contact.vessel_name, contact.kind);
  row.zone = zoneText(contact.zone);
  row.gap = gapText(contact.distance_mm, contact.distance_sd_mm);
  const auto& p = contact.contact_probability;
  row.probability = p ? QString("%1 %").arg(std::lround(100 * *p)) : "-";
  row.touches = p.value_or(0) >= 0.5;
  if (contact.nerve_point_mm) {
    row.place_mm = date.shown(*contact.nerve_point_mm);
  }
  return row;
}

std::vector<ContactRow> trackedRows(const ShownStudy& study) {
  std::vector<ContactRow> rows;
  for (const SideComparison& side : study.comparison->sides) {
    for (const TrackedContact& contact : side.contacts) {
      rows.push_back(rowOf(study, side.side, contact));
    }
  }
  return rows;
}

const ContactRow* firstToShow(const std::vector<ContactRow>& rows) {
  const ContactRow* best = nullptr;
  for (const ContactRow& row : rows) {
    if (row.place_mm && (best == nullptr || (row.touches && !best->touches))) {
      best = &row;
    }
  }
  return best;
}

}  // namespace neurovasc::viewer
