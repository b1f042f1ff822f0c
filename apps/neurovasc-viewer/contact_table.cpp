#include "contact_table.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>

namespace neurovasc::viewer {
namespace {

constexpr int kReaderColumn = 5;

QTableWidgetItem* cell(const QString& words) {
  auto* item = new QTableWidgetItem(words);
  item->setFlags(item->flags() & ~Qt::ItemIsEditable);
  return item;
}

}  // namespace

ContactTable::ContactTable(const QString& last_column, QWidget* parent)
    : QTableWidget(0, 6, parent) {
  setHorizontalHeaderLabels({"", "vessel", "zone", "gap", last_column, "reader"});
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  verticalHeader()->hide();
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  showReaders(false);
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

void ContactTable::showReaders(bool shown) {
  setColumnHidden(kReaderColumn, !shown);
  QHeaderView& header = *horizontalHeader();
  header.setSectionResizeMode(kReaderColumn - 1,
                              shown ? QHeaderView::ResizeToContents : QHeaderView::Stretch);
  header.setSectionResizeMode(kReaderColumn, QHeaderView::Stretch);
}

void ContactTable::setRows(std::vector<ContactRow> rows) {
  const QSignalBlocker quiet(this);
  rows_ = std::move(rows);
  setRowCount(static_cast<int>(rows_.size()));
  showReaders(std::any_of(rows_.begin(), rows_.end(),
                          [](const ContactRow& row) { return !row.reader.isEmpty(); }));
  for (int i = 0; i < rowCount(); ++i) {
    const ContactRow& row = rows_[static_cast<std::size_t>(i)];
    const QStringList words = {
        QString::fromStdString(row.id), row.vessel, row.zone, row.gap, row.probability, row.reader};
    for (int column = 0; column < words.size(); ++column) {
      setItem(i, column, cell(words[column]));
      QFont font = item(i, column)->font();
      font.setBold(row.touches);
      font.setStrikeOut(row.dismissed);
      item(i, column)->setFont(font);
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

}  // namespace neurovasc::viewer
