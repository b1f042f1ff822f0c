#include "scene_stage.h"

#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCellPicker.h>
#include <vtkLineSource.h>
#include <vtkPlane.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

namespace neurovasc::viewer {
namespace {

constexpr double kCameraDistance_mm = 300;  // of no consequence in a parallel projection
constexpr double kCrosshairHalf_mm = 6;
constexpr double kPickTolerance = 0.003;  // of the window's diagonal
constexpr double kTransparentBrain = 0.35;
constexpr double kContactHalf = 0.9;  // of the close-up's height: more of where the vessel runs

vtkSmartPointer<vtkPolyData> surfaceOf(const scene::ScenePart& part) {
  vtkNew<vtkPoints> points;
  for (const Point3& p : part.mesh.vertices_mm) {
    points->InsertNextPoint(p.x, p.y, p.z);
  }
  vtkNew<vtkCellArray> cells;
  for (const auto& t : part.mesh.triangles) {
    const vtkIdType corners[3] = {t[0], t[1], t[2]};
    cells->InsertNextCell(3, corners);
  }
  auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(points);
  data->SetPolys(cells);
  if (!part.vertex_colors.empty()) {
    vtkNew<vtkUnsignedCharArray> colors;
    colors->SetNumberOfComponents(3);
    for (const scene::Rgb& c : part.vertex_colors) {
      colors->InsertNextTypedTuple(c.data());
    }
    data->GetPointData()->SetScalars(colors);
  }
  return data;
}

vtkSmartPointer<vtkActor> actorOf(const scene::ScenePart& part) {
  vtkNew<vtkPolyDataNormals> smooth;
  smooth->SetInputData(surfaceOf(part));
  smooth->SetFeatureAngle(60);
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputConnection(smooth->GetOutputPort());
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->SetColor(part.color[0] / 255.0, part.color[1] / 255.0,
                                 part.color[2] / 255.0);
  actor->GetProperty()->SetOpacity(part.opacity);
  actor->GetProperty()->SetSpecular(0.15);
  return actor;
}

vtkSmartPointer<vtkPlane> planeAt(const scene::SceneView& view, double toward_viewer_mm) {
  const Point3 origin = view.frame.center_mm + toward_viewer_mm * view.frame.toward_viewer;
  const Vec3 normal = -view.frame.toward_viewer;
  auto plane = vtkSmartPointer<vtkPlane>::New();
  plane->SetOrigin(origin.x, origin.y, origin.z);
  plane->SetNormal(normal.x, normal.y, normal.z);
  return plane;
}

/// Letters at the right, top, left and bottom edge.
struct Edge {
  double x;
  double y;
};
constexpr std::array<Edge, 4> kEdges = {{{0.975, 0.5}, {0.5, 0.96}, {0.025, 0.5}, {0.5, 0.03}}};

Vec3 vec(const double* v) { return {v[0], v[1], v[2]}; }

}  // namespace

SceneView::Stage::Stage() {
  renderer_->SetBackground(0.1, 0.1, 0.12);
  renderer_->SetBackground2(0.24, 0.25, 0.28);
  renderer_->GradientBackgroundOn();
  renderer_->GetActiveCamera()->ParallelProjectionOn();
  front_->SetLayer(1);
  front_->InteractiveOff();
  front_->SetActiveCamera(renderer_->GetActiveCamera());
  window_->SetMultiSamples(0);
  window_->SetNumberOfLayers(2);
  window_->AddRenderer(renderer_);
  window_->AddRenderer(front_);
  for (auto& line : crosshair_) {
    vtkNew<vtkPolyDataMapper> mapper;
    line->SetMapper(mapper);
    line->PickableOff();
    line->GetProperty()->SetColor(1, 1, 1);
    line->GetProperty()->LightingOff();
    front_->AddActor(line);
  }
  for (std::size_t i = 0; i < letters_.size(); ++i) {
    letters_[i]->GetPositionCoordinate()->SetCoordinateSystemToNormalizedViewport();
    letters_[i]->SetPosition(kEdges[i].x, kEdges[i].y);
    vtkTextProperty& text = *letters_[i]->GetTextProperty();
    text.SetFontSize(16);
    text.BoldOn();
    text.SetColor(1, 0.78, 0.31);
    text.SetJustificationToCentered();
    text.SetVerticalJustificationToCentered();
    front_->AddActor2D(letters_[i]);
  }
}

void SceneView::Stage::addPart(const scene::ScenePart& part) {
  if (!part.mesh.empty()) {
    pieces_.push_back({part.kind, part.opacity, actorOf(part)});
    renderer_->AddActor(pieces_.back().actor);
  }
}

void SceneView::Stage::addNumber(const Contact& contact) {
  auto number = vtkSmartPointer<vtkBillboardTextActor3D>::New();
  number->SetInput(contact.id.c_str());
  number->SetPosition(contact.nerve_point_mm->x, contact.nerve_point_mm->y,
                      contact.nerve_point_mm->z);
  number->SetDisplayOffset(12, 12);
  number->PickableOff();
  vtkTextProperty& text = *number->GetTextProperty();
  text.SetFontSize(16);
  text.BoldOn();
  text.SetColor(1, 1, 1);
  text.SetBackgroundColor(0, 0, 0);
  text.SetBackgroundOpacity(0.6);
  numbers_.push_back(number);
  front_->AddActor(number);
}

void SceneView::Stage::fill(const ShownDate& date) {
  for (const Piece& piece : pieces_) {
    renderer_->RemoveActor(piece.actor);
  }
  for (const auto& number : numbers_) {
    front_->RemoveActor(number);
  }
  pieces_.clear();
  numbers_.clear();
  for (const scene::ScenePart& part : date.parts) {
    addPart(part);
  }
  for (const scene::SceneSide& side : date.scene.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm) {
        addNumber(contact);
      }
    }
  }
  show();
}

