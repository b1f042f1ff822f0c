#include "blocks.h"

#include <algorithm>

namespace neurovasc::pdf {
namespace {

constexpr Color kBanner{0.93, 0.95, 0.97};
constexpr Color kAccent{0.0, 0.353, 0.612};
/// In ems.
constexpr double kHeading = 1.15;
constexpr double kIndent = 1.1;
constexpr double kCellGap = 0.8;
constexpr double kRowGap = 0.25;
/// Tables up to so many rows are not torn apart between pages.
constexpr std::size_t kKeptRows = 8;

void placeText(Flow& flow, const std::string& text, double indent, const TextLook& look,
               double company = 0) {
  const double width = flow.width() - indent;
  const double height = flow.sheet().textHeight(text, width, look);
  flow.place(
      height, [&](double y) { flow.sheet().text(text, flow.left() + indent, y, width, look); },
      company);
}

TextLook titleLook(const Flow& flow) {
  TextLook look = flow.look(0.9, true);
  look.color = kSoftInk;
  return look;
}

std::vector<double> naturalWidths(Flow& flow, const report::TextTable& rows) {
  std::vector<double> widths(rows.front().size(), 0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const TextLook look = r == 0 ? titleLook(flow) : flow.look();
    for (std::size_t c = 0; c < widths.size() && c < rows[r].size(); ++c) {
      widths[c] = std::max(widths[c], flow.sheet().textWidth(rows[r][c], look) + 1);
    }
  }
  return widths;
}

/// Columns of which none is wider than a limit that lets all of them fit into @p room.
std::vector<double> fitted(std::vector<double> widths, double room) {
  double left = room;
  std::vector<double> sorted = widths;
  std::sort(sorted.begin(), sorted.end());
  double limit = room;
  for (std::size_t n = 0; n < sorted.size(); ++n) {
    limit = left / static_cast<double>(sorted.size() - n);
    if (sorted[n] > limit) {
      break;
    }
    left -= sorted[n];
    limit = std::max(limit, sorted[n]);
  }
  for (double& width : widths) {
    width = std::min(width, limit);
  }
  return widths;
}

double rowHeight(Flow& flow, const std::vector<std::string>& cells,
                 const std::vector<double>& widths, const TextLook& look) {
  double height = 0;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    height = std::max(height, flow.sheet().textHeight(cells[c], widths[c], look));
  }
  return height + 2 * kRowGap * flow.em();
}

void tableRow(Flow& flow, const std::vector<std::string>& cells, const std::vector<double>& widths,
              const TextLook& look, double company) {
  const double height = rowHeight(flow, cells, widths, look);
  flow.place(
      height,
      [&](double y) {
        double x = flow.left();
        for (std::size_t c = 0; c < widths.size(); ++c) {
          flow.sheet().text(cells[c], x, y + kRowGap * flow.em(), widths[c], look);
          x += widths[c] + kCellGap * flow.em();
        }
        flow.sheet().line(flow.left(), y + height, flow.left() + flow.width(), y + height, kRule);
      },
      company);
}

/// How high the rows below the titles are; of a long table, of its beginning.
double bodyHeight(Flow& flow, const report::TextTable& rows, const std::vector<double>& widths) {
  double height = 0;
  for (std::size_t r = 1; r < rows.size() && r <= kKeptRows; ++r) {
    height += rowHeight(flow, rows[r], widths, flow.look());
  }
  return height;
}

}  // namespace

void heading(Flow& flow, const std::string& text) {
  flow.space(0.8 * flow.em());
  TextLook look = flow.look(kHeading, true);
  look.color = kAccent;
  placeText(flow, text, 0, look, 4 * flow.em());
  flow.space(0.15 * flow.em());
}

void subheading(Flow& flow, const std::string& text) {
  flow.space(0.4 * flow.em());
  placeText(flow, text, 0, flow.look(1, true), 4 * flow.em());
}

void paragraph(Flow& flow, const std::string& text) {
  if (!text.empty()) {
    placeText(flow, text, 0, flow.look());
    flow.space(0.25 * flow.em());
  }
}

void paragraphs(Flow& flow, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    paragraph(flow, text);
  }
}

void items(Flow& flow, const std::vector<std::string>& texts) {
  const double indent = kIndent * flow.em();
  for (const std::string& text : texts) {
    const TextLook look = flow.look();
    const double width = flow.width() - indent;
    flow.place(flow.sheet().textHeight(text, width, look), [&](double y) {
      flow.sheet().text("•", flow.left() + 0.2 * flow.em(), y, indent, look);
      flow.sheet().text(text, flow.left() + indent, y, width, look);
    });
    flow.space(0.2 * flow.em());
  }
}

void banner(Flow& flow, const std::string& text) {
  if (text.empty()) {
    return;
  }
  const double inset = 0.6 * flow.em();
  const TextLook look = flow.look(1, true);
  const double width = flow.width() - 2 * inset;
  const double height = flow.sheet().textHeight(text, width, look) + inset;
  flow.space(0.3 * flow.em());
  flow.place(height, [&](double y) {
    flow.sheet().fill({flow.left(), y, flow.width(), height}, kBanner);
    flow.sheet().fill({flow.left(), y, 2.5, height}, kAccent);
    flow.sheet().text(text, flow.left() + inset, y + inset / 2, width, look);
  });
  flow.space(0.3 * flow.em());
}

void table(Flow& flow, const report::TextTable& rows) {
  if (rows.empty()) {
    return;
  }
  const double gaps = kCellGap * flow.em() * static_cast<double>(rows.front().size() - 1);
  const std::vector<double> widths = fitted(naturalWidths(flow, rows), flow.width() - gaps);
  flow.space(0.2 * flow.em());
  tableRow(flow, rows.front(), widths, titleLook(flow), bodyHeight(flow, rows, widths));
  for (std::size_t r = 1; r < rows.size(); ++r) {
    tableRow(flow, rows[r], widths, flow.look(), 0);
  }
  flow.space(0.4 * flow.em());
}

void picture(Flow& flow, const std::string& title, const Image& image, double most_height) {
  const double height = std::min(flow.width() / image.aspect(), most_height);
  const double width = height * image.aspect();
  TextLook look = flow.look(0.9);
  look.color = kSoftInk;
  const double title_height = flow.sheet().textHeight(title, flow.width(), look);
  flow.space(0.4 * flow.em());
  flow.place(height + title_height, [&](double y) {
    flow.sheet().image(image, {flow.left(), y, width, height});
    flow.sheet().text(title, flow.left(), y + height, flow.width(), look);
  });
}

}  // namespace neurovasc::pdf
