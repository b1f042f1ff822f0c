#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QWidget>

#include "contact_table.h"
#include "correction_panel.h"
#include "first_reading.h"
#include "review_session.h"
#include "shown_study.h"
#include "verdict_editor.h"
#include "view_state.h"
#include "zone_table.h"

namespace neurovasc::viewer {

/// Findings of one date: in words, its contacts and zones, and what a reader says of them.
class FindingsPanel : public QWidget {
  Q_OBJECT

 public:
  /// @p date is changed as the review changes what is shown. It and @p state outlive the panel.
  FindingsPanel(ShownDate& date, const QString& reader, ViewState& state,
                QWidget* parent = nullptr);

  ContactTable& contacts() { return *contacts_; }
  ReviewSession& session() { return session_; }
  VerdictEditor& verdict() { return *verdict_; }
  CorrectionPanel& corrections() { return *corrections_; }
  FirstReadingPanel& firstReading() { return *first_reading_; }
  ZoneTable& zones() { return *zones_; }
  void setReader(const QString& reader);
  /// Saves the review; says so, or why not, below the button.
  void save();
  /// Takes back what was said last. Nothing while a side is measured again.
  void undo();
  QPushButton& undoButton() { return *undo_; }

 Q_SIGNALS:
  void shapesChanged();  ///< the date's parts are others

 private:
  QWidget* findings();
  QWidget* review();
  QWidget* readerLine();
  void connectSession();
  void refresh();
  void refreshShapes();
  QString statusOfReview() const;

  ShownDate& date_;
  ViewState& state_;
  ReviewSession session_;
  QStackedWidget* stack_ = nullptr;
  FirstReadingPanel* first_reading_ = nullptr;
  QLabel* impression_ = nullptr;
  ContactTable* contacts_ = nullptr;
  ZoneTable* zones_ = nullptr;
  QLineEdit* reader_ = nullptr;
  QPushButton* undo_ = nullptr;
  QLabel* saved_ = nullptr;
  VerdictEditor* verdict_ = nullptr;
  CorrectionPanel* corrections_ = nullptr;
};

/// What the findings of @p assessment are, as report.txt words them.
QString impressionOf(const Assessment& assessment);

}  // namespace neurovasc::viewer
