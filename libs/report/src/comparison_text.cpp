#include <utility>

#include "compared_side.h"
#include "neurovasc/core/version.h"
#include "neurovasc/report/report_text.h"
#include "phrases.h"
#include "text_layout.h"

namespace neurovasc::report {
namespace {

ComparedSideText sideText(const SideComparison& side, const Comparison& comparison) {
  ComparedSideText text;
  text.side = side.side;
  text.title = say("title.side", {{"side", upperCase(std::string(name(side.side)))}});
  text.outcome = outcomeText(side, comparison);
  text.findings = findingSentences(side);
  text.contacts = trackedParagraphs(side, comparison);
  text.pads = comparedPadParagraphs(side, comparison);
  text.zones = comparedZoneRows(side, comparison.dates.size() == 1);
  ComparedCourse course = comparedCourse(side, comparison);
  text.course = std::move(course.sentences);
  text.joint = std::move(course.joint);
  text.contact_table = comparedContactRows(side, comparison);
  return text;
}

std::vector<std::string> reading() {
  return {say("reading.readers"), say("reading.dates"),   say("reading.change"),
          say("reading.strip"),   say("reading.gap"),     say("reading.colours"),
          say("reading.slices"),  say("reading.control"), say("reading.sources")};
}

}  // namespace

ComparisonText comparisonText(const Comparison& comparison) {
  ComparisonText text;
  text.title = say(comparison.dates.size() == 1 ? "compare.title_one" : "compare.title");
  text.notice = say("head.notice", {{"notice", std::string(kResearchUseOnly)}});
  text.author = say("head.author", {{"version", std::string(version())}});
  text.label = comparison.label.empty() ? "" : say("head.label", {{"label", comparison.label}});
  text.banner = sidesBanner(comparison);
  text.date_titles = dateTitles(comparison);
  text.dates = dateSentences(comparison);
  bool any_course = false;
  for (const SideComparison& side : comparison.sides) {
    text.sides.push_back(sideText(side, comparison));
    any_course = any_course || !text.sides.back().course.empty();
  }
  text.course_none = any_course ? "" : say("compare.course_none");
  text.limits = {say("compare.limits"), say("limits.not_excluded"),
                 say("limits.notice", {{"notice", std::string(kResearchUseOnly)}})};
  text.reading = reading();
  return text;
}

}  // namespace neurovasc::report
