#include "origin.h"

#include <functional>

#include "neurovasc/core/calendar.h"
#include "text.h"

namespace neurovasc::dicom {

std::optional<int> dayOf(const std::string& date) {
  constexpr int kFirst = 18000101;  // before, it is a placeholder
  const auto digits = parseInteger(date);
  return date.size() == 8 && digits && *digits >= kFirst
             ? dayNumber(*digits / 10000, *digits / 100 % 100, *digits % 100)
             : std::nullopt;
}

StudyOrigin originFrom(const std::string& patient_key, const std::string& study_date) {
  // A key that tells patients of one number apart has their birth dates in a second line.
  const std::string who = patient_key.substr(0, patient_key.find('\n'));
  return {dayOf(study_date), who.empty() ? 0 : std::hash<std::string>{}(who)};
}

}  // namespace neurovasc::dicom
