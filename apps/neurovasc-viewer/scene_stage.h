#pragma once

#include <vtkActor.h>
#include <vtkBillboardTextActor3D.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkTextActor.h>

#include <array>
#include <optional>
#include <set>
#include <vector>

#include "scene_view.h"

namespace neurovasc::viewer {

/// VTK's side of a SceneView: actors, camera, picking.
class SceneView::Stage {
 public:
  Stage();

  vtkGenericOpenGLRenderWindow& window() { return *window_; }

  void fill(const ShownDate& date);
  void setShown(bool results, const std::set<scene::PartKind>& hidden);
  void setCrosshair(const Point3& p);
  void look(const scene::SceneView& view);

  Camera camera() const;
  void setCamera(const Camera& camera);
  /// The surface under pixel (x, y) from the lower left corner.
  std::optional<Point3> pick(double x, double y);
  void draw();

 private:
  struct Piece {
    scene::PartKind kind;
    double opacity;
    vtkSmartPointer<vtkActor> actor;
  };

  void addPart(const scene::ScenePart& part);
  void addNumber(const Contact& contact);
  void cut(const Piece& piece, const scene::SceneView& view) const;
  void show();
  void writeLetters();

  vtkNew<vtkGenericOpenGLRenderWindow> window_;
  vtkNew<vtkRenderer> renderer_;
  vtkNew<vtkRenderer> front_;  ///< numbers and cross-hair, which nothing hides
  std::vector<Piece> pieces_;
  std::vector<vtkSmartPointer<vtkBillboardTextActor3D>> numbers_;
  std::array<vtkNew<vtkActor>, 3> crosshair_;
  std::array<vtkNew<vtkTextActor>, 4> letters_;
  std::set<scene::PartKind> hidden_;
  double brain_opacity_ = 1;
  bool ears_ = true;
  bool results_shown_ = true;
};

}  // namespace neurovasc::viewer
