#pragma once

#include <optional>

#include "encode.h"
#include "neurovasc/page/page.h"
#include "neurovasc/report/report_text.h"

namespace neurovasc::page {

/// A list of what @p make makes of each of @p items.
template <typename Items, typename Make>
Json listOf(const Items& items, Make make) {
  Json list = Json::array();
  for (const auto& item : items) {
    list.push_back(make(item));
  }
  return list;
}

inline Json orNull(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// The sentences and tables that the page prints.
Json textData(const report::ReportText& text);

/// Around the facial nerves and their contacts; empty without any.
std::optional<Box> regionOf(const scene::SceneContent& scene, double margin_mm);

/// Surfaces with their looks.
Json partsData(const scene::SceneContent& scene);

/// Where pictures look from.
Json viewsData(const scene::SceneContent& scene);

/// Images for slices within @p around, or all of them.
Json volumesData(const scene::SceneContent& scene, const std::optional<Box>& around,
                 const PageOptions& options);

/// {parts, views, volumes} of one study.
Json sceneData(const scene::SceneContent& scene, const PageOptions& options);

/// What the page shows, but for the pictures.
Json pageData(const PageContent& content, const PageOptions& options);

}  // namespace neurovasc::page
