#include "neurovasc/report/text_report.h"

#include "neurovasc/core/error.h"
#include "neurovasc/report/report_text.h"
#include "page.h"
#include "phrases.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// Narrower, the tables would not fit; wider, nobody reads it.
constexpr int kNarrowestColumns = 90;
constexpr int kWidestColumns = 400;

void addHead(const ReportText& text, Page& page) {
  page.line(text.title);
  page.line(text.notice);
  page.line(text.author);
  if (!text.label.empty()) {
    page.line(text.label);
  }
}

void addClinic(const ReportText& text, Page& page) {
  page.title(say("title.clinical"));
  if (text.clinical.empty()) {
    page.paragraphs(text.course);
    return;
  }
  page.table(text.clinical, kIndent);
  page.items(text.course);
}

void addSide(const SideText& side, Page& page) {
  page.title(side.title);
  page.paragraph(side.nerve);
  page.items(side.contacts);
  page.items(side.pads);
  page.paragraph(side.zones_reason);
  if (!side.zones.empty()) {
    page.table(side.zones, kIndent);
  }
}

/// The rows of a table as sentences: a reader's comment may be longer than a column.
std::vector<std::string> reviewLines(const TextTable& table) {
  std::vector<std::string> lines;
  for (std::size_t i = 1; i < table.size(); ++i) {
    const auto& row = table[i];
    const std::string comment =
        row[3].empty() ? "" : spaced(say("review.comment", {{"comment", row[3]}}));
    lines.push_back(
        say("review.line",
            {{"what", row[0]}, {"program", row[1]}, {"reader", row[2]}, {"comment", comment}}));
  }
  return lines;
}

void addReview(const ReviewText& review, Page& page) {
  page.title(review.title);
  page.paragraph(say("review.note"));
  page.items(review.findings);
  page.items(reviewLines(review.contacts));
  page.items(reviewLines(review.zones));
}

}  // namespace

void validate(const ReportOptions& options) {
  if (options.width_columns < kNarrowestColumns || options.width_columns > kWidestColumns) {
    throw Error(ErrorCode::usage, "width_columns: expected " + std::to_string(kNarrowestColumns) +
                                      " to " + std::to_string(kWidestColumns) + ", not " +
                                      std::to_string(options.width_columns));
  }
}

std::string textReport(const Assessment& assessment, const ReportOptions& options,
                       const std::vector<ReviewedAssessment>& reviews) {
  validate(options);
  const ReportText text = reportText(assessment, reviews);
  Page page(static_cast<std::size_t>(options.width_columns));
  addHead(text, page);
  addClinic(text, page);
  page.title(say("title.technique"));
  page.items(text.technique);
  for (const SideText& side : text.sides) {
    addSide(side, page);
  }
  page.title(say("title.comparison"));
  page.runOn(text.comparison);
  page.title(say("title.impression"));
  page.items(text.impression);
  for (const ReviewText& review : text.reviews) {
    addReview(review, page);
  }
  page.title(say("title.limits"));
  page.paragraphs(text.limits);
  return page.text();
}

}  // namespace neurovasc::report
