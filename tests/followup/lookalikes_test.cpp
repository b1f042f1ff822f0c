#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "courses.h"
#include "neurovasc/followup/course.h"

namespace neurovasc::followup {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ClinicalCourse with(const Symptom& symptom) {
  ClinicalCourse course;
  course.symptoms = {symptom};
  return course;
}

TEST(LookAlikes, AreNotNamedWithoutAHint) {
  EXPECT_THAT(lookAlikes(with(testing::look(0, 2)), Side::left), IsEmpty());
}

TEST(LookAlikes, BothSidesAtOnceLookLikeBlepharospasm) {
  Symptom symptom = testing::look(0, 2, "Cohen", SymptomSide::both);
  symptom.synchronous = true;
  EXPECT_THAT(lookAlikes(with(symptom), Side::right), ElementsAre(LookAlike::blepharospasm));
}

TEST(LookAlikes, BothSidesApartAreNamedAsRare) {
  Symptom symptom = testing::look(0, 2, "Cohen", SymptomSide::both);
  symptom.synchronous = false;
  EXPECT_THAT(lookAlikes(with(symptom), Side::left), ElementsAre(LookAlike::bilateral_spasm));
}

TEST(LookAlikes, APalsyBeforeLooksLikeSynkinesisOnItsSideOnly) {
  Symptom symptom = testing::look(0, 2);
  symptom.after_palsy = true;
  EXPECT_THAT(lookAlikes(with(symptom), Side::left),
              ElementsAre(LookAlike::synkinesis_after_palsy));
  EXPECT_THAT(lookAlikes(with(symptom), Side::right), IsEmpty());
}

TEST(LookAlikes, OneEyelidWithoutLateralSpreadLooksLikeATwitch) {
  Symptom symptom = testing::look(0, 1);
  symptom.muscles = {"lower eyelid"};
  ClinicalCourse course = with(symptom);
  EXPECT_THAT(lookAlikes(course, Side::left), IsEmpty());
  course.emg = {testing::emgOn(0, false, "before")};
  EXPECT_THAT(lookAlikes(course, Side::left), ElementsAre(LookAlike::eyelid_twitch));
  course.symptoms.push_back(testing::look(60, 2));
  course.symptoms.back().muscles = {"eyelid", "cheek"};
  EXPECT_THAT(lookAlikes(course, Side::left), IsEmpty());
}

TEST(LookAlikes, LateralSpreadLostBySurgerySpeaksForNoTwitch) {
  Symptom symptom = testing::look(0, 1);
  symptom.muscles = {"orbicularis oculi"};
  ClinicalCourse course = with(symptom);
  course.emg = {testing::emgOn(40, false, "after")};
  EXPECT_THAT(lookAlikes(course, Side::left), IsEmpty());
}

}  // namespace
}  // namespace neurovasc::followup
