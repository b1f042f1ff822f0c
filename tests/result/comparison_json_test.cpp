#include "neurovasc/result/comparison_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "neurovasc/core/error.h"
#include "result/sample_comparison.h"
#include "result/schema_check.h"

namespace neurovasc::result {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<Comparison> samples() {
  return {Comparison{}, testing::richComparison(), testing::postOnlyComparison()};
}

TEST(ComparisonJson, ComesBackEqualFromEverySample) {
  for (const Comparison& sample : samples()) {
    const std::string json = toJson(sample);
    EXPECT_EQ(toJson(comparisonFromJson(json)), json);
  }
}

TEST(ComparisonJson, IsValidByItsSchemaForEverySample) {
  for (const Comparison& sample : samples()) {
    EXPECT_THAT(testing::schemaErrors("neurovasc.comparison-1", toJson(sample)), IsEmpty());
  }
}

TEST(ComparisonJson, SchemaRefusesAMissingAndAnUnknownKey) {
  auto json = nlohmann::json::parse(toJson(testing::richComparison()));
  json["sides"][0]["contacts"][0].erase("state");
  EXPECT_THAT(testing::schemaErrors("neurovasc.comparison-1", json.dump()), Not(IsEmpty()));
  json = nlohmann::json::parse(toJson(testing::richComparison()));
  json["dates"][0]["study_date"] = "2025-02-03";
  EXPECT_THAT(testing::schemaErrors("neurovasc.comparison-1", json.dump()), Not(IsEmpty()));
}

TEST(ComparisonJson, GivesBackWhatAContactBecame) {
  const Comparison back = comparisonFromJson(toJson(testing::richComparison()));
  ASSERT_EQ(back.sides.size(), 2U);
  EXPECT_EQ(back.sides[0].outcome, Outcome::residual_contact);
  const TrackedContact& contact = back.sides[0].contacts.at(1);
  EXPECT_EQ(contact.state, ContactChange::residual);
  EXPECT_EQ(contact.pad_order, PadOrder::brainstem_contact_pad);
  EXPECT_NEAR(contact.vessel_shift_mm.value().y, -1.5, 1e-9);
  EXPECT_EQ(contact.dates.at(0).contact_id, "L1");
  EXPECT_FALSE(contact.dates.at(0).since_previous);
  EXPECT_EQ(back.pads.at(0).touches_nerve, TouchesNerve::no);
  EXPECT_FALSE(back.dates.at(0).registration);
  EXPECT_NEAR(back.dates.at(1).registration->date_from_first.translation.z, 11.25, 1e-9);
}

TEST(ComparisonJson, WritesDaysInPlaceOfClinicalDates) {
  Comparison comparison = testing::richComparison();
  comparison.clinical.surgeries[0].day.reset();
  comparison.clinical.surgeries[0].date = "2025-02-03";
  comparison.clinical.day_zero.reset();
  EXPECT_THAT(toJson(comparison), Not(HasSubstr("2025")));
}

TEST(ComparisonJson, NamesThePlaceOfAnError) {
  auto json = nlohmann::json::parse(toJson(testing::richComparison()));
  json["sides"][0]["contacts"][1]["state"] = "healed";
  try {
    comparisonFromJson(json.dump());
    FAIL() << "an unknown state was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
    EXPECT_THAT(error.message(), HasSubstr("sides[0].contacts[1].state"));
  }
}

TEST(ComparisonJson, RefusesAnotherDocument) {
  EXPECT_THROW(comparisonFromJson(R"({"schema": "neurovasc.assessment/1"})"), Error);
}

}  // namespace
}  // namespace neurovasc::result
