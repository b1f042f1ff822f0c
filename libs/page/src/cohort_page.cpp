#include "neurovasc/page/cohort_page.h"

#include <algorithm>
#include <utility>

#include "encode.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/thumbnail.h"
#include "page_data.h"
#include "page_template.h"
#include "template_parts.h"

namespace neurovasc::page {
namespace {

constexpr std::string_view kFlowMarker = "@FLOW@";
/// Keys and quotes around a picture's bytes.
constexpr std::size_t kPictureFrame = 120;

void require(bool holds, const char* message) {
  if (!holds) {
    throw Error(ErrorCode::usage, message);
  }
}

Json sideData(const CohortSide& side) {
  return {{"side", name(side.side)},
          {"finding", side.finding},
          {"nerve", side.nerve},
          {"contacts", side.contacts},
          {"touching", side.touching},
          {"probability", orNull(side.probability)},
          {"distance_mm", orNull(side.distance_mm)},
          {"indentation_mm", orNull(side.indentation_mm)},
          {"zones_not_assessable", side.zones_not_assessable},
          {"told", side.told}};
}

Json doubtData(const Doubt& doubt) {
  return {{"kind", doubt.kind}, {"text", doubt.text}, {"points", doubt.points}};
}

Json rowData(const CohortRow& row) {
  return {{"study", row.study},
          {"patient", row.patient},
          {"order", row.order},
          {"days_after_surgery",
           row.days_after_surgery ? Json(*row.days_after_surgery) : Json(nullptr)},
          {"version", row.version},
          {"result", row.result},
          {"sides", listOf(row.sides, sideData)},
          {"registration_error_mm", orNull(row.registration_error_mm)},
          {"doubts", listOf(row.doubts, doubtData)},
          {"doubt", row.doubt()},
          {"verdict", row.verdict},
          {"readers", row.readers},
          {"reason", row.reason},
          {"pictures", Json::array()}};
}

std::string thumbnail(const PagePicture& picture, const CohortPageOptions& options) {
  const scene::Picture small = scene::shrunk(scene::readPng(picture.file), options.picture_width);
  return base64(scene::jpegBytes(small, options.jpeg_quality));
}

/// Puts pictures into the rows of @p data, which are those of @p rows, as far as @p room goes.
void addPictures(Json& data, const std::vector<CohortRow>& rows, const CohortPageOptions& options,
                 std::size_t room, const Progress& progress) {
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    progress.report("cohort-page", static_cast<double>(i) / static_cast<double>(rows.size()),
                    "pictures");
    for (const PagePicture& picture : rows[i].pictures) {
      const std::string jpeg = left_out == 0 ? thumbnail(picture, options) : std::string();
      const std::size_t bytes = jpeg.size() + picture.title.size() + kPictureFrame;
      if (left_out > 0 || bytes > room) {
        ++left_out;
        continue;
      }
      room -= bytes;
      data["rows"][i]["pictures"].push_back({{"title", picture.title}, {"jpeg", jpeg}});
    }
  }
  data["pictures_left_out"] = left_out;
}

}  // namespace

double CohortRow::doubt() const {
  double sum = 0;
  for (const Doubt& each : doubts) {
    sum += each.points;
  }
  return sum;
}

void validate(const CohortPageOptions& options) {
  require(options.picture_width >= 64 && options.picture_width <= 2000,
          "picture_width is not within 64 to 2000");
  require(options.jpeg_quality >= 1 && options.jpeg_quality <= 100,
          "jpeg_quality is not within 1 to 100");
  require(options.most_bytes >= 1'000'000, "most_bytes is below 1000000");
}

std::string cohortPage(CohortContent content, const CohortPageOptions& options,
                       const Progress& progress) {
  validate(options);
  requireTemplate();
  std::stable_sort(content.rows.begin(), content.rows.end(),
                   [](const CohortRow& a, const CohortRow& b) { return a.doubt() > b.doubt(); });
  Json data = {{"rows", listOf(content.rows, rowData)}, {"versions", content.versions}};
  const std::size_t taken =
      cohortTemplate().size() + content.flow_svg.size() + scriptText(data).size();
  addPictures(data, content.rows, options, options.most_bytes - std::min(taken, options.most_bytes),
              progress);
  const TemplateParts parts = templateParts(cohortTemplate(), kFlowMarker);
  std::string page;
  page.append(parts.head).append(content.flow_svg).append(parts.middle);
  page.append(scriptText(data)).append(parts.tail);
  progress.report("cohort-page", 1, "done");
  return page;
}

}  // namespace neurovasc::page
