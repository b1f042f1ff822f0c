#pragma once

#include <QGroupBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <optional>

#include "reassess_job.h"
#include "review_session.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// What the reader adds at the cross-hair: a contact that was missed, landmarks that were off.
class CorrectionPanel : public QWidget {
  Q_OBJECT

 public:
  /// @p date, @p session and @p state outlive the panel.
  CorrectionPanel(const ShownDate& date, ReviewSession& session, ViewState& state,
                  QWidget* parent = nullptr);

  QPushButton& reassessButton() { return *reassess_; }
  QPushButton& cancelButton() { return *cancel_; }
  QPushButton& addButton() { return *add_; }
  QPushButton& takeBackAddedButton() { return *take_back_added_; }
  QPushButton& takeBackLandmarksButton() { return *take_back_landmarks_; }
  QPushButton& nervePointButton() { return *nerve_button_; }
  QPushButton& vesselPointButton() { return *vessel_button_; }
  QPushButton& landmarkButton(LandmarkName name) {
    return *landmark_buttons_[static_cast<std::size_t>(name)];
  }
  ReassessJob& job() { return job_; }
  QString message() const { return message_->text(); }

 private:
  QGroupBox* missedContact();
  QGroupBox* landmarks();
  QWidget* running();
  void connectJob();
  void refresh();
  void add();
  void reassess();

  const ShownDate& date_;
  ReviewSession& session_;
  ViewState& state_;
  ReassessJob job_;
  std::optional<Point3> nerve_point_;
  std::optional<Point3> vessel_point_;
  QPushButton* nerve_button_ = nullptr;
  QPushButton* vessel_button_ = nullptr;
  QPushButton* add_ = nullptr;
  QPushButton* take_back_added_ = nullptr;
  QPushButton* take_back_landmarks_ = nullptr;
  std::array<QPushButton*, 3> landmark_buttons_{};
  QPushButton* reassess_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QLabel* message_ = nullptr;
};

}  // namespace neurovasc::viewer
