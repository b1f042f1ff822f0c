#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "phrases.h"
#include "text_layout.h"

namespace neurovasc::report {
namespace {

TEST(Layout, BreaksLinesAtBlanksWithAHangingIndent) {
  EXPECT_EQ(wrapped("one two three four", 9, 0, 2), "one two\n  three\n  four\n");
}

TEST(Layout, KeepsAUnitAndADoubtWithTheirNumber) {
  EXPECT_EQ(wrapped("it is 0.62 ± 0.20 mm, wide", 16, 0, 0), "it is\n0.62 ± 0.20 mm,\nwide\n");
}

TEST(Layout, CountsCodePointsNotBytes) {
  EXPECT_EQ(widthOf("±°²é"), 4U);
  EXPECT_EQ(wrapped("éééé éééé", 9, 0, 0), "éééé éééé\n");
}

TEST(Layout, CutsAWordThatIsLongerThanTheLine) {
  EXPECT_EQ(wrapped("aaaaaaaa", 5, 0, 0), "aaaaa\naaa\n");
}

TEST(Layout, AlignsColumnsAndWrapsTheLastOne) {
  EXPECT_EQ(alignedTable({{"a", "bb", "one two three four five six"}, {"ccc", "d", ""}}, 32, 2),
            "  a    bb  one two three four\n           five six\n  ccc  d\n");
}

TEST(Layout, ShortensWithAnEllipsis) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abcde…");
}

TEST(Layout, ListsInWords) {
  EXPECT_EQ(inWords({}), "");
  EXPECT_EQ(inWords({"a"}), "a");
  EXPECT_EQ(inWords({"a", "b"}), "a and b");
  EXPECT_EQ(inWords({"a", "b", "c"}), "a, b and c");
}

TEST(Phrases, AreFilledInByName) {
  EXPECT_EQ(say("contact.gap", {{"gap", "0.10 mm"}}), "Gap 0.10 mm.");
}

TEST(Phrases, AreNeverMadeUp) {
  EXPECT_THROW(say("no.such.phrase"), Error);
  EXPECT_THROW(say("contact.gap"), Error);
}

}  // namespace
}  // namespace neurovasc::report
