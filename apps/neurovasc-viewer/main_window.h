#pragma once

#include <QLabel>
#include <QMainWindow>
#include <string>
#include <vector>

#include "date_pane.h"
#include "findings_panel.h"
#include "shown_study.h"
#include "tool_bar.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// The window: views of all dates side by side, the contact list, the status line.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(ShownStudy study, QWidget* parent = nullptr);
  ~MainWindow() override;

  ViewState& state() { return state_; }
  DatePane& pane(std::size_t date) { return *panes_[date]; }
  std::size_t dateCount() const { return panes_.size(); }
  /// The list that the window opens with: of the comparison, or of the one date.
  ContactTable& contacts() { return *tables_.front(); }
  QString statusText() const { return place_->text(); }

  /// Goes to a contact in slices, scene and list.
  void goTo(const ContactRow& row);

 private:
  void setStage();
  void addPanes();
  void addLists();
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
  std::vector<ContactTable*> tables_;
  ToolBar* tools_ = nullptr;
  QLabel* place_ = nullptr;
  int maximized_ = DatePane::kAllViews;
};

}  // namespace neurovasc::viewer
