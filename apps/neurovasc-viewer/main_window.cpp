#include "main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QMessageBox>
#include <QShortcut>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "status_text.h"

namespace neurovasc::viewer {
namespace {

/// Around a contact: nerve, vessel, and the brainstem beside them.
constexpr double kContactWidth_mm = 30;
constexpr int kListWidth_px = 440;

std::vector<Point3> nerveLine(const ShownStudy& study, Side side) {
  for (const ShownDate& date : study.dates) {
    for (const scene::SceneNerve& nerve : date.scene.nerves) {
      if (nerve.name == NerveName::facial && nerve.side == side && nerve.tube.size() > 1) {
        return nerve.tube.points_mm;
      }
    }
  }
  return {};
}

QStringList otherSeries(const ShownStudy& study) {
  QStringList names;
  for (const ShownDate& date : study.dates) {
    if (date.scene.tof && !names.contains("TOF")) {
      names.prepend("TOF");
    }
    if (date.ce_t1 && !names.contains("CE-T1")) {
      names.append("CE-T1");
    }
  }
  return names;
}

}  // namespace

MainWindow::MainWindow(ShownStudy study, const ReadingOptions& options, QWidget* parent)
    : QMainWindow(parent), study_(std::move(study)) {
  if (options.read_first && study_.dates.size() > 1) {
    throw Error(ErrorCode::usage, "reading first works on one date at a time",
                "Name the result folder of one date.");
  }
  setWindowTitle(study_.label.isEmpty() ? QString("neurovasc") : "neurovasc: " + study_.label);
  setStage();
  tools_ = new ToolBar(state_, otherSeries(study_), this);
  addToolBar(tools_);
  connect(tools_, &ToolBar::viewChosen, this, &MainWindow::lookAs);
  addLists(options);
  addPanes();
  addStatus();
  addKeys();
  addReviewKeys();
  if (options.read_first && !findings_.front()->session().hasReadFirst()) {
    state_.setResultsShown(false);
    connect(&findings_.front()->firstReading(), &FirstReadingPanel::saved, this,
            &MainWindow::showResults);
  } else {
    showResults();
  }
}

void MainWindow::showResults() {
  state_.setResultsShown(true);
  tools_->setViews(panes_.front()->scene().views());
  if (const ContactRow* row = firstToShow(contacts().rows())) {
    contacts().select(row->id);
  }
}

MainWindow::~MainWindow() = default;

void MainWindow::setStage() {
  const GridGeometry& grid = study_.dates.front().scene.t2.image.geometry();
  const Vec3 last = {grid.size[0] - 1.0, grid.size[1] - 1.0, grid.size[2] - 1.0};
  const Vec3 half = 0.5 * last;
  const double width = std::max(10.0, distance(grid.toLps(Vec3{0, half.y, half.z}),
                                               grid.toLps(Vec3{last.x, half.y, half.z})));
  const double step = std::min({grid.spacing_mm.x, grid.spacing_mm.y, grid.spacing_mm.z});
  state_.setStage(grid.toLps(half), width, step,
                  {nerveLine(study_, Side::left), nerveLine(study_, Side::right)});
}

void MainWindow::addPanes() {
  auto* splitter = new QSplitter(this);
  const int columns = study_.dates.size() == 1 ? 3 : 2;
  for (const ShownDate& date : study_.dates) {
    auto* pane = new DatePane(date, columns, state_, splitter);
    connect(pane, &DatePane::maximizeRequested, this, &MainWindow::maximize);
    connect(pane, &DatePane::hovered, this, &MainWindow::describe);
    connect(findings_[panes_.size()], &FindingsPanel::shapesChanged, pane, [this, pane] {
      pane->rebuild();
      state_.setNerves({nerveLine(study_, Side::left), nerveLine(study_, Side::right)});
    });
    panes_.push_back(pane);
    splitter->addWidget(pane);
  }
  setCentralWidget(splitter);
  connectCameras();
  const auto views = panes_.front()->scene().views();
  if (!views.empty()) {
    lookAs(views.front());
  }
}

void MainWindow::connectCameras() {
  for (DatePane* from : panes_) {
    for (DatePane* to : panes_) {
      if (from != to) {
        connect(&from->scene(), &SceneView::cameraMoved, &to->scene(), &SceneView::setCamera);
      }
    }
  }
}

ContactTable& MainWindow::addTable(ContactTable& table) {
  tables_.push_back(&table);
  connect(&table, &ContactTable::chosen, this, &MainWindow::goTo);
  return table;
}

void MainWindow::addLists(const ReadingOptions& options) {
  auto* dock = new QDockWidget("Findings", this);
  dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
  lists_ = new QTabWidget(dock);
  if (study_.comparison) {
    auto* table = new ContactTable("change", lists_);
    table->setRows(trackedRows(study_));
    lists_->addTab(&addTable(*table), "Comparison");
  }
  for (ShownDate& date : study_.dates) {
    auto* panel = new FindingsPanel(date, options.reader, state_, lists_);
    findings_.push_back(panel);
    addTable(panel->contacts());
    lists_->addTab(panel, date.title.isEmpty() ? "Findings" : date.title.section(',', 0, 0));
  }
  dock->setWidget(lists_);
  addDockWidget(Qt::RightDockWidgetArea, dock);
  resizeDocks({dock}, {kListWidth_px}, Qt::Horizontal);
}

void MainWindow::addStatus() {
  place_ = new QLabel(this);
  statusBar()->addWidget(place_, 1);
  auto* notice = new QLabel(
      QString::fromUtf8(kResearchUseOnly.data(), static_cast<int>(kResearchUseOnly.size())), this);
  notice->setStyleSheet("font-weight: bold; color: #ffb347;");
  statusBar()->addPermanentWidget(notice);
  connect(&state_, &ViewState::crosshairMoved, this, [this] { describe(state_.crosshair()); });
  describe(state_.crosshair());
}

void MainWindow::addKeys() {
  const auto onKey = [this](const char* key, auto act) {
    connect(new QShortcut(QKeySequence(key), this), &QShortcut::activated, this, act);
  };
  onKey("N", [this] { contacts().step(1); });
  onKey("P", [this] { contacts().step(-1); });
  onKey("Esc", [this] { maximize(maximized_); });
}

FindingsPanel* MainWindow::currentFindings() {
  return qobject_cast<FindingsPanel*>(lists_->currentWidget());
}

void MainWindow::addReviewKeys() {
  const auto onKey = [this](const char* key, auto act) {
    connect(new QShortcut(QKeySequence(key), this), &QShortcut::activated, this, [this, act] {
      if (FindingsPanel* panel = currentFindings()) {
        act(*panel);
      }
    });
  };
  onKey("A", [](FindingsPanel& panel) { panel.verdict().decide(Decision::accepted); });
  onKey("E", [](FindingsPanel& panel) { panel.verdict().decide(Decision::rejected); });
  onKey("U", [](FindingsPanel& panel) { panel.verdict().decide(Decision::undecided); });
  onKey("Ctrl+Z", [](FindingsPanel& panel) { panel.undo(); });
  onKey("Ctrl+S", [](FindingsPanel& panel) { panel.save(); });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  const bool unsaved = std::any_of(findings_.begin(), findings_.end(), [](FindingsPanel* panel) {
    return !panel->session().isSaved();
  });
  if (unsaved) {
    const auto answer = QMessageBox::question(
        this, "neurovasc", "The review is not saved.",
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Cancel) {
      return event->ignore();
    }
    for (FindingsPanel* panel : findings_) {
      if (answer == QMessageBox::Save && !panel->session().isSaved()) {
        panel->save();
      }
    }
  }
  event->accept();
}

void MainWindow::goTo(const ContactRow& row) {
  if (!state_.areResultsShown()) {
    return;
  }
  state_.selectContact(row.id);
  if (row.place_mm) {
    state_.goTo(*row.place_mm, kContactWidth_mm);
    lookAtContact(row);
  }
}

void MainWindow::lookAtContact(const ContactRow& row) {
  for (DatePane* pane : panes_) {
    for (const scene::SceneView& view : pane->scene().views()) {
      if (view.contact == row.id) {
        return lookAs(view);
      }
    }
  }
}

void MainWindow::lookAs(const scene::SceneView& view) {
  for (DatePane* pane : panes_) {
    pane->scene().lookAs(view);
  }
  tools_->showView(view);
}

void MainWindow::maximize(int view) {
  maximized_ = maximized_ == view ? DatePane::kAllViews : view;
  for (DatePane* pane : panes_) {
    pane->showOnly(maximized_);
  }
}

void MainWindow::describe(const Point3& p) { place_->setText(statusOf(study_, state_, p)); }

}  // namespace neurovasc::viewer
