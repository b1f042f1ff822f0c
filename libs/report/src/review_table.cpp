#include "review_table.h"

#include "neurovasc/core/calendar.h"
#include "neurovasc/report/tables.h"
#include "tsv.h"

namespace neurovasc::report {
namespace {

/// What a row is about; contact, measured and after are null where there is none.
struct ReviewRow {
  const ReviewedAssessment& review;
  const ReviewedSide& side;
  const ReviewedContact* contact;
  const Contact* measured;
  const Contact* after;
};
using ReviewColumn = Column<ReviewRow>;

/// @p of a contact, or nothing.
template <typename Of>
std::string cellOf(const Contact* contact, Of of) {
  return contact == nullptr ? "" : of(*contact);
}

std::string kindCell(const Contact* contact) {
  return cellOf(contact, [](const Contact& c) { return std::string(name(c.kind)); });
}
std::string nameCell(const Contact* contact) {
  return cellOf(contact, [](const Contact& c) { return std::string(name(c.vessel_name)); });
}
std::string stateCell(const Contact* contact) {
  return cellOf(contact, [](const Contact& c) { return cell(c.state); });
}
std::string zoneCell(const Contact* contact) {
  return cellOf(contact, [](const Contact& c) { return cell(c.zone); });
}
std::string camposCell(const Contact* contact) {
  return cellOf(contact, [](const Contact& c) { return cell(c.campos_benitez); });
}
std::string sindouCell(const Contact* contact) {
  return cellOf(contact, [](const Contact& c) { return cell(c.sindou); });
}

std::string decisionCell(const ReviewRow& r) {
  if (r.contact == nullptr) {
    return "";
  }
  return r.contact->by_reader ? "added"
         : r.contact->verdict ? std::string(name(r.contact->verdict->decision))
                              : "";
}

const std::vector<ReviewColumn>& reviewColumns() {
  using R = ReviewRow;
  static const std::vector<ReviewColumn> columns = {
      {"label", "", "label given to the study",
       [](const R& r) { return plain(r.review.assessment.label); }},
      {"reader", "", "who read it", [](const R& r) { return plain(r.review.reader); }},
      {"time", "", "when the review was saved, UTC",
       [](const R& r) { return utcText(r.review.time); }},
      {"side", "", "left or right", [](const R& r) { return std::string(name(r.side.side)); }},
      {"read_first", "", "the reader's own finding before any result was shown",
       [](const R& r) {
         return r.side.read_first ? std::string(name(r.side.read_first->finding)) : "";
       }},
      {"measured_finding", "", "by the program",
       [](const R& r) { return std::string(name(r.side.measured)); }},
      {"finding", "", "after the review",
       [](const R& r) { return std::string(name(r.side.finding)); }},
      {"reassessed", "", "whether the side was measured anew with moved landmarks",
       [](const R& r) { return std::string(r.side.reassessed ? "yes" : "no"); }},
      {"contact", "", "its number; added ones follow those of the program",
       [](const R& r) { return r.contact == nullptr ? "" : r.contact->id; }},
      {"decision", "", "accepted, rejected, undecided or added; empty: not looked at",
       decisionCell},
      {"standing", "", "no: rejected, or a pad",
       [](const R& r) {
         return std::string(r.contact == nullptr ? "" : r.contact->standing ? "yes" : "no");
       }},
      {"measured_kind", "", "artery, vein or unknown, by the program",
       [](const R& r) { return kindCell(r.measured); }},
      {"kind", "", "the same after the review", [](const R& r) { return kindCell(r.after); }},
      {"measured_name", "", "VA, BA, AICA, PICA, SCA, vein or unknown, by the program",
       [](const R& r) { return nameCell(r.measured); }},
      {"name", "", "the same after the review", [](const R& r) { return nameCell(r.after); }},
      {"measured_state", "", "touching, below_resolution or separate, by the program",
       [](const R& r) { return stateCell(r.measured); }},
      {"state", "", "the same after the review", [](const R& r) { return stateCell(r.after); }},
      {"measured_zone", "", "RExP, AS, RDP, TZ, CP or IAC, by the program",
       [](const R& r) { return zoneCell(r.measured); }},
      {"zone", "", "the same after the review", [](const R& r) { return zoneCell(r.after); }},
      {"measured_campos_benitez", "", "grade by the program",
       [](const R& r) { return camposCell(r.measured); }},
      {"campos_benitez", "", "the same after the review",
       [](const R& r) { return camposCell(r.after); }},
      {"measured_sindou", "", "grade by the program",
       [](const R& r) { return sindouCell(r.measured); }},
      {"sindou", "", "the same after the review", [](const R& r) { return sindouCell(r.after); }},
      {"gap_mm", "mm", "gap between the surfaces; of an added contact as the reader measured it",
       [](const R& r) {
         return cellOf(r.after, [](const Contact& c) { return cell(c.distance_mm); });
       }},
      {"comment", "", "the reader's",
       [](const R& r) { return r.contact == nullptr ? "" : plain(r.contact->comment); }},
  };
  return columns;
}

std::string rowsOf(const ReviewedAssessment& review, std::size_t index) {
  const ReviewedSide& side = review.sides[index];
  const auto& standing = review.assessment.sides[index].contacts;
  std::string rows;
  for (const ReviewedContact& one : side.contacts) {
    const auto after = std::find_if(standing.begin(), standing.end(),
                                    [&one](const Contact& c) { return c.id == one.id; });
    rows += rowOf(reviewColumns(),
                  ReviewRow{review, side, &one, one.measured ? &*one.measured : nullptr,
                            after == standing.end() ? nullptr : &*after});
  }
  return rows.empty() ? rowOf(reviewColumns(), ReviewRow{review, side, nullptr, nullptr, nullptr})
                      : rows;
}

}  // namespace

std::string reviewsTsv(const std::vector<ReviewedAssessment>& reviews) {
  std::string table = headerRow(reviewColumns());
  for (const ReviewedAssessment& review : reviews) {
    for (std::size_t i = 0; i < review.sides.size(); ++i) {
      table += rowsOf(review, i);
    }
  }
  return table;
}

std::string reviewDictionary() { return dictionaryRows("reviews", reviewColumns()); }

}  // namespace neurovasc::report
