#include <algorithm>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/records.h"

namespace neurovasc::pacs {
namespace {

bool hasOnly(const std::string& text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string::npos;
}

[[noreturn]] void refuse(const char* what, const char* hint) {
  throw Error(ErrorCode::usage, what, hint);
}

/// "20250203", or a range of such days that may be open at one end.
bool isDateOrRange(const std::string& text) {
  constexpr std::size_t kDay = 8;
  if (!hasOnly(text, "0123456789-") || std::count(text.begin(), text.end(), '-') > 1) {
    return false;
  }
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) {
    return text.size() == kDay;
  }
  const std::size_t after = text.size() - dash - 1;
  return (dash == kDay || dash == 0) && (after == kDay || after == 0) && dash + after > 0;
}

bool hasNothingToMatch(const std::string& text) { return hasOnly(text, "*?"); }

}  // namespace

void validate(const StudyQuery& query) {
  constexpr std::size_t kMostUid = 64;
  if (query.study_instance_uid.size() > kMostUid ||
      !hasOnly(query.study_instance_uid, "0123456789.")) {
    refuse("a study UID has digits and points alone, 64 at most", "Give it as DICOM writes it.");
  }
  if (!query.study_date.empty() && !isDateOrRange(query.study_date)) {
    refuse("the study date is neither a day nor a range of days",
           "Write 20250203, 20250101-20250331 or 20250101-.");
  }
  if (!hasOnly(query.study_time, "0123456789.-")) {
    refuse("the study time is neither a time nor a range of times",
           "Write 093000 or 093000-120000.");
  }
  if (query.study_instance_uid.empty() && query.study_date.empty() &&
      hasNothingToMatch(query.patient_id) && hasNothingToMatch(query.accession_number) &&
      hasNothingToMatch(query.study_description)) {
    refuse("the query fits every study of the PACS",
           "Give a study UID, a patient, a date, an accession number or a description.");
  }
}

}  // namespace neurovasc::pacs
