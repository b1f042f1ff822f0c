#include "flow.h"

#include <fmt/format.h>

#include <algorithm>

namespace neurovasc::pdf {
namespace {

constexpr Color kWarning{1.0, 0.953, 0.788};
constexpr Color kWarningInk{0.3, 0.24, 0.0};
/// The notices' own size does not shrink with the text.
constexpr double kNotice_pt = 8;
constexpr double kNoticeHeight_pt = 14;
constexpr double kFooterHeight_pt = 14;

}  // namespace

Flow::Flow(Sheet& sheet, const Furniture& furniture, const PdfOptions& options, double em)
    : sheet_(sheet),
      furniture_(furniture),
      em_(em),
      left_(options.margin_mm * kPointsPerMm),
      width_(kA4Width_pt - 2 * left_),
      bottom_(kA4Height_pt - left_ - kFooterHeight_pt) {
  beginPage();
}

TextLook Flow::look(double ems, bool bold) const { return {ems * em_, bold, kInk, false}; }

void Flow::beginPage() {
  ++pages_;
  const TextLook notice{kNotice_pt, true, kWarningInk, true};
  const double notice_width = sheet_.textWidth(furniture_.notice, notice) + 12;
  const Area box{left_ + width_ - notice_width, left_, notice_width, kNoticeHeight_pt};
  sheet_.fill(box, kWarning);
  sheet_.text(furniture_.notice, box.x, box.y + 2, box.width, notice);
  const double room = width_ - notice_width - 8;
  const std::string& title = furniture_.title;
  const TextLook head{pages_ == 1 ? 13.0 : kNotice_pt, true, kInk, false};
  sheet_.text(title, left_, left_, room, head);
  double y = left_ + std::max(sheet_.textHeight(title, room, head), kNoticeHeight_pt) + 2;
  const TextLook small{kNotice_pt, false, kSoftInk, false};
  for (const std::string& each : {furniture_.author, furniture_.label}) {
    if (!each.empty() && (pages_ == 1 || each == furniture_.label)) {
      sheet_.text(each, left_, y, width_, small);
      y += sheet_.textHeight(each, width_, small);
    }
  }
  const double foot = kA4Height_pt - left_ - kNotice_pt;
  sheet_.line(left_, foot - 4, left_ + width_, foot - 4, kRule);
  sheet_.text(fmt::format("page {}", pages_), left_, foot, width_, small);
  y_ = top_ = y + 6;
}

void Flow::place(double height, const std::function<void(double y)>& draw, double company) {
  if (y_ > top_ && y_ + height + company > bottom_) {
    sheet_.nextPage();
    beginPage();
  }
  torn_ = torn_ || y_ + height > bottom_;
  draw(y_);
  y_ += height;
}

void Flow::space(double height) {
  if (y_ > top_) {
    y_ += height;
  }
}

}  // namespace neurovasc::pdf
