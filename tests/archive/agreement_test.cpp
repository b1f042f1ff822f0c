#include "neurovasc/archive/agreement.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

using testing::errorOf;
using ::testing::HasSubstr;
using Opinions = std::vector<std::string>;

Opinions repeated(const std::vector<std::pair<const char*, int>>& runs) {
  Opinions opinions;
  for (const auto& [opinion, count] : runs) {
    opinions.insert(opinions.end(), static_cast<std::size_t>(count), opinion);
  }
  return opinions;
}

TEST(ArchiveKappa, OfTwoRatersIsCohens) {
  const Kappa kappa = cohenKappa(repeated({{"yes", 25}, {"no", 25}}),
                                 repeated({{"yes", 20}, {"no", 5}, {"yes", 10}, {"no", 15}}));
  EXPECT_EQ(kappa.items, 50U);
  EXPECT_NEAR(kappa.observed, 0.7, 1e-12);
  EXPECT_NEAR(kappa.expected, 0.5, 1e-12);
  EXPECT_NEAR(kappa.value.value(), 0.4, 1e-12);
  // Standard error 0.126996; leaving out one item at a time gives 0.1299.
  EXPECT_NEAR(kappa.low.value(), 0.4 - 0.248908, 1e-5);
  EXPECT_NEAR(kappa.high.value(), 0.4 + 0.248908, 1e-5);
}

TEST(ArchiveKappa, OfManyRatersIsFleiss) {
  // The ten subjects, fourteen raters and five categories of Fleiss' textbook example.
  const std::vector<std::array<int, 5>> counts = {
      {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
      {7, 7, 0, 0, 0},  {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}};
  std::vector<Opinions> items;
  for (const auto& row : counts) {
    items.push_back(
        repeated({{"1", row[0]}, {"2", row[1]}, {"3", row[2]}, {"4", row[3]}, {"5", row[4]}}));
  }
  const Kappa kappa = fleissKappa(items);
  EXPECT_NEAR(kappa.value.value(), 0.209931, 1e-6);
  // Standard error 0.092371; leaving out one subject at a time gives 0.1006.
  EXPECT_NEAR(kappa.high.value() - *kappa.value, 1.959964 * 0.0923711, 1e-6);
}

TEST(ArchiveKappa, IsOneWhereAllAgreeAndBelowZeroWhereNobodyDoes) {
  EXPECT_NEAR(cohenKappa({"a", "b", "a"}, {"a", "b", "a"}).value.value(), 1, 1e-12);
  EXPECT_NEAR(cohenKappa({"a", "b"}, {"b", "a"}).value.value(), -1, 1e-12);
  EXPECT_NEAR(fleissKappa({{"a", "a", "a"}, {"b", "b", "b"}}).value.value(), 1, 1e-12);
}

TEST(ArchiveKappa, IsNoNumberWhereOnlyOneWordWasEverSaid) {
  EXPECT_FALSE(cohenKappa({"a", "a"}, {"a", "a"}).value.has_value());
  EXPECT_EQ(cohenKappa({"a", "a"}, {"a", "a"}).observed, 1);
  EXPECT_FALSE(fleissKappa({{"a", "a"}, {"a", "a"}}).value.has_value());
  EXPECT_FALSE(cohenKappa({}, {}).value.has_value());
  EXPECT_FALSE(fleissKappa({}).value.has_value());
}

TEST(ArchiveKappa, RefusesOpinionsThatDoNotGoTogether) {
  EXPECT_EQ(errorOf([] { cohenKappa({"a"}, {"a", "b"}); }), ErrorCode::usage);
  EXPECT_EQ(errorOf([] { fleissKappa({{"a", "b"}, {"a"}}); }), ErrorCode::usage);
}

/// A list of one item for each of @p statuses, all its zones alike on both sides.
std::vector<KeyRow> keyOf(const std::vector<ZoneStatus>& statuses) {
  std::vector<KeyRow> key;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    for (const Side side : kSides) {
      for (const Zone zone : kZones) {
        key.push_back(
            {"study" + std::to_string(i), {std::to_string(100 + i), side, zone, statuses[i]}});
      }
    }
  }
  return key;
}

std::vector<Reading> readingsOf(const std::vector<KeyRow>& key) {
  std::vector<Reading> readings;
  for (const KeyRow& row : key) {
    readings.push_back(row.program);
  }
  return readings;
}

