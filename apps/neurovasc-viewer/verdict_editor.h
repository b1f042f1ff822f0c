#pragma once

#include <QComboBox>
#include <QGroupBox>
#include <QLineEdit>
#include <QPushButton>
#include <array>
#include <string>

#include "review_session.h"

namespace neurovasc::viewer {

/// What the reader says of the contact that is chosen in the list.
class VerdictEditor : public QGroupBox {
  Q_OBJECT

 public:
  /// @p session outlives the editor.
  explicit VerdictEditor(ReviewSession& session, QWidget* parent = nullptr);

  /// Of contact @p id; an empty one: there is nothing to say.
  void setContact(const std::string& id);
  void decide(Decision decision);

  QComboBox& kind() { return *kind_; }
  QComboBox& vessel() { return *vessel_; }
  QLineEdit& comment() { return *comment_; }

 private:
  QPushButton* addDecision(const QString& words, const char* key, Decision decision);
  QComboBox* addChoice(const QString& words);
  void fillChoices();
  void read();
  void write();

  ReviewSession& session_;
  std::string id_;
  bool reading_ = false;
  std::array<QPushButton*, 3> decisions_{};
  QComboBox* state_ = nullptr;
  QComboBox* kind_ = nullptr;
  QComboBox* vessel_ = nullptr;
  QComboBox* zone_ = nullptr;
  QComboBox* campos_benitez_ = nullptr;
  QComboBox* sindou_ = nullptr;
  QLineEdit* comment_ = nullptr;
};

}  // namespace neurovasc::viewer
