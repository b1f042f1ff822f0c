#include "comparison_data.h"

#include <algorithm>
#include <utility>

#include "neurovasc/report/report_text.h"
#include "neurovasc/result/comparison_json.h"
#include "page_data.h"

namespace neurovasc::page {
namespace {

constexpr double kVoxelsOfAllDates = 1.5;  // in PageOptions::most_voxels, of each kind of image

Json sideData(const report::ComparedSideText& side) {
  Json json;
  json["side"] = std::string(name(side.side));
  json["title"] = side.title;
  json["outcome"] = side.outcome;
  json["findings"] = side.findings;
  json["contacts"] = side.contacts;
  json["pads"] = side.pads;
  json["zones"] = side.zones;
  json["course"] = side.course;
  json["joint"] = side.joint;
  json["contact_table"] = side.contact_table;
  return json;
}

Json textData(const report::ComparisonText& text) {
  Json json;
  json["title"] = text.title;
  json["notice"] = text.notice;
  json["author"] = text.author;
  json["label"] = text.label;
  json["banner"] = text.banner;
  json["dates"] = text.dates;
  json["sides"] = listOf(text.sides, sideData);
  json["course_none"] = text.course_none;
  json["limits"] = text.limits;
  json["reading"] = text.reading;
  return json;
}

Json zoneData(const ZoneFinding& zone) {
  Json json;
  json["zone"] = std::string(name(zone.zone));
  json["status"] = std::string(name(zone.status));
  json["from_mm"] = orNull(zone.from_mm);
  json["to_mm"] = orNull(zone.to_mm);
  json["smallest_vessel_mm"] = orNull(zone.smallest_vessel_mm);
  return json;
}

Json nerveData(const SideAssessment& side) {
  Json json;
  json["side"] = std::string(name(side.side));
  json["zones"] = listOf(side.zones, zoneData);
  return json;
}

/// The contact called @p id in a scene, or nothing.
const Contact* contactIn(const scene::SceneContent& scene, const std::string& id) {
  for (const scene::SceneSide& side : scene.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.id == id) {
        return &contact;
      }
    }
  }
  return nullptr;
}

/// The contact at the first date that has a place for it.
std::optional<Contact> firstSeen(const ComparisonContent& content, const std::string& id) {
  for (const PageDate& date : content.dates) {
    const Contact* contact = contactIn(date.scene, id);
    if (contact != nullptr && contact->nerve_point_mm) {
      return *contact;
    }
  }
  return std::nullopt;
}

/// The first date's scene with the contacts of all dates, for the views.
scene::SceneContent followedScene(const ComparisonContent& content) {
  scene::SceneContent scene = content.dates.front().scene;
  scene.sides.clear();
  for (const SideComparison& side : content.comparison.sides) {
    scene.sides.push_back({side.side, Finding::not_assessable, {}});
    for (const TrackedContact& tracked : side.contacts) {
      if (const auto contact = firstSeen(content, tracked.id)) {
        scene.sides.back().contacts.push_back(*contact);
      }
    }
  }
  return scene;
}

Json placesData(const scene::SceneContent& scene) {
  Json json = Json::object();
  for (const scene::SceneSide& side : scene.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm) {
        json[contact.id] = point(*contact.nerve_point_mm);
      }
    }
  }
  return json;
}

Json dateData(const PageDate& date, const std::optional<Box>& around, const PageOptions& options) {
  Json json;
  json["title"] = date.title;
  json["sides"] = listOf(date.assessment.sides, nerveData);
  json["places"] = placesData(date.scene);
  json["parts"] = partsData(date.scene);
  json["volumes"] = volumesData(date.scene, around, options);
  return json;
}

PageOptions optionsOfEach(PageOptions options, std::size_t dates) {
  const double share = std::min(kVoxelsOfAllDates / static_cast<double>(dates), 1.0);
  options.most_voxels = static_cast<std::size_t>(share * static_cast<double>(options.most_voxels));
  return options;
}

}  // namespace

Json comparisonData(const ComparisonContent& content, const PageOptions& options,
                    const Progress& progress) {
  const PageOptions each = optionsOfEach(options, content.dates.size());
  const scene::SceneContent followed = followedScene(content);
  const std::optional<Box> around = regionOf(followed, options.margin_mm);
  Json json;
  json["schema"] = "neurovasc.page/1";
  json["kind"] = "comparison";
  json["text"] = textData(report::comparisonText(content.comparison));
  json["comparison"] = Json::parse(result::toJson(content.comparison));
  json["places"] = placesData(followed);
  json["dates"] = Json::array();
  for (const PageDate& date : content.dates) {
    progress.report(
        "page",
        0.4 * static_cast<double>(json["dates"].size()) / static_cast<double>(content.dates.size()),
        date.title);
    json["dates"].push_back(dateData(date, around, each));
  }
  json["views"] = json["dates"][0]["parts"].empty() ? Json::array() : viewsData(followed);
  json["versions"] = content.versions;
  return json;
}

}  // namespace neurovasc::page
