#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "scene_view.h"
#include "slice_view.h"

namespace neurovasc::viewer {

/// All views of one date: four slices and the scene.
class DatePane : public QWidget {
  Q_OBJECT

 public:
  /// @p columns of views side by side. @p date and @p state outlive the pane.
  DatePane(const ShownDate& date, int columns, ViewState& state, QWidget* parent = nullptr);

  SliceView& slice(Orientation orientation) {
    return *slices_[static_cast<std::size_t>(orientation)];
  }
  SceneView& scene() { return *scene_; }

  /// Shows one view alone (0 to 3: slices, 4: the scene), or all.
  static constexpr int kAllViews = -1;
  static constexpr int kSceneView = 4;
  void showOnly(int view);
  /// After the date's parts changed.
  void rebuild();

 Q_SIGNALS:
  void maximizeRequested(int view);
  void hovered(const Point3& p);

 private:
  void addSlice(Orientation orientation);
  void arrange();

  const ShownDate& date_;
  ViewState& state_;
  std::vector<Outline> outlines_;
  std::array<SliceView*, 4> slices_{};
  SceneView* scene_ = nullptr;
  int only_ = kAllViews;
};

}  // namespace neurovasc::viewer
