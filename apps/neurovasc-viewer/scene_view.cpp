#include "scene_view.h"

#include <QVTKOpenGLWindow.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkRenderWindowInteractor.h>

#include <QGuiApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QSurfaceFormat>
#include <QVBoxLayout>
#include <QWindow>

#include "scene_stage.h"

namespace neurovasc::viewer {
namespace {

/// After the last wish to draw; drawing anew at each turn of a wheel would hold up the slices.
constexpr int kIdle_ms = 120;
constexpr int kClick_px = 3;

bool hasOpenGl() { return QGuiApplication::platformName() != "offscreen"; }

}  // namespace

void SceneView::prepareOpenGl() {
  QSurfaceFormat::setDefaultFormat(QVTKOpenGLWindow::defaultFormat());
}

SceneView::SceneView(const ShownDate& date, ViewState& state, QWidget* parent)
    : QWidget(parent), date_(date), state_(state) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  idle_.setSingleShot(true);
  idle_.setInterval(kIdle_ms);
  if (!hasOpenGl()) {
    layout->addWidget(new QLabel("The scene in three dimensions needs a display with OpenGL."));
    return;
  }
  stage_ = std::make_unique<Stage>();
  // A window of its own: as a widget, every change of a slice would be composed by OpenGL as well,
  // which without a graphics card takes longer than the slice.
  auto* canvas = new QVTKOpenGLWindow(&stage_->window());
  canvas->installEventFilter(this);
  vtkNew<vtkInteractorStyleTrackballCamera> style;
  stage_->window().GetInteractor()->SetInteractorStyle(style);
  QWidget* container = QWidget::createWindowContainer(canvas, this);
  container->setMinimumSize(120, 100);
  layout->addWidget(container);
  rebuild();
  connect(&idle_, &QTimer::timeout, this, &SceneView::draw);
  connect(&state_, &ViewState::crosshairMoved, this, &SceneView::updateCrosshair);
  connect(&state_, &ViewState::showChanged, this, [this] {
    stage_->setShown(state_.areResultsShown(), state_.show().hidden);
    idle_.start();
  });
  updateCrosshair();
}

SceneView::~SceneView() = default;

std::vector<scene::SceneView> SceneView::views() const { return scene::sceneViews(date_.scene); }

void SceneView::rebuild() {
  if (stage_) {
    stage_->fill(date_);
    idle_.start();
  }
}

bool SceneView::isDrawn() const { return stage_ != nullptr; }

void SceneView::lookAs(const scene::SceneView& view) {
  if (stage_) {
    stage_->look(view);
    idle_.start();
  }
}

void SceneView::setCamera(const Camera& camera) {
  if (stage_) {
    stage_->setCamera(camera);
    idle_.start();
  }
}

void SceneView::updateCrosshair() {
  if (stage_) {
    stage_->setCrosshair(state_.crosshair());
    idle_.start();
  }
}

void SceneView::draw() {
  if (isVisible()) {
    stage_->draw();
  }
}

bool SceneView::eventFilter(QObject* watched, QEvent* event) {
  const QEvent::Type type = event->type();
  if (type == QEvent::MouseButtonPress) {
    pressed_at_ = static_cast<QMouseEvent*>(event)->pos();
  } else if (type == QEvent::MouseButtonRelease) {
    const QPoint at = static_cast<QMouseEvent*>(event)->pos();
    if ((at - pressed_at_).manhattanLength() <= kClick_px) {
      const auto* canvas = qobject_cast<QWindow*>(watched);
      const qreal ratio = canvas->devicePixelRatio();
      if (const auto p = stage_->pick(at.x() * ratio, (canvas->height() - 1 - at.y()) * ratio)) {
        Q_EMIT picked(*p);
      }
    }
    idle_.start();
    Q_EMIT cameraMoved(stage_->camera());
  } else if (type == QEvent::Wheel) {
    // The canvas has not turned the wheel into a camera yet.
    QTimer::singleShot(0, this, [this] { Q_EMIT cameraMoved(stage_->camera()); });
    idle_.start();
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace neurovasc::viewer
