#pragma once

#include <QPointF>
#include <QWidget>
#include <optional>
#include <vector>

#include "outlines.h"
#include "shown_study.h"
#include "slice_image.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// A slice through one date, linked to all others by their ViewState.
///
/// Left button: cross-hair, or the measuring tool (also with Shift). Right: window. Middle: pan.
/// Wheel: slices; with Ctrl: magnification.
class SliceView : public QWidget {
  Q_OBJECT

 public:
  /// @p date, @p outlines and @p state outlive the view.
  SliceView(const ShownDate& date, const std::vector<Outline>& outlines, Orientation orientation,
            ViewState& state, QWidget* parent = nullptr);

  SlicePlane plane() const { return state_.plane(orientation_, width()); }
  Orientation orientation() const { return orientation_; }

 Q_SIGNALS:
  void maximizeRequested();
  void hovered(const Point3& p);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Drag { none, crosshair, measure, window, pan };

  Point3 pointUnder(const QPointF& spot) const;
  void dragWindow(const QPointF& by);
  Drag dragFor(const QMouseEvent& event) const;

  const ShownDate& date_;
  const std::vector<Outline>& outlines_;
  Orientation orientation_;
  ViewState& state_;
  Drag drag_ = Drag::none;
  QPointF last_spot_;
  std::optional<Measure> measuring_;
};

}  // namespace neurovasc::viewer
