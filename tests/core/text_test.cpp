#include "neurovasc/core/text.h"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>

namespace neurovasc {
namespace {

TEST(FixedDecimals, RoundsAndKeepsTheSign) {
  EXPECT_EQ(fixedDecimals(-0.25, 3), "-0.250");
  EXPECT_EQ(fixedDecimals(12.96, 1), "13.0");
  EXPECT_EQ(fixedDecimals(4, 0), "4");
}

TEST(FixedDecimals, HasRoomForTheLargestNumber) {
  EXPECT_EQ(fixedDecimals(std::numeric_limits<double>::max(), 2).size(), 312U);
}

TEST(FixedDecimals, WritesAPointInAnyLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* locale : {"C", "de_DE.UTF-8", "fr_FR.UTF-8"}) {
    std::setlocale(LC_ALL, locale);  // stays as it was where the system lacks the locale
    EXPECT_EQ(fixedDecimals(0.5, 1), "0.5") << locale;
  }
  std::setlocale(LC_ALL, before.c_str());
}

}  // namespace
}  // namespace neurovasc
