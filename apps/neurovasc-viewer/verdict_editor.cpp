#include "verdict_editor.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "words.h"

namespace neurovasc::viewer {
namespace {

constexpr int kAsMeasured = -1;

template <typename Value>
void offer(QComboBox& box, const std::vector<Value>& values) {
  box.addItem("as measured", kAsMeasured);
  for (const Value value : values) {
    box.addItem(toText(name(value)), static_cast<int>(value));
  }
}

template <typename Value>
void showChoice(QComboBox& box, const std::optional<Value>& value) {
  box.setCurrentIndex(box.findData(value ? static_cast<int>(*value) : kAsMeasured));
}

template <typename Value>
std::optional<Value> chosen(const QComboBox& box) {
  const int value = box.currentData().toInt();
  return value == kAsMeasured ? std::nullopt : std::optional<Value>(static_cast<Value>(value));
}

}  // namespace

VerdictEditor::VerdictEditor(ReviewSession& session, QWidget* parent)
    : QGroupBox("Your verdict", parent), session_(session) {
  auto* layout = new QVBoxLayout(this);
  auto* buttons = new QHBoxLayout;
  decisions_ = {addDecision("Accept", "A", Decision::accepted),
                addDecision("Reject", "E", Decision::rejected),
                addDecision("Undecided", "U", Decision::undecided)};
  for (QPushButton* button : decisions_) {
    buttons->addWidget(button);
  }
  layout->addLayout(buttons);
  auto* form = new QFormLayout;
  layout->addLayout(form);
  state_ = addChoice("Touches");
  kind_ = addChoice("Is a");
  vessel_ = addChoice("Vessel");
  zone_ = addChoice("Zone");
  campos_benitez_ = addChoice("Campos-Benitez");
  sindou_ = addChoice("Sindou");
  fillChoices();
  comment_ = new QLineEdit(this);
  comment_->setPlaceholderText("Comment");
  layout->addWidget(comment_);
  connect(comment_, &QLineEdit::editingFinished, this, [this] {
    // Sent as well whenever the field is left.
    if (comment_->text().trimmed().toStdString() != session_.verdictOn(id_).comment) {
      write();
    }
  });
  connect(&session_, &ReviewSession::changed, this, &VerdictEditor::read);
  setContact({});
}

QPushButton* VerdictEditor::addDecision(const QString& words, const char* key, Decision decision) {
  auto* button = new QPushButton(words, this);
  button->setCheckable(true);
  button->setToolTip(QString("%1 this contact (%2)").arg(words, key));
  connect(button, &QPushButton::clicked, this, [this, decision] { decide(decision); });
  return button;
}

QComboBox* VerdictEditor::addChoice(const QString& words) {
  auto* box = new QComboBox(this);
  box->setAccessibleName(words);
  layout()->findChild<QFormLayout*>()->addRow(words, box);
  connect(box, QOverload<int>::of(&QComboBox::activated), this, &VerdictEditor::write);
  return box;
}

void VerdictEditor::fillChoices() {
  offer<ContactState>(
      *state_, {ContactState::touching, ContactState::below_resolution, ContactState::separate});
  offer<ReviewedKind>(
      *kind_, {ReviewedKind::artery, ReviewedKind::vein, ReviewedKind::pad, ReviewedKind::unknown});
  offer<VesselName>(*vessel_,
                    {VesselName::vertebral, VesselName::basilar, VesselName::aica, VesselName::pica,
                     VesselName::sca, VesselName::vein, VesselName::unknown});
  offer<Zone>(*zone_, {kZones.begin(), kZones.end()});
  offer<CamposBenitezGrade>(*campos_benitez_,
                            {CamposBenitezGrade::none, CamposBenitezGrade::mild,
                             CamposBenitezGrade::moderate, CamposBenitezGrade::severe});
  offer<SindouGrade>(*sindou_,
                     {SindouGrade::none, SindouGrade::i, SindouGrade::ii, SindouGrade::iii});
}

void VerdictEditor::setContact(const std::string& id) {
  id_ = id;
  setTitle(id.empty() ? "Your verdict: choose a contact"
                      : "Your verdict on " + QString::fromStdString(id));
  read();
}

void VerdictEditor::read() {
  reading_ = true;
  setEnabled(!id_.empty() && !session_.reader().isEmpty());
  const ContactVerdict verdict = session_.verdictOn(id_);
  decisions_[0]->setChecked(!id_.empty() && verdict.decision == Decision::accepted);
  decisions_[1]->setChecked(!id_.empty() && verdict.decision == Decision::rejected);
  decisions_[2]->setChecked(!id_.empty() && verdict.decision == Decision::undecided);
  showChoice(*state_, verdict.state);
  showChoice(*kind_, verdict.kind);
  showChoice(*vessel_, verdict.vessel_name);
  showChoice(*zone_, verdict.zone);
  showChoice(*campos_benitez_, verdict.campos_benitez);
  showChoice(*sindou_, verdict.sindou);
  comment_->setText(QString::fromStdString(verdict.comment));
  reading_ = false;
}

void VerdictEditor::decide(Decision decision) {
  if (isEnabled()) {
    ContactVerdict verdict = session_.verdictOn(id_);
    verdict.decision = decision;
    session_.setVerdict(verdict);
  }
}

void VerdictEditor::write() {
  if (reading_ || id_.empty()) {
    return;
  }
  ContactVerdict verdict = session_.verdictOn(id_);
  verdict.state = chosen<ContactState>(*state_);
  verdict.kind = chosen<ReviewedKind>(*kind_);
  verdict.vessel_name = chosen<VesselName>(*vessel_);
  verdict.zone = chosen<Zone>(*zone_);
  verdict.campos_benitez = chosen<CamposBenitezGrade>(*campos_benitez_);
  verdict.sindou = chosen<SindouGrade>(*sindou_);
  verdict.comment = comment_->text().trimmed().toStdString();
  session_.setVerdict(verdict);
}

}  // namespace neurovasc::viewer
