#include "neurovasc/result/study_json.h"
namespace neurovasc::result {
std::string toJson(const std::vector<Study>&) { return "{}\n"; }
}  // namespace neurovasc::result
