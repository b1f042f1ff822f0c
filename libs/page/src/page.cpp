#include "neurovasc/page/page.h"

#include <algorithm>

#include "comparison_data.h"
#include "encode.h"
#include "neurovasc/core/error.h"
#include "neurovasc/page/comparison_page.h"
#include "neurovasc/scene/picture.h"
#include "page_data.h"
#include "page_template.h"
#include "template_parts.h"

namespace neurovasc::page {
namespace {

/// Where the template takes the study in (libs/page/web/src/page.html).
constexpr std::string_view kReportMarker = "@REPORT@";
/// Keys and quotes around a picture's bytes.
constexpr std::size_t kPictureFrame = 200;

void require(bool holds, const char* message) {
  if (!holds) {
    throw Error(ErrorCode::usage, message);
  }
}

Json pictureData(const PagePicture& picture, const std::string& jpeg) {
  Json json;
  json["name"] = picture.name;
  json["title"] = picture.title;
  json["jpeg"] = jpeg;
  return json;
}

/// The pictures that fit into @p room bytes, in their order, and the titles of the others.
void addPictures(Json& data, const std::vector<PagePicture>& pictures, const PageOptions& options,
                 std::size_t room, const Progress& progress) {
  data["pictures"] = Json::array();
  data["pictures_left_out"] = Json::array();
  double done = 0;
  for (const PagePicture& picture : pictures) {
    progress.report("page", 0.4 + 0.6 * done++ / static_cast<double>(pictures.size()),
                    picture.title);
    const std::string jpeg =
        base64(scene::jpegBytes(scene::readPng(picture.file), options.jpeg_quality));
    if (jpeg.size() + kPictureFrame > room) {
      data["pictures_left_out"].push_back(picture.name);
      continue;
    }
    room -= jpeg.size() + kPictureFrame;
    data["pictures"].push_back(pictureData(picture, jpeg));
  }
}

/// The template filled with a study or a comparison.
std::string pageOf(Json data, const std::string& report, const std::vector<PagePicture>& pictures,
                   const PageOptions& options, const Progress& progress) {
  const TemplateParts parts = templateParts(pageTemplate(), kReportMarker);
  const std::string text = htmlText(report);
  const std::size_t taken = pageTemplate().size() + text.size() + scriptText(data).size();
  addPictures(data, pictures, options, options.most_bytes - std::min(taken, options.most_bytes),
              progress);
  std::string page;
  page.reserve(options.most_bytes);
  page.append(parts.head).append(text).append(parts.middle);
  page.append(scriptText(data)).append(parts.tail);
  progress.report("page", 1, "done");
  return page;
}

}  // namespace

void validate(const PageOptions& options) {
  require(options.margin_mm >= 0 && options.margin_mm <= 100, "margin_mm is not within 0 to 100");
  require(options.most_voxels >= 1000, "most_voxels is below 1000");
  require(options.jpeg_quality >= 1 && options.jpeg_quality <= 100,
          "jpeg_quality is not within 1 to 100");
  require(options.most_bytes >= 1'000'000, "most_bytes is below 1000000");
}

bool isPageBuilt() { return !pageTemplate().empty(); }

std::string reportPage(const PageContent& content, const PageOptions& options,
                       const Progress& progress) {
  validate(options);
  requireTemplate();
  progress.report("page", 0, "images and surfaces");
  return pageOf(pageData(content, options), content.report, content.pictures, options, progress);
}

std::string comparisonPage(const ComparisonContent& content, const PageOptions& options,
                           const Progress& progress) {
  validate(options);
  require(content.dates.size() == content.comparison.dates.size(),
          "a page of a comparison takes as many dates as there are");
  requireTemplate();
  progress.report("page", 0, "images and surfaces");
  return pageOf(comparisonData(content, options, progress), content.report, content.pictures,
                options, progress);
}

}  // namespace neurovasc::page
