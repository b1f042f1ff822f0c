#include "tool_bar.h"

#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <cmath>
#include <utility>

namespace neurovasc::viewer {
namespace {

constexpr int kBlendSteps = 100;
constexpr int kSliderWidth_px = 130;

struct KindSwitch {
  const char* words;
  std::vector<scene::PartKind> kinds;
};

std::vector<KindSwitch> kindSwitches() {
  using scene::PartKind;
  return {{"Facial nerve", {PartKind::facial_nerve}},
          {"Other nerves", {PartKind::other_nerve}},
          {"Arteries", {PartKind::artery}},
          {"Veins", {PartKind::vein}},
          {"Vessels, artery or vein", {PartKind::unknown_vessel}},
          {"Pads", {PartKind::pad}},
          {"Brainstem", {PartKind::brain}},
          {"Canals and labyrinths", {PartKind::canal, PartKind::labyrinth}}};
}

}  // namespace

ToolBar::ToolBar(ViewState& state, const QStringList& series, QWidget* parent)
    : QToolBar("Tools", parent), state_(state) {
  setMovable(false);
  setToolButtonStyle(Qt::ToolButtonTextOnly);
  addSides();
  addSeparator();
  addWindows();
  addSeparator();
  addBlend(series);
  addSeparator();
  addSwitches();
  addKinds();
  addSeparator();
  addWidget(new QLabel(" 3-D: ", this));
  views_ = new QComboBox(this);
  views_->setObjectName("views");
  views_->setToolTip("Ready-made views of the scene");
  addWidget(views_);
  connect(views_, QOverload<int>::of(&QComboBox::activated), this,
          [this](int i) { Q_EMIT viewChosen(choices_[static_cast<std::size_t>(i)]); });
}

QAction* ToolBar::addKeyed(const QString& words, const char* key, const QString& tip) {
  QAction* action = addAction(words);
  action->setShortcut(QKeySequence(key));
  action->setToolTip(QString("%1 (%2)").arg(tip, key));
  return action;
}

void ToolBar::addSides() {
  connect(addKeyed("Left", "L", "To the left nerve"), &QAction::triggered, this,
          [this] { state_.setSide(Side::left); });
  connect(addKeyed("Right", "R", "To the right nerve"), &QAction::triggered, this,
          [this] { state_.setSide(Side::right); });
}

void ToolBar::addWindows() {
  auto* button = new QToolButton(this);
  button->setText("Window");
  button->setToolTip("Window and level: drag with the right button, or keys 1 to 4");
  button->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(button);
  int number = 0;
  for (const WindowPreset& preset : windowPresets()) {
    QAction* action = menu->addAction(preset.name);
    action->setShortcut(QKeySequence(QString::number(++number)));
    connect(action, &QAction::triggered, this,
            [this, shares = preset.shares] { state_.setWindow(shares); });
  }
  button->setMenu(menu);
  addWidget(button);
}

void ToolBar::addBlend(const QStringList& series) {
  addWidget(new QLabel(" T2 ", this));
  blend_ = new QSlider(Qt::Horizontal, this);
  blend_->setRange(0, kBlendSteps);
  blend_->setFixedWidth(kSliderWidth_px);
  blend_->setToolTip("Blend from T2 to the other series (B)");
  blend_->setEnabled(!series.isEmpty());
  blend_->setFocusPolicy(Qt::ClickFocus);
  addWidget(blend_);
  auto* over = new QComboBox(this);
  over->addItems(series);
  over->setVisible(series.size() > 1);
  over->setFocusPolicy(Qt::ClickFocus);
  addWidget(series.size() == 1 ? static_cast<QWidget*>(new QLabel(' ' + series[0], this)) : over);
  connect(blend_, &QSlider::valueChanged, this,
          [this](int value) { state_.setBlend(static_cast<double>(value) / kBlendSteps); });
  connect(over, &QComboBox::currentTextChanged, this,
          [this](const QString& words) { state_.setOverIsCeT1(words == "CE-T1"); });
  connect(
      addKeyed("Blend", "B", "T2, half and half, or the other series alone"), &QAction::triggered,
      this, [this] {
        blend_->setValue(blend_->value() >= kBlendSteps ? 0 : blend_->value() + kBlendSteps / 2);
      });
}

QAction* ToolBar::addSwitch(const QString& words, const char* key, const QString& tip,
                            bool ShowOptions::*member) {
  QAction* action = addKeyed(words, key, tip);
  action->setCheckable(true);
  action->setChecked(state_.show().*member);
  connect(action, &QAction::toggled, this, [this, member](bool on) {
    ShowOptions show = state_.show();
    show.*member = on;
    state_.setShow(show);
  });
  return action;
}

void ToolBar::addSwitches() {
  addSwitch("Cross-hair", "X", "Show the cross-hair", &ShowOptions::crosshair);
  addSwitch("Outlines", "O", "Outlines of nerves and vessels on slices", &ShowOptions::outlines);
  addSwitch("Marks", "K", "Contacts and landmarks on slices", &ShowOptions::markers);
  QAction* measure = addKeyed("Measure", "M", "Measure with the left button, in mm");
  measure->setCheckable(true);
  connect(measure, &QAction::toggled, &state_, &ViewState::setMeasuring);
  connect(addKeyed("Clear", "Del", "Take all measures away"), &QAction::triggered, &state_,
          &ViewState::clearMeasures);
  connect(addKeyed("Fit", "F", "Show the whole images"), &QAction::triggered, &state_,
          &ViewState::fit);
}

void ToolBar::addKinds() {
  auto* button = new QToolButton(this);
  button->setText("Show");
  button->setToolTip("What slices and scene show");
  button->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(button);
  for (const KindSwitch& entry : kindSwitches()) {
    QAction* action = menu->addAction(entry.words);
    action->setCheckable(true);
    action->setChecked(true);
    connect(action, &QAction::toggled, this, [this, kinds = entry.kinds](bool on) {
      ShowOptions show = state_.show();
      for (const scene::PartKind kind : kinds) {
        on ? static_cast<void>(show.hidden.erase(kind))
           : static_cast<void>(show.hidden.insert(kind));
      }
      state_.setShow(show);
    });
  }
  menu->addSeparator();
  QAction* around = menu->addAction("Brainstem and canals on slices");
  around->setCheckable(true);
  connect(around, &QAction::toggled, this, [this](bool on) {
    ShowOptions show = state_.show();
    show.surroundings = on;
    state_.setShow(show);
  });
  button->setMenu(menu);
  addWidget(button);
}

void ToolBar::setViews(std::vector<scene::SceneView> views) {
  choices_ = std::move(views);
  views_->clear();
  for (const scene::SceneView& view : choices_) {
    views_->addItem(QString::fromStdString(view.title));
  }
}

void ToolBar::showView(const scene::SceneView& view) {
  views_->setCurrentIndex(views_->findText(QString::fromStdString(view.title)));
}

}  // namespace neurovasc::viewer
