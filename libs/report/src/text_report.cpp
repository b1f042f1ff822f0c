#include "neurovasc/report/text_report.h"

#include <algorithm>

#include "clinical_text.h"
#include "contact_text.h"
#include "impression.h"
#include "nerve_text.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "phrases.h"
#include "technique_text.h"
#include "text_layout.h"
#include "wording.h"
#include "zone_text.h"

namespace neurovasc::report {
namespace {

constexpr std::size_t kIndent = 2;
/// Narrower, the tables would not fit; wider, nobody reads it.
constexpr int kNarrowestColumns = 90;
constexpr int kWidestColumns = 400;

/// A document in the making: titles, paragraphs and tables of one width.
class Page {
 public:
  explicit Page(std::size_t width) : width_(width) {}

  void line(const std::string& text) { text_ += wrapped(text, width_, 0, kIndent); }
  void title(const std::string& text) { text_ += "\n" + text + "\n"; }
  void paragraph(const std::string& text) {
    if (!text.empty()) {
      text_ += wrapped(text, width_, kIndent, kIndent);
    }
  }
  void paragraphs(const std::vector<std::string>& texts) {
    std::for_each(texts.begin(), texts.end(), [this](const auto& text) { paragraph(text); });
  }
  /// Sentences that read on in one paragraph.
  void runOn(const std::vector<std::string>& sentences) { paragraph(joinedBy(" ", sentences)); }
  void items(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      text_ += wrapped(text, width_, kIndent, 2 * kIndent);
    }
  }
  void table(const std::vector<Row>& rows, std::size_t indent) {
    text_ += alignedTable(rows, width_, indent);
  }
  std::string text() const { return text_; }

 private:
  std::size_t width_;
  std::string text_;
};

void addHead(const Assessment& assessment, Page& page) {
  page.line(say("head.title"));
  page.line(say("head.notice", {{"notice", std::string(kResearchUseOnly)}}));
  page.line(say("head.author", {{"version", std::string(version())}}));
  if (!assessment.label.empty()) {
    page.line(say("head.label", {{"label", assessment.label}}));
  }
}

void addClinic(const Assessment& assessment, Page& page) {
  page.title(say("title.clinical"));
  const auto rows = clinicalRows(assessment);
  if (rows.empty()) {
    page.paragraph(say("clinical.none"));
    return;
  }
  page.table(rows, kIndent);
  page.items(clinicalSentences(assessment.clinical));
}

void addZones(const SideAssessment& side, Page& page) {
  if (const std::string reason = commonReason(side); !reason.empty()) {
    page.paragraph(say("zones.none", {{"reason", reason}}));
    return;
  }
  if (!side.zones.empty()) {
    page.table(zoneRows(side), kIndent);
  }
}

void addSide(const SideAssessment& side, const Assessment& assessment, Page& page) {
  page.title(say("title.side", {{"side", upperCase(std::string(name(side.side)))}}));
  page.paragraph(nerveText(side, isTooThick(assessment)));
  page.items(contactParagraphs(side, assessment.vessels));
  page.items(padSentences(side, assessment.pads.value_or(std::vector<Pad>{})));
  addZones(side, page);
}

void addLimits(const Assessment& assessment, Page& page) {
  const std::string pads = assessment.pads ? "" : say("limits.pads");
  page.title(say("title.limits"));
  page.paragraphs({say("limits.not_looked_for", {{"pads", pads}}), say("limits.not_excluded"),
                   say("limits.calibration"), say("limits.coordinate"),
                   say("limits.notice", {{"notice", std::string(kResearchUseOnly)}})});
}

}  // namespace

void validate(const ReportOptions& options) {
  if (options.width_columns < kNarrowestColumns || options.width_columns > kWidestColumns) {
    throw Error(ErrorCode::usage, "width_columns: expected " + std::to_string(kNarrowestColumns) +
                                      " to " + std::to_string(kWidestColumns) + ", not " +
                                      std::to_string(options.width_columns));
  }
}

std::string textReport(const Assessment& assessment, const ReportOptions& options) {
  validate(options);
  Page page(static_cast<std::size_t>(options.width_columns));
  addHead(assessment, page);
  addClinic(assessment, page);
  page.title(say("title.technique"));
  page.items(techniqueParagraphs(assessment));
  for (const SideAssessment& side : assessment.sides) {
    addSide(side, assessment, page);
  }
  page.title(say("title.comparison"));
  page.runOn(comparisonSentences(assessment));
  page.title(say("title.impression"));
  page.items(impressionParagraphs(assessment));
  addLimits(assessment, page);
  return page.text();
}

}  // namespace neurovasc::report
