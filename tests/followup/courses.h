#pragma once

#include <optional>
#include <string>

#include "neurovasc/core/clinical.h"

namespace neurovasc::followup::testing {

inline Surgery surgeryOn(int day, Side side = Side::left) {
  Surgery surgery;
  surgery.day = day;
  surgery.side = side;
  return surgery;
}

inline Symptom look(int day, double score, std::string scale = "Cohen",
                    SymptomSide side = SymptomSide::left) {
  Symptom symptom;
  symptom.day = day;
  symptom.side = side;
  symptom.scale = std::move(scale);
  symptom.score = score;
  return symptom;
}

inline Treatment treatmentOn(int day, TreatmentKind kind, std::string response = "") {
  Treatment treatment;
  treatment.day = day;
  treatment.kind = kind;
  treatment.response = std::move(response);
  return treatment;
}

inline Electromyography emgOn(int day, bool lateral_spread, std::string timing) {
  Electromyography emg;
  emg.day = day;
  emg.lateral_spread = lateral_spread;
  emg.timing = std::move(timing);
  return emg;
}

/// Surgery of the left side on day 0, spasm of Cohen grade 3 before it.
inline ClinicalCourse operatedLeft() {
  ClinicalCourse course;
  course.day_zero = DayZero::first_surgery;
  course.surgeries = {surgeryOn(0)};
  course.symptoms = {look(-30, 3)};
  return course;
}

}  // namespace neurovasc::followup::testing
