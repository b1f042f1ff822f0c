#include "structures.h"

#include <gtest/gtest.h>

#include <set>

namespace neurovasc::pipeline {
namespace {

/// Verhoeff's check over the digits of a SNOMED CT identifier (SNOMED CT TIG, check-digit).
bool passesVerhoeff(const std::string& digits) {
  static const int multiply[10][10] = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
      {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
      {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
      {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
      {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
  static const int permute[8][10] = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
      {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
      {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
      {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
  int check = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    check = multiply[check][permute[i % 8][digits[digits.size() - 1 - i] - '0']];
  }
  return check == 0;
}

TEST(Segments, NameEveryLabelOnce) {
  std::set<int> values;
  std::set<std::string> ids;
  for (const auto& segment : segments()) {
    EXPECT_TRUE(values.insert(segment.value).second) << segment.name;
    EXPECT_TRUE(ids.insert(segment.id).second) << segment.id;
  }
  EXPECT_EQ(values.size(), 17U);
  EXPECT_EQ(*values.begin(), 1);
  EXPECT_EQ(*values.rbegin(), static_cast<int>(Label::pad));
}

TEST(Segments, CarryCodesWithRightCheckDigits) {
  for (const auto& segment : segments()) {
    for (const auto& code : {segment.category, segment.type, segment.type_modifier}) {
      if (code.scheme == "SCT") {
        EXPECT_TRUE(passesVerhoeff(code.value)) << segment.name << ": " << code.value;
      }
    }
  }
}

TEST(Segments, SayTheSideOfWhatHasOne) {
  for (const auto& segment : segments()) {
    const bool left = segment.name.find("left") != std::string::npos;
    const bool right = segment.name.find("right") != std::string::npos;
    EXPECT_EQ(segment.type_modifier.meaning, left ? "Left" : right ? "Right" : "") << segment.name;
  }
}

TEST(Stems, NameStructuresOnly) {
  Nerve nerve;
  nerve.side = Side::right;
  EXPECT_EQ(stemOf(nerve), "facial_nerve_right");
  Vessel vessel;
  vessel.id = "V3";
  vessel.name = VesselName::aica;
  EXPECT_EQ(stemOf(vessel), "V3_AICA");
}

}  // namespace
}  // namespace neurovasc::pipeline
