#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/page/page.h"

namespace neurovasc::page {

/// What was found on one side of a study; words as in assessment.json.
struct CohortSide {
  Side side = Side::left;
  std::string finding;  ///< "compression"
  std::string nerve;    ///< "segmented"
  std::size_t contacts = 0;
  std::size_t touching = 0;
  std::optional<double> probability;     ///< the largest of its contacts
  std::optional<double> distance_mm;     ///< the smallest
  std::optional<double> indentation_mm;  ///< the largest
  std::string zones_not_assessable;      ///< "RExP, AS"
  bool told = false;                     ///< the clinic names this side
};

/// Why a result should be looked at.
struct Doubt {
  std::string kind;  ///< "registration": for filters
  std::string text;  ///< "TOF was brought to T2 within 0.62 mm only"
  double points = 0;
};

/// A study of the cohort, known by keys alone.
struct CohortRow {
  std::string study;
  std::string patient;
  std::string order;  ///< "pre", "post", "order_unknown"
  std::optional<int> days_after_surgery;
  std::string version;  ///< of the program that made the result
  std::string result;   ///< SHA-256 of its assessment.json
  std::vector<CohortSide> sides;
  std::optional<double> registration_error_mm;
  std::vector<Doubt> doubts;
  std::string verdict;  ///< "accept", "reject", "unsure", or empty: of readers, imported before
  std::string readers;
  std::string reason;
  std::vector<PagePicture> pictures;

  /// The sum over its doubts.
  double doubt() const;
};

struct CohortContent {
  std::vector<CohortRow> rows;
  std::string flow_svg;  ///< an SVG element that names nothing outside itself; put in as it is
  std::map<std::string, std::string> versions;
};

struct CohortPageOptions {
  int picture_width = 360;  ///< pixels: vessels and nerve can still be told
  int jpeg_quality = 75;
  /// Twice as many studies with two pictures each as a reader sees in a day; a browser opens it
  /// within seconds.
  std::size_t most_bytes = 40'000'000;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const CohortPageOptions& options);

/// index.html of a cohort: studies in a table or as a contact sheet, the most doubtful first, with
/// filters; accepted, rejected or left unsure by key, with a comment. Choices stay in the browser
/// (localStorage) until saved as qc.tsv. One file that needs nothing but a browser, and makes no
/// request (Content-Security-Policy). Pictures are embedded, made smaller, those of the most
/// doubtful studies first, until the page has options.most_bytes; the page says how many were left
/// out.
///
/// The same content gives the same bytes. Reports "cohort-page" as it goes. Throws Error(internal)
/// unless isPageBuilt(), Error(input_unreadable) for a picture that cannot be read,
/// Error(cancelled).
std::string cohortPage(CohortContent content, const CohortPageOptions& options = {},
                       const Progress& progress = {});

}  // namespace neurovasc::page