const AgreementRow& rowOf(const std::vector<AgreementRow>& rows, const std::string& raters,
                          const std::string& scope, const std::string& group) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const AgreementRow& row) {
    return row.raters == raters && row.scope == scope && row.group == group;
  });
  if (found == rows.end()) {
    throw std::runtime_error("no row for " + raters);
  }
  return *found;
}

const std::vector<ZoneStatus> kSample = {ZoneStatus::contact, ZoneStatus::clear,
                                         ZoneStatus::not_assessable, ZoneStatus::clear};

TEST(ArchiveAgreement, IsGivenForReadersAndProgramForZonesAndSides) {
  const auto key = keyOf(kSample);
  auto other = readingsOf(key);
  for (Reading& reading : other) {
    if (reading.item == "101" && reading.side == Side::left &&
        reading.zone == Zone::transition_zone) {
      reading.status = ZoneStatus::contact;
    }
  }
  const auto rows = agreementOf(key, {{"A", readingsOf(key)}, {"B", other}});
  EXPECT_NEAR(rowOf(rows, "A, program", "zone", "all").kappa.value.value(), 1, 1e-12);
  EXPECT_NEAR(rowOf(rows, "A, B", "zone", "all").kappa.observed, 47.0 / 48, 1e-12);
  EXPECT_NEAR(rowOf(rows, "B, program", "zone", "TZ").kappa.observed, 7.0 / 8, 1e-12);
  EXPECT_NEAR(rowOf(rows, "B, program", "zone", "AS").kappa.observed, 1, 1e-12);
  // One zone with contact makes the whole side one.
  EXPECT_NEAR(rowOf(rows, "A, B", "side", "left").kappa.observed, 3.0 / 4, 1e-12);
  EXPECT_NEAR(rowOf(rows, "A, B", "side", "right").kappa.observed, 1, 1e-12);
}

TEST(ArchiveAgreement, TakesAllReadersTogetherFromThreeOn) {
  const auto key = keyOf(kSample);
  const auto same = readingsOf(key);
  const auto rows = agreementOf(key, {{"A", same}, {"B", same}, {"C", same}});
  EXPECT_EQ(rowOf(rows, "all readers (3)", "zone", "all").method, "fleiss");
  EXPECT_NEAR(rowOf(rows, "all readers (3)", "zone", "all").kappa.value.value(), 1, 1e-12);
}

TEST(ArchiveAgreement, CountsWhatBothHaveReadAlone) {
  const auto key = keyOf(kSample);
  auto part = readingsOf(key);
  part.resize(12);  // the first item
  const auto rows = agreementOf(key, {{"A", part}});
  EXPECT_EQ(rowOf(rows, "A, program", "zone", "all").kappa.items, 12U);
  EXPECT_EQ(rowOf(rows, "A, program", "side", "all").kappa.items, 2U);
}

TEST(ArchiveAgreement, SaysNothingOfASideWithTooFewZonesRead) {
  const auto key = keyOf({ZoneStatus::clear, ZoneStatus::clear});
  const std::vector<Reading> few = {{"100", Side::left, Zone::attached_segment, ZoneStatus::clear}};
  EXPECT_EQ(rowOf(agreementOf(key, {{"A", few}}), "A, program", "side", "all").kappa.items, 0U);
}

TEST(ArchiveAgreement, RefusesReadingsOfAnotherListAndTwoReadersOfOneName) {
  const auto key = keyOf(kSample);
  const std::vector<Reading> other = {
      {"999", Side::left, Zone::cisternal_portion, ZoneStatus::clear}};
  EXPECT_EQ(errorOf([&] { agreementOf(key, {{"A", other}}); }), ErrorCode::usage);
  EXPECT_EQ(errorOf([&] { agreementOf(key, {{"A", {}}, {"A", {}}}); }), ErrorCode::usage);
  EXPECT_EQ(errorOf([&] { agreementOf(key, {{"program", {}}}); }), ErrorCode::usage);
  EXPECT_EQ(errorOf([&] { agreementOf(key, {}); }), ErrorCode::usage);
}

TEST(ArchiveAgreement, IsWrittenAsATable) {
  const auto key = keyOf(kSample);
  const std::string text = toTsv(agreementOf(key, {{"A", readingsOf(key)}}));
  EXPECT_THAT(text, HasSubstr("kappa\tci95_low\tci95_high\n"));
  EXPECT_THAT(text, HasSubstr("zone\tall\tA, program\tcohen\t48\t1.000\t"));
}

}  // namespace
}  // namespace neurovasc::archive