void SceneView::Stage::show() {
  for (const Piece& piece : pieces_) {
    const bool brain = piece.kind == scene::PartKind::brain;
    const bool ear =
        piece.kind == scene::PartKind::labyrinth || piece.kind == scene::PartKind::canal;
    const double opacity = brain ? brain_opacity_ : piece.opacity;
    piece.actor->GetProperty()->SetOpacity(opacity);
    piece.actor->SetVisibility(results_shown_ && hidden_.count(piece.kind) == 0 && opacity > 0 &&
                               (ears_ || !ear));
  }
  for (const auto& number : numbers_) {
    number->SetVisibility(results_shown_);
  }
}

void SceneView::Stage::setShown(bool results, const std::set<scene::PartKind>& hidden) {
  results_shown_ = results;
  hidden_ = hidden;
  show();
}

void SceneView::Stage::setCrosshair(const Point3& p) {
  for (int axis = 0; axis < 3; ++axis) {
    Vec3 half;
    half[axis] = kCrosshairHalf_mm;
    const Point3 a = p - half;
    const Point3 b = p + half;
    vtkNew<vtkLineSource> line;
    line->SetPoint1(a.x, a.y, a.z);
    line->SetPoint2(b.x, b.y, b.z);
    crosshair_[static_cast<std::size_t>(axis)]->GetMapper()->SetInputConnection(
        line->GetOutputPort());
  }
}

void SceneView::Stage::cut(const Piece& piece, const scene::SceneView& view) const {
  vtkMapper& mapper = *piece.actor->GetMapper();
  mapper.RemoveAllClippingPlanes();
  if (view.brain_cut_mm && piece.kind == scene::PartKind::brain) {
    mapper.AddClippingPlane(planeAt(view, *view.brain_cut_mm));
  }
  if (view.near_cut_mm) {
    mapper.AddClippingPlane(planeAt(view, *view.near_cut_mm));
  }
}

void SceneView::Stage::look(const scene::SceneView& view) {
  // A wholly hidden brain is shown faintly: here it can be turned away from.
  brain_opacity_ =
      view.contact.empty() ? view.brain_opacity : std::min(view.brain_opacity, kTransparentBrain);
  ears_ = view.ears;
  for (const Piece& piece : pieces_) {
    cut(piece, view);
  }
  show();
  setCamera({view.frame.center_mm + kCameraDistance_mm * view.frame.toward_viewer,
             view.frame.center_mm, view.frame.up,
             (view.contact.empty() ? 0.5 : kContactHalf) * view.height_mm});
}

Camera SceneView::Stage::camera() const {
  vtkCamera& camera = *renderer_->GetActiveCamera();
  return {vec(camera.GetPosition()), vec(camera.GetFocalPoint()), vec(camera.GetViewUp()),
          camera.GetParallelScale()};
}

void SceneView::Stage::setCamera(const Camera& to) {
  vtkCamera& camera = *renderer_->GetActiveCamera();
  camera.SetPosition(to.position_mm.x, to.position_mm.y, to.position_mm.z);
  camera.SetFocalPoint(to.focus_mm.x, to.focus_mm.y, to.focus_mm.z);
  camera.SetViewUp(to.up.x, to.up.y, to.up.z);
  camera.SetParallelScale(to.half_height_mm);
}

std::optional<Point3> SceneView::Stage::pick(double x, double y) {
  vtkNew<vtkCellPicker> picker;
  picker->SetTolerance(kPickTolerance);
  if (picker->Pick(x, y, 0, renderer_) == 0) {
    return std::nullopt;
  }
  return vec(picker->GetPickPosition());
}

void SceneView::Stage::writeLetters() {
  const Camera now = camera();
  const Vec3 toward = normalized(now.position_mm - now.focus_mm);
  const Vec3 right = normalized(cross(now.up, toward));
  const Vec3 up = cross(toward, right);
  const std::array<Vec3, 4> ways = {right, up, -right, -up};
  for (std::size_t i = 0; i < letters_.size(); ++i) {
    letters_[i]->SetInput(letters(ways[i]).toLatin1().constData());
  }
}

void SceneView::Stage::draw() {
  renderer_->ResetCameraClippingRange();
  writeLetters();
  window_->Render();
}

}  // namespace neurovasc::viewer
