#include "encode.h"

#include <gtest/gtest.h>

namespace neurovasc::page {
namespace {

TEST(Base64, IsThatOfTheStandard) {
  // RFC 4648, section 10.
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(std::vector<std::uint8_t>{0xFF, 0xEF, 0x00}), "/+8A");
}

TEST(EncodedMesh, KeepsPointsWithin16BitSteps) {
  TriangleMesh mesh;
  mesh.vertices_mm = {{-31.5, 12.25, 47.75}, {20, -8, 47.75}, {3, 4, 60}};
  mesh.triangles = {{0, 1, 2}};
  const Json json = encoded(mesh);
  EXPECT_EQ(json["origin"], Json({-31.5, -8.0, 47.75}));
  // Corner 0 has the lowest x and z and the highest y.
  const std::string points = json["points"];
  EXPECT_EQ(points.substr(0, 8), base64(std::vector<std::uint8_t>{0, 0, 255, 255, 0, 0}));
  EXPECT_LT(json["step"][0].get<double>(), 0.001);
  EXPECT_EQ(json["triangles"],
            base64(std::vector<std::uint8_t>{0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0}));
}

TEST(ScriptText, CannotEndTheScriptElement) {
  const std::string hostile = "</script><!-- \xFF";
  const std::string text = scriptText(Json{{"label", hostile}});
  EXPECT_EQ(text.find('<'), text.npos);
  EXPECT_EQ(Json::parse(text)["label"], "</script><!-- \xEF\xBF\xBD");
}

TEST(HtmlText, ShowsMarkupAsText) {
  EXPECT_EQ(htmlText("a < b & c > \"d\""), "a &lt; b &amp; c &gt; \"d\"");
}

}  // namespace
}  // namespace neurovasc::page
