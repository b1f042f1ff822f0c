#include "neurovasc/result/run_json.h"
namespace neurovasc::result {
std::string toJson(const RunRecord&) { return "{}\n"; }
}  // namespace neurovasc::result
