#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"

namespace neurovasc::pdf {

/// A picture that may be printed.
struct PdfPicture {
  std::string title;  ///< "Retrosigmoid view, left"
  std::string file;   ///< path of the PNG
};

struct PdfOptions {
  double margin_mm = 14;  ///< printers leave at most 10 mm white; the rest is for holes
  double font_size_pt = 9;
  /// Where the text does not fit at font_size_pt it is set smaller, down to this: print below is
  /// hard to read.
  double smallest_font_size_pt = 6.5;
  int most_pages = 2;
  int jpeg_quality = 88;  ///< letters and thin vessels stay sharp
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const PdfOptions& options);

/// report.pdf: what is found in words, zones as strips, tables of contacts, pictures, quality, what
/// was not looked for, on one or two pages of A4, in the sentences of report.txt. What does not fit
/// is left out and named: pictures first, then rows of contacts that do not touch.
///
/// @p pictures are in the order of their importance. Fonts (DejaVu Sans) are embedded, text can be
/// selected and searched. Every page bears kResearchUseOnly and the label. Metadata hold title and
/// program alone: no time, no path, nobody's name. The same content gives the same bytes on a
/// machine with the same fonts.
///
/// What each of @p reviews says stands below the program's findings, as in report.txt.
///
/// Reports "pdf". Throws Error(internal) where no font is installed, Error(input_unreadable) for a
/// picture that cannot be read, Error(cancelled).
///
/// Format: PDF 1.5 (ISO 32000), written by Cairo; text set by Pango.
std::string reportPdf(const Assessment& assessment, const std::vector<PdfPicture>& pictures,
                      const PdfOptions& options = {}, const Progress& progress = {},
                      const std::vector<ReviewedAssessment>& reviews = {});

/// Likewise of dates compared; @p dates are their own assessments, for the strips.
std::string comparisonPdf(const Comparison& comparison, const std::vector<Assessment>& dates,
                          const std::vector<PdfPicture>& pictures, const PdfOptions& options = {},
                          const Progress& progress = {});

}  // namespace neurovasc::pdf
