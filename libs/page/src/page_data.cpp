#include "page_data.h"

#include <algorithm>
#include <optional>

#include "neurovasc/page/slice_volume.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/scene/parts.h"

namespace neurovasc::page {
namespace {

Json sideData(const report::SideText& side) {
  Json json;
  json["side"] = std::string(name(side.side));
  json["title"] = side.title;
  json["finding"] = side.finding;
  json["nerve"] = side.nerve;
  json["contacts"] = side.contacts;
  json["pads"] = side.pads;
  json["zones"] = side.zones;
  json["zones_reason"] = side.zones_reason;
  json["contact_table"] = side.contact_table;
  return json;
}

Json reviewData(const report::ReviewText& review) {
  Json json;
  json["title"] = review.title;
  json["findings"] = review.findings;
  json["contacts"] = review.contacts;
  json["zones"] = review.zones;
  return json;
}

Json partData(const scene::ScenePart& part) {
  Json json;
  json["kind"] = std::string(name(part.kind));
  json["id"] = part.id;
  json["title"] = part.title;
  json["side"] = part.side ? Json(std::string(name(*part.side))) : Json(nullptr);
  json["color"] = part.color;
  json["opacity"] = part.opacity;
  json["mesh"] = encoded(part.mesh);
  std::vector<std::uint8_t> colors;
  for (const scene::Rgb& color : part.vertex_colors) {
    colors.insert(colors.end(), color.begin(), color.end());
  }
  json["vertex_colors"] = colors.empty() ? Json(nullptr) : Json(base64(colors));
  return json;
}

Json viewData(const scene::SceneView& view) {
  Json json;
  json["name"] = view.name;
  json["title"] = view.title;
  json["side"] = view.side ? Json(std::string(name(*view.side))) : Json(nullptr);
  json["contact"] = view.contact.empty() ? Json(nullptr) : Json(view.contact);
  json["center"] = point(view.frame.center_mm);
  json["up"] = point(view.frame.up);
  json["toward_viewer"] = point(view.frame.toward_viewer);
  json["width_mm"] = view.width_mm;
  json["height_mm"] = view.height_mm;
  json["brain_opacity"] = view.brain_opacity;
  json["ears"] = view.ears;
  json["other_nerves_opacity"] = view.other_nerves_opacity;
  json["brain_cut_mm"] = orNull(view.brain_cut_mm);
  json["near_cut_mm"] = orNull(view.near_cut_mm);
  json["far_cut_mm"] = orNull(view.far_cut_mm);
  return json;
}

/// The whole of an image.
Box boxOf(const GridGeometry& grid) {
  std::vector<Point3> corners;
  for (const int i : {0, grid.size[0] - 1}) {
    for (const int j : {0, grid.size[1] - 1}) {
      corners.push_back(grid.toLps(i, j, 0));
      corners.push_back(grid.toLps(i, j, grid.size[2] - 1));
    }
  }
  return boundingBox(corners, 0);
}

void addVolume(Json& list, const char* volume_name, const scene::SceneImage& image, const Box& box,
               const PageOptions& options) {
  const SliceVolume volume = sliceVolume(image, box, options.most_voxels);
  if (volume.values.empty()) {
    return;
  }
  Json json;
  json["name"] = volume_name;
  json["size"] = volume.grid.size;
  json["spacing_mm"] = point(volume.grid.spacing_mm);
  json["origin_mm"] = point(volume.grid.origin_mm);
  json["direction"] = volume.grid.direction.m;
  json["black"] = volume.black;
  json["white"] = volume.white;
  json["coarsened"] = volume.coarsened;
  json["values"] = base64(volume.values);
  list.push_back(std::move(json));
}

}  // namespace

Json textData(const report::ReportText& text) {
  Json json;
  json["title"] = text.title;
  json["notice"] = text.notice;
  json["author"] = text.author;
  json["label"] = text.label;
  json["clinical"] = text.clinical;
  json["course"] = text.course;
  json["technique"] = text.technique;
  json["series"] = text.series;
  json["registration"] = text.registration;
  json["probability_note"] = text.probability_note;
  json["sides"] = listOf(text.sides, sideData);
  json["comparison"] = text.comparison;
  json["impression"] = text.impression;
  json["reviews"] = listOf(text.reviews, reviewData);
  json["limits"] = text.limits;
  json["reading"] = text.reading;
  return json;
}

std::optional<Box> regionOf(const scene::SceneContent& scene, double margin_mm) {
  std::vector<Point3> points;
  for (const scene::SceneNerve& nerve : scene.nerves) {
    if (nerve.name == NerveName::facial) {
      points.insert(points.end(), nerve.tube.points_mm.begin(), nerve.tube.points_mm.end());
    }
  }
  for (const scene::SceneSide& side : scene.sides) {
    for (const Contact& contact : side.contacts) {
      for (const auto& p : {contact.nerve_point_mm, contact.vessel_point_mm}) {
        if (p) {
          points.push_back(*p);
        }
      }
    }
  }
  return points.empty() ? std::nullopt : std::optional<Box>(boundingBox(points, margin_mm));
}

Json partsData(const scene::SceneContent& scene) {
  return listOf(scene::sceneParts(scene), partData);
}

Json viewsData(const scene::SceneContent& scene) {
  return listOf(scene::sceneViews(scene), viewData);
}

Json volumesData(const scene::SceneContent& scene, const std::optional<Box>& around,
                 const PageOptions& options) {
  Json list = Json::array();
  if (scene.t2.image.empty()) {
    return list;
  }
  const Box box = around.value_or(boxOf(scene.t2.image.geometry()));
  addVolume(list, "T2", scene.t2, box, options);
  if (scene.tof) {
    addVolume(list, "TOF", *scene.tof, box, options);
  }
  return list;
}

Json sceneData(const scene::SceneContent& scene, const PageOptions& options) {
  Json json;
  json["parts"] = partsData(scene);
  // Without anything to see there is nothing to look at.
  json["views"] = json["parts"].empty() ? Json::array() : viewsData(scene);
  json["volumes"] = volumesData(scene, regionOf(scene, options.margin_mm), options);
  return json;
}

Json pageData(const PageContent& content, const PageOptions& options) {
  Json json;
  json["schema"] = "neurovasc.page/1";
  json["kind"] = "study";
  json["text"] = textData(report::reportText(content.assessment, content.reviews));
  json["assessment"] = Json::parse(result::toJson(content.assessment));
  json["scene"] = sceneData(content.scene, options);
  json["versions"] = content.versions;
  return json;
}

}  // namespace neurovasc::page
