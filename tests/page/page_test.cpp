#include "neurovasc/page/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "neurovasc/core/error.h"
#include "page/sample_page.h"
#include "page_data.h"
#include "support/temporary_folder.h"

namespace neurovasc::page {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Page : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!isPageBuilt()) {
      GTEST_SKIP() << "this build has no page (Node.js, npm)";
    }
    content_ = testing::samplePage(folder_.path().string());
  }

  neurovasc::testing::TemporaryFolder folder_;
  PageContent content_;
};

TEST_F(Page, IsTheSameForTheSameContent) { EXPECT_EQ(reportPage(content_), reportPage(content_)); }

TEST_F(Page, NamesNothingOutsideItself) {
  const std::string page = reportPage(content_);
  EXPECT_FALSE(
      std::regex_search(page.substr(0, page.find("<style>")), std::regex("(src|href)=\"[^#]")));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr(folder_.path().string())));
}

TEST_F(Page, ShowsALabelAsTextWhateverItHolds) {
  const std::string page = reportPage(content_);
  EXPECT_THAT(page, Not(HasSubstr("<script>broken()")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;broken()"));
}

TEST_F(Page, LeavesOutPicturesThatDoNotFitAndSaysWhich) {
  PageOptions options;
  options.most_bytes = 1'000'000;
  const std::string page = reportPage(content_, options);
  const std::string whole = reportPage(content_);
  EXPECT_THAT(whole, HasSubstr("\"pictures_left_out\":[]"));
  // The volumes alone take more: no picture fits.
  EXPECT_THAT(page, HasSubstr("\"pictures\":[],\"pictures_left_out\":[\"overview.png\","));
}

TEST_F(Page, CanBeMadeOfAStudyThatShowsNothing) {
  EXPECT_THAT(reportPage({}), HasSubstr("\"parts\":[],\"views\":[],\"volumes\":[]"));
}

TEST_F(Page, RefusesAPictureThatIsNone) {
  content_.pictures[0].file = folder_.write("text.png", "no picture").string();
  EXPECT_THROW(reportPage(content_), Error);
}

TEST_F(Page, StopsWhenAsked) {
  StopToken stop;
  stop.requestStop();
  EXPECT_THROW(reportPage(content_, {}, Progress({}, {}, stop)), Error);
}

TEST(PageData, HasTheReportsOwnSentences) {
  const neurovasc::testing::TemporaryFolder folder;
  const PageContent content = testing::samplePage(folder.path().string());
  const Json data = pageData(content, {});
  const report::ReportText text = report::reportText(content.assessment);
  EXPECT_EQ(data["text"]["sides"][0]["finding"], text.sides[0].finding);
  EXPECT_EQ(data["text"]["impression"], Json(text.impression));
  EXPECT_EQ(data["assessment"]["schema"], "neurovasc.assessment/1");
  EXPECT_EQ(data["scene"]["volumes"].size(), 2U);
}

TEST(PageData, CarriesWhatReadersSayApartFromTheFindings) {
  const neurovasc::testing::TemporaryFolder folder;
  PageContent content = testing::samplePage(folder.path().string());
  const Json before = pageData(content, {});
  EXPECT_TRUE(before["text"]["reviews"].empty());
  ReviewedAssessment reviewed{content.assessment, "A. Reader", {}, {}};
  reviewed.assessment.sides[0].finding = Finding::not_assessable;
  content.reviews = {reviewed};
  const Json data = pageData(content, {});
  EXPECT_THAT(data["text"]["reviews"][0]["title"].get<std::string>(), HasSubstr("A. READER"));
  EXPECT_EQ(data["text"]["impression"], before["text"]["impression"]);
  EXPECT_EQ(data["assessment"], before["assessment"]);
}

TEST(PageOptions, OutOfRangeAreRefused) {
  EXPECT_NO_THROW(validate(PageOptions{}));
  EXPECT_THROW(validate(PageOptions{-1, 10000, 85, 2'000'000}), Error);
  EXPECT_THROW(validate(PageOptions{12, 10, 85, 2'000'000}), Error);
  EXPECT_THROW(validate(PageOptions{12, 10000, 101, 2'000'000}), Error);
  EXPECT_THROW(validate(PageOptions{12, 10000, 85, 10}), Error);
}

}  // namespace
}  // namespace neurovasc::page
