#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a PACS says of its studies. Everything here is identity: it goes into memory, into DICOM
/// and to who asked for it, into no log, no result and no file name.
namespace neurovasc::pacs {

/// Which studies: those that fit every text that is not empty. Matching is the peer's (PS3.4
/// C.2.2.2): `*` and `?` are wildcards in all but UIDs and dates.
struct StudyQuery {
  std::string study_instance_uid;
  std::string patient_id;
  std::string study_date;       ///< DICOM DA, or a range: "20250101-20250331", "20250101-"
  std::string modality = "MR";  ///< among the study's; empty: any
  std::string study_description;
  std::string accession_number;
};

/// Throws Error(usage) for a query that would list the whole archive, and for a date or UID that is
/// none.
void validate(const StudyQuery& query);

/// UTF-8, trimmed. Numbers are 0 where the peer does not tell them.
struct FoundStudy {
  std::string study_instance_uid;
  std::string patient_id;
  std::string patient_name;
  std::string study_date;
  std::string study_time;
  std::string study_description;
  std::string accession_number;
  std::vector<std::string> modalities;
  int series = 0;
  int instances = 0;
};

struct FoundSeries {
  std::string series_instance_uid;
  std::string modality;
  std::string series_description;
  std::string manufacturer;
};

struct FoundInstance {
  std::string series_instance_uid;
  std::string sop_instance_uid;
  std::string sop_class_uid;  ///< empty where the peer does not tell it
};

}  // namespace neurovasc::pacs
