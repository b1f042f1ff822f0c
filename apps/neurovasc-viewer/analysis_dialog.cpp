#include "analysis_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

#include "neurovasc/core/version.h"

namespace neurovasc::viewer {
namespace {

constexpr int kBarSteps = 1000;
constexpr int kWidth_px = 560;
/// What is offered as the result folder's name: without the study's own, which may be a patient's.
constexpr const char* kOutputName = "neurovasc-result";

}  // namespace

AnalysisDialog::AnalysisDialog(NewStudy study, QWidget* parent)
    : QDialog(parent), study_(std::move(study)) {
  setWindowTitle("neurovasc: analyse a study");
  setMinimumWidth(kWidth_px);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(new QLabel("This study was not analysed yet. The result is kept in:", this));
  layout->addWidget(outputLine());
  bar_ = new QProgressBar(this);
  bar_->setRange(0, kBarSteps);
  layout->addWidget(bar_);
  message_ = new QLabel(this);
  message_->setWordWrap(true);
  message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(message_);
  layout->addWidget(new QLabel(
      QString::fromUtf8(kResearchUseOnly.data(), static_cast<int>(kResearchUseOnly.size())), this));
  layout->addWidget(buttons());
  connectJob();
  refresh();
  if (!study_.output.empty()) {
    begin();
  }
}

QWidget* AnalysisDialog::outputLine() {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  output_ = new QLineEdit(study_.output.empty() ? QDir::current().filePath(kOutputName)
                                                : QString::fromStdString(study_.output),
                          line);
  output_->setAccessibleName("result folder");
  choose_ = new QPushButton("Choose...", line);
  row->addWidget(output_, 1);
  row->addWidget(choose_);
  connect(choose_, &QPushButton::clicked, this, &AnalysisDialog::chooseOutput);
  connect(output_, &QLineEdit::textChanged, this, &AnalysisDialog::refresh);
  return line;
}

QWidget* AnalysisDialog::buttons() {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  start_ = new QPushButton("Analyse", line);
  start_->setDefault(true);
  cancel_ = new QPushButton("Cancel", line);
  row->addStretch(1);
  row->addWidget(start_);
  row->addWidget(cancel_);
  connect(start_, &QPushButton::clicked, this, &AnalysisDialog::begin);
  connect(cancel_, &QPushButton::clicked, this, &AnalysisDialog::reject);
  return line;
}

void AnalysisDialog::connectJob() {
  connect(&job_, &AnalyzeJob::progressed, this, [this](double fraction, const QString& what) {
    bar_->setValue(static_cast<int>(std::lround(kBarSteps * fraction)));
    bar_->setFormat(what + " %p %");
  });
  connect(&job_, &AnalyzeJob::done, this, &QDialog::accept);
  connect(&job_, &AnalyzeJob::cancelled, this, [this] { QDialog::reject(); });
  connect(&job_, &AnalyzeJob::failed, this, [this](const QString& why) {
    message_->setText(why);
    refresh();
  });
}

void AnalysisDialog::chooseOutput() {
  const QString chosen = QFileDialog::getSaveFileName(
      this, "Result folder to make", output_->text(), {}, nullptr, QFileDialog::ShowDirsOnly);
  if (!chosen.isEmpty()) {
    output_->setText(chosen);
  }
}

void AnalysisDialog::begin() {
  message_->clear();
  bar_->setValue(0);
  bar_->setFormat("%p %");
  job_.start(study_.path, study_.number, output_->text().toStdString());
  refresh();
}

void AnalysisDialog::refresh() {
  const bool running = job_.isRunning();
  for (QWidget* widget : {static_cast<QWidget*>(output_), static_cast<QWidget*>(choose_)}) {
    widget->setEnabled(!running);
  }
  start_->setEnabled(!running && !output_->text().trimmed().isEmpty());
  bar_->setVisible(running);
}

void AnalysisDialog::reject() {
  if (!job_.isRunning()) {
    return QDialog::reject();
  }
  job_.cancel();
  cancel_->setEnabled(false);
  message_->setText("Stopping...");
}

}  // namespace neurovasc::viewer
