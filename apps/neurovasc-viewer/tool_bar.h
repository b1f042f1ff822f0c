#pragma once

#include <QComboBox>
#include <QSlider>
#include <QToolBar>
#include <vector>

#include "view_state.h"

namespace neurovasc::viewer {

/// Switches and sliders over the views; each has a key, which its tool tip tells.
class ToolBar : public QToolBar {
  Q_OBJECT

 public:
  /// @p series: names of the images that can be blended over T2, "TOF", "CE-T1".
  ToolBar(ViewState& state, const QStringList& series, QWidget* parent = nullptr);

  /// The ready-made views of the scene.
  void setViews(std::vector<scene::SceneView> views);
  /// Names @p view as the one that is shown, however it was chosen.
  void showView(const scene::SceneView& view);

 Q_SIGNALS:
  void viewChosen(const scene::SceneView& view);

 private:
  void addSides();
  void addWindows();
  void addBlend(const QStringList& series);
  void addSwitches();
  void addKinds();
  QAction* addSwitch(const QString& words, const char* key, const QString& tip,
                     bool ShowOptions::*member);
  QAction* addKeyed(const QString& words, const char* key, const QString& tip);

  ViewState& state_;
  QSlider* blend_ = nullptr;
  QComboBox* views_ = nullptr;
  std::vector<scene::SceneView> choices_;
};

}  // namespace neurovasc::viewer
