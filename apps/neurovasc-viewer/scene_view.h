#pragma once

#include <QTimer>
#include <QWidget>
#include <array>
#include <memory>
#include <set>
#include <string>

#include "shown_study.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// A camera of parallel projection, to be shared by the dates.
struct Camera {
  Point3 position_mm;
  Point3 focus_mm;
  Vec3 up;
  double half_height_mm = 0;
};

/// One date's structures in three dimensions. Drawn only when nothing else is to do, so that slices
/// never wait for it. Where there is no OpenGL (QT_QPA_PLATFORM=offscreen) it says so.
class SceneView : public QWidget {
  Q_OBJECT

 public:
  /// What OpenGL has to give; before the application is made.
  static void prepareOpenGl();

  /// @p date and @p state outlive the view.
  SceneView(const ShownDate& date, ViewState& state, QWidget* parent = nullptr);
  ~SceneView() override;

  /// The names of the ready-made views.
  std::vector<scene::SceneView> views() const;
  /// Looks as @p view does; a contact's close-up is called "contact_L1".
  void lookAs(const scene::SceneView& view);
  void setCamera(const Camera& camera);
  /// Takes the date's parts anew, after they changed.
  void rebuild();
  bool isDrawn() const;

 Q_SIGNALS:
  void cameraMoved(const Camera& camera);
  void picked(const Point3& p);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  class Stage;

  void updateCrosshair();
  void draw();

  const ShownDate& date_;
  ViewState& state_;
  std::unique_ptr<Stage> stage_;  ///< none without OpenGL
  QTimer idle_;
  QPoint pressed_at_;
};

}  // namespace neurovasc::viewer
