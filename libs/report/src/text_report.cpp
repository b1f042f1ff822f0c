#include "neurovasc/report/text_report.h"

#include <algorithm>

#include "clinical_text.h"
#include "contact_text.h"
#include "impression.h"
#include "nerve_text.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "page.h"
#include "phrases.h"
#include "technique_text.h"
#include "text_layout.h"
#include "wording.h"
#include "zone_text.h"

namespace neurovasc::report {
namespace {

/// Narrower, the tables would not fit; wider, nobody reads it.
constexpr int kNarrowestColumns = 90;
constexpr int kWidestColumns = 400;

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
