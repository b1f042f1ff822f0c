#include "neurovasc/page/cohort_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/picture.h"
#include "support/temporary_folder.h"

namespace neurovasc::page {
namespace {

using neurovasc::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::Not;

CohortRow rowOf(const std::string& study, double points) {
  CohortRow row;
  row.study = study;
  row.result = std::string(64, study[0]);
  row.doubts = {{"registration", "far <off>", points}};
  return row;
}

/// A picture that JPEG makes little smaller.
PagePicture noise(const TemporaryFolder& folder) {
  scene::Picture picture{400, 300, std::vector<std::uint8_t>(3 * 400 * 300)};
  std::uint32_t state = 1;
  for (std::uint8_t& value : picture.rgb) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(state >> 24U);
  }
  scene::writePng(picture, folder.path("noise.png"));
  return {"noise.png", "noise", folder.path("noise.png")};
}

std::size_t countOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(CohortPage, HasTheMostDoubtfulFirstAndForbidsRequests) {
  if (!isPageBuilt()) {
    GTEST_SKIP() << "this build has no page";
  }
  CohortContent content;
  content.rows = {rowOf("aaa", 0.5), rowOf("bbb", 2)};
  content.flow_svg = "<svg id=\"of-test\"></svg>";
  const std::string page = cohortPage(content);
  EXPECT_LT(page.find("\"bbb\""), page.find("\"aaa\""));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("<svg id=\"of-test\"></svg>"));
  EXPECT_THAT(page, Not(HasSubstr("far <off>")));
}

TEST(CohortPage, LeavesOutPicturesThatDoNotFitAndCountsThem) {
  if (!isPageBuilt()) {
    GTEST_SKIP() << "this build has no page";
  }
  const TemporaryFolder folder;
  CohortContent content;
  for (int i = 0; i < 40; ++i) {
    content.rows.push_back(rowOf("r" + std::to_string(i), 1));
    content.rows.back().pictures = {noise(folder)};
  }
  CohortPageOptions options;
  options.most_bytes = 1'200'000;
  const std::string page = cohortPage(content, options);
  EXPECT_LE(page.size(), options.most_bytes);
  const std::size_t shown = countOf(page, "\"jpeg\":");
  EXPECT_GT(shown, 0U);
  EXPECT_LT(shown, 40U);
  EXPECT_THAT(page, HasSubstr("\"pictures_left_out\":" + std::to_string(40 - shown)));
}

TEST(CohortPage, RefusesOptionsOutOfRange) {
  const auto refuses = [](const CohortPageOptions& options) {
    try {
      validate(options);
    } catch (const Error& error) {
      return error.code() == ErrorCode::usage;
    }
    return false;
  };
  CohortPageOptions options;
  EXPECT_FALSE(refuses(options));
  options.picture_width = 10;
  EXPECT_TRUE(refuses(options));
  options = {};
  options.jpeg_quality = 0;
  EXPECT_TRUE(refuses(options));
  options = {};
  options.most_bytes = 10;
  EXPECT_TRUE(refuses(options));
}

}  // namespace
}  // namespace neurovasc::page
