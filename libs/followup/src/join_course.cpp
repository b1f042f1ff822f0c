#include <algorithm>
#include <string>

#include "neurovasc/followup/compare.h"
#include "neurovasc/followup/joint.h"

namespace neurovasc::followup {
namespace {

bool isEmpty(const ClinicalCourse& course) {
  return course.symptoms.empty() && course.emg.empty() && course.treatments.empty() &&
         course.surgeries.empty() && course.complications.empty();
}

/// The side that all symptoms with a side name, or both.
std::optional<SymptomSide> symptomSide(const ClinicalCourse& course) {
  std::optional<SymptomSide> side;
  for (const Symptom& symptom : course.symptoms) {
    if (symptom.side) {
      side = side && *side != *symptom.side ? SymptomSide::both : *symptom.side;
    }
  }
  return side;
}

/// The one side of all operations that have a side.
std::optional<Side> surgerySide(const ClinicalCourse& course) {
  std::optional<Side> side;
  for (const Surgery& surgery : course.surgeries) {
    if (surgery.side && side && *side != *surgery.side) {
      return std::nullopt;
    }
    side = surgery.side ? surgery.side : side;
  }
  return side;
}

std::optional<Side> padSide(const std::vector<ComparedPad>& pads) {
  std::optional<Side> side;
  for (const ComparedPad& pad : pads) {
    if (pad.kind != PadKind::pad) {
      continue;
    }
    if (side && *side != pad.pad.side) {
      return std::nullopt;
    }
    side = pad.pad.side;
  }
  return side;
}

bool anyContact(const SideComparison& side) {
  return std::any_of(side.contacts.begin(), side.contacts.end(), [](const TrackedContact& contact) {
    return std::any_of(contact.dates.begin(), contact.dates.end(), [](const auto& sighting) {
      return sighting.contact_probability.value_or(0) >= 0.5 &&
             sighting.zone != Zone::internal_canal;
    });
  });
}

}  // namespace

SideClues sideClues(const Comparison& comparison) {
  SideClues clues;
  clues.symptoms = symptomSide(comparison.clinical);
  clues.surgery = surgerySide(comparison.clinical);
  clues.pad = padSide(comparison.pads);
  for (const SideComparison& side : comparison.sides) {
    if (anyContact(side)) {
      clues.contacts.push_back(side.side);
    }
  }
  return clues;
}

void joinCourse(Comparison& comparison, const CourseOptions& options) {
  if (isEmpty(comparison.clinical)) {
    return;
  }
  const bool disagree = sidesDisagree(sideClues(comparison));
  for (SideComparison& side : comparison.sides) {
    const SideCourse course =
        sideCourse(comparison.clinical, side.side, comparison.clinical_day, options);
    side.course.days_since_surgery = course.days_since_surgery;
    side.course.spasm = name(course.spasm);
    for (const LookAlike look_alike : lookAlikes(comparison.clinical, side.side)) {
      side.course.look_alikes.emplace_back(name(look_alike));
    }
    side.course.sides_disagree = disagree;
    if (!disagree && course.spasm != SpasmCourse::no_surgery) {
      side.course.joint = name(jointFinding(side.outcome, course, options));
    }
  }
}

}  // namespace neurovasc::followup
