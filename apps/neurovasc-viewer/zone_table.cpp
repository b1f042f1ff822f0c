#include "zone_table.h"

#include <QCursor>
#include <QHeaderView>
#include <QMenu>
#include <algorithm>

#include "words.h"

namespace neurovasc::viewer {
namespace {

const QColor kContactGround(213, 94, 0, 90);
const QColor kUnseen(150, 150, 150);

bool isByReader(const ReviewedSide& side, Zone zone) {
  return std::any_of(side.zones.begin(), side.zones.end(), [zone](const ReviewedZone& each) {
    return each.zone == zone && each.by_reader;
  });
}

QTableWidgetItem* zoneCell(const ZoneFinding& finding, bool by_reader) {
  auto* item = new QTableWidgetItem(toText(name(finding.status)) + (by_reader ? " (reader)" : ""));
  item->setFlags(item->flags() & ~Qt::ItemIsEditable);
  item->setToolTip(toText(finding.reason));
  if (finding.status == ZoneStatus::contact) {
    item->setBackground(kContactGround);
  } else if (finding.status == ZoneStatus::not_assessable) {
    item->setForeground(kUnseen);
  }
  return item;
}

}  // namespace

ZoneTable::ZoneTable(QWidget* parent) : QTableWidget(static_cast<int>(kZones.size()), 0, parent) {
  for (int row = 0; row < rowCount(); ++row) {
    const Zone zone = kZones[static_cast<std::size_t>(row)];
    auto* head = new QTableWidgetItem(toText(name(zone)));
    head->setToolTip(toText(words(zone)));
    setVerticalHeaderItem(row, head);
  }
  horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  setSelectionMode(QAbstractItemView::NoSelection);
  setToolTip("A click sets a zone's status by your own word");
  setAccessibleName("Zones");
  connect(this, &QTableWidget::cellClicked, this, &ZoneTable::offer);
}

void ZoneTable::setZones(const ReviewedAssessment& reviewed) {
  setColumnCount(static_cast<int>(reviewed.assessment.sides.size()));
  sides_.clear();
  for (int column = 0; column < columnCount(); ++column) {
    const auto i = static_cast<std::size_t>(column);
    const SideAssessment& side = reviewed.assessment.sides[i];
    sides_.push_back(side.side);
    setHorizontalHeaderItem(column, new QTableWidgetItem(toText(name(side.side))));
    for (const ZoneFinding& zone : side.zones) {
      setItem(static_cast<int>(zone.zone), column,
              zoneCell(zone, isByReader(reviewed.sides[i], zone.zone)));
    }
  }
}

void ZoneTable::offer(int row, int column) {
  if (!editable_) {
    return;
  }
  const Side side = sides_[static_cast<std::size_t>(column)];
  const Zone zone = kZones[static_cast<std::size_t>(row)];
  QMenu menu(this);
  const auto add = [&](const QString& words, std::optional<ZoneStatus> status) {
    connect(menu.addAction(words), &QAction::triggered, this,
            [this, side, zone, status] { Q_EMIT statusChosen(side, zone, status); });
  };
  add("as measured", std::nullopt);
  for (const ZoneStatus status :
       {ZoneStatus::contact, ZoneStatus::clear, ZoneStatus::not_assessable}) {
    add(toText(name(status)), status);
  }
  menu.exec(QCursor::pos());
}

}  // namespace neurovasc::viewer
