#include "neurovasc/report/study_text.h"
namespace neurovasc::report {
std::string studyText(const std::vector<Study>&) { return {}; }
}  // namespace neurovasc::report
