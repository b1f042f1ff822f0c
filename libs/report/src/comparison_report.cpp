#include "neurovasc/report/comparison_report.h"

#include "comparison_text.h"
#include "neurovasc/core/version.h"
#include "page.h"
#include "phrases.h"

namespace neurovasc::report {
namespace {

void addHead(const Comparison& comparison, Page& page) {
  page.line(say(comparison.dates.size() == 1 ? "compare.title_one" : "compare.title"));
  page.line(say("head.notice", {{"notice", std::string(kResearchUseOnly)}}));
  page.line(say("head.author", {{"version", std::string(version())}}));
  if (!comparison.label.empty()) {
    page.line(say("head.label", {{"label", comparison.label}}));
  }
  if (const std::string banner = sidesBanner(comparison); !banner.empty()) {
    page.paragraph(banner);
  }
}

void addSide(const SideComparison& side, const Comparison& comparison, Page& page) {
  page.title(say("title.side", {{"side", upperCase(std::string(name(side.side)))}}));
  page.paragraph(outcomeText(side, comparison));
  page.items(findingSentences(side));
  page.items(trackedParagraphs(side, comparison));
  page.items(comparedPadParagraphs(side, comparison));
  page.table(comparedZoneRows(side, comparison.dates.size() == 1), kIndent);
}

void addCourse(const Comparison& comparison, Page& page) {
  page.title(say("compare.title.course"));
  bool any = false;
  for (const SideComparison& side : comparison.sides) {
    const auto sentences = comparedCourse(side, comparison);
    page.items(sentences);
    any = any || !sentences.empty();
  }
  if (!any) {
    page.paragraph(say("compare.course_none"));
  }
}

}  // namespace

std::string comparisonReport(const Comparison& comparison, const ReportOptions& options) {
  validate(options);
  Page page(static_cast<std::size_t>(options.width_columns));
  addHead(comparison, page);
  page.title(say("compare.title.dates"));
  page.items(dateSentences(comparison));
  for (const SideComparison& side : comparison.sides) {
    addSide(side, comparison, page);
  }
  addCourse(comparison, page);
  page.title(say("title.limits"));
  page.paragraphs({say("compare.limits"), say("limits.not_excluded"),
                   say("limits.notice", {{"notice", std::string(kResearchUseOnly)}})});
  return page.text();
}

}  // namespace neurovasc::report
