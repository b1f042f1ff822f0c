#include "neurovasc/report/tables.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "review_table.h"
#include "tsv.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

constexpr int kAngleDecimals = 1;

/// An assessment as the program or a reader leaves it.
struct Reading : Assessment {
  std::string reader;  ///< empty: the program
};

using ContactColumn = Column<Reading, SideAssessment, Contact>;
using SideColumn = Column<Reading, SideAssessment>;

std::string labelOf(const Reading& a, const SideAssessment&) { return plain(a.label); }
std::string sideOf(const Reading&, const SideAssessment& s) { return std::string(name(s.side)); }
std::string readerOf(const Reading& a, const SideAssessment&) { return plain(a.reader); }

constexpr const char* kReaderMeaning =
    "whose reading the row is: a reader's, after the review; empty: the program's own";

std::string axis(const std::optional<Point3>& p, int which) {
  return p ? fixed((*p)[which], kLengthDecimals) : "";
}

using A = Reading;
using S = SideAssessment;
using C = Contact;

/// Which vessel, and how near.
std::vector<ContactColumn> gapColumns() {
  return {
      {"label", "", "label given to the study",
       [](const A& a, const S& s, const C&) { return labelOf(a, s); }},
      {"side", "", "left or right", [](const A& a, const S& s, const C&) { return sideOf(a, s); }},
      {"contact", "", "contact, numbered along the nerve",
       [](const A&, const S&, const C& c) { return c.id; }},
      {"vessel", "", "vessel in assessment.json",
       [](const A&, const S&, const C& c) { return c.vessel_id; }},
      {"vessel_kind", "", "artery, vein or unknown",
       [](const A&, const S&, const C& c) { return std::string(name(c.kind)); }},
      {"vessel_name", "", "VA, BA, AICA, PICA, SCA, vein or unknown",
       [](const A&, const S&, const C& c) { return std::string(name(c.vessel_name)); }},
      {"name_confidence", "1", "how certain the vessel's name is, 0 to 1",
       [](const A&, const S&, const C& c) { return cell(c.name_confidence); }},
      {"vessel_diameter_mm", "mm", "outer diameter of the vessel at this place",
       [](const A&, const S&, const C& c) { return cell(c.diameter_mm); }},
      {"gap_mm", "mm", "distance between the surfaces, 0 when they overlap",
       [](const A&, const S&, const C& c) { return cell(c.distance_mm); }},
      {"gap_sd_mm", "mm", "standard deviation of the gap",
       [](const A&, const S&, const C& c) { return cell(c.distance_sd_mm); }},
      {"unseen_vessel_mm", "mm",
       "of the vessel's way to this place that is not seen: its line ends before, and was taken to "
       "go on straight; 0 where it ends here and how it goes on is not known",
       [](const A&, const S&, const C& c) { return cell(c.unseen_vessel_mm); }},
      {"contact_probability", "1", "that vessel and nerve touch, not that it causes spasm",
       [](const A&, const S&, const C& c) { return cell(c.contact_probability); }},
      {"state", "", "touching, below_resolution or separate",
       [](const A&, const S&, const C& c) { return cell(c.state); }},
  };
}

/// Where on the nerve, and which way.
std::vector<ContactColumn> placeColumns() {
  return {
      {"zone", "", "RExP, AS, RDP, TZ, CP or IAC",
       [](const A&, const S&, const C& c) { return cell(c.zone); }},
      {"arclength_mm", "mm", "along the nerve from the root exit point",
       [](const A&, const S&, const C& c) { return cell(c.arclength_mm); }},
      {"nerve_x_mm", "mm", "nearest point of the nerve's surface, LPS x",
       [](const A&, const S&, const C& c) { return axis(c.nerve_point_mm, 0); }},
      {"nerve_y_mm", "mm", "the same, LPS y",
       [](const A&, const S&, const C& c) { return axis(c.nerve_point_mm, 1); }},
      {"nerve_z_mm", "mm", "the same, LPS z",
       [](const A&, const S&, const C& c) { return axis(c.nerve_point_mm, 2); }},
      {"area_mm2", "mm2", "nerve surface within 0.25 mm of the vessel",
       [](const A&, const S&, const C& c) { return cell(c.area_mm2); }},
      {"length_mm", "mm", "length of nerve along which that holds",
       [](const A&, const S&, const C& c) { return cell(c.length_mm); }},
      {"clock_h", "h",
       "direction of the vessel seen along the nerve from the brainstem outward, 12 cranial, 3 to "
       "the viewer's right",
       [](const A&, const S&, const C& c) { return cell(c.clock_h, kAngleDecimals); }},
      {"angle_deg", "deg", "between the axes, 90 when they cross squarely",
       [](const A&, const S&, const C& c) { return cell(c.angle_deg, kAngleDecimals); }},
  };
}

