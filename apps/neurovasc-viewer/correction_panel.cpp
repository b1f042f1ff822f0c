#include "correction_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <cmath>

#include "neurovasc/core/error.h"

namespace neurovasc::viewer {
namespace {

constexpr int kBarSteps = 1000;

struct LandmarkButton {
  LandmarkName name;
  const char* words;
};
constexpr std::array<LandmarkButton, 3> kLandmarks = {
    {{LandmarkName::root_exit_point, "Root exit"},
     {LandmarkName::detachment_point, "Detachment"},
     {LandmarkName::porus, "Porus"}}};

QString sideText(Side side) { return side == Side::left ? "left" : "right"; }

}  // namespace

CorrectionPanel::CorrectionPanel(const ShownDate& date, ReviewSession& session, ViewState& state,
                                 QWidget* parent)
    : QWidget(parent), date_(date), session_(session), state_(state) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(missedContact());
  layout->addWidget(landmarks());
  message_ = new QLabel(this);
  message_->setWordWrap(true);
  layout->addWidget(message_);
  connectJob();
  connect(&state_, &ViewState::crosshairMoved, this, &CorrectionPanel::refresh);
  connect(&session_, &ReviewSession::changed, this, &CorrectionPanel::refresh);
  refresh();
}

QGroupBox* CorrectionPanel::missedContact() {
  auto* box = new QGroupBox("A contact that was missed, at the cross-hair", this);
  auto* row = new QHBoxLayout(box);
  nerve_button_ = new QPushButton("On nerve", box);
  vessel_button_ = new QPushButton("On vessel", box);
  add_ = new QPushButton("Add", box);
  take_back_added_ = new QPushButton("Take back", box);
  take_back_added_->setToolTip("Takes the contact that was added last out of the review");
  for (QPushButton* button : {nerve_button_, vessel_button_, add_, take_back_added_}) {
    row->addWidget(button);
  }
  connect(nerve_button_, &QPushButton::clicked, this, [this] {
    nerve_point_ = state_.crosshair();
    refresh();
  });
  connect(vessel_button_, &QPushButton::clicked, this, [this] {
    vessel_point_ = state_.crosshair();
    refresh();
  });
  connect(add_, &QPushButton::clicked, this, &CorrectionPanel::add);
  connect(take_back_added_, &QPushButton::clicked, &session_, &ReviewSession::takeBackAdded);
  return box;
}

QGroupBox* CorrectionPanel::landmarks() {
  auto* box = new QGroupBox("Landmarks of this side, to the cross-hair", this);
  auto* layout = new QVBoxLayout(box);
  auto* row = new QHBoxLayout;
  for (const LandmarkButton& entry : kLandmarks) {
    auto* button = new QPushButton(entry.words, box);
    landmark_buttons_[static_cast<std::size_t>(entry.name)] = button;
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, which = entry.name] {
      session_.moveLandmark(state_.side(), which, state_.crosshair());
    });
  }
  take_back_landmarks_ = new QPushButton("Take back", box);
  take_back_landmarks_->setToolTip("This side's landmarks and measurements as they were found");
  row->addWidget(take_back_landmarks_);
  connect(take_back_landmarks_, &QPushButton::clicked, this,
          [this] { session_.takeBackLandmarks(state_.side()); });
  layout->addLayout(row);
  layout->addWidget(running());
  return box;
}

QWidget* CorrectionPanel::running() {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  reassess_ = new QPushButton("Measure again", line);
  bar_ = new QProgressBar(line);
  bar_->setRange(0, kBarSteps);
  cancel_ = new QPushButton("Cancel", line);
  row->addWidget(reassess_);
  row->addWidget(bar_, 1);
  row->addWidget(cancel_);
  connect(reassess_, &QPushButton::clicked, this, &CorrectionPanel::reassess);
  connect(cancel_, &QPushButton::clicked, &job_, &ReassessJob::cancel);
  return line;
}

void CorrectionPanel::connectJob() {
  connect(&job_, &ReassessJob::progressed, this, [this](double fraction, const QString& what) {
    bar_->setValue(static_cast<int>(std::lround(kBarSteps * fraction)));
    bar_->setFormat(what + " %p %");
  });
  connect(&job_, &ReassessJob::done, this, [this](const MovedLandmarks& moved) {
    session_.take(moved);
    message_->setText(QString("The %1 side was measured again.").arg(sideText(moved.side)));
    refresh();
  });
  connect(&job_, &ReassessJob::failed, this, [this](const QString& why) {
    message_->setText(why);
    refresh();
  });
  connect(&job_, &ReassessJob::cancelled, this, [this] {
    message_->setText("Cancelled; nothing was changed.");
    refresh();
  });
}

void CorrectionPanel::refresh() {
  const auto mark = [](const std::optional<Point3>& p) { return p ? " ✓" : ""; };
  nerve_button_->setText(QString("On nerve") + mark(nerve_point_));
  vessel_button_->setText(QString("On vessel") + mark(vessel_point_));
  add_->setEnabled(nerve_point_ && vessel_point_);
  take_back_added_->setEnabled(!session_.review().added.empty());
  const NerveLandmarks moved = session_.movedLandmarks(state_.side());
  const bool any = moved.root_exit_point || moved.detachment_point || moved.porus;
  const bool running = job_.isRunning();
  reassess_->setText(QString("Measure %1 again").arg(sideText(state_.side())));
  reassess_->setEnabled(any && !running);
  take_back_landmarks_->setEnabled(any && !running);
  bar_->setVisible(running);
  cancel_->setVisible(running);
}

void CorrectionPanel::add() {
  try {
    session_.addContact(state_.side(), *nerve_point_, *vessel_point_);
    message_->setText("Added. It is kept when the review is saved.");
  } catch (const Error& error) {
    message_->setText(error.what());
  }
  nerve_point_.reset();
  vessel_point_.reset();
  refresh();
}

void CorrectionPanel::reassess() {
  bar_->setValue(0);
  message_->clear();
  job_.start(date_.folder.string(), state_.side(), session_.movedLandmarks(state_.side()));
  refresh();
}

}  // namespace neurovasc::viewer
