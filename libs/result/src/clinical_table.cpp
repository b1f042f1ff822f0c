#include "neurovasc/result/clinical_table.h"

#include <algorithm>

#include "neurovasc/result/clinical_file.h"

namespace neurovasc::result {
namespace {

bool concerns(SymptomSide where, Side side) {
  return where == SymptomSide::both || (where == SymptomSide::left) == (side == Side::left);
}

std::optional<bool> symptomsOf(const ClinicalCourse& course, Side side) {
  std::optional<bool> known;
  for (const Symptom& symptom : course.symptoms) {
    if (symptom.side) {
      known = known.value_or(false) || concerns(*symptom.side, side);
    }
  }
  return known;
}

/// The last answer of an EMG of @p side; one without a day counts by its place in the list.
std::optional<bool> lastOf(const std::vector<Electromyography>& emg, Side side,
                           std::optional<bool> Electromyography::*question) {
  std::optional<bool> answer;
  std::optional<int> answered;
  for (const Electromyography& one : emg) {
    const bool earlier = one.day && answered && *one.day < *answered;
    if (one.side == side && one.*question && !earlier) {
      answer = one.*question;
      answered = one.day ? one.day : answered;
    }
  }
  return answer;
}

bool deformityMeasured(const SideAssessment& side) {
  return std::any_of(side.contacts.begin(), side.contacts.end(), [](const Contact& c) {
    return c.deformity.indentation_mm || c.deformity.displacement_mm;
  });
}

void readFinding(const SideAssessment& side, ClinicalSide& row) {
  if (side.finding == Finding::not_assessable) {
    return;
  }
  row.contact = side.finding != Finding::no_contact;
  if (side.finding != Finding::contact || deformityMeasured(side)) {
    row.deformity = side.finding == Finding::compression;
  }
}

}  // namespace

std::vector<ClinicalSide> clinicalTable(const Assessment& assessment) {
  const ClinicalCourse course = withoutDates(assessment.clinical);
  std::vector<ClinicalSide> table;
  for (const Side side : kSides) {
    ClinicalSide row;
    row.side = side;
    row.symptoms = symptomsOf(course, side);
    row.lateral_spread = lastOf(course.emg, side, &Electromyography::lateral_spread);
    row.synkinesis = lastOf(course.emg, side, &Electromyography::synkinesis);
    for (const SideAssessment& assessed : assessment.sides) {
      if (assessed.side == side) {
        readFinding(assessed, row);
      }
    }
    table.push_back(row);
  }
  return table;
}

}  // namespace neurovasc::result
