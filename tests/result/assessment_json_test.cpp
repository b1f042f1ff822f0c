#include "neurovasc/result/assessment_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "neurovasc/core/error.h"
#include "result/sample_assessments.h"
#include "result/schema_check.h"

namespace neurovasc::result {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

nlohmann::json parsed(const Assessment& assessment) {
  return nlohmann::json::parse(toJson(assessment));
}

std::vector<Assessment> samples() {
  return {Assessment{},
          testing::richAssessment(),
          testing::clearAssessment(),
          testing::oneSideAssessment(),
          testing::notAssessableAssessment(),
          testing::tooThickAssessment()};
}

TEST(AssessmentJson, ComesBackEqualFromEverySample) {
  for (const Assessment& sample : samples()) {
    const std::string json = toJson(sample);
    EXPECT_EQ(toJson(assessmentFromJson(json)), json);
  }
}

TEST(AssessmentJson, IsValidByItsSchemaForEverySample) {
  for (const Assessment& sample : samples()) {
    EXPECT_THAT(testing::schemaErrors("neurovasc.assessment-1", toJson(sample)), IsEmpty());
  }
}

TEST(AssessmentJson, SchemaRefusesAMissingAndAnUnknownKey) {
  auto json = parsed(testing::richAssessment());
  json["sides"][0]["contacts"][0].erase("clock");
  EXPECT_THAT(testing::schemaErrors("neurovasc.assessment-1", json.dump()), Not(IsEmpty()));
  json = parsed(testing::richAssessment());
  json["sides"][0]["contacts"][0]["patient"] = "x";
  EXPECT_THAT(testing::schemaErrors("neurovasc.assessment-1", json.dump()), Not(IsEmpty()));
}

TEST(AssessmentJson, GivesBackEveryFieldOfAContact) {
  const Assessment back = assessmentFromJson(toJson(testing::richAssessment()));
  ASSERT_EQ(back.sides.size(), 2U);
  EXPECT_EQ(back.sides[0].side, Side::left);
  ASSERT_EQ(back.sides[0].contacts.size(), 2U);
  const Contact& contact = back.sides[0].contacts[0];
  EXPECT_EQ(contact.vessel_name, VesselName::aica);
  EXPECT_EQ(contact.zone, Zone::attached_segment);
  EXPECT_EQ(contact.state, ContactState::touching);
  EXPECT_DOUBLE_EQ(contact.arclength_mm.value(), 4.4321);
  EXPECT_DOUBLE_EQ(contact.contact_probability.value(), 0.968);
  EXPECT_DOUBLE_EQ(contact.deformity.indentation_sd_mm.value(), 0.15);
  EXPECT_EQ(contact.sindou, SindouGrade::iii);
  EXPECT_TRUE(back.sides[0].nerve.landmarks.porus->manual);
  EXPECT_FALSE(back.sides[0].nerve.landmarks.root_exit_point->manual);
  EXPECT_EQ(back.sides[1].nerve.side, Side::right);
}

TEST(AssessmentJson, WritesNullForWhatWasNotMeasured) {
  const auto json = parsed(testing::tooThickAssessment());
  const auto& contact = json["sides"][0]["contacts"][0];
  for (const char* key : {"distance_mm", "distance_sd_mm", "contact_probability", "state", "zone",
                          "arclength_mm", "nerve_point_lps_mm", "area_mm2", "clock", "angle_deg",
                          "indentation_mm", "displacement_mm", "calibre_ratio"}) {
    ASSERT_TRUE(contact.contains(key)) << key;
    EXPECT_TRUE(contact[key].is_null()) << key;
  }
  EXPECT_TRUE(contact["grades"]["sindou"].is_null());
}

TEST(AssessmentJson, ReadsResultsThatDoNotSayWhatOfAVesselWasNotSeen) {
  Assessment assessment = testing::richAssessment();
  ASSERT_TRUE(assessment.sides[0].contacts[1].unseen_vessel_mm.has_value());
  EXPECT_EQ(assessmentFromJson(toJson(assessment)).sides[0].contacts[1].unseen_vessel_mm, 1.25);
  std::string earlier = toJson(assessment);
  for (const std::string value : {"1.25", "null"}) {
    const std::string key = "\"unseen_vessel_mm\": " + value + ",";
    for (auto at = earlier.find(key); at != std::string::npos; at = earlier.find(key)) {
      earlier.erase(at, key.size());
    }
  }
  ASSERT_EQ(earlier.find("unseen_vessel_mm"), std::string::npos);
  EXPECT_FALSE(assessmentFromJson(earlier).sides[0].contacts[1].unseen_vessel_mm.has_value());
}

TEST(AssessmentJson, TellsPadsThatWereNotLookedForFromNone) {
  Assessment assessment = testing::clearAssessment();
  EXPECT_TRUE(parsed(assessment)["pads"].is_null());
  EXPECT_FALSE(assessmentFromJson(toJson(assessment)).pads);
  assessment.pads.emplace();
  EXPECT_TRUE(parsed(assessment)["pads"].is_array());
  EXPECT_TRUE(assessmentFromJson(toJson(assessment)).pads);
}

TEST(AssessmentJson, NamesTheSeriesThatWereUsed) {
  const auto used = parsed(testing::richAssessment())["series_used"];
  EXPECT_EQ(used["t2"], "s1");
  EXPECT_EQ(used["tof"], "s2");
  EXPECT_TRUE(used["ce_t1"].is_null());
  EXPECT_EQ(assessmentFromJson(toJson(testing::richAssessment())).series_used.tof, "s2");
}

TEST(AssessmentJson, ClaimsNoResolutionWithoutAnImage) {
  EXPECT_TRUE(parsed(Assessment{})["quality"]["resolution"].is_null());
}

TEST(AssessmentJson, NeverWritesWhatIsNoNumber) {
  Assessment assessment = testing::richAssessment();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  Contact& contact = assessment.sides[0].contacts[0];
  contact.distance_mm = kNaN;
  contact.area_mm2 = std::numeric_limits<double>::infinity();
  contact.nerve_point_mm->y = kNaN;
  assessment.sides[0].nerve.tube.points_mm[3].z = kNaN;
  assessment.sides[0].nerve.tube.radius_mm[5] = kNaN;
  assessment.vessels[0].kind_confidence = kNaN;
  const std::string text = toJson(assessment);
  EXPECT_THAT(testing::schemaErrors("neurovasc.assessment-1", text), IsEmpty());
  const auto json = nlohmann::json::parse(text);
  const auto& nerve = json["sides"][0]["nerve"];
  EXPECT_EQ(nerve["centerline_lps_mm"].size(), assessment.sides[0].nerve.tube.size() - 1);
  EXPECT_EQ(nerve["radius_mm"].size(), nerve["centerline_lps_mm"].size());
  EXPECT_TRUE(json["sides"][0]["contacts"][0]["distance_mm"].is_null());
  EXPECT_TRUE(json["sides"][0]["contacts"][0]["nerve_point_lps_mm"].is_null());
}

TEST(AssessmentJson, RoundsToTheDocumentedPrecisionWithoutNegativeZero) {
  Assessment assessment = testing::richAssessment();
  Contact& contact = assessment.sides[0].contacts[0];
  contact.distance_mm = 0.123449999;
  contact.contact_probability = 0.98765;
  contact.clock_h = 5.96;
  contact.deformity.displacement_mm = -0.00000001;
  const std::string text = toJson(assessment);
  EXPECT_THAT(text, HasSubstr("\"distance_mm\": 0.1234,"));
  EXPECT_THAT(text, HasSubstr("\"contact_probability\": 0.988,"));
  EXPECT_THAT(text, HasSubstr("\"clock\": 6.0,"));
  EXPECT_THAT(text, HasSubstr("\"displacement_mm\": 0.0,"));
}

TEST(AssessmentJson, HoldsTheNamesTheScorerReads) {
  const auto json = parsed(testing::richAssessment());
  EXPECT_EQ(json["schema"], "neurovasc.assessment/1");
  EXPECT_EQ(json["frame"], "LPS");
  const auto& side = json["sides"][0];
  EXPECT_EQ(side["side"], "left");
  EXPECT_EQ(side["finding"], "compression");
  EXPECT_EQ(side["nerve"]["status"], "segmented");
  EXPECT_EQ(side["nerve"]["landmarks"]["detachment_point"].size(), 3U);
  EXPECT_EQ(side["contacts"][0]["vessel"]["name"], "AICA");
  EXPECT_EQ(side["contacts"][0]["nerve_point_lps_mm"].size(), 3U);
  EXPECT_EQ(side["zones"][5]["zone"], "IAC");
  EXPECT_EQ(side["zones"][5]["status"], "not_assessable");
}

TEST(AssessmentJson, KeepsKeysInAFixedOrder) {
  const std::string text = toJson(testing::richAssessment());
  EXPECT_LT(text.find("\"schema\""), text.find("\"frame\""));
  EXPECT_LT(text.find("\"sides\""), text.find("\"vessels\""));
  EXPECT_LT(text.find("\"warnings\""), text.find("\"software\""));
}

TEST(AssessmentJson, HoldsNoDateOrPathOfTheStudy) {
  Assessment assessment = testing::richAssessment();
  for (FrameSource& frame : assessment.series[0].frames) {
    frame.path = "/archive/DOE_JANE_19610412/1.2.840.113619.2.5/IM0001";
  }
  const std::string text = toJson(assessment);
  for (const char* secret : {"DOE", "JANE", "19610412", "1.2.840", "IM0001", "/archive",
                             "2024-11-02", "2025-01-20", "2025-02-03", "2024", "2025-"}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
}

TEST(AssessmentJson, CountsClinicalDaysFromTheFirstSurgery) {
  const auto clinical = parsed(testing::richAssessment())["clinical"];
  EXPECT_EQ(clinical["day_zero"], "first_surgery");
  EXPECT_EQ(clinical["emg"][0]["day"], -14);
  EXPECT_EQ(clinical["complications"][0]["day"], 2);
  EXPECT_EQ(clinical["surgeries"][0]["day"], 0);
}

TEST(AssessmentJson, SetsClinicAndImagesBesideEachOther) {
  const auto rows = parsed(testing::richAssessment())["clinical"]["sides"];
  EXPECT_EQ(rows[0], nlohmann::json::parse(R"({"side": "left", "symptoms": true,
      "lateral_spread": true, "synkinesis": null, "contact": true, "deformity": true})"));
  EXPECT_EQ(rows[1], nlohmann::json::parse(R"({"side": "right", "symptoms": false,
      "lateral_spread": null, "synkinesis": null, "contact": false, "deformity": false})"));
}

TEST(AssessmentJson, ListsFilesAndReadsThemBack) {
  const std::string text =
      toJson(testing::clearAssessment(), {{"masks/vessels.nii.gz", "vessels, T2 voxels"}});
  EXPECT_THAT(testing::schemaErrors("neurovasc.assessment-1", text), IsEmpty());
  const auto files = filesFromJson(text);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, "masks/vessels.nii.gz");
  EXPECT_EQ(files[0].what, "vessels, T2 voxels");
}

TEST(AssessmentJson, NamesThePlaceOfAMistake) {
  auto json = parsed(testing::richAssessment());
  json["sides"][0]["contacts"][1]["zone"] = "REZ";
  try {
    assessmentFromJson(json.dump());
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
    EXPECT_THAT(error.message(), HasSubstr("sides[0].contacts[1].zone: \"REZ\" is none of"));
  }
}

TEST(AssessmentJson, RefusesOtherSchemasFramesAndDamage) {
  auto json = parsed(testing::clearAssessment());
  json["schema"] = "neurovasc.assessment/9";
  EXPECT_THROW(assessmentFromJson(json.dump()), Error);
  json = parsed(testing::clearAssessment());
  json["frame"] = "RAS";
  EXPECT_THROW(assessmentFromJson(json.dump()), Error);
  EXPECT_THROW(assessmentFromJson(toJson(testing::clearAssessment()).substr(0, 500)), Error);
  EXPECT_THROW(assessmentFromJson(""), Error);
  EXPECT_THROW(assessmentFromJson("[]"), Error);
}

TEST(AssessmentJson, ReadsPastKeysOfLaterVersions) {
  auto json = parsed(testing::richAssessment());
  json["sides"][0]["contacts"][0]["pulsation_mm"] = 0.1;
  EXPECT_EQ(toJson(assessmentFromJson(json.dump())), toJson(testing::richAssessment()));
}

}  // namespace
}  // namespace neurovasc::result
