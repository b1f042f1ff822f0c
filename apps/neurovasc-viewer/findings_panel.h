#pragma once

#include <QTableWidget>
#include <QWidget>
#include <string>
#include <vector>

#include "contact_rows.h"
#include "shown_study.h"

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
  std::vector<ContactRow> rows_;
};

/// Findings of one date in words, and its zones.
class FindingsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit FindingsPanel(const ShownDate& date, QWidget* parent = nullptr);

  ContactTable& contacts() { return *contacts_; }

 private:
  ContactTable* contacts_;
};

/// What the findings of @p assessment are, as report.txt words them.
QString impressionOf(const Assessment& assessment);

}  // namespace neurovasc::viewer
