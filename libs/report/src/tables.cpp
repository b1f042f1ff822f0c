#include "neurovasc/report/tables.h"
namespace neurovasc::report {
std::string contactsTsv(const Assessment&) { return {}; }
std::string sidesTsv(const Assessment&) { return {}; }
std::string dataDictionaryTsv() { return {}; }
}  // namespace neurovasc::report
