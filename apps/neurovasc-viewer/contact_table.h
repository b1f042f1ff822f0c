#pragma once

#include <QTableWidget>
#include <string>
#include <vector>

#include "contact_rows.h"

namespace neurovasc::viewer {

/// A table of contacts; a click or the arrow keys go to one.
class ContactTable : public QTableWidget {
  Q_OBJECT

 public:
  /// @p last_column: what the last column says, "touches" or "change".
  explicit ContactTable(const QString& last_column, QWidget* parent = nullptr);

  void setRows(std::vector<ContactRow> rows);
  const std::vector<ContactRow>& rows() const { return rows_; }
  /// The row of contact @p id becomes the current one; nothing happens where there is none.
  void select(const std::string& id);
  /// One row up or down, held at the ends.
  void step(int rows);
  const ContactRow* current() const;

 Q_SIGNALS:
  void chosen(const ContactRow& row);

 private:
  /// The column of readers' words takes room only where there are any.
  void showReaders(bool shown);

  std::vector<ContactRow> rows_;
};

}  // namespace neurovasc::viewer
