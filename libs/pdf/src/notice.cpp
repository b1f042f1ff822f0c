#include "neurovasc/pdf/notice.h"

#include "neurovasc/core/version.h"
#include "sheet.h"

namespace neurovasc::pdf {
namespace {

/// 100 dpi: sharp enough to be read when a viewer fits the page to its window.
constexpr double kPixelsPerPoint = 100.0 / 72;
constexpr double kMargin_pt = 50;
constexpr double kGap_pt = 10;

}  // namespace

scene::Picture noticePicture(const std::string& title, const std::vector<std::string>& paragraphs) {
  constexpr TextLook kTitle{20, true};
  constexpr TextLook kBody{13};
  constexpr TextLook kFoot{10, false, kSoftInk};
  const double width = kA4Width_pt - 2 * kMargin_pt;
  Sheet sheet(kPixelsPerPoint);
  double y = kMargin_pt;
  const auto add = [&](const std::string& text, const TextLook& look) {
    sheet.text(text, kMargin_pt, y, width, look);
    y += sheet.textHeight(text, width, look) + kGap_pt;
  };
  add(title, kTitle);
  sheet.line(kMargin_pt, y, kMargin_pt + width, y, kRule);
  y += kGap_pt;
  for (const auto& paragraph : paragraphs) {
    add(paragraph, kBody);
  }
  y = kA4Height_pt - kMargin_pt;
  add(std::string(kResearchUseOnly), kFoot);
  return sheet.picture();
}

}  // namespace neurovasc::pdf