/// What it does to the nerve, and who says so.
std::vector<ContactColumn> deformityColumns() {
  return {
      {"indentation_mm", "mm", "depth of the dent in the nerve",
       [](const A&, const S&, const C& c) { return cell(c.deformity.indentation_mm); }},
      {"indentation_sd_mm", "mm", "its standard deviation",
       [](const A&, const S&, const C& c) { return cell(c.deformity.indentation_sd_mm); }},
      {"displacement_mm", "mm", "of the nerve's axis off its undisturbed course",
       [](const A&, const S&, const C& c) { return cell(c.deformity.displacement_mm); }},
      {"displacement_sd_mm", "mm", "its standard deviation",
       [](const A&, const S&, const C& c) { return cell(c.deformity.displacement_sd_mm); }},
      {"calibre_ratio", "1", "calibre of the nerve here over 3 mm to either side",
       [](const A&, const S&, const C& c) { return cell(c.deformity.calibre_ratio); }},
      {"campos_benitez", "", "grade: none, mild, moderate or severe",
       [](const A&, const S&, const C& c) { return cell(c.campos_benitez); }},
      {"sindou", "", "grade: none, I, II or III",
       [](const A&, const S&, const C& c) { return cell(c.sindou); }},
      {"reader", "", kReaderMeaning,
       [](const A& a, const S& s, const C&) { return readerOf(a, s); }},
  };
}

std::vector<ContactColumn> allContactColumns() {
  std::vector<ContactColumn> columns = gapColumns();
  for (const auto& more : {placeColumns(), deformityColumns()}) {
    columns.insert(columns.end(), more.begin(), more.end());
  }
  return columns;
}

const std::vector<ContactColumn>& contactColumns() {
  static const std::vector<ContactColumn> columns = allContactColumns();
  return columns;
}

using NerveMark = std::optional<Landmark> NerveLandmarks::*;

// On T2 that is too thick to measure on, the nerve is drawn and its measures stay empty.

std::string lengthCell(const Assessment& a, const Nerve& nerve) {
  return nerve.tube.empty() || isTooThick(a)
             ? ""
             : fixed(lengthOf(nerve.tube.points_mm), kLengthDecimals);
}

std::string arclengthCell(const Assessment& a, const Nerve& nerve, NerveMark mark) {
  return isTooThick(a) ? "" : cell(arclengthOf(nerve, nerve.landmarks.*mark));
}

std::string calibreCell(const Assessment& a, const Nerve& nerve, double Calibre::*which) {
  const auto calibre = isTooThick(a) ? std::nullopt : calibreOf(nerve);
  return calibre ? fixed((*calibre).*which, kLengthDecimals) : "";
}

/// Whether vessels could have been found near the nerve: without, their number is not known.
bool wasLookedAt(const Assessment& a, const SideAssessment& s) {
  const bool zone_seen = std::any_of(s.zones.begin(), s.zones.end(), [](const ZoneFinding& zone) {
    return zone.status != ZoneStatus::not_assessable;
  });
  const bool gap_measured = std::any_of(s.contacts.begin(), s.contacts.end(),
                                        [](const Contact& c) { return c.distance_mm.has_value(); });
  return !isTooThick(a) && (zone_seen || gap_measured);
}

std::string countCell(const Assessment& a, const SideAssessment& s,
                      bool (*counts)(const Contact&)) {
  return wasLookedAt(a, s)
             ? std::to_string(std::count_if(s.contacts.begin(), s.contacts.end(), counts))
             : "";
}

