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
  QString reader;       ///< the reader's word: "accepted", "added"; empty: none yet
  bool touches = false;
  bool dismissed = false;          ///< by the reader: it counts for nothing
  std::optional<Point3> place_mm;  ///< in the shown frame; empty: it has none
};

/// A contact of one date; its points are in the date's own frame.
ContactRow contactRow(const ShownDate& date, Side side, const Contact& contact);

/// The contacts followed through all dates.
std::vector<ContactRow> trackedRows(const ShownStudy& study);

/// The row to begin with: the first that touches, else the first; null where none has a place.
const ContactRow* firstToShow(const std::vector<ContactRow>& rows);

}  // namespace neurovasc::viewer
