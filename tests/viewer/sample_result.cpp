#include "sample_result.h"

#include <cmath>
#include <fstream>
#include <string>

#include "neurovasc/imaging/image_io.h"
#include "neurovasc/result/assessment_json.h"

namespace neurovasc::testing {
namespace {

constexpr double kMarkerRadius_mm = 2.5;
constexpr double kNerveLevel_mm = 10;

/// 0.8 x 0.6 x 0.7 mm, turned by 0.2 rad about z.
GridGeometry sampleGrid() {
  GridGeometry grid;
  grid.size = {100, 60, 40};
  grid.spacing_mm = {0.8, 0.6, 0.7};
  const double c = std::cos(0.2);
  const double s = std::sin(0.2);
  grid.direction = Matrix3::fromColumns({c, s, 0}, {-s, c, 0}, {0, 0, 1});
  const Vec3 middle = {49.5, 29.5, 19.5};
  const Point3 wanted = {1, 4, 11};
  grid.origin_mm = wanted - (grid.toLps(middle) - grid.origin_mm);
  return grid;
}

ImageF sampleImage(float ground, float marker) {
  ImageF image(sampleGrid(), ground);
  const Size3& size = image.size();
  for (int k = 0; k < size[2]; ++k) {
    for (int j = 0; j < size[1]; ++j) {
      for (int i = 0; i < size[0]; ++i) {
        if (distance(image.geometry().toLps(i, j, k), kLeftMarker) < kMarkerRadius_mm) {
          image(i, j, k) = marker;
        }
      }
    }
  }
  return image;
}

Tube straight(const Point3& from, const Point3& to, double radius_mm) {
  Tube tube;
  constexpr int kSteps = 12;
  for (int i = 0; i <= kSteps; ++i) {
    tube.points_mm.push_back(from + (to - from) * (static_cast<double>(i) / kSteps));
    tube.radius_mm.push_back(radius_mm);
    tube.confidence.push_back(1);
  }
  return tube;
}

Nerve nerveOf(Side side) {
  const double sign = lateralSign(side);
  Nerve nerve;
  nerve.side = side;
  nerve.status = NerveStatus::segmented;
  nerve.tube = straight({12 * sign, 4, kNerveLevel_mm}, {30 * sign, 4, kNerveLevel_mm}, 0.8);
  nerve.landmarks.root_exit_point = Landmark{{12 * sign, 4, kNerveLevel_mm}, 0.5, false};
  nerve.landmarks.detachment_point = Landmark{{16 * sign, 4, kNerveLevel_mm}, 0.5, false};
  nerve.landmarks.porus = Landmark{{27 * sign, 4, kNerveLevel_mm}, 0.5, false};
  return nerve;
}

Contact contactAt(const char* id, Side side, double arclength_mm, double gap_mm,
                  double probability) {
  const double x = (12 + arclength_mm) * lateralSign(side);
  Contact contact;
  contact.id = id;
  contact.vessel_id = "V1";
  contact.kind = VesselKind::artery;
  contact.vessel_name = VesselName::aica;
  contact.name_confidence = 0.9;
  contact.diameter_mm = 1.0;
  contact.distance_mm = gap_mm;
  contact.distance_sd_mm = 0.12;
  contact.contact_probability = probability;
  contact.state = probability > 0.5 ? ContactState::touching : ContactState::separate;
  contact.zone = zoneAt(arclength_mm, 4, 15);
  contact.arclength_mm = arclength_mm;
  contact.nerve_point_mm = Point3{x, 4, kNerveLevel_mm + 0.8};
  contact.vessel_point_mm = Point3{x, 4, kNerveLevel_mm + 0.8 + gap_mm};
  return contact;
}

SideAssessment sideOf(Side side, Finding finding, std::vector<Contact> contacts) {
  SideAssessment out;
  out.side = side;
  out.finding = finding;
  out.nerve = nerveOf(side);
  for (const ZoneRange& range : zoneRanges(4, 15, 18)) {
    ZoneFinding zone;
    zone.zone = range.zone;
    zone.from_mm = range.from_mm;
    zone.to_mm = range.to_mm;
    zone.status = ZoneStatus::clear;
    zone.smallest_vessel_mm = 0.6;
    out.zones.push_back(zone);
  }
  for (const Contact& contact : contacts) {
    if (contact.contact_probability >= 0.5) {
      out.zones[static_cast<std::size_t>(*contact.zone)].status = ZoneStatus::contact;
    }
  }
  out.contacts = std::move(contacts);
  return out;
}

}  // namespace

Assessment sampleAssessment() {
  Assessment assessment;
  assessment.sides = {
      sideOf(
          Side::left, Finding::contact,
          {contactAt("L1", Side::left, 3.5, 0.0, 0.97), contactAt("L2", Side::left, 9, 1.5, 0.01)}),
      sideOf(Side::right, Finding::no_contact, {contactAt("R1", Side::right, 6, 2.0, 0.01)})};
  Vessel vessel;
  vessel.id = "V1";
  vessel.kind = VesselKind::artery;
  vessel.kind_confidence = 0.9;
  vessel.name = VesselName::aica;
  vessel.name_confidence = 0.9;
  vessel.tube = straight({15.5, -4, 11.3}, {15.5, 12, 11.3}, 0.5);
  assessment.vessels = {vessel};
  assessment.quality.resolution = Resolution::quantitative;
  return assessment;
}

void writeSampleResult(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "volumes");
  imaging::writeImage(sampleImage(200, 900), (folder / "volumes/t2.nii.gz").string());
  imaging::writeImage(sampleImage(500, 100), (folder / "volumes/tof.nii.gz").string());
  std::ofstream(folder / "assessment.json", std::ios::binary) << result::toJson(sampleAssessment());
}

}  // namespace neurovasc::testing
