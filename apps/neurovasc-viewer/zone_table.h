#pragma once

#include <QTableWidget>
#include <optional>
#include <vector>

#include "neurovasc/core/review.h"

namespace neurovasc::viewer {

/// The zones of each side. A click offers what a reader can say of one.
class ZoneTable : public QTableWidget {
  Q_OBJECT

 public:
  explicit ZoneTable(QWidget* parent = nullptr);

  void setZones(const ReviewedAssessment& reviewed);
  /// Whether a click offers anything.
  void setEditable(bool editable) { editable_ = editable; }

 Q_SIGNALS:
  /// Empty: as measured.
  void statusChosen(Side side, Zone zone, std::optional<ZoneStatus> status);

 private:
  void offer(int row, int column);

  std::vector<Side> sides_;
  bool editable_ = false;
};

}  // namespace neurovasc::viewer
