#include "neurovasc/report/text_report.h"
namespace neurovasc::report {
void validate(const ReportOptions&) {}
std::string textReport(const Assessment&, const ReportOptions&) { return {}; }
}  // namespace neurovasc::report
