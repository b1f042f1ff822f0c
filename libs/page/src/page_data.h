#pragma once

#include "encode.h"
#include "neurovasc/page/page.h"
#include "neurovasc/report/report_text.h"

namespace neurovasc::page {

/// The sentences and tables that the page prints.
Json textData(const report::ReportText& text);

/// {parts, views, volumes}: surfaces, where pictures look from, images for slices.
Json sceneData(const scene::SceneContent& scene, const PageOptions& options);

/// What the page shows, but for the pictures.
Json pageData(const PageContent& content, const PageOptions& options);

}  // namespace neurovasc::page
