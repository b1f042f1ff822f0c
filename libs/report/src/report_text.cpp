#include "neurovasc/report/report_text.h"

#include <algorithm>
#include <iterator>

#include "clinical_text.h"
#include "contact_text.h"
#include "impression.h"
#include "nerve_text.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "phrases.h"
#include "review_text.h"
#include "series_table.h"
#include "technique_text.h"
#include "text_layout.h"
#include "wording.h"
#include "zone_text.h"

namespace neurovasc::report {
namespace {

void addClinic(const Assessment& assessment, ReportText& text) {
  text.clinical = clinicalRows(assessment);
  text.course = text.clinical.empty() ? std::vector<std::string>{say("clinical.none")}
                                      : clinicalSentences(assessment.clinical);
}

SideText sideText(const SideAssessment& side, const Assessment& assessment) {
  SideText text;
  text.side = side.side;
  text.title = say("title.side", {{"side", upperCase(std::string(name(side.side)))}});
  text.finding = findingText(side);
  text.nerve = nerveText(side, isTooThick(assessment));
  text.contacts = contactParagraphs(side, assessment.vessels);
  text.pads = padSentences(side, assessment.pads.value_or(std::vector<Pad>{}));
  text.contact_table = contactTable(side);
  if (const std::string reason = commonReason(side); !reason.empty()) {
    text.zones_reason = say("zones.none", {{"reason", reason}});
  } else if (!side.zones.empty()) {
    text.zones = zoneRows(side);
  }
  return text;
}

std::vector<std::string> limits(const Assessment& assessment) {
  const std::string pads = assessment.pads ? "" : say("limits.pads");
  return {say("limits.not_looked_for", {{"pads", pads}}), say("limits.not_excluded"),
          say("limits.calibration"), say("limits.coordinate"),
          say("limits.notice", {{"notice", std::string(kResearchUseOnly)}})};
}

std::string authorLine(const std::vector<ReviewedAssessment>& reviews) {
  const std::string by(version());
  return reviews.empty() ? say("head.author", {{"version", by}})
                         : say("head.author_reviewed", {{"version", by}});
}

std::vector<std::string> reading() {
  return {say("reading.readers"), say("reading.finding"), say("reading.strip"),
          say("reading.gap"),     say("reading.colours"), say("reading.slices"),
          say("reading.control"), say("reading.sources")};
}

}  // namespace

ReportText reportText(const Assessment& assessment,
                      const std::vector<ReviewedAssessment>& reviews) {
  ReportText text;
  text.title = say("head.title");
  text.notice = say("head.notice", {{"notice", std::string(kResearchUseOnly)}});
  text.author = authorLine(reviews);
  text.label = assessment.label.empty() ? "" : say("head.label", {{"label", assessment.label}});
  addClinic(assessment, text);
  text.technique = techniqueParagraphs(assessment);
  text.series = seriesTable(assessment);
  text.registration = registrationTable(assessment);
  for (const SideAssessment& side : assessment.sides) {
    text.sides.push_back(sideText(side, assessment));
  }
  text.probability_note = say("cell.note");
  text.comparison = comparisonSentences(assessment);
  text.impression = impressionParagraphs(assessment);
  std::transform(reviews.begin(), reviews.end(), std::back_inserter(text.reviews), reviewText);
  text.limits = limits(assessment);
  text.reading = reading();
  return text;
}

}  // namespace neurovasc::report
