#include "neurovasc/pdf/report_pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "blocks.h"
#include "flow.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/report/report_text.h"
#include "neurovasc/scene/picture.h"
#include "sheet.h"
#include "strip.h"

namespace neurovasc::pdf {
namespace {

constexpr std::size_t kMostPictures = 2;
constexpr double kFontStep_pt = 0.5;
/// In lower pictures letters could not be read; higher ones are tried, the highest first.
constexpr double kLowestPicture_mm = 58;
constexpr double kHigherPictures_mm[] = {100, 85, 70};
constexpr std::size_t kAllRows = 1000;
/// Of contacts of a side, where even the smallest print does not hold all.
constexpr std::size_t kFewRows[] = {8, 4};

struct LoadedPicture {
  std::string title;
  Image image;
};

/// How much is printed, and how large.
struct Fit {
  double font_size_pt = 9;
  double picture_height_mm = 0;
  std::size_t pictures = 0;
  std::size_t rows = kAllRows;
};

void require(bool holds, const char* message) {
  if (!holds) {
    throw Error(ErrorCode::usage, message);
  }
}

/// The largest print first, each with the lowest pictures; then fewer pictures, then fewer rows.
std::vector<Fit> fits(const PdfOptions& options, std::size_t pictures) {
  std::vector<Fit> list;
  const double smallest = options.smallest_font_size_pt;
  for (double size = options.font_size_pt; size >= smallest; size -= kFontStep_pt) {
    list.push_back({size, kLowestPicture_mm, pictures, kAllRows});
  }
  for (std::size_t fewer = pictures; fewer-- > 0;) {
    list.push_back({smallest, kLowestPicture_mm, fewer, kAllRows});
  }
  for (const std::size_t rows : kFewRows) {
    list.push_back({smallest, kLowestPicture_mm, 0, rows});
  }
  return list;
}

std::vector<LoadedPicture> load(const std::vector<PdfPicture>& pictures, int quality) {
  std::vector<LoadedPicture> loaded;
  for (const PdfPicture& each : pictures) {
    if (loaded.size() == kMostPictures) {
      break;
    }
    const scene::Picture picture = scene::readPng(each.file);
    loaded.push_back(
        {each.title, {picture.width, picture.height, scene::jpegBytes(picture, quality)}});
  }
  return loaded;
}

void drawPictures(Flow& flow, const std::vector<LoadedPicture>& pictures, const Fit& fit) {
  for (std::size_t n = 0; n < fit.pictures; ++n) {
    picture(flow, pictures[n].title, pictures[n].image, fit.picture_height_mm * kPointsPerMm);
  }
}

std::string sideTitle(Side side) {
  return side == Side::left ? "Left facial nerve" : "Right facial nerve";
}

/// A contact's number with how likely it touches, at any date.
struct Likely {
  std::string id;
  double probability = 0;
};

/// Numbers of the @p most likeliest contacts.
std::set<std::string> likeliest(std::vector<Likely> contacts, std::size_t most) {
  std::stable_sort(contacts.begin(), contacts.end(),
                   [](const Likely& a, const Likely& b) { return a.probability > b.probability; });
  std::set<std::string> ids;
  for (std::size_t n = 0; n < std::min(most, contacts.size()); ++n) {
    ids.insert(contacts[n].id);
  }
  return ids;
}

std::set<std::string> printedOf(const SideAssessment& side, std::size_t most) {
  std::vector<Likely> contacts;
  for (const Contact& contact : side.contacts) {
    contacts.push_back({contact.id, contact.contact_probability.value_or(0)});
  }
  return likeliest(std::move(contacts), most);
}

std::set<std::string> printedOf(const SideComparison& side, std::size_t most) {
  std::vector<Likely> contacts;
  for (const TrackedContact& contact : side.contacts) {
    double probability = 0;
    for (const ContactSighting& sighting : contact.dates) {
      probability = std::max(probability, sighting.contact_probability.value_or(0));
    }
    contacts.push_back({contact.id, probability});
  }
  return likeliest(std::move(contacts), most);
}

/// The rows of a table of contacts whose numbers are in @p printed, and how many are not.
void contactTable(Flow& flow, const report::TextTable& rows, const std::set<std::string>& printed) {
  report::TextTable kept;
  for (const auto& row : rows) {
    if (kept.empty() || printed.count(row.front()) > 0) {
      kept.push_back(row);
    }
  }
  table(flow, kept);
  if (kept.size() < rows.size()) {
    paragraph(flow, fmt::format("{} more that are less likely to touch stand in report.txt.",
                                rows.size() - kept.size()));
  }
}

std::vector<StripPin> pinsOf(const SideAssessment& side, const std::set<std::string>& printed) {
  std::vector<StripPin> pins;
  for (const Contact& contact : side.contacts) {
    if (printed.count(contact.id) > 0) {
      pins.push_back({contact.id, contact.arclength_mm, touches(contact)});
    }
  }
  return pins;
}

void drawSide(Flow& flow, const report::SideText& text, const SideAssessment& side,
              const Fit& fit) {
  subheading(flow, sideTitle(side.side));
  const std::set<std::string> printed = printedOf(side, fit.rows);
  strip(flow, side.zones, pinsOf(side, printed));
  paragraph(flow, text.zones_reason);
  if (text.contact_table.empty()) {
    paragraphs(flow, text.contacts);
  }
  contactTable(flow, text.contact_table, printed);
  paragraphs(flow, text.pads);
}

void drawReview(Flow& flow, const report::ReviewText& text) {
  heading(flow, text.title);
  items(flow, text.findings);
  table(flow, text.contacts);
  table(flow, text.zones);
}

void drawStudy(Flow& flow, const report::ReportText& text, const Assessment& assessment,
               const std::vector<LoadedPicture>& pictures, const Fit& fit) {
  heading(flow, "Findings");
  items(flow, text.impression);
  for (std::size_t n = 0; n < text.sides.size(); ++n) {
    drawSide(flow, text.sides[n], assessment.sides[n], fit);
  }
  paragraph(flow, text.probability_note);
  for (const report::ReviewText& review : text.reviews) {
    drawReview(flow, review);
  }
  if (!text.clinical.empty()) {
    heading(flow, "Clinical information");
    table(flow, text.clinical);
    items(flow, text.course);
  }
  drawPictures(flow, pictures, fit);
  heading(flow, "Quality");
  items(flow, text.technique);
  heading(flow, "What was not looked for, and limits");
  items(flow, text.limits);
}

/// The side's zones at a date, and where its followed contacts were then.
void dateStrip(Flow& flow, const SideComparison& side, const Assessment& date, std::size_t n,
               const std::set<std::string>& printed) {
  const auto found = std::find_if(date.sides.begin(), date.sides.end(),
                                  [&side](const SideAssessment& s) { return s.side == side.side; });
  if (found == date.sides.end()) {
    return;
  }
  std::vector<StripPin> pins;
  for (const TrackedContact& contact : side.contacts) {
    const ContactSighting& sighting = contact.dates[n];
    if (!sighting.contact_id.empty() && printed.count(contact.id) > 0) {
      pins.push_back(
          {contact.id, sighting.arclength_mm, sighting.contact_probability.value_or(0) >= 0.5});
    }
  }
  strip(flow, found->zones, pins);
}

void drawComparedSide(Flow& flow, const report::ComparisonText& all, std::size_t number,
                      const Comparison& comparison, const std::vector<Assessment>& dates,
                      const Fit& fit) {
  const report::ComparedSideText& text = all.sides[number];
  const SideComparison& side = comparison.sides[number];
  heading(flow, sideTitle(side.side));
  banner(flow, text.outcome);
  items(flow, text.findings);
  const std::set<std::string> printed = printedOf(side, fit.rows);
  contactTable(flow, text.contact_table, printed);
  for (std::size_t n = 0; n < dates.size(); ++n) {
    paragraph(flow, all.date_titles[n]);
    dateStrip(flow, side, dates[n], n, printed);
  }
  items(flow, text.pads);
  table(flow, text.zones);
  items(flow, text.course);
  banner(flow, text.joint);
}

void drawComparison(Flow& flow, const report::ComparisonText& text, const Comparison& comparison,
                    const std::vector<Assessment>& dates,
                    const std::vector<LoadedPicture>& pictures, const Fit& fit) {
  banner(flow, text.banner);
  for (std::size_t n = 0; n < text.sides.size(); ++n) {
    drawComparedSide(flow, text, n, comparison, dates, fit);
  }
  if (!text.course_none.empty()) {
    heading(flow, "Clinical course");
    paragraph(flow, text.course_none);
  }
  drawPictures(flow, pictures, fit);
  heading(flow, "Dates");
  items(flow, text.dates);
  heading(flow, "What was not looked for, and limits");
  items(flow, text.limits);
}

using Draw = std::function<void(Flow&, const Fit&)>;

/// A document as it is with one Fit.
struct Printed {
  std::string bytes;
  bool fits = false;
};

Printed printedWith(const Furniture& furniture, const PdfOptions& options, const Fit& fit,
                    const Draw& draw) {
  Sheet sheet(furniture.title, fmt::format("neurovasc {}", version()));
  Flow flow(sheet, furniture, options, fit.font_size_pt);
  draw(flow, fit);
  return {sheet.finish(), flow.pages() <= options.most_pages && !flow.isTorn()};
}

/// The first of fits() that takes no more pages than asked for, else the last; with pictures as
/// high as they can be.
std::string print(const Furniture& furniture, std::size_t pictures, const PdfOptions& options,
                  const Progress& progress, const Draw& draw) {
  Printed best;
  Fit used;
  for (const Fit& fit : fits(options, pictures)) {
    progress.stop().throwIfStopped();
    best = printedWith(furniture, options, fit, draw);
    used = fit;
    if (best.fits) {
      break;
    }
  }
  for (const double height : kHigherPictures_mm) {
    Fit higher = used;
    higher.picture_height_mm = height;
    Printed again = printedWith(furniture, options, higher, draw);
    if (again.fits) {
      best = std::move(again);
      break;
    }
  }
  progress.report("pdf", 1, "done");
  return std::move(best.bytes);
}

}  // namespace

void validate(const PdfOptions& options) {
  require(options.margin_mm >= 5 && options.margin_mm <= 50, "margin_mm is not within 5 to 50");
  require(options.font_size_pt >= 5 && options.font_size_pt <= 24,
          "font_size_pt is not within 5 to 24");
  require(
      options.smallest_font_size_pt >= 5 && options.smallest_font_size_pt <= options.font_size_pt,
      "smallest_font_size_pt is not within 5 to font_size_pt");
  require(options.most_pages >= 1, "most_pages is below 1");
  require(options.jpeg_quality >= 1 && options.jpeg_quality <= 100,
          "jpeg_quality is not within 1 to 100");
}

std::string reportPdf(const Assessment& assessment, const std::vector<PdfPicture>& pictures,
                      const PdfOptions& options, const Progress& progress,
                      const std::vector<ReviewedAssessment>& reviews) {
  validate(options);
  progress.report("pdf", 0, "pictures");
  const auto loaded = load(pictures, options.jpeg_quality);
  const report::ReportText text = report::reportText(assessment, reviews);
  return print({text.title, text.notice, text.author, text.label}, loaded.size(), options, progress,
               [&](Flow& flow, const Fit& fit) { drawStudy(flow, text, assessment, loaded, fit); });
}

std::string comparisonPdf(const Comparison& comparison, const std::vector<Assessment>& dates,
                          const std::vector<PdfPicture>& pictures, const PdfOptions& options,
                          const Progress& progress) {
  validate(options);
  require(dates.size() == comparison.dates.size(), "report.pdf takes as many dates as there are");
  progress.report("pdf", 0, "pictures");
  const auto loaded = load(pictures, options.jpeg_quality);
  const report::ComparisonText text = report::comparisonText(comparison);
  return print({text.title, text.notice, text.author, text.label}, loaded.size(), options, progress,
               [&](Flow& flow, const Fit& fit) {
                 drawComparison(flow, text, comparison, dates, loaded, fit);
               });
}

}  // namespace neurovasc::pdf
