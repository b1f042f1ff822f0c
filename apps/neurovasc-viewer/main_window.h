#pragma once

#include <QLabel>
#include <QMainWindow>
#include <QTabWidget>
#include <string>
#include <vector>

#include "date_pane.h"
#include "findings_panel.h"
#include "shown_study.h"
#include "tool_bar.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// How a window is opened.
struct ReadingOptions {
  QString reader;           ///< whose review is taken up; empty: to be given in the window
  bool read_first = false;  ///< no results before the reader's own verdict is saved; one date alone
};

/// The window: views of all dates side by side, the contact list, the status line.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  /// Throws Error(usage) where options.read_first is asked of several dates.
  MainWindow(ShownStudy study, const ReadingOptions& options, QWidget* parent = nullptr);
  ~MainWindow() override;

  ViewState& state() { return state_; }
  DatePane& pane(std::size_t date) { return *panes_[date]; }
  FindingsPanel& findings(std::size_t date) { return *findings_[date]; }
  std::size_t dateCount() const { return panes_.size(); }
  /// The list that the window opens with: of the comparison, or of the one date.
  ContactTable& contacts() { return *tables_.front(); }
  const ShownStudy& study() const { return study_; }
  QString statusText() const { return place_->text(); }

  /// Goes to a contact in slices, scene and list.
  void goTo(const ContactRow& row);

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  void setStage();
  void showResults();
  void addPanes();
  void addLists(const ReadingOptions& options);
  void addReviewKeys();
  FindingsPanel* currentFindings();
  void addStatus();
  void addKeys();
  void connectCameras();
  ContactTable& addTable(ContactTable& table);
  void lookAs(const scene::SceneView& view);
  void lookAtContact(const ContactRow& row);
  void maximize(int view);
  void describe(const Point3& p);

  ShownStudy study_;
  ViewState state_;
  std::vector<DatePane*> panes_;
  std::vector<FindingsPanel*> findings_;
  std::vector<ContactTable*> tables_;
  QTabWidget* lists_ = nullptr;
  ToolBar* tools_ = nullptr;
  QLabel* place_ = nullptr;
  int maximized_ = DatePane::kAllViews;
};

}  // namespace neurovasc::viewer
