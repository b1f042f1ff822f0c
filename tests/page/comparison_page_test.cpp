#include "neurovasc/page/comparison_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "comparison_data.h"
#include "neurovasc/core/error.h"
#include "neurovasc/report/report_text.h"
#include "page/sample_comparison_page.h"
#include "page_data.h"
#include "support/temporary_folder.h"

namespace neurovasc::page {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ComparisonPage : public ::testing::Test {
 protected:
  neurovasc::testing::TemporaryFolder folder_;
  ComparisonContent content_ = testing::sampleComparisonPage(folder_.path().string());
};

TEST_F(ComparisonPage, IsTheSameForTheSameContentAndTellsNoPath) {
  if (!isPageBuilt()) {
    GTEST_SKIP() << "this build has no page (Node.js, npm)";
  }
  const std::string page = comparisonPage(content_);
  EXPECT_EQ(page, comparisonPage(content_));
  EXPECT_THAT(page, Not(HasSubstr(folder_.path().string())));
  EXPECT_THAT(page, Not(HasSubstr("<script>broken()")));
}

TEST_F(ComparisonPage, HasTheReportsOwnSentences) {
  const Json data = comparisonData(content_, {}, {});
  const report::ComparisonText text = report::comparisonText(content_.comparison);
  EXPECT_EQ(data["kind"], "comparison");
  EXPECT_EQ(data["text"]["sides"][0]["outcome"], text.sides[0].outcome);
  EXPECT_EQ(data["text"]["dates"], Json(text.dates));
  EXPECT_EQ(data["comparison"]["schema"], "neurovasc.comparison/1");
}

TEST_F(ComparisonPage, PlacesAContactWhereItWasFirstSeen) {
  Contact late = content_.dates[1].scene.sides[0].contacts[0];
  late.id = "L9";  // listed at the second date alone
  content_.dates[1].scene.sides[0].contacts.push_back(late);
  TrackedContact tracked = content_.comparison.sides[0].contacts[0];
  tracked.id = "L9";
  content_.comparison.sides[0].contacts.push_back(tracked);
  const Json data = comparisonData(content_, {}, {});
  const Contact& first = content_.dates[0].scene.sides[0].contacts[0];
  EXPECT_EQ(data["places"]["L1"], point(*first.nerve_point_mm));
  EXPECT_EQ(data["places"]["L9"], point(*late.nerve_point_mm));
  EXPECT_FALSE(data["dates"][0]["places"].contains("L9"));
}

TEST_F(ComparisonPage, SharesTheRoomForImagesAmongTheDates) {
  PageOptions options;
  options.most_voxels = 40'000;
  const Json data = comparisonData(content_, options, {});
  for (const Json& date : data["dates"]) {
    const Json& size = date["volumes"][0]["size"];
    const int voxels = size[0].get<int>() * size[1].get<int>() * size[2].get<int>();
    EXPECT_LE(voxels, 30'000);
    EXPECT_GT(voxels, 20'000);
  }
}

TEST_F(ComparisonPage, TakesAsManyDatesAsThereAre) {
  content_.dates.pop_back();
  EXPECT_THROW(comparisonPage(content_), Error);
}

}  // namespace
}  // namespace neurovasc::page
