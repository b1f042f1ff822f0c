#include "neurovasc/report/comparison_report.h"

#include "neurovasc/report/report_text.h"
#include "page.h"
#include "phrases.h"

namespace neurovasc::report {
namespace {

void addHead(const ComparisonText& text, Page& page) {
  page.line(text.title);
  page.line(text.notice);
  page.line(text.author);
  if (!text.label.empty()) {
    page.line(text.label);
  }
  page.paragraph(text.banner);
}

void addSide(const ComparedSideText& side, Page& page) {
  page.title(side.title);
  page.paragraph(side.outcome);
  page.items(side.findings);
  page.items(side.contacts);
  page.items(side.pads);
  page.table(side.zones, kIndent);
}

void addCourse(const ComparisonText& text, Page& page) {
  page.title(say("compare.title.course"));
  for (const ComparedSideText& side : text.sides) {
    page.items(side.course);
    if (!side.joint.empty()) {
      page.items({side.joint});
    }
  }
  page.paragraph(text.course_none);
}

}  // namespace

std::string comparisonReport(const Comparison& comparison, const ReportOptions& options) {
  validate(options);
  const ComparisonText text = comparisonText(comparison);
  Page page(static_cast<std::size_t>(options.width_columns));
  addHead(text, page);
  page.title(say("compare.title.dates"));
  page.items(text.dates);
  for (const ComparedSideText& side : text.sides) {
    addSide(side, page);
  }
  addCourse(text, page);
  page.title(say("title.limits"));
  page.paragraphs(text.limits);
  return page.text();
}

}  // namespace neurovasc::report
