#pragma once

#include <map>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/page/page.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::page {

/// One of the dates on a page that compares them.
struct PageDate {
  std::string title;      ///< "Date 2, 44 weeks after the first"
  Assessment assessment;  ///< for the zones of its own nerves
  /// In the first date's frame, its contacts numbered as in the comparison (TrackedContact::id).
  scene::SceneContent scene;
};

/// What a page of dates compared shows.
struct ComparisonContent {
  Comparison comparison;
  std::string report;           ///< the text of report.txt
  std::vector<PageDate> dates;  ///< as Comparison::dates
  std::vector<PagePicture> pictures;
  std::map<std::string, std::string> versions;
};

/// report.html of dates compared: the page of one study (reportPage()) with what became of each
/// side first, and every date's scene and slices side by side, moved together. A contact is shown
/// at one place for all dates: its point on the nerve at the first date at which it is listed, LPS
/// of the first date. Of n dates each image takes at most 3 / (2 n) times options.most_voxels, so
/// that all together stay within options.most_bytes.
///
/// Throws Error(usage) unless there is a PageDate for each date, and as reportPage().
std::string comparisonPage(const ComparisonContent& content, const PageOptions& options = {},
                           const Progress& progress = {});

}  // namespace neurovasc::page
