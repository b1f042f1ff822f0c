#include <algorithm>

#include "neurovasc/archive/report.h"

namespace neurovasc::archive {
namespace {

// Pixels.
constexpr int kLine = 18;
constexpr int kPadding = 10;
constexpr int kGap = 30;  ///< between boxes, for the arrow
constexpr int kBoxWidth = 290;
constexpr int kExitsLeft = 360;
constexpr int kExitsWidth = 370;
constexpr int kWidth = kExitsLeft + kExitsWidth + 2;
constexpr int kFont = 14;

std::string number(long long value) { return std::to_string(value); }

int heightOf(std::size_t lines) { return static_cast<int>(lines) * kLine + 2 * kPadding; }

/// What stands in a box comes from this program's own words: nothing has to be escaped.
std::string box(int left, int top, int width, const std::vector<std::string>& lines) {
  std::string svg = "<rect class=\"box\" x=\"" + number(left) + "\" y=\"" + number(top) +
                    "\" width=\"" + number(width) + "\" height=\"" +
                    number(heightOf(lines.size())) +
                    "\" rx=\"4\" fill=\"#ffffff\" stroke=\"#555b63\"/>\n";
  int y = top + kPadding + kFont;
  for (const std::string& line : lines) {
    svg += "<text x=\"" + number(left + kPadding) + "\" y=\"" + number(y) + "\"" +
           (&line == &lines.front() ? " font-weight=\"bold\"" : "") + ">" + line + "</text>\n";
    y += kLine;
  }
  return svg;
}

std::string arrow(int x, int y, int to_x, int to_y) {
  return "<path d=\"M" + number(x) + " " + number(y) + "L" + number(to_x) + " " + number(to_y) +
         "\" fill=\"none\" stroke=\"#555b63\" marker-end=\"url(#head)\"/>\n";
}

std::vector<std::string> stepLines(const FlowStep& step) {
  return {step.words + ": " + std::to_string(step.studies),
          std::to_string(step.patients) + " patients, " + std::to_string(step.with_tof) +
              " studies with TOF"};
}

std::vector<std::string> exitLines(const FlowStep& step) {
  std::size_t sum = 0;
  std::vector<std::string> lines = {""};
  for (const FlowExit& exit : step.exits) {
    sum += exit.studies;
    lines.push_back(std::to_string(exit.studies) + "  " + exit.words);
  }
  lines.front() = "Left out: " + std::to_string(sum);
  return lines;
}

/// A step, what leaves it, and the arrow to the next; @p top moves below.
std::string drawn(const FlowStep& step, bool is_last, int& top) {
  std::string svg = box(1, top, kBoxWidth, stepLines(step));
  const int bottom = top + heightOf(2);
  int next = bottom + kGap;
  if (!step.exits.empty()) {
    const std::vector<std::string> lines = exitLines(step);
    svg += box(kExitsLeft, top, kExitsWidth, lines);
    svg += arrow(kBoxWidth + 1, top + heightOf(2) / 2, kExitsLeft - 2, top + heightOf(2) / 2);
    next = std::max(next, top + heightOf(lines.size()) + kPadding);
  }
  if (!is_last) {
    svg += arrow(kBoxWidth / 2, bottom, kBoxWidth / 2, next - 2);
  }
  top = next;
  return svg;
}

}  // namespace

std::string flowSvg(const Flow& flow) {
  int top = 1;
  std::string body;
  for (const FlowStep& step : flow.steps) {
    body += drawn(step, &step == &flow.steps.back(), top);
  }
  if (flow.unreadable_folders > 0) {
    body += "<text x=\"1\" y=\"" + number(top) + "\">Apart from these, " +
            std::to_string(flow.unreadable_folders) +
            " folders or containers hold files that cannot be read.</text>\n";
  }
  const std::string size = number(kWidth) + "\" height=\"" + number(top + kLine);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"Flow of studies\" "
         "width=\"" +
         size + "\" viewBox=\"0 0 " + number(kWidth) + " " + number(top + kLine) +
         "\" font-family=\"DejaVu Sans, sans-serif\" font-size=\"" + number(kFont) +
         "\">\n<defs><marker id=\"head\" markerWidth=\"8\" markerHeight=\"8\" refX=\"6\" "
         "refY=\"4\" orient=\"auto\"><path d=\"M0 0L7 4L0 8\" fill=\"none\" "
         "stroke=\"#555b63\"/></marker></defs>\n" +
         body + "</svg>\n";
}

}  // namespace neurovasc::archive
