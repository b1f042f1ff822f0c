#include "neurovasc/report/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "neurovasc/contact/reviewed.h"
#include "result/sample_assessments.h"
#include "result/sample_reviews.h"

namespace neurovasc::report {
namespace {

using ::testing::Contains;
using ::testing::SizeIs;

using Table = std::vector<std::vector<std::string>>;

Table parsed(const std::string& tsv) {
  Table table;
  std::istringstream lines(tsv);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    table.push_back(cells);
  }
  return table;
}

std::string cellOf(const Table& table, std::size_t row, const std::string& column) {
  const auto& names = table.at(0);
  const auto it = std::find(names.begin(), names.end(), column);
  return it == names.end()
             ? "no such column"
             : table.at(row).at(static_cast<std::size_t>(std::distance(names.begin(), it)));
}

TEST(ContactsTable, HasARowPerContactWithUnitsInItsColumnNames) {
  const Table table = parsed(contactsTsv(testing::richAssessment()));
  ASSERT_THAT(table, SizeIs(3));
  EXPECT_EQ(cellOf(table, 1, "contact"), "L1");
  EXPECT_EQ(cellOf(table, 1, "side"), "left");
  EXPECT_EQ(cellOf(table, 1, "gap_mm"), "0.000");
  EXPECT_EQ(cellOf(table, 1, "arclength_mm"), "4.432");
  EXPECT_EQ(cellOf(table, 1, "sindou"), "III");
  EXPECT_EQ(cellOf(table, 2, "gap_mm"), "0.620");
  EXPECT_EQ(table[2].size(), table[0].size());
}

TEST(ContactsTable, LeavesCellsEmptyWhereNothingWasMeasured) {
  const Table table = parsed(contactsTsv(testing::tooThickAssessment()));
  ASSERT_THAT(table, SizeIs(2));
  EXPECT_EQ(cellOf(table, 1, "gap_mm"), "");
  EXPECT_EQ(cellOf(table, 1, "contact_probability"), "");
  EXPECT_EQ(cellOf(table, 1, "vessel_name"), "VA");
}

/// The program's two contacts; the reader calls one a pad and adds a vein on the right.
TEST(Tables, HoldEachReadersRowsBelowTheProgramsOwn) {
  const Assessment assessment = testing::richAssessment();
  const auto reviews = {contact::reviewed(assessment, testing::richReview())};
  const Table contacts = parsed(contactsTsv(assessment, reviews));
  ASSERT_GT(contacts.size(), 4U);
  EXPECT_EQ(cellOf(contacts, 1, "reader"), "");
  EXPECT_EQ(cellOf(contacts, 1, "campos_benitez"), "moderate");
  EXPECT_EQ(cellOf(contacts, 3, "reader"), "A. Reader");
  EXPECT_EQ(cellOf(contacts, 3, "contact"), "L1");
  EXPECT_EQ(cellOf(contacts, 3, "campos_benitez"), "severe");
  EXPECT_EQ(cellOf(contacts, 4, "side"), "right");
  const Table sides = parsed(sidesTsv(assessment, reviews));
  ASSERT_THAT(sides, SizeIs(5));
  EXPECT_EQ(cellOf(sides, 2, "finding"), "no_contact");
  EXPECT_EQ(cellOf(sides, 4, "finding"), "contact");
  EXPECT_EQ(cellOf(sides, 4, "reader"), "A. Reader");
}

TEST(ContactsTable, IsNotBrokenByALabel) {
  Assessment assessment = testing::richAssessment();
  assessment.label = "a\tb\nc";
  const Table table = parsed(contactsTsv(assessment));
  ASSERT_THAT(table, SizeIs(3));
  EXPECT_EQ(cellOf(table, 1, "label"), "a b c");
}

TEST(SidesTable, HasARowPerSide) {
  const Table table = parsed(sidesTsv(testing::richAssessment()));
  ASSERT_THAT(table, SizeIs(3));
  EXPECT_EQ(cellOf(table, 1, "finding"), "compression");
  EXPECT_EQ(cellOf(table, 1, "zones_touched"), "AS");
  EXPECT_EQ(cellOf(table, 1, "zones_not_assessable"), "IAC");
  EXPECT_EQ(cellOf(table, 1, "vessels_near"), "2");
  EXPECT_EQ(cellOf(table, 1, "vessels_touching"), "1");
  EXPECT_EQ(cellOf(table, 2, "finding"), "no_contact");
  EXPECT_EQ(cellOf(table, 2, "porus_mm"), "21.000");
}

TEST(SidesTable, StandsWithoutANerve) {
  const Table table = parsed(sidesTsv(testing::notAssessableAssessment()));
  ASSERT_THAT(table, SizeIs(3));
  EXPECT_EQ(cellOf(table, 2, "nerve_status"), "not_found");
  EXPECT_EQ(cellOf(table, 2, "nerve_length_mm"), "");
  EXPECT_EQ(cellOf(table, 2, "calibre_mean_mm"), "");
  EXPECT_EQ(cellOf(table, 2, "vessels_near"), "");
  EXPECT_EQ(cellOf(table, 2, "vessels_touching"), "");
}

TEST(SidesTable, CountsNoVesselsWhereNoneCouldHaveBeenSeen) {
  const Table table = parsed(sidesTsv(testing::notAssessableAssessment()));
  EXPECT_EQ(cellOf(table, 1, "nerve_status"), "segmented");
  EXPECT_EQ(cellOf(table, 1, "vessels_near"), "");
  EXPECT_EQ(cellOf(table, 1, "vessels_touching"), "");
  const Table clear = parsed(sidesTsv(testing::clearAssessment()));
  EXPECT_EQ(cellOf(clear, 1, "vessels_near"), "0");
}

TEST(SidesTable, CountsWhatWasMeasuredBetweenShapes) {
  Assessment shapes = testing::oneSideAssessment();
  shapes.quality = {};
  shapes.sides[0].zones.clear();
  EXPECT_EQ(cellOf(parsed(sidesTsv(shapes)), 1, "vessels_near"), "1");
}

TEST(SidesTable, MeasuresNothingOnThickSlices) {
  const Table table = parsed(sidesTsv(testing::tooThickAssessment()));
  for (const char* column : {"nerve_length_mm", "detachment_mm", "porus_mm", "calibre_mean_mm",
                             "calibre_smallest_mm", "vessels_near", "vessels_touching"}) {
    EXPECT_EQ(cellOf(table, 1, column), "") << column;
  }
}

TEST(DataDictionary, ExplainsEveryColumnOfBothTables) {
  std::set<std::string> explained;
  for (const auto& row : parsed(dataDictionaryTsv())) {
    ASSERT_THAT(row, SizeIs(4));
    EXPECT_FALSE(row[3].empty()) << row[1];
    explained.insert(row[0] + "." + row[1]);
  }
  const Table contacts = parsed(contactsTsv({}));
  for (const std::string& name : contacts.at(0)) {
    EXPECT_THAT(explained, Contains("contacts." + name));
  }
  const Table sides = parsed(sidesTsv({}));
  for (const std::string& name : sides.at(0)) {
    EXPECT_THAT(explained, Contains("sides." + name));
  }
}

TEST(DataDictionary, AgreesWithTheUnitInTheColumnName) {
  for (const auto& row : parsed(dataDictionaryTsv())) {
    for (const char* unit : {"mm", "mm2", "deg", "h"}) {
      const std::string ending = std::string("_") + unit;
      const bool ends = row[1].size() > ending.size() &&
                        row[1].compare(row[1].size() - ending.size(), ending.size(), ending) == 0;
      EXPECT_EQ(row[2] == unit, ends) << row[1];
    }
  }
}

}  // namespace
}  // namespace neurovasc::report
