#include "neurovasc/core/calendar.h"

#include <gtest/gtest.h>

namespace neurovasc {
namespace {

TEST(DayNumber, CountsFromTheBeginningOf1970) {
  EXPECT_EQ(dayNumber(1970, 1, 1), 0);
  EXPECT_EQ(dayNumber(1969, 12, 31), -1);
  EXPECT_EQ(dayNumber(2025, 2, 3), 20122);
  EXPECT_EQ(dayNumber(1, 1, 1), -719162);
}

TEST(DayNumber, KnowsLeapYears) {
  EXPECT_EQ(*dayNumber(2024, 3, 1) - *dayNumber(2024, 2, 28), 2);
  EXPECT_EQ(*dayNumber(2000, 3, 1) - *dayNumber(2000, 2, 28), 2);
  EXPECT_EQ(*dayNumber(1900, 3, 1) - *dayNumber(1900, 2, 28), 1);
}

TEST(DayNumber, IsNothingForWhatIsNoDay) {
  EXPECT_FALSE(dayNumber(2025, 2, 29));
  EXPECT_FALSE(dayNumber(2025, 4, 31));
  EXPECT_FALSE(dayNumber(2025, 13, 1));
  EXPECT_FALSE(dayNumber(2025, 0, 1));
  EXPECT_FALSE(dayNumber(2025, 1, 0));
  EXPECT_FALSE(dayNumber(0, 1, 1));
}

TEST(Day, IsReadFromItsTextAlone) {
  EXPECT_EQ(parseDay("2025-02-03"), dayNumber(2025, 2, 3));
  for (const char* text : {"", "2025-02-30", "2025-2-3", "2025-02-031", "2025-02- 3", "n/a",
                           "20250203", "2025/02/03"}) {
    EXPECT_FALSE(parseDay(text)) << text;
  }
}

TEST(UtcTime, IsWrittenToTheSecondAndReadBack) {
  const auto time = std::chrono::system_clock::from_time_t(1795256100);
  EXPECT_EQ(utcText(time), "2026-11-21T10:15:00Z");
  EXPECT_EQ(parseUtc("2026-11-21T10:15:00Z"), time);
}

TEST(UtcTime, IsNothingForAnyOtherText) {
  for (const char* text : {"", "2026-11-21", "2026-11-21T10:15:00", "2026-02-30T10:15:00Z",
                           "2026-11-21T10:15:00Z and more", "2026-1-1T1:1:1Z"}) {
    EXPECT_FALSE(parseUtc(text)) << text;
  }
}

}  // namespace
}  // namespace neurovasc
