#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <optional>
#include <string>

#include "analyze_job.h"

namespace neurovasc::viewer {

/// A study that was not analysed yet.
struct NewStudy {
  std::string path;
  std::optional<int> number;  ///< which, where the path holds several
  std::string output;         ///< the result folder to make; empty: the dialog asks
};

/// Analyses a study before the window opens, with progress. Accepted: the result is at output().
/// Closing it stops the work; then no result folder is left behind.
class AnalysisDialog : public QDialog {
  Q_OBJECT

 public:
  /// Begins at once where an output is given.
  explicit AnalysisDialog(NewStudy study, QWidget* parent = nullptr);

  QString output() const { return output_->text(); }
  QLineEdit& outputEdit() { return *output_; }
  QPushButton& startButton() { return *start_; }
  QPushButton& cancelButton() { return *cancel_; }
  QString message() const { return message_->text(); }
  AnalyzeJob& job() { return job_; }

 public Q_SLOTS:
  /// Stops work that is running and closes when it has ended.
  void reject() override;

 private:
  QWidget* outputLine();
  QWidget* buttons();
  void connectJob();
  void chooseOutput();
  void begin();
  void refresh();

  NewStudy study_;
  AnalyzeJob job_;
  QLineEdit* output_ = nullptr;
  QPushButton* choose_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QLabel* message_ = nullptr;
  QPushButton* start_ = nullptr;
  QPushButton* cancel_ = nullptr;
};

}  // namespace neurovasc::viewer
