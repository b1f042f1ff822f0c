#include "page/sample_page.h"

#include "neurovasc/report/text_report.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/pictures.h"
#include "scene/fixtures.h"

namespace neurovasc::page::testing {
namespace {

using scene::testing::contactAt;
using scene::testing::kMiddle;
using scene::testing::straightTube;

Contact measured(Contact contact, double gap_mm, double probability, double at_mm) {
  contact.distance_mm = gap_mm;
  contact.distance_sd_mm = 0.15;
  contact.contact_probability = probability;
  contact.state = probability > 0.5 ? ContactState::touching : ContactState::separate;
  contact.zone = Zone::root_detachment_point;
  contact.arclength_mm = at_mm;
  return contact;
}

TriangleMesh ball(const Point3& center, double radius_mm) {
  Tube tube;
  for (int n = -9; n <= 9; ++n) {
    const double x = n / 10.0;
    tube.points_mm.push_back(center + Vec3{0, 0, x * radius_mm});
    tube.radius_mm.push_back(radius_mm * std::sqrt(1 - x * x));
  }
  return tubeSurface(tube, 24);
}

SideAssessment sideOf(Side side, const scene::SceneNerve& nerve) {
  SideAssessment out;
  out.side = side;
  out.nerve.side = side;
  out.nerve.status = NerveStatus::segmented;
  out.nerve.tube = nerve.tube;
  out.nerve.landmarks = nerve.landmarks;
  for (const ZoneRange& range : zoneRanges(6, 14, 20)) {
    ZoneFinding zone;
    zone.zone = range.zone;
    zone.from_mm = range.from_mm;
    zone.to_mm = range.to_mm;
    zone.status =
        range.zone == Zone::internal_canal ? ZoneStatus::not_assessable : ZoneStatus::clear;
    zone.reason = range.zone == Zone::internal_canal ? "outside of the images" : "";
    out.zones.push_back(zone);
  }
  return out;
}

void addVessels(scene::SceneContent& scene) {
  scene.vessels[0].name = VesselName::aica;
  Vessel vein{"V2", VesselKind::vein, 0.9, VesselName::vein, 0.9, {}, {}};
  vein.tube = straightTube(kMiddle + Vec3{-20, -8, 3}, kMiddle + Vec3{-20, 8, 3}, 0.5);
  Vessel other{"V3", VesselKind::unknown, 0.5, VesselName::unknown, 0, {}, {}};
  other.tube = straightTube(kMiddle + Vec3{22, -8, 4}, kMiddle + Vec3{22, 8, 4}, 0.5);
  scene.vessels.push_back(vein);
  scene.vessels.push_back(other);
}

void addSurroundings(scene::SceneContent& scene) {
  scene.brain = ball(kMiddle + Vec3{0, 8, 0}, 12);
  for (const Side side : kSides) {
    const double sign = lateralSign(side);
    const Point3 at = kMiddle + Vec3{36 * sign, -4, 2};
    scene.canals.push_back({side, tubeSurface(straightTube(at, at + Vec3{6 * sign, 0, 0}, 2), 12)});
    scene.labyrinths.push_back({side, ball(at + Vec3{10 * sign, 0, 0}, 3)});
    scene::SceneNerve eighth = scene::testing::facialNerve(side);
    eighth.name = NerveName::vestibulocochlear;
    for (Point3& p : eighth.tube.points_mm) {
      p += Vec3{0, 3, -2};
    }
    scene.nerves.push_back(eighth);
  }
  const Point3 pad = kMiddle + Vec3{18, -6, -5};
  scene.pads.push_back({"P1", Side::left, pad, 14, ball(pad, 1.5)});
}

/// Contacts of both sides; L1 is the scene's own.
void addContacts(scene::SceneContent& scene) {
  Contact first = measured(scene.sides[0].contacts[0], 0, 0.93, 8);
  first.vessel_name = VesselName::aica;
  first.name_confidence = 0.9;
  const Point3 on_left = pointAt(scene.nerves[0].tube.points_mm, 12);
  const Point3 on_right = pointAt(scene.nerves[1].tube.points_mm, 9);
  Contact second = measured(contactAt("L2", on_left, on_left + Vec3{0, 0, 3}), 2.2, 0.01, 12);
  second.vessel_id = "V3";
  second.kind = VesselKind::unknown;
  Contact third = measured(contactAt("R1", on_right, on_right + Vec3{0, 0, 2}), 1.2, 0.05, 9);
  third.vessel_id = "V2";
  third.kind = VesselKind::vein;
  scene.sides[0].contacts = {first, second};
  scene.sides[0].finding = Finding::contact;
  scene.sides[1].contacts = {third};
}

void addImages(scene::SceneContent& scene) {
  const Point3 marker = *scene.sides[0].contacts[0].nerve_point_mm + Vec3{4, 0, 0};
  const auto grid = scene::testing::obliqueGrid({130, 60, 50}, {0.6, 0.7, 0.9}, kMiddle);
  scene.t2.image = scene::testing::sampled(
      grid, [&](const Point3& p) { return distance(p, marker) < 2 ? 200.0 : 60.0; });
  scene.t2.window = {0, 200};
  scene.tof = scene.t2;
}

/// A picture of one colour for each that analyze would draw.
std::vector<PagePicture> pictures(const scene::SceneContent& scene, const std::string& folder) {
  std::vector<PagePicture> list;
  for (const auto& file : scene::pictureFiles(scene)) {
    const std::string path = folder + "/" + file.name;
    scene::writePng({60, 45, std::vector<std::uint8_t>(3UL * 60 * 45, 150)}, path);
    list.push_back({file.name, file.title, path});
  }
  return list;
}

}  // namespace

PageContent samplePage(const std::string& folder) {
  PageContent content;
  scene::SceneContent& scene = content.scene;
  scene = scene::testing::leftContact();
  addVessels(scene);
  addContacts(scene);
  addSurroundings(scene);
  addImages(scene);
  for (const scene::SceneSide& side : scene.sides) {
    SideAssessment found = sideOf(side.side, scene.nerves[side.side == Side::left ? 0 : 1]);
    found.finding = side.finding;
    found.contacts = side.contacts;
    content.assessment.sides.push_back(found);
  }
  content.assessment.vessels = scene.vessels;
  content.assessment.pads = scene.pads;
  content.assessment.label = "</script><script>broken()</script><!-- & \"study\"";
  content.report = report::textReport(content.assessment);
  content.pictures = pictures(scene, folder);
  content.versions = {{"neurovasc", "0.1.0"}};
  return content;
}

}  // namespace neurovasc::page::testing
