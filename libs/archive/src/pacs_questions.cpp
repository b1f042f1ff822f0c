#include "pacs_questions.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/connection.h"
#include "neurovasc/pacs/transfer.h"
#include "study_dates.h"

namespace neurovasc::archive {
namespace {

constexpr int kMinute = 60;
constexpr int kHour = 60 * kMinute;
constexpr int kDay = 24 * kHour;

[[noreturn]] void throwHoldsBack() {
  throw Error(ErrorCode::network_refused,
              "the PACS holds studies back, and cannot be asked for fewer at a time",
              "Have its limit on matches raised, or index patient by patient with --patient-id "
              "and --study-date.");
}

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// DICOM TM. The end of a day comes after its last second.
std::string timeOf(int second) {
  return second >= kDay ? "235959.999999"
                        : twoDigits(second / kHour) + twoDigits(second % kHour / kMinute) +
                              twoDigits(second % kMinute);
}

/// It becomes a part of addresses and of manifests.
bool isUid(const std::string& uid) {
  constexpr std::size_t kMostUid = 64;
  return !uid.empty() && uid.size() <= kMostUid &&
         uid.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

bool holdsMr(const pacs::FoundStudy& study) {
  const auto& modalities = study.modalities;
  return modalities.empty() ||
         std::find(modalities.begin(), modalities.end(), "MR") != modalities.end();
}

pacs::StudyQuery PacsQuestions::query() const {
  pacs::StudyQuery query;
  query.patient_id = patient_id_;
  return query;
}

bool PacsQuestions::ask(const pacs::StudyQuery& query, FoundStudies& found) const {
  std::vector<pacs::FoundStudy> answers;
  try {
    answers = pacs::findStudies(config_, query, progress_);
  } catch (const pacs::MoreMatches&) {
    return false;
  }
  for (pacs::FoundStudy& study : answers) {
    if (isUid(study.study_instance_uid) && holdsMr(study)) {
      std::string uid = study.study_instance_uid;
      found.insert_or_assign(std::move(uid), std::move(study));
    }
  }
  return answers.size() < most_answers_;
}

FoundStudies PacsQuestions::ofDay(int day) {
  FoundStudies found;
  pacs::StudyQuery whole = query();
  whole.study_date = dateOf(day);
  if (ask(whole, found)) {
    return found;
  }
  if (!std::exchange(has_warned_, true)) {
    progress_.warn(
        "days with many studies are asked for in parts; should the PACS have a limit on matches, "
        "those of their studies that have no time may not show");
  }
  askHours(whole.study_date, {0, kDay / 2}, found);
  askHours(whole.study_date, {kDay / 2, kDay}, found);
  return found;
}

void PacsQuestions::askHours(const std::string& date, const Hours& hours,
                             FoundStudies& found) const {
  pacs::StudyQuery part = query();
  part.study_date = date;
  // Both ends are included: what lies between two seconds is in neither part otherwise.
  part.study_time = timeOf(hours.from) + "-" + timeOf(hours.until);
  if (ask(part, found)) {
    return;
  }
  if (hours.until - hours.from <= kMinute) {
    throwHoldsBack();
  }
  const int middle = (hours.from + hours.until) / 2;
  askHours(date, {hours.from, middle}, found);
  askHours(date, {middle, hours.until}, found);
}

FoundStudies PacsQuestions::ofPatient() const {
  FoundStudies found;
  if (!ask(query(), found)) {
    throw Error(ErrorCode::network_refused,
                "the patient has more studies than the PACS may hand out at once",
                "Give --study-date as well: then it is asked day by day.");
  }
  return found;
}

std::optional<pacs::FoundStudy> PacsQuestions::byUid(const std::string& study_uid) const {
  pacs::StudyQuery by_uid;
  by_uid.study_instance_uid = study_uid;
  by_uid.modality.clear();
  for (pacs::FoundStudy& study : pacs::findStudies(config_, by_uid, progress_)) {
    if (study.study_instance_uid == study_uid) {
      return std::move(study);
    }
  }
  return std::nullopt;
}

}  // namespace neurovasc::archive
