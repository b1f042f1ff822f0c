#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/dicom/resolution.h"
#include "neurovasc/dicom/series_role.h"

/// What a PACS says of its studies. Everything here is identity: it goes into memory, into DICOM
/// and to who asked for it, into no log, no result and no file name.
namespace neurovasc::pacs {

/// Which studies: those that fit every text that is not empty. Matching is the peer's (PS3.4
/// C.2.2.2): `*` and `?` are wildcards in all but UIDs and dates.
struct StudyQuery {
  std::string study_instance_uid;
  std::string patient_id;
  std::string study_date;       ///< DICOM DA, or a range: "20250101-20250331", "20250101-"
  std::string study_time;       ///< DICOM TM, or a range; of each of the dates: "100000-120000"
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
  std::string patient_birth_date;
  /// Further texts that lead to the patient, as names of physicians: to be kept out of all others.
  std::vector<std::string> identifiers;
};

struct FoundSeries {
  std::string series_instance_uid;
  std::string modality;
  std::string series_description;
  std::string manufacturer;
};

/// A series with what a query tells of how it was made. Much of it is optional for a peer (PS3.4
/// C.2.2.1.3); what it does not tell is empty.
struct DescribedSeries {
  std::string series_instance_uid;
  std::string modality;
  std::optional<int> number;
  int instances = 0;
  dicom::SeriesFacts facts;  ///< voxel and slices are left open
  dicom::SamplingFacts sampling;
  std::optional<double> field_strength_t;
  std::vector<std::string> identifiers;  ///< as FoundStudy's
};

struct FoundInstance {
  std::string series_instance_uid;
  std::string sop_instance_uid;
  std::string sop_class_uid;  ///< empty where the peer does not tell it
};

}  // namespace neurovasc::pacs
