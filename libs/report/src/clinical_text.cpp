#include "clinical_text.h"

#include <cmath>

#include "neurovasc/result/clinical_file.h"
#include "neurovasc/result/clinical_table.h"
#include "phrases.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

bool isEmpty(const ClinicalCourse& course) {
  return course.symptoms.empty() && course.emg.empty() && course.treatments.empty() &&
         course.surgeries.empty() && course.complications.empty();
}

std::string answer(const std::optional<bool>& known) {
  return say(!known ? "clinical.unknown" : *known ? "clinical.yes" : "clinical.no");
}

std::string when(const std::optional<int>& day, const std::optional<DayZero>& zero) {
  if (!day || !zero) {
    return {};
  }
  if (zero == DayZero::first_entry) {
    return ", " +
           say(*day == 0 ? "clinical.when.first" : "clinical.when.later", {{"time", lapse(*day)}});
  }
  const char* key = *day == 0  ? "clinical.when.on_surgery"
                    : *day < 0 ? "clinical.when.before_surgery"
                               : "clinical.when.after_surgery";
  return ", " + say(key, {{"time", lapse(*day)}});
}

std::string onSide(const std::optional<Side>& side) {
  return side ? spaced(say("clinical.on_side", {{"side", std::string(name(*side))}})) : "";
}

/// The phrase for a word of the clinic's, or the word itself where none is known.
std::string termOf(const std::string& kind, const std::string& word) {
  const std::string key = "clinical." + kind + "." + word;
  return hasPhrase(key) ? say(key) : word;
}

std::string symptomSide(const std::optional<SymptomSide>& side) {
  return !side                        ? say("clinical.side_unknown")
         : *side == SymptomSide::both ? say("clinical.side_both")
                                      : std::string(name(*side));
}

/// "3", "2.5": scales with half grades are in use.
std::string scoreText(double score) { return fixed(score, score == std::round(score) ? 0 : 1); }

std::string symptomText(const Symptom& s, const std::optional<DayZero>& zero) {
  const std::string scale =
      s.score && !s.scale.empty()
          ? say("clinical.scale", {{"scale", s.scale}, {"score", scoreText(*s.score)}})
          : "";
  return say("clinical.symptom",
             {{"side", symptomSide(s.side)}, {"scale", scale}, {"when", when(s.day, zero)}});
}

std::string treatmentText(const Treatment& t, const std::optional<DayZero>& zero) {
  const std::string response = t.response.empty() ? "" : ", " + termOf("response", t.response);
  return say("clinical.treatment", {{"kind", say("clinical.kind." + std::string(name(t.kind)))},
                                    {"side", onSide(t.side)},
                                    {"when", when(t.day, zero)},
                                    {"response", response}});
}

std::string surgeryDetails(const Surgery& s) {
  std::vector<std::string> details;
  if (!s.material.empty()) {
    details.push_back(say("clinical.surgery_material", {{"material", s.material}}));
  }
  if (s.technique != SurgicalTechnique::unknown) {
    details.push_back(say("clinical.technique." + std::string(name(s.technique))));
  }
  if (!s.vessels_moved.empty()) {
    std::vector<std::string> vessels;
    for (const VesselName vessel : s.vessels_moved) {
      vessels.emplace_back(name(vessel));
    }
    details.push_back(say("clinical.surgery_vessels", {{"vessels", inWords(vessels)}}));
  }
  if (!s.zones_explored.empty()) {
    details.push_back(say("clinical.surgery_zones", {{"zones", zoneList(s.zones_explored)}}));
  }
  return (details.empty() ? "" : ": ") + joinedBy("; ", details);
}

std::string surgeryText(const Surgery& s, const std::optional<DayZero>& zero) {
  const bool is_day_zero = s.day == 0 && zero == DayZero::first_surgery;
  return say("clinical.surgery", {{"side", onSide(s.side)},
                                  {"when", is_day_zero ? "" : when(s.day, zero)},
                                  {"details", surgeryDetails(s)}});
}

std::string complicationText(const Complication& c, const std::optional<DayZero>& zero) {
  const std::string grade =
      c.grade.empty() ? "" : say("clinical.complication_grade", {{"grade", c.grade}});
  return say(
      "clinical.complication",
      {{"kind", termOf("complication", c.kind)}, {"grade", grade}, {"when", when(c.day, zero)}});
}

}  // namespace

std::vector<Row> clinicalRows(const Assessment& assessment) {
  if (isEmpty(assessment.clinical)) {
    return {};
  }
  std::vector<Row> rows = {{"", say("clinical.column.symptoms"),
                            say("clinical.column.lateral_spread"),
                            say("clinical.column.synkinesis"), say("clinical.column.contact"),
                            say("clinical.column.deformity")}};
  for (const result::ClinicalSide& side : result::clinicalTable(assessment)) {
    rows.push_back({std::string(name(side.side)), answer(side.symptoms),
                    answer(side.lateral_spread), answer(side.synkinesis), answer(side.contact),
                    answer(side.deformity)});
  }
  return rows;
}

std::vector<std::string> clinicalSentences(const ClinicalCourse& with_dates) {
  const ClinicalCourse course = result::withoutDates(with_dates);
  std::vector<std::string> sentences;
  for (const Symptom& symptom : course.symptoms) {
    sentences.push_back(symptomText(symptom, course.day_zero));
  }
  for (const Treatment& treatment : course.treatments) {
    sentences.push_back(treatmentText(treatment, course.day_zero));
  }
  for (const Surgery& surgery : course.surgeries) {
    sentences.push_back(surgeryText(surgery, course.day_zero));
  }
  for (const Complication& complication : course.complications) {
    sentences.push_back(complicationText(complication, course.day_zero));
  }
  return sentences;
}

}  // namespace neurovasc::report
