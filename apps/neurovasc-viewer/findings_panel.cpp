#include "findings_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "neurovasc/report/report_text.h"

namespace neurovasc::viewer {
namespace {

QString text(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<int>(words.size())).replace('_', ' ');
}

QTableWidgetItem* cell(const QString& words) {
  auto* item = new QTableWidgetItem(words);
  item->setFlags(item->flags() & ~Qt::ItemIsEditable);
  return item;
}

QTableWidgetItem* zoneCell(const ZoneFinding& finding) {
  QTableWidgetItem* item = cell(text(name(finding.status)));
  item->setToolTip(text(finding.reason));
  if (finding.status == ZoneStatus::contact) {
    item->setBackground(QColor(213, 94, 0, 90));
  } else if (finding.status == ZoneStatus::not_assessable) {
    item->setForeground(QColor(150, 150, 150));
  }
  return item;
}

QTableWidget* zoneTable(const Assessment& assessment) {
  const auto sides = static_cast<int>(assessment.sides.size());
  auto* table = new QTableWidget(static_cast<int>(kZones.size()), sides);
  for (int row = 0; row < table->rowCount(); ++row) {
    const Zone zone = kZones[static_cast<std::size_t>(row)];
    auto* head = new QTableWidgetItem(text(name(zone)));
    head->setToolTip(text(words(zone)));
    table->setVerticalHeaderItem(row, head);
  }
  for (int column = 0; column < sides; ++column) {
    const SideAssessment& side = assessment.sides[static_cast<std::size_t>(column)];
    table->setHorizontalHeaderItem(column, new QTableWidgetItem(text(name(side.side))));
    for (std::size_t row = 0; row < side.zones.size(); ++row) {
      table->setItem(static_cast<int>(row), column, zoneCell(side.zones[row]));
    }
  }
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table->setSelectionMode(QAbstractItemView::NoSelection);
  return table;
}

}  // namespace

ContactTable::ContactTable(const QString& last_column, QWidget* parent)
    : QTableWidget(0, 5, parent) {
  setHorizontalHeaderLabels({"", "vessel", "zone", "gap", last_column});
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  verticalHeader()->hide();
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  horizontalHeader()->setStretchLastSection(true);
  setAccessibleName("Contacts");
  connect(this, &QTableWidget::currentCellChanged, this, [this](int row, int, int before) {
    if (row >= 0 && row != before) {
      Q_EMIT chosen(rows_[static_cast<std::size_t>(row)]);
    }
  });
  // A second click on the current row goes there again.
  connect(this, &QTableWidget::cellClicked, this,
          [this](int row, int) { Q_EMIT chosen(rows_[static_cast<std::size_t>(row)]); });
}

void ContactTable::setRows(std::vector<ContactRow> rows) {
  const QSignalBlocker quiet(this);
  rows_ = std::move(rows);
  setRowCount(static_cast<int>(rows_.size()));
  for (int i = 0; i < rowCount(); ++i) {
    const ContactRow& row = rows_[static_cast<std::size_t>(i)];
    const QStringList words = {QString::fromStdString(row.id), row.vessel, row.zone, row.gap,
                               row.probability};
    for (int column = 0; column < words.size(); ++column) {
      setItem(i, column, cell(words[column]));
      if (row.touches) {
        QFont font = item(i, column)->font();
        font.setBold(true);
        item(i, column)->setFont(font);
      }
    }
  }
}

void ContactTable::select(const std::string& id) {
  for (int i = 0; i < rowCount(); ++i) {
    if (rows_[static_cast<std::size_t>(i)].id == id) {
      setCurrentCell(i, 0);
    }
  }
}

void ContactTable::step(int rows) {
  if (rowCount() > 0) {
    setCurrentCell(std::clamp(currentRow() + rows, 0, rowCount() - 1), 0);
  }
}

const ContactRow* ContactTable::current() const {
  const int row = currentRow();
  return row < 0 ? nullptr : &rows_[static_cast<std::size_t>(row)];
}

QString impressionOf(const Assessment& assessment) {
  QStringList sentences;
  for (const std::string& sentence : report::reportText(assessment).impression) {
    sentences << QString::fromStdString(sentence);
  }
  return sentences.join("\n");
}

FindingsPanel::FindingsPanel(const ShownDate& date, QWidget* parent)
    : QWidget(parent), contacts_(new ContactTable("touches", this)) {
  auto* layout = new QVBoxLayout(this);
  auto* impression = new QLabel(impressionOf(date.assessment), this);
  impression->setWordWrap(true);
  impression->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(impression);
  contacts_->setRows(contactRows(date));
  contacts_->setToolTip(
      "\"touches\": the probability that vessel and nerve touch, not that this "
      "causes spasm; calibrated on simulated scans.");
  layout->addWidget(contacts_, 1);
  layout->addWidget(zoneTable(date.assessment), 1);
}

}  // namespace neurovasc::viewer
