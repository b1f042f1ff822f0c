#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "neurovasc/result/clinical_file.h"
#include "neurovasc/result/clinical_table.h"
#include "result/sample_assessments.h"
#include "result/schema_check.h"
#include "support/temporary_folder.h"

namespace neurovasc::result {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kJson = R"({
  "schema": "neurovasc.clinical/1",
  "symptoms": [{"date": "2024-11-02", "side": "left", "scale": "SMC", "score": 3,
                "muscles": ["orbicularis oculi"], "in_sleep": true}],
  "emg": [{"side": "left", "lateral_spread": true, "timing": "before"}],
  "treatments": [{"kind": "botulinum_toxin", "date": "2024-12-01", "response": "partial"}],
  "surgeries": [{"date": "2025-02-03", "side": "left", "material": "Teflon felt",
                 "technique": "interposed", "vessels_moved": ["PICA"], "zones_explored": ["TZ"]}],
  "complications": [{"kind": "hearing", "grade": "AAO-HNS B"}]
})";

constexpr const char* kYaml = R"(
symptoms:
  - date: 2024-11-02
    side: left
    scale: SMC
    score: 3
    muscles: [orbicularis oculi]
    in_sleep: true
emg:
  - {side: left, lateral_spread: true, timing: before}
treatments:
  - {kind: botulinum_toxin, date: "2024-12-01", response: partial}
surgeries:
  - date: 2025-02-03
    side: left
    material: Teflon felt
    technique: interposed
    vessels_moved: [PICA]
    zones_explored: [TZ]
complications:
  - {kind: hearing, grade: AAO-HNS B}
)";

class ClinicalFile : public ::testing::Test {
 protected:
  void expectError(const std::string& text, ErrorCode code, const std::string& part,
                   const std::string& name = "course.json") const {
    try {
      readClinical(box_.write(name, text));
      ADD_FAILURE() << "expected an error with: " << part;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(error.message(), HasSubstr(part));
      EXPECT_THAT(error.message(), HasSubstr(name));
    }
  }
  testing::TemporaryFolder box_;
};

TEST_F(ClinicalFile, SaysTheSameInJsonAndYaml) {
  EXPECT_THAT(testing::schemaErrors("neurovasc.clinical-1", kJson), IsEmpty());
  for (const auto& file : {box_.write("a.json", kJson), box_.write("a.yaml", kYaml)}) {
    const ClinicalCourse course = readClinical(file);
    ASSERT_EQ(course.symptoms.size(), 1U);
    EXPECT_EQ(course.symptoms[0].date, "2024-11-02");
    EXPECT_EQ(course.symptoms[0].side, SymptomSide::left);
    EXPECT_EQ(course.symptoms[0].score, 3);
    EXPECT_EQ(course.symptoms[0].in_sleep, true);
    EXPECT_FALSE(course.symptoms[0].synchronous);
    EXPECT_THAT(course.symptoms[0].muscles, ElementsAre("orbicularis oculi"));
    EXPECT_EQ(course.emg.at(0).lateral_spread, true);
    EXPECT_EQ(course.emg.at(0).timing, "before");
    EXPECT_EQ(course.treatments.at(0).kind, TreatmentKind::botulinum_toxin);
    EXPECT_EQ(course.surgeries.at(0).technique, SurgicalTechnique::interposed);
    EXPECT_THAT(course.surgeries.at(0).vessels_moved, ElementsAre(VesselName::pica));
    EXPECT_THAT(course.surgeries.at(0).zones_explored, ElementsAre(Zone::transition_zone));
    EXPECT_EQ(course.complications.at(0).grade, "AAO-HNS B");
  }
}

TEST_F(ClinicalFile, MayBeEmpty) {
  EXPECT_TRUE(readClinical(box_.write("a.json", "{}")).symptoms.empty());
  EXPECT_THAT(testing::schemaErrors("neurovasc.clinical-1", "{}"), IsEmpty());
}

TEST_F(ClinicalFile, WithAnUnknownKeyIsRefusedByNameAndPlace) {
  expectError(R"({"patient_name": "x"})", ErrorCode::usage, "\"patient_name\"");
  expectError(R"({"surgeries": [{}, {"sdie": "left"}]})", ErrorCode::usage,
              "surgeries[1]: unknown key \"sdie\"");
  expectError("emg:\n  - {lateralspread: true}\n", ErrorCode::usage, "\"lateralspread\"", "c.yml");
  EXPECT_THAT(testing::schemaErrors("neurovasc.clinical-1", R"({"emg": [{"lsr": true}]})"),
              Not(IsEmpty()));
}

