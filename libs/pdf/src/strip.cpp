#include "strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace neurovasc::pdf {
namespace {

constexpr Color kContact{0.965, 0.847, 0.765};
constexpr Color kContactLine{0.835, 0.369, 0.0};
constexpr Color kClear{0.812, 0.902, 0.961};
constexpr Color kUnseen{0.902, 0.902, 0.902};
constexpr Color kUnseenLine{0.54, 0.56, 0.59};
constexpr Color kPaper{1, 1, 1};
constexpr double kMark_mm = 5;
constexpr double kContactBar_pt = 2.5;
/// In ems.
constexpr double kPinHeight = 1.3;
constexpr double kZoneHeight = 2.6;
constexpr double kScaleHeight = 1.2;
constexpr double kZoneInset = 0.15;
constexpr double kLine = 1.05;
/// Shares of an em that letters of the strip have.
constexpr double kSmall = 0.8;

/// The place of arc lengths on the page.
struct Ruler {
  double left = 0;
  double width = 0;
  double length_mm = 1;

  double at(double mm) const { return left + width * std::clamp(mm / length_mm, 0.0, 1.0); }
};

bool hasPlace(const ZoneFinding& zone) {
  return zone.from_mm && zone.to_mm && *zone.to_mm > *zone.from_mm;
}

std::string sightOf(const ZoneFinding& zone) {
  if (zone.status == ZoneStatus::not_assessable) {
    return "not assessable";
  }
  const std::string status = zone.status == ZoneStatus::contact ? "contact" : "clear";
  // Rounded up: nothing thinner is claimed to be seen.
  return zone.smallest_vessel_mm ? fmt::format("{}, ≥ {:.1f} mm", status,
                                               std::ceil(*zone.smallest_vessel_mm * 10 - 1e-9) / 10)
                                 : status;
}

void fillZone(Sheet& sheet, const Area& area, ZoneStatus status) {
  const bool contact = status == ZoneStatus::contact;
  const bool unseen = status == ZoneStatus::not_assessable;
  sheet.fill(area, contact ? kContact : unseen ? kUnseen : kClear);
  if (unseen) {
    sheet.hatch(area, kUnseenLine);
  }
  if (contact) {
    sheet.fill({area.x, area.y + area.height - kContactBar_pt, area.width, kContactBar_pt},
               kContactLine);
  }
  sheet.line(area.x, area.y, area.x, area.y + area.height, kPaper);
}

/// Text in the middle of a zone, @p ems below its top, where there is room; on a plate of its own
/// over hatching.
void zoneText(Flow& flow, const Area& area, const std::string& text, double ems, bool bold,
              bool plate) {
  TextLook look = flow.look(kSmall, bold);
  look.centered = true;
  const double width = flow.sheet().textWidth(text, look);
  if (width > area.width) {
    return;  // report.txt says it
  }
  const double y = area.y + ems * flow.em();
  if (plate) {
    flow.sheet().fill({area.x + (area.width - width) / 2 - 1, y, width + 2, kLine * flow.em()},
                      kUnseen);
  }
  flow.sheet().text(text, area.x, y, area.width, look);
}

void drawZone(Flow& flow, const ZoneFinding& zone, const Ruler& ruler, double y) {
  const double x = ruler.at(*zone.from_mm);
  const Area area{x, y, ruler.at(*zone.to_mm) - x, kZoneHeight * flow.em()};
  const bool plate = zone.status == ZoneStatus::not_assessable;
  fillZone(flow.sheet(), area, zone.status);
  zoneText(flow, area, std::string(name(zone.zone)), kZoneInset, true, plate);
  zoneText(flow, area, sightOf(zone), kZoneInset + kLine, false, plate);
}

void drawScale(Flow& flow, const Ruler& ruler, double y) {
  TextLook look = flow.look(kSmall);
  look.color = kSoftInk;
  const std::string unit = "mm from the root exit point";
  const double unit_width = flow.sheet().textWidth(unit, look);
  for (double mm = 0; mm <= ruler.length_mm; mm += kMark_mm) {
    const std::string mark = fmt::format("{:.0f}", mm);
    const double x = ruler.at(mm);
    if (x + 2 * flow.em() < ruler.left + ruler.width - unit_width) {
      flow.sheet().text(mark, x, y, 0, look);
    }
  }
  flow.sheet().text(unit, ruler.left + ruler.width - unit_width, y, 0, look);
}

/// A pin with its row: contacts near each other stand in rows above each other.
struct PlacedPin {
  StripPin pin;
  double x = 0;
  int row = 0;
};

std::vector<PlacedPin> placed(const std::vector<StripPin>& pins, const Ruler& ruler, double width) {
  std::vector<PlacedPin> out;
  for (const StripPin& pin : pins) {
    if (pin.arclength_mm) {
      out.push_back({pin, ruler.at(*pin.arclength_mm), 0});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const PlacedPin& a, const PlacedPin& b) { return a.x < b.x; });
  std::vector<double> ends;
  for (PlacedPin& pin : out) {
    const auto free =
        std::find_if(ends.begin(), ends.end(), [&](double end) { return pin.x - end >= width; });
    pin.row = static_cast<int>(free - ends.begin());
    if (free == ends.end()) {
      ends.push_back(pin.x);
    } else {
      *free = pin.x;
    }
  }
  return out;
}

void drawPin(Flow& flow, const PlacedPin& pin, double width, double bottom) {
  const double height = (kPinHeight - 0.2) * flow.em();
  const Area area{pin.x - width / 2, bottom - (pin.row + 1) * kPinHeight * flow.em(), width,
                  height};
  flow.sheet().pill(area, pin.pin.touches ? kInk : kPaper, kInk);
  TextLook look = flow.look(kSmall, true);
  look.centered = true;
  look.color = pin.pin.touches ? kPaper : kInk;
  flow.sheet().text(pin.pin.id, area.x, area.y + 0.05 * flow.em(), width, look);
}

}  // namespace

void strip(Flow& flow, const std::vector<ZoneFinding>& zones, const std::vector<StripPin>& pins) {
  std::vector<ZoneFinding> shown;
  std::copy_if(zones.begin(), zones.end(), std::back_inserter(shown), hasPlace);
  if (shown.empty()) {
    return;
  }
  const double pin_width = 2.4 * flow.em();
  Ruler ruler{flow.left() + pin_width / 2, flow.width() - pin_width, 0};
  for (const ZoneFinding& zone : shown) {
    ruler.length_mm = std::max(ruler.length_mm, *zone.to_mm);
  }
  const std::vector<PlacedPin> at = placed(pins, ruler, pin_width);
  int rows = 0;
  for (const PlacedPin& pin : at) {
    rows = std::max(rows, pin.row + 1);
  }
  const double pins_height = rows * kPinHeight * flow.em();
  flow.space(0.3 * flow.em());
  flow.place(pins_height + (kZoneHeight + kScaleHeight) * flow.em(), [&](double y) {
    for (const PlacedPin& pin : at) {
      drawPin(flow, pin, pin_width, y + pins_height);
    }
    for (const ZoneFinding& zone : shown) {
      drawZone(flow, zone, ruler, y + pins_height);
    }
    drawScale(flow, ruler, y + pins_height + kZoneHeight * flow.em());
  });
  flow.space(0.3 * flow.em());
}

}  // namespace neurovasc::pdf
