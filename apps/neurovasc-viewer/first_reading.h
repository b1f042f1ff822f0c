#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>
#include <vector>

#include "review_session.h"

namespace neurovasc::viewer {

/// What a reader judges before any result is shown: one finding a side.
class FirstReadingPanel : public QWidget {
  Q_OBJECT

 public:
  /// @p session outlives the panel.
  FirstReadingPanel(const std::vector<Side>& sides, ReviewSession& session,
                    QWidget* parent = nullptr);

  QComboBox& finding(Side side);
  QLineEdit& reader() { return *reader_; }
  QPushButton& saveButton() { return *save_; }

 Q_SIGNALS:
  void saved();

 private:
  struct Entry {
    Side side;
    QComboBox* finding;
    QLineEdit* comment;
  };

  void save();

  ReviewSession& session_;
  std::vector<Entry> entries_;
  QLineEdit* reader_ = nullptr;
  QPushButton* save_ = nullptr;
  QLabel* message_ = nullptr;
};

}  // namespace neurovasc::viewer
