#include "findings_panel.h"

#include <QHBoxLayout>
#include <QTabWidget>
#include <QVBoxLayout>

#include "neurovasc/core/error.h"
#include "neurovasc/report/report_text.h"
#include "reviewed_view.h"

namespace neurovasc::viewer {
namespace {

std::vector<Side> sidesOf(const Assessment& assessment) {
  std::vector<Side> sides;
  for (const SideAssessment& side : assessment.sides) {
    sides.push_back(side.side);
  }
  return sides;
}

}  // namespace

QString impressionOf(const Assessment& assessment) {
  QStringList sentences;
  for (const std::string& sentence : report::reportText(assessment).impression) {
    sentences << QString::fromStdString(sentence);
  }
  return sentences.join("\n");
}

FindingsPanel::FindingsPanel(ShownDate& date, const QString& reader, ViewState& state,
                             QWidget* parent)
    : QWidget(parent), date_(date), state_(state), session_(date, reader) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  stack_ = new QStackedWidget(this);
  stack_->addWidget(findings());
  first_reading_ = new FirstReadingPanel(sidesOf(date.assessment), session_, stack_);
  stack_->addWidget(first_reading_);
  layout->addWidget(stack_);
  connectSession();
  if (session_.isReassessed(Side::left) || session_.isReassessed(Side::right)) {
    refreshShapes();
  }
  refresh();
}

QWidget* FindingsPanel::findings() {
  auto* page = new QWidget(this);
  auto* layout = new QVBoxLayout(page);
  impression_ = new QLabel(page);
  impression_->setWordWrap(true);
  impression_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(impression_);
  contacts_ = new ContactTable("touches", page);
  contacts_->setToolTip(
      "\"touches\": the probability that vessel and nerve touch, not that this "
      "causes spasm; calibrated on simulated scans.");
  layout->addWidget(contacts_, 1);
  layout->addWidget(review());
  layout->addWidget(readerLine());
  return page;
}

QWidget* FindingsPanel::review() {
  auto* tabs = new QTabWidget(this);
  verdict_ = new VerdictEditor(session_, tabs);
  corrections_ = new CorrectionPanel(date_, session_, state_, tabs);
  zones_ = new ZoneTable(tabs);
  tabs->addTab(zones_, "Zones");
  tabs->addTab(verdict_, "Verdict");
  tabs->addTab(corrections_, "Correct");
  return tabs;
}

QWidget* FindingsPanel::readerLine() {
  auto* line = new QWidget(this);
  auto* column = new QVBoxLayout(line);
  auto* row = new QHBoxLayout;
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  reader_ = new QLineEdit(session_.reader(), line);
  reader_->setPlaceholderText("Reader");
  reader_->setToolTip("Your name or initials; several readers' reviews are kept apart");
  auto* save = new QPushButton("Save review", line);
  save->setToolTip(
      "Write review.json beside the result (Ctrl+S); the result itself is not changed");
  undo_ = new QPushButton("Undo", line);
  undo_->setToolTip("Take back what was said last (Ctrl+Z)");
  row->addWidget(reader_, 1);
  row->addWidget(undo_);
  row->addWidget(save);
  saved_ = new QLabel(line);
  saved_->setWordWrap(true);
  column->addWidget(saved_);
  connect(reader_, &QLineEdit::editingFinished, this, [this] { setReader(reader_->text()); });
  connect(undo_, &QPushButton::clicked, this, &FindingsPanel::undo);
  connect(save, &QPushButton::clicked, this, &FindingsPanel::save);
  return line;
}

void FindingsPanel::connectSession() {
  connect(&session_, &ReviewSession::sideMeasured, this, &FindingsPanel::refreshShapes);
  connect(&session_, &ReviewSession::changed, this, &FindingsPanel::refresh);
  connect(zones_, &ZoneTable::statusChosen, &session_, &ReviewSession::setZone);
  connect(contacts_, &ContactTable::chosen, this,
          [this](const ContactRow& row) { verdict_->setContact(row.id); });
  connect(&state_, &ViewState::showChanged, this,
          [this] { stack_->setCurrentIndex(state_.areResultsShown() ? 0 : 1); });
  connect(first_reading_, &FirstReadingPanel::saved, this,
          [this] { reader_->setText(session_.reader()); });
}

QString FindingsPanel::statusOfReview() const {
  if (!session_.problem().isEmpty()) {
    return session_.problem();
  }
  if (session_.reader().isEmpty()) {
    return "To review, give your name or initials.";
  }
  return session_.isSaved() ? QString() : "Not saved yet.";
}

void FindingsPanel::refresh() {
  const bool named = !session_.reader().isEmpty();
  takeMarks(date_, session_.reviewed(), session_.review());
  impression_->setText(impressionOf(session_.reviewed().assessment));
  contacts_->setRows(contactRows(date_, session_.reviewed()));
  zones_->setZones(session_.reviewed());
  zones_->setEditable(named);
  corrections_->setEnabled(named);
  undo_->setEnabled(session_.canUndo());
  saved_->setText(statusOfReview());
  Q_EMIT state_.changed();
}

void FindingsPanel::refreshShapes() {
  takeMarks(date_, session_.reviewed(), session_.review());
  takeShapes(date_, session_.reviewed());
  Q_EMIT shapesChanged();
}

void FindingsPanel::setReader(const QString& reader) {
  if (reader.trimmed() == session_.reader()) {
    return;
  }
  if (!session_.isSaved()) {
    save();  // what was said so far is the word of the reader of before
  }
  session_.setReader(reader);
}

void FindingsPanel::undo() {
  if (!corrections_->job().isRunning()) {
    session_.undo();
  }
}

void FindingsPanel::save() {
  try {
    session_.save();
    saved_->setText("Saved in review.json.");
  } catch (const Error& error) {
    saved_->setText(error.what());
  }
}

}  // namespace neurovasc::viewer
