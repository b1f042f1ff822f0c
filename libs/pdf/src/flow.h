#pragma once

#include <functional>
#include <string>

#include "neurovasc/pdf/report_pdf.h"
#include "sheet.h"

namespace neurovasc::pdf {

/// What every page bears.
struct Furniture {
  std::string title;
  std::string notice;  ///< kResearchUseOnly
  std::string author;
  std::string label;  ///< may be empty
};

/// Pieces set below each other, page after page. Lengths in points; "em" is the text's size.
class Flow {
 public:
  Flow(Sheet& sheet, const Furniture& furniture, const PdfOptions& options, double em);

  Sheet& sheet() { return sheet_; }
  double em() const { return em_; }
  double left() const { return left_; }
  double width() const { return width_; }
  int pages() const { return pages_; }
  /// Whether a piece was higher than a page.
  bool isTorn() const { return torn_; }

  /// Draws a piece of @p height from its top, on the next page where it does not fit on this one
  /// together with @p company below it.
  void place(double height, const std::function<void(double y)>& draw, double company = 0);
  /// White below the last piece; nothing at a page's top.
  void space(double height);

  TextLook look(double ems = 1, bool bold = false) const;

 private:
  void beginPage();

  Sheet& sheet_;
  Furniture furniture_;
  double em_;
  double left_;
  double width_;
  double top_ = 0;
  double bottom_;
  double y_ = 0;
  int pages_ = 0;
  bool torn_ = false;
};

}  // namespace neurovasc::pdf
