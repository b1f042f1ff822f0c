#include "review_items.h"

#include <algorithm>

#include "contact_measures.h"
#include "vocabulary.h"

namespace neurovasc::interop {
namespace {

constexpr auto kContains = DSRTypes::RT_contains;
constexpr auto kProperty = DSRTypes::RT_hasProperties;

class ReviewWriter {
 public:
  ReviewWriter(const ReportItems& items, const ReportReview& review)
      : items_(items), review_(review), person_(personName(review.reviewed.reader)) {}

  void write() const {
    for (std::size_t i = 0; i < review_.reviewed.sides.size(); ++i) {
      const ReviewedSide& side = review_.reviewed.sides[i];
      const SideAssessment& after = review_.reviewed.assessment.sides[i];
      sideGroup(side, after);
      for (const ReviewedContact& contact : side.contacts) {
        if (contact.verdict || contact.by_reader || side.reassessed) {
          contactGroup(side, contact, standing(after, contact.id));
        }
      }
    }
  }

 private:
  static const Contact* standing(const SideAssessment& side, const std::string& id) {
    const auto found = std::find_if(side.contacts.begin(), side.contacts.end(),
                                    [&id](const Contact& c) { return c.id == id; });
    return found == side.contacts.end() ? nullptr : &*found;
  }

  /// A group by the reader on what the program's group @p id is about.
  void readersGroup(const std::string& id, bool own_identity, const ReportItems::Body& body) const {
    const std::string identity = own_identity ? id + "/" + review_.fingerprint : id;
    items_.group(id, identity, [&] {
      items_.personObserves(person_);
      body();
    });
  }

  void sideGroup(const ReviewedSide& side, const SideAssessment& after) const {
    readersGroup("side " + std::string(name(side.side)), false, [&] {
      ReportTree& tree = items_.tree();
      tree.code(kContains, Concept::finding, conceptOf(side.finding));
      items_.facialNerve(side.side);
      firstReading(side);
      items_.yesOrNo(Concept::reassessed, side.reassessed);
      if (side.reassessed) {
        items_.algorithm();
        items_.nerve(after.nerve);
      } else {
        items_.landmarks(side.moved);
      }
      zones(side, after);
    });
  }

  void firstReading(const ReviewedSide& side) const {
    if (side.read_first) {
      items_.tree().code(kContains, Concept::read_first, conceptOf(side.read_first->finding), [&] {
        items_.words(kProperty, Concept::comment, side.read_first->comment);
      });
    }
  }

  /// Of a side measured anew all zones, else those that the review changes or speaks of.
  void zones(const ReviewedSide& side, const SideAssessment& after) const {
    for (const ZoneFinding& zone : after.zones) {
      const auto told =
          std::find_if(side.zones.begin(), side.zones.end(),
                       [&zone](const ReviewedZone& z) { return z.zone == zone.zone; });
      const bool spoken = told != side.zones.end();
      if (!spoken && !side.reassessed) {
        continue;
      }
      items_.tree().code(kContains, conceptOf(zone.zone), conceptOf(zone.status), [&] {
        items_.words(kProperty, Concept::comment,
                     spoken && !told->comment.empty() ? told->comment : zone.reason);
      });
    }
  }

  void contactGroup(const ReviewedSide& side, const ReviewedContact& contact,
                    const Contact* after) const {
    // A side measured anew numbers its contacts anew: they are others than the program's.
    const bool own_identity = contact.by_reader || side.reassessed;
    readersGroup("contact " + contact.id, own_identity, [&] {
      items_.tree().code(kContains, Concept::finding, Concept::near_vessel);
      items_.facialNerve(side.side);
      verdict(contact);
      if (after != nullptr) {
        items_.judgements(*after);
      } else if (contact.verdict) {
        corrections(*contact.verdict);
      }
      if (own_identity) {
        measures(side, contact, after != nullptr ? after : &*contact.measured);
      }
      items_.words(kContains, Concept::comment, contact.comment);
    });
  }

  void verdict(const ReviewedContact& contact) const {
    if (contact.by_reader) {
      items_.tree().code(kContains, Concept::verdict, Concept::added);
    } else if (contact.verdict) {
      items_.tree().code(kContains, Concept::verdict, conceptOf(contact.verdict->decision));
    }
  }

  /// What a dismissed contact is said to be.
  void corrections(const ContactVerdict& verdict) const {
    if (verdict.kind) {
      items_.tree().code(kContains, Concept::vessel_kind, conceptOf(*verdict.kind));
    }
  }

  void measures(const ReviewedSide& side, const ReviewedContact& contact,
                const Contact* after) const {
    if (side.reassessed && !contact.by_reader) {
      items_.algorithm();
    }
    for (const Measure& measure : measuresOf(*after)) {
      if (measure.value) {
        items_.tree().number(kContains, measure);
      }
    }
    items_.nearestPair(kContains, *after);
  }

  const ReportItems& items_;
  const ReportReview& review_;
  const std::string person_;
};

bool continuesLetter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

void addReview(const ReportItems& items, const ReportReview& review) {
  ReviewWriter(items, review).write();
}

std::string personName(const std::string& reader) {
  constexpr std::size_t kMostLetters = 64;
  std::string name;
  std::size_t letters = 0;
  for (const char c : reader) {
    letters += continuesLetter(c) ? 0 : 1;
    if (letters > kMostLetters) {
      break;
    }
    const bool has_meaning = c == '\\' || c == '=' || static_cast<unsigned char>(c) < ' ';
    name += has_meaning ? ' ' : c;
  }
  return name;
}

}  // namespace neurovasc::interop
