#include "neurovasc/core/error.h"

#include <gtest/gtest.h>

#include <set>

namespace neurovasc {
namespace {

TEST(ErrorCodes, HaveOneExitCodeEachFromOneToTwelveInOrder) {
  int expected = 1;
  std::set<std::string_view> names;
  for (const auto& info : errorCodes()) {
    EXPECT_EQ(info.exit_code, expected++);
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_FALSE(info.meaning.empty());
  }
  EXPECT_EQ(expected, 13);
}

TEST(ErrorCodes, FollowTheCommandLineContract) {
  EXPECT_EQ(describe(ErrorCode::usage).exit_code, 2);
  EXPECT_EQ(describe(ErrorCode::input_unreadable).exit_code, 3);
  EXPECT_EQ(describe(ErrorCode::no_usable_series).exit_code, 4);
  EXPECT_EQ(describe(ErrorCode::inconsistent_geometry).exit_code, 5);
  EXPECT_EQ(describe(ErrorCode::registration_refused).exit_code, 6);
  EXPECT_EQ(describe(ErrorCode::nerve_not_found).exit_code, 7);
  EXPECT_EQ(describe(ErrorCode::output_unwritable).exit_code, 8);
  EXPECT_EQ(describe(ErrorCode::cancelled).exit_code, 10);
}

TEST(Error, ShowsTheHintAfterTheMessage) {
  const Error error(ErrorCode::usage, "no study was given", "Name a folder.");
  EXPECT_STREQ(error.what(), "no study was given\nName a folder.");
}

TEST(Error, KeepsCodeAndHintWhenAContextIsAdded) {
  const Error inner(ErrorCode::input_unreadable, "the file ends early", "Copy it again.");
  const Error outer = inner.within("series 3");
  EXPECT_EQ(outer.code(), ErrorCode::input_unreadable);
  EXPECT_EQ(outer.message(), "series 3: the file ends early");
  EXPECT_EQ(outer.hint(), "Copy it again.");
}

}  // namespace
}  // namespace neurovasc
