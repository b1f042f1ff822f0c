#include "first_reading.h"

#include <QFormLayout>
#include <algorithm>
#include <array>

#include "neurovasc/core/error.h"
#include "words.h"

namespace neurovasc::viewer {
namespace {

constexpr std::array<Finding, 4> kFindings = {Finding::compression, Finding::contact,
                                              Finding::no_contact, Finding::not_assessable};
constexpr int kNotJudged = -1;

}  // namespace

FirstReadingPanel::FirstReadingPanel(const std::vector<Side>& sides, ReviewSession& session,
                                     QWidget* parent)
    : QWidget(parent), session_(session) {
  auto* form = new QFormLayout(this);
  auto* words = new QLabel(
      "Read the slices first. Results are shown once your own verdict on "
      "each side is saved.");
  words->setWordWrap(true);
  form->addRow(words);
  reader_ = new QLineEdit(session.reader(), this);
  form->addRow("Reader", reader_);
  for (const Side side : sides) {
    auto* finding = new QComboBox(this);
    finding->addItem("choose", kNotJudged);
    for (const Finding each : kFindings) {
      finding->addItem(toText(name(each)), static_cast<int>(each));
    }
    auto* comment = new QLineEdit(this);
    comment->setPlaceholderText("Comment");
    form->addRow(side == Side::left ? "Left" : "Right", finding);
    form->addRow(comment);
    entries_.push_back({side, finding, comment});
  }
  save_ = new QPushButton("Save and show the results", this);
  form->addRow(save_);
  message_ = new QLabel(this);
  message_->setWordWrap(true);
  form->addRow(message_);
  connect(save_, &QPushButton::clicked, this, &FirstReadingPanel::save);
}

QComboBox& FirstReadingPanel::finding(Side side) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [side](const Entry& entry) { return entry.side == side; });
  return *found->finding;
}

void FirstReadingPanel::save() {
  for (const Entry& entry : entries_) {
    if (entry.finding->currentData().toInt() == kNotJudged) {
      message_->setText("Judge each side first; \"not assessable\" is a verdict as well.");
      return;
    }
  }
  try {
    if (reader_->text().trimmed() != session_.reader()) {
      session_.setReader(reader_->text());
    }
    for (const Entry& entry : entries_) {
      session_.readFirst(entry.side, static_cast<Finding>(entry.finding->currentData().toInt()),
                         entry.comment->text());
    }
    session_.save();
  } catch (const Error& error) {
    message_->setText(error.what());
    return;
  }
  Q_EMIT saved();
}

}  // namespace neurovasc::viewer
