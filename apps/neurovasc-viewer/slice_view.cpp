#include "slice_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "slice_overlay.h"

namespace neurovasc::viewer {
namespace {

constexpr double kZoomStep = 1.15;
constexpr int kWheelNotch = 120;           // Qt: eighths of a degree
constexpr double kWindowPerPixel = 0.003;  // the whole range in some 330 pixels
constexpr int kPageSlices = 5;
/// A click that moved less is no measure.
constexpr double kLeastMeasure_mm = 0.05;

}  // namespace

SliceView::SliceView(const ShownDate& date, const std::vector<Outline>& outlines,
                     Orientation orientation, ViewState& state, QWidget* parent)
    : QWidget(parent), date_(date), outlines_(outlines), orientation_(orientation), state_(state) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(120, 100);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(title(orientation));
  connect(&state_, &ViewState::changed, this, QOverload<>::of(&QWidget::update));
}

Point3 SliceView::pointUnder(const QPointF& spot) const { return plane().pointAt(spot, size()); }

void SliceView::paintEvent(QPaintEvent* /*event*/) {
  const SliceOverlay overlay{date_, outlines_, state_, orientation_, plane(), size()};
  const qreal ratio = devicePixelRatioF();
  SlicePlane fine = plane();
  fine.mm_per_pixel /= ratio;
  QImage picture = renderSlice(contentOf(date_, state_), fine, size() * ratio);
  picture.setDevicePixelRatio(ratio);
  QPainter painter(this);
  painter.drawImage(QPoint(0, 0), picture);
  paintOverlay(painter, overlay);
  if (measuring_) {
    paintMeasure(painter, overlay, *measuring_);
  }
  if (hasFocus()) {
    painter.setPen(QColor(240, 228, 66));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

SliceView::Drag SliceView::dragFor(const QMouseEvent& event) const {
  const bool measures = state_.isMeasuring() || event.modifiers().testFlag(Qt::ShiftModifier);
  switch (event.button()) {
    case Qt::LeftButton:
      return measures ? Drag::measure : Drag::crosshair;
    case Qt::RightButton:
      return Drag::window;
    case Qt::MiddleButton:
      return Drag::pan;
    default:
      return Drag::none;
  }
}

void SliceView::mousePressEvent(QMouseEvent* event) {
  drag_ = dragFor(*event);
  last_spot_ = event->localPos();
  const Point3 p = pointUnder(last_spot_);
  if (drag_ == Drag::crosshair) {
    state_.setCrosshair(p);
  } else if (drag_ == Drag::measure) {
    measuring_ = Measure{p, p, orientation_};
  }
}

void SliceView::dragWindow(const QPointF& by) {
  // As in other viewers: to the right wider, upwards darker.
  const WindowShares& now = state_.window();
  const double half = std::max(0.005, (now.white - now.black) / 2 + kWindowPerPixel * by.x() / 2);
  const double level = (now.white + now.black) / 2 + kWindowPerPixel * by.y();
  state_.setWindow({level - half, level + half});
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF by = event->localPos() - last_spot_;
  last_spot_ = event->localPos();
  const double mm = plane().mm_per_pixel;
  switch (drag_) {
    case Drag::crosshair:
      state_.setCrosshair(pointUnder(last_spot_));
      break;
    case Drag::measure:
      measuring_->to = pointUnder(last_spot_);
      update();
      break;
    case Drag::window:
      dragWindow(by);
      break;
    case Drag::pan:
      state_.pan(orientation_, -by.x() * mm, by.y() * mm);
      break;
    case Drag::none:
      break;
  }
  Q_EMIT hovered(pointUnder(last_spot_));
}

void SliceView::mouseReleaseEvent(QMouseEvent* /*event*/) {
  drag_ = Drag::none;
  if (measuring_ && distance(measuring_->from, measuring_->to) > kLeastMeasure_mm) {
    state_.addMeasure(*measuring_);
  }
  measuring_.reset();
  update();
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) {
    Q_EMIT maximizeRequested();
  }
}

void SliceView::wheelEvent(QWheelEvent* event) {
  const int turn = event->angleDelta().y();
  const int notches = std::abs(turn) >= kWheelNotch ? turn / kWheelNotch : (turn > 0) - (turn < 0);
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    state_.zoom(orientation_, std::pow(kZoomStep, notches));
  } else {
    state_.scroll(orientation_, notches);
  }
  event->accept();
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Up:
      return state_.scroll(orientation_, 1);
    case Qt::Key_Down:
      return state_.scroll(orientation_, -1);
    case Qt::Key_PageUp:
      return state_.scroll(orientation_, kPageSlices);
    case Qt::Key_PageDown:
      return state_.scroll(orientation_, -kPageSlices);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return state_.zoom(orientation_, kZoomStep);
    case Qt::Key_Minus:
      return state_.zoom(orientation_, 1 / kZoomStep);
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace neurovasc::viewer
