#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "shown_study.h"

namespace neurovasc::viewer {

/// A line of the contact list.
struct ContactRow {
  std::string id;
  Side side = Side::left;
  QString vessel;       ///< "AICA, artery"
  QString zone;         ///< "RDP"
  QString gap;          ///< "0.17 ± 0.12 mm"
  QString probability;  ///< "70 %"; of several dates: what became of it
  bool touches = false;
  std::optional<Point3> place_mm;  ///< in the shown frame; empty: it has none
};

/// The contacts of one date, left before right, by arc length.
std::vector<ContactRow> contactRows(const ShownDate& date);

/// The contacts followed through all dates.
std::vector<ContactRow> trackedRows(const ShownStudy& study);

/// The row to begin with: the first that touches, else the first; null where none has a place.
const ContactRow* firstToShow(const std::vector<ContactRow>& rows);

}  // namespace neurovasc::viewer
