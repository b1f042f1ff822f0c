#include "neurovasc/result/clinical_file.h"
namespace neurovasc::result {
ClinicalCourse readClinical(const std::filesystem::path&) { return {}; }
ClinicalCourse withoutDates(ClinicalCourse course) { return course; }
int daysSinceEpoch(std::string_view) { return 0; }
}  // namespace neurovasc::result
