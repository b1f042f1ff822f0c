#include "slice_overlay.h"

#include <QFontMetricsF>
#include <algorithm>
#include <array>
#include <cmath>

namespace neurovasc::viewer {
namespace {

/// A mark is drawn on slices that pass it no farther than this.
constexpr double kMarkDepth_mm = 0.75;
constexpr double kMeasureDepth_mm = 0.5;
constexpr double kOutlineWidth_px = 1.4;
constexpr double kCrosshairGap_px = 14;  // keeps what it points at visible
constexpr double kMargin_px = 8;
constexpr int kTextSize_px = 13;
constexpr int kLetterSize_px = 16;

const QColor kText(235, 235, 235);
const QColor kCrosshair(255, 255, 255, 120);
const QColor kMark(255, 255, 255);
const QColor kSelected(240, 228, 66);
const QColor kMeasure(86, 220, 255);
const QColor kLandmark(160, 255, 190);
const QColor kLetter(255, 200, 80);
const QColor kHalo(0, 0, 0, 200);

/// Draws what @p draw draws at an offset: dark all round, then in @p color, so that it is read on
/// fluid, which is white, as well as on bone.
template <typename Draw>
void drawHaloed(QPainter& painter, const QColor& color, const Draw& draw) {
  constexpr std::array<std::array<int, 2>, 5> kAround = {
      {{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {1, 1}}};
  painter.setPen(kHalo);
  for (const auto& offset : kAround) {
    draw(QPointF(offset[0], offset[1]));
  }
  painter.setPen(color);
  draw(QPointF(0, 0));
}

void drawText(QPainter& painter, const QPointF& at, const QString& text, const QColor& color) {
  drawHaloed(painter, color, [&](const QPointF& by) { painter.drawText(at + by, text); });
}

void paintOutlines(QPainter& painter, const SliceOverlay& o) {
  for (const Outline& outline : o.outlines) {
    if (o.state.show().isOutlined(outline.kind)) {
      const std::vector<QLineF> lines = linesIn(outline, o.plane, o.size);
      painter.setPen(QPen(outline.color, kOutlineWidth_px));
      painter.drawLines(lines.data(), static_cast<int>(lines.size()));
    }
  }
}

void paintContact(QPainter& painter, const SliceOverlay& o, const Contact& contact) {
  const Point3 from = *contact.nerve_point_mm;
  const Point3 to = contact.vessel_point_mm.value_or(from);
  if (std::abs(o.plane.depthOf(0.5 * (from + to))) > kMarkDepth_mm) {
    return;
  }
  const QColor color = contact.id == o.state.selectedContact() ? kSelected : kMark;
  const QPointF a = o.plane.spotOf(from, o.size);
  const QPointF b = o.plane.spotOf(to, o.size);
  painter.setPen(QPen(color, 2));
  painter.drawLine(a, b);
  painter.drawEllipse((a + b) / 2, 7.0, 7.0);
  drawText(painter, (a + b) / 2 + QPointF(10, -8), QString::fromStdString(contact.id), color);
}

void paintLandmark(QPainter& painter, const SliceOverlay& o,
                   const std::optional<Landmark>& landmark, const char* name) {
  if (!landmark || std::abs(o.plane.depthOf(landmark->lps_mm)) > kMarkDepth_mm) {
    return;
  }
  const QPointF c = o.plane.spotOf(landmark->lps_mm, o.size);
  constexpr double kHalf = 5;
  painter.setPen(QPen(kLandmark, 1.5));
  painter.drawPolygon(QPolygonF({c + QPointF(0, -kHalf), c + QPointF(kHalf, 0),
                                 c + QPointF(0, kHalf), c + QPointF(-kHalf, 0)}));
  drawText(painter, c + QPointF(9, 14), name, kLandmark);
}

void paintMarkers(QPainter& painter, const SliceOverlay& o) {
  painter.setBrush(Qt::NoBrush);
  for (const scene::SceneNerve& nerve : o.date.scene.nerves) {
    paintLandmark(painter, o, nerve.landmarks.root_exit_point, "root exit");
    paintLandmark(painter, o, nerve.landmarks.detachment_point, "detachment");
    paintLandmark(painter, o, nerve.landmarks.porus, "porus");
  }
  for (const scene::SceneSide& side : o.date.scene.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm) {
        paintContact(painter, o, contact);
      }
    }
  }
}

void paintCrosshair(QPainter& painter, const SliceOverlay& o) {
  const QPointF c = o.plane.spotOf(o.state.crosshair(), o.size);
  painter.setPen(QPen(kCrosshair, 1));
  painter.drawLine(QPointF(0, c.y()), QPointF(c.x() - kCrosshairGap_px, c.y()));
  painter.drawLine(QPointF(c.x() + kCrosshairGap_px, c.y()), QPointF(o.size.width(), c.y()));
  painter.drawLine(QPointF(c.x(), 0), QPointF(c.x(), c.y() - kCrosshairGap_px));
  painter.drawLine(QPointF(c.x(), c.y() + kCrosshairGap_px), QPointF(c.x(), o.size.height()));
}

void setTextSize(QPainter& painter, int pixels, bool bold) {
  QFont font = painter.font();
  font.setBold(bold);
  font.setPixelSize(pixels);
  painter.setFont(font);
}

void paintLetters(QPainter& painter, const SliceOverlay& o) {
  const QRectF area = QRectF(QPointF(0, 0), QSizeF(o.size)).adjusted(6, 4, -6, -4);
  setTextSize(painter, kLetterSize_px, true);
  const auto paint = [&](int where, const Vec3& way) {
    drawHaloed(painter, kLetter, [&](const QPointF& by) {
      painter.drawText(area.translated(by), where, letters(way));
    });
  };
  paint(Qt::AlignRight | Qt::AlignVCenter, o.plane.right);
  paint(Qt::AlignLeft | Qt::AlignVCenter, -o.plane.right);
  paint(Qt::AlignHCenter | Qt::AlignTop, o.plane.up);
  paint(Qt::AlignHCenter | Qt::AlignBottom, -o.plane.up);
}

/// A length of 1, 2 or 5 times a power of ten, no longer than a quarter of the slice.
double scaleLength_mm(double most_mm) {
  const double power = std::pow(10, std::floor(std::log10(most_mm)));
  const double share = most_mm / power;
  return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

void paintScale(QPainter& painter, const SliceOverlay& o) {
  const double length_mm = scaleLength_mm(o.plane.mm_per_pixel * o.size.width() / 4);
  const double length_px = length_mm / o.plane.mm_per_pixel;
  const QPointF end(o.size.width() - kMargin_px, o.size.height() - kMargin_px);
  const QPointF start = end - QPointF(length_px, 0);
  for (const QPen& pen : {QPen(kHalo, 4), QPen(kText, 2)}) {
    painter.setPen(pen);
    painter.drawLine(start, end);
  }
  drawText(painter, start - QPointF(0, 5), QString("%1 mm").arg(length_mm), kText);
}

/// "F 12.5 mm": how far from the scanner's zero, towards which letter; or how far along the nerve.
QString placeOf(const SliceOverlay& o) {
  if (o.orientation == Orientation::perpendicular) {
    return QString("%1 mm from the root exit").arg(o.state.alongNerve_mm(), 0, 'f', 1);
  }
  const Vec3 axis = o.plane.towardViewer();
  const double at = dot(o.state.crosshair(), axis);
  return QString("%1 %2 mm").arg(letters(at >= 0 ? axis : -axis)).arg(std::abs(at), 0, 'f', 1);
}

QString nameOf(const SliceOverlay& o) {
  const QString name = title(o.orientation);
  return o.orientation == Orientation::perpendicular
             ? name + (o.state.side() == Side::left ? ", left" : ", right")
             : name;
}

QString seriesOf(const SliceOverlay& o) {
  const bool ce_t1 = o.state.overIsCeT1() ? o.date.ce_t1.has_value() : false;
  const bool tof = !o.state.overIsCeT1() && o.date.scene.tof.has_value();
  if (o.state.blend() <= 0 || (!ce_t1 && !tof)) {
    return "T2";
  }
  const QString over = ce_t1 ? "CE-T1" : "TOF";
  const int share = static_cast<int>(std::lround(100 * o.state.blend()));
  return share == 100 ? over : QString("T2 + %1 % %2").arg(share).arg(over);
}

void paintCaptions(QPainter& painter, const SliceOverlay& o) {
  const QString first = o.date.title.isEmpty() ? nameOf(o) : o.date.title;
  // A long line goes below the letter at the upper edge, which it would run into.
  const double reach = kMargin_px + QFontMetricsF(painter.font()).horizontalAdvance(first);
  const bool is_long = reach > 0.5 * o.size.width() - kLetterSize_px;
  QPointF at(kMargin_px, kMargin_px + kTextSize_px + (is_long ? kLetterSize_px : 0));
  const QPointF line(0, kTextSize_px + 4);
  if (!o.date.title.isEmpty()) {
    drawText(painter, at, o.date.title, kSelected);
    at += line;
  }
  drawText(painter, at, nameOf(o), kText);
  drawText(painter, at + line, placeOf(o), kText);
  drawText(painter, {kMargin_px, o.size.height() - kMargin_px}, seriesOf(o), kText);
}

bool isOnSlice(const SliceOverlay& o, const Measure& measure) {
  return std::abs(o.plane.depthOf(measure.from)) < kMeasureDepth_mm &&
         std::abs(o.plane.depthOf(measure.to)) < kMeasureDepth_mm;
}

}  // namespace

SliceContent contentOf(const ShownDate& date, const ViewState& state) {
  const auto channel = [&state](const scene::SceneImage& image) {
    return Channel{&image.image, applied(state.window(), image.window)};
  };
  SliceContent content;
  content.base = channel(date.scene.t2);
  const auto& over = state.overIsCeT1() ? date.ce_t1 : date.scene.tof;
  if (over) {
    content.over = channel(*over);
    content.blend = state.blend();
  }
  return content;
}

void paintMeasure(QPainter& painter, const SliceOverlay& o, const Measure& measure) {
  const QPointF a = o.plane.spotOf(measure.from, o.size);
  const QPointF b = o.plane.spotOf(measure.to, o.size);
  painter.setPen(QPen(kMeasure, 1.5));
  painter.drawLine(a, b);
  for (const QPointF& end : {a, b}) {
    painter.drawEllipse(end, 2.5, 2.5);
  }
  const QString text = QString("%1 mm").arg(distance(measure.from, measure.to), 0, 'f', 2);
  drawText(painter, (a.x() > b.x() ? a : b) + QPointF(7, -4), text, kMeasure);
}

void paintOverlay(QPainter& painter, const SliceOverlay& o) {
  painter.setRenderHint(QPainter::Antialiasing);
  setTextSize(painter, kTextSize_px, false);
  const bool results = o.state.areResultsShown();
  if (results && o.state.show().outlines) {
    paintOutlines(painter, o);
  }
  if (o.state.show().crosshair) {
    paintCrosshair(painter, o);
  }
  if (results && o.state.show().markers) {
    paintMarkers(painter, o);
  }
  for (const Measure& measure : o.state.measures()) {
    if (isOnSlice(o, measure)) {
      paintMeasure(painter, o, measure);
    }
  }
  paintCaptions(painter, o);
  paintScale(painter, o);
  paintLetters(painter, o);
}

}  // namespace neurovasc::viewer