TEST_F(ClinicalFile, WithUnknownWordsIsRefused) {
  expectError(R"({"symptoms": [{"side": "rigth"}]})", ErrorCode::usage, "symptoms[0].side");
  expectError(R"({"symptoms": [{"scale": "mine"}]})", ErrorCode::usage, "symptoms[0].scale");
  expectError(R"({"treatments": [{}]})", ErrorCode::usage, "\"kind\" is missing");
  expectError(R"({"symptoms": {"side": "left"}})", ErrorCode::usage, "expected a list");
  expectError(R"({"emg": [{"lateral_spread": "yes"}]})", ErrorCode::usage, "true or false");
}

TEST_F(ClinicalFile, TakesOnlyDaysThatExist) {
  expectError(R"({"emg": [{"date": "2025-02-30"}]})", ErrorCode::usage, "emg[0].date");
  expectError(R"({"emg": [{"date": "03.02.2025"}]})", ErrorCode::usage, "emg[0].date");
  expectError(R"({"emg": [{"date": 20250203}]})", ErrorCode::usage, "emg[0].date");
}

TEST_F(ClinicalFile, KeepsDatesAndLettersOutOfItsTexts) {
  expectError(R"({"surgeries": [{"material": "felt, placed 2025-02-03"}]})", ErrorCode::usage,
              "surgeries[0].material");
  expectError(R"({"complications": [{"kind": "other", "grade": ")" + std::string(61, 'x') + "\"}]}",
              ErrorCode::usage, "longer than 60");
}

TEST_F(ClinicalFile, ThatIsDamagedIsUnreadable) {
  expectError("{", ErrorCode::input_unreadable, "JSON");
  expectError("a: [1, 2\nb: }", ErrorCode::input_unreadable, "YAML", "c.yaml");
  EXPECT_THROW(readClinical(box_.path() / "absent.json"), Error);
}

TEST_F(ClinicalFile, DoesNotUnfoldYamlAliasesWithoutEnd) {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) {
      text += ", " + before;
    }
    text += "]\n";
  }
  expectError(text, ErrorCode::input_unreadable, "YAML", "bomb.yaml");
}

TEST_F(ClinicalFile, DoesNotFollowAYamlAliasIntoItself) {
  expectError("a: &x [*x]", ErrorCode::input_unreadable, "YAML", "loop.yaml");
}

TEST(ClinicalDays, AreThoseOfTheGregorianCalendar) {
  EXPECT_EQ(daysSinceEpoch("1970-01-01"), 0);
  EXPECT_EQ(daysSinceEpoch("1969-12-31"), -1);
  EXPECT_EQ(daysSinceEpoch("2000-02-29"), 11016);
  EXPECT_EQ(daysSinceEpoch("2025-03-01") - daysSinceEpoch("2025-02-28"), 1);
  EXPECT_EQ(daysSinceEpoch("2024-03-01") - daysSinceEpoch("2024-02-28"), 2);
  for (const char* none :
       {"1900-02-29", "2025-13-01", "2025-00-01", "2025-1-1", "", "2025-02-0x"}) {
    EXPECT_THROW(daysSinceEpoch(none), Error) << none;
  }
}

TEST(ClinicalDays, StandInPlaceOfDates) {
  const ClinicalCourse course = withoutDates(testing::richAssessment().clinical);
  EXPECT_EQ(course.day_zero, DayZero::first_surgery);
  EXPECT_EQ(course.symptoms[0].day, -93);
  EXPECT_FALSE(course.symptoms[0].date);
  EXPECT_EQ(course.surgeries[0].day, 0);
}

TEST(ClinicalDays, AreCountedFromTheFirstEntryWithoutSurgery) {
  ClinicalCourse course = testing::richAssessment().clinical;
  course.surgeries.clear();
  course = withoutDates(course);
  EXPECT_EQ(course.day_zero, DayZero::first_entry);
  EXPECT_EQ(course.symptoms[0].day, 0);
  EXPECT_EQ(course.emg[0].day, 79);
}

TEST(ClinicalTable, AnswersByTheLastEmgOfTheSide) {
  Assessment assessment;
  Electromyography before;
  before.day = -10;
  before.side = Side::right;
  before.lateral_spread = true;
  Electromyography after = before;
  after.day = 20;
  after.lateral_spread = false;
  assessment.clinical.emg = {after, before};
  const auto table = clinicalTable(assessment);
  EXPECT_EQ(table[1].lateral_spread, false);
  EXPECT_FALSE(table[0].lateral_spread.has_value());
}

TEST(ClinicalTable, LeavesTheDeformityOpenWhereItWasNotMeasured) {
  const auto table = clinicalTable(testing::oneSideAssessment());
  EXPECT_EQ(table[0].contact, true);
  EXPECT_FALSE(table[0].deformity.has_value());
  EXPECT_FALSE(table[1].contact.has_value());
}

}  // namespace
}  // namespace neurovasc::result
