#include "page/sample_comparison_page.h"

#include <algorithm>

#include "neurovasc/report/comparison_report.h"
#include "neurovasc/scene/dates.h"
#include "neurovasc/scene/picture.h"
#include "page/sample_page.h"

namespace neurovasc::page::testing {
namespace {

constexpr Vec3 kVesselShift{0, 0, -4};

ContactSighting sightingOf(const Contact& contact) {
  ContactSighting sighting;
  sighting.contact_id = contact.id;
  sighting.vessel_id = contact.vessel_id;
  sighting.kind = contact.kind;
  sighting.vessel_name = contact.vessel_name;
  sighting.name_confidence = contact.name_confidence;
  sighting.distance_mm = contact.distance_mm;
  sighting.distance_sd_mm = contact.distance_sd_mm;
  sighting.contact_probability = contact.contact_probability;
  sighting.zone = contact.zone;
  sighting.arclength_mm = contact.arclength_mm;
  sighting.place = ZoneStatus::clear;
  return sighting;
}

/// The artery of L1 moved away, and so is the ball in the images.
void operate(PageDate& date) {
  Contact& contact = date.scene.sides[0].contacts[0];
  contact.distance_mm = *contact.distance_mm + norm(kVesselShift);
  contact.contact_probability = 0.01;
  contact.vessel_point_mm = *contact.vessel_point_mm + kVesselShift;
  for (Point3& p : date.scene.vessels[0].tube.points_mm) {
    p += kVesselShift;
  }
  for (float& value : date.scene.t2.image) {
    value = 60;
  }
  date.assessment.sides[0].contacts = date.scene.sides[0].contacts;
}

SideComparison sideOf(const std::vector<PageDate>& dates, std::size_t at) {
  const SideAssessment& before = dates.front().assessment.sides[at];
  SideComparison side;
  side.side = before.side;
  for (std::size_t n = 0; n < before.contacts.size(); ++n) {
    TrackedContact tracked;
    tracked.id = before.contacts[n].id;
    tracked.arclength_mm = before.contacts[n].arclength_mm;
    for (const PageDate& date : dates) {
      tracked.dates.push_back(sightingOf(date.assessment.sides[at].contacts[n]));
    }
    tracked.gap_change_mm = *tracked.dates.back().distance_mm - *tracked.dates.front().distance_mm;
    tracked.gap_change_sd_mm = 0.21;
    tracked.smallest_change_mm = 0.42;
    side.contacts.push_back(tracked);
  }
  for (const ZoneFinding& zone : before.zones) {
    side.zones.push_back({zone.zone, std::nullopt, zone.status, zone.status, false});
  }
  return side;
}

Comparison comparisonOf(const std::vector<PageDate>& dates) {
  Comparison comparison;
  comparison.dates.resize(dates.size());
  for (std::size_t n = 0; n < dates.size(); ++n) {
    comparison.dates[n].has_tof = true;
    comparison.dates[n].days_since_first = static_cast<int>(100 * n);
    if (n > 0) {
      comparison.dates[n].registration = DateRegistration{};
    }
  }
  for (std::size_t n = 0; n < dates[0].assessment.sides.size(); ++n) {
    comparison.sides.push_back(sideOf(dates, n));
    comparison.sides.back().outcome = n == 0 ? Outcome::decompressed : Outcome::no_contact;
  }
  comparison.sides[0].contacts[0].state = ContactChange::resolved;
  comparison.label = "</script><script>broken()</script>";
  return comparison;
}

std::vector<PagePicture> pictures(const ComparisonContent& content, const std::string& folder) {
  scene::DatesScene scene{content.dates[0].scene, content.dates[1].scene, "", "", {}};
  scene.places = {{"L1", Side::left, {}, true, false, {}}};
  std::vector<PagePicture> list;
  for (const auto& file : scene::datesPictureFiles(scene)) {
    const std::string path = folder + "/" + file.name;
    scene::writePng({60, 45, std::vector<std::uint8_t>(3UL * 60 * 45, 150)}, path);
    list.push_back({file.name, file.title, path});
  }
  return list;
}

}  // namespace

ComparisonContent sampleComparisonPage(const std::string& folder, int dates) {
  const PageContent study = samplePage(folder);
  ComparisonContent content;
  content.dates = {{"Date 1", study.assessment, study.scene},
                   {"Date 2, 14 weeks after the first", study.assessment, study.scene}};
  content.dates[0].scene.pads.clear();
  operate(content.dates[1]);
  for (int n = 2; n < dates; ++n) {
    content.dates.push_back(content.dates[1]);
    content.dates.back().title = "Date " + std::to_string(n + 1);
  }
  content.comparison = comparisonOf(content.dates);
  content.report = report::comparisonReport(content.comparison);
  content.pictures = pictures(content, folder);
  content.versions = study.versions;
  return content;
}

}  // namespace neurovasc::page::testing
