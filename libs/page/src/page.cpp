#include "neurovasc/page/page.h"

#include <algorithm>

#include "encode.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/picture.h"
#include "page_data.h"
#include "page_template.h"

namespace neurovasc::page {
namespace {

/// Where the template takes the study in (libs/page/web/src/page.html).
constexpr std::string_view kReportMarker = "@REPORT@";
constexpr std::string_view kDataMarker = "@DATA@";
/// Keys and quotes around a picture's bytes.
constexpr std::size_t kPictureFrame = 200;

void require(bool holds, const char* message) {
  if (!holds) {
    throw Error(ErrorCode::usage, message);
  }
}

/// The template cut at its markers, in their order.
struct TemplateParts {
  std::string_view head;
  std::string_view middle;
  std::string_view tail;
};

TemplateParts templateParts() {
  const std::string_view text = pageTemplate();
  const std::size_t report = text.find(kReportMarker);
  const std::size_t data = text.find(kDataMarker);
  if (report == text.npos || data == text.npos || data < report) {
    throw Error(ErrorCode::internal, "this build holds no page",
                "Build with Node.js and npm and with NEUROVASC_PAGE on.");
  }
  const std::size_t after_report = report + kReportMarker.size();
  return {text.substr(0, report), text.substr(after_report, data - after_report),
          text.substr(data + kDataMarker.size())};
}

Json pictureData(const PagePicture& picture, const std::string& jpeg) {
  Json json;
  json["name"] = picture.name;
  json["title"] = picture.title;
  json["jpeg"] = jpeg;
  return json;
}

/// The pictures that fit into @p room bytes, in their order, and the titles of the others.
void addPictures(Json& data, const PageContent& content, const PageOptions& options,
                 std::size_t room, const Progress& progress) {
  data["pictures"] = Json::array();
  data["pictures_left_out"] = Json::array();
  double done = 0;
  for (const PagePicture& picture : content.pictures) {
    progress.report("page", 0.4 + 0.6 * done++ / static_cast<double>(content.pictures.size()),
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
  const TemplateParts parts = templateParts();
  progress.report("page", 0, "images and surfaces");
  Json data = pageData(content, options);
  const std::string report = htmlText(content.report);
  std::size_t taken = pageTemplate().size() + report.size() + scriptText(data).size();
  addPictures(data, content, options, options.most_bytes - std::min(taken, options.most_bytes),
              progress);
  std::string page;
  page.reserve(options.most_bytes);
  page.append(parts.head).append(report).append(parts.middle);
  page.append(scriptText(data)).append(parts.tail);
  progress.report("page", 1, "done");
  return page;
}

}  // namespace neurovasc::page