std::string zonesWith(const SideAssessment& side, ZoneStatus status) {
  std::string text;
  for (const ZoneFinding& zone : side.zones) {
    if (zone.status == status) {
      text += (text.empty() ? "" : ",") + std::string(name(zone.zone));
    }
  }
  return text;
}

const std::vector<SideColumn>& sideColumns() {
  static const std::vector<SideColumn> columns = {
      {"label", "", "label given to the study", labelOf},
      {"side", "", "left or right", sideOf},
      {"finding", "", "compression, contact, no_contact or not_assessable",
       [](const A&, const S& s) { return std::string(name(s.finding)); }},
      {"nerve_status", "", "segmented, partial or not_found",
       [](const A&, const S& s) { return std::string(name(s.nerve.status)); }},
      {"nerve_length_mm", "mm", "of the nerve followed from the root exit point",
       [](const A& a, const S& s) { return lengthCell(a, s.nerve); }},
      {"detachment_mm", "mm", "arc length of the detachment point",
       [](const A& a, const S& s) {
         return arclengthCell(a, s.nerve, &NerveLandmarks::detachment_point);
       }},
      {"porus_mm", "mm", "arc length of the porus",
       [](const A& a, const S& s) { return arclengthCell(a, s.nerve, &NerveLandmarks::porus); }},
      {"calibre_mean_mm", "mm",
       "mean diameter of the nerve between detachment point and porus (the whole nerve without "
       "them)",
       [](const A& a, const S& s) { return calibreCell(a, s.nerve, &Calibre::mean_mm); }},
      {"calibre_smallest_mm", "mm", "smallest diameter there",
       [](const A& a, const S& s) { return calibreCell(a, s.nerve, &Calibre::smallest_mm); }},
      {"vessels_near", "1",
       "places where a vessel comes within 3 mm, among the zones that could be assessed; empty "
       "where none could",
       [](const A& a, const S& s) { return countCell(a, s, [](const Contact&) { return true; }); }},
      {"vessels_touching", "1", "those with a contact probability of at least 0.5",
       [](const A& a, const S& s) { return countCell(a, s, touches); }},
      {"zones_touched", "", "zones with contact",
       [](const A&, const S& s) { return zonesWith(s, ZoneStatus::contact); }},
      {"zones_clear", "", "zones where no vessel touches",
       [](const A&, const S& s) { return zonesWith(s, ZoneStatus::clear); }},
      {"zones_not_assessable", "", "zones that could not be assessed",
       [](const A&, const S& s) { return zonesWith(s, ZoneStatus::not_assessable); }},
      {"reader", "", kReaderMeaning, readerOf},
  };
  return columns;
}

/// The program's reading, then each reader's.
std::vector<Reading> readingsOf(const Assessment& assessment,
                                const std::vector<ReviewedAssessment>& reviews) {
  std::vector<Reading> readings = {{assessment, {}}};
  for (const ReviewedAssessment& review : reviews) {
    readings.push_back({review.assessment, review.reader});
  }
  return readings;
}

}  // namespace

std::string contactsTsv(const Assessment& assessment,
                        const std::vector<ReviewedAssessment>& reviews) {
  std::string table = headerRow(contactColumns());
  for (const Reading& reading : readingsOf(assessment, reviews)) {
    for (const SideAssessment& side : reading.sides) {
      for (const Contact& contact : side.contacts) {
        table += rowOf(contactColumns(), reading, side, contact);
      }
    }
  }
  return table;
}

std::string sidesTsv(const Assessment& assessment, const std::vector<ReviewedAssessment>& reviews) {
  std::string table = headerRow(sideColumns());
  for (const Reading& reading : readingsOf(assessment, reviews)) {
    for (const SideAssessment& side : reading.sides) {
      table += rowOf(sideColumns(), reading, side);
    }
  }
  return table;
}

std::string dataDictionaryTsv() {
  return row({"table", "column", "unit", "meaning"}) +
         dictionaryRows("contacts", contactColumns()) + dictionaryRows("sides", sideColumns()) +
         reviewDictionary();
}

}  // namespace neurovasc::report
