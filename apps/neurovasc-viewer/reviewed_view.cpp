#include "reviewed_view.h"

#include <algorithm>

#include "words.h"

namespace neurovasc::viewer {
namespace {

const Contact* findContact(const SideAssessment& side, const std::string& id) {
  const auto found = std::find_if(side.contacts.begin(), side.contacts.end(),
                                  [&id](const Contact& contact) { return contact.id == id; });
  return found == side.contacts.end() ? nullptr : &*found;
}

QString readersWord(const ReviewedContact& contact) {
  if (contact.by_reader) {
    return "added";
  }
  if (!contact.verdict) {
    return {};
  }
  const ContactVerdict& verdict = *contact.verdict;
  if (verdict.decision != Decision::undecided) {
    return toText(name(verdict.decision));
  }
  return verdict.dismisses()                       ? "a pad"
         : verdict.regrades() || verdict.renames() ? "changed"
                                                   : "comment";
}

ContactRow rowOf(const ShownDate& date, const SideAssessment& side,
                 const ReviewedContact& contact) {
  const Contact* standing = contact.standing ? findContact(side, contact.id) : nullptr;
  ContactRow row = contactRow(date, side.side, standing != nullptr ? *standing : *contact.measured);
  row.reader = readersWord(contact);
  row.dismissed = !contact.standing;
  row.touches = row.touches && contact.standing;
  return row;
}

Tube shownTube(const ShownDate& date, Tube tube) {
  for (Point3& p : tube.points_mm) {
    p = date.shown(p);
  }
  return tube;
}

void shiftTo(const ShownDate& date, std::optional<Point3>& p) {
  if (p) {
    p = date.shown(*p);
  }
}

std::vector<Contact> shownContacts(const ShownDate& date, std::vector<Contact> contacts) {
  for (Contact& contact : contacts) {
    shiftTo(date, contact.nerve_point_mm);
    shiftTo(date, contact.vessel_point_mm);
  }
  return contacts;
}

std::optional<Landmark> shownLandmark(const ShownDate& date, std::optional<Landmark> landmark) {
  if (landmark) {
    landmark->lps_mm = date.shown(landmark->lps_mm);
  }
  return landmark;
}

/// @p measured, but where the reader moved one.
NerveLandmarks shownLandmarks(const ShownDate& date, const NerveLandmarks& measured,
                              const NerveLandmarks& moved) {
  const auto pick = [&date](const std::optional<Landmark>& a, const std::optional<Landmark>& b) {
    return shownLandmark(date, a ? a : b);
  };
  return {pick(moved.root_exit_point, measured.root_exit_point),
          pick(moved.detachment_point, measured.detachment_point),
          pick(moved.porus, measured.porus)};
}

NerveLandmarks movedOn(const Review& review, Side side) {
  for (const MovedLandmarks& moved : review.landmarks) {
    if (moved.side == side) {
      return moved.landmarks;
    }
  }
  return {};
}

scene::SceneNerve* facialNerve(ShownDate& date, Side side) {
  for (scene::SceneNerve& nerve : date.scene.nerves) {
    if (nerve.name == NerveName::facial && nerve.side == side) {
      return &nerve;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<ContactRow> contactRows(const ShownDate& date, const ReviewedAssessment& reviewed) {
  std::vector<ContactRow> rows;
  for (std::size_t i = 0; i < reviewed.sides.size(); ++i) {
    for (const ReviewedContact& contact : reviewed.sides[i].contacts) {
      rows.push_back(rowOf(date, reviewed.assessment.sides[i], contact));
    }
  }
  return rows;
}

void takeMarks(ShownDate& date, const ReviewedAssessment& reviewed, const Review& review) {
  date.scene.sides.clear();
  for (const SideAssessment& side : reviewed.assessment.sides) {
    date.scene.sides.push_back({side.side, side.finding, shownContacts(date, side.contacts)});
    if (scene::SceneNerve* nerve = facialNerve(date, side.side)) {
      nerve->landmarks = shownLandmarks(date, side.nerve.landmarks, movedOn(review, side.side));
    }
  }
}

void takeShapes(ShownDate& date, const ReviewedAssessment& reviewed) {
  for (const SideAssessment& side : reviewed.assessment.sides) {
    if (scene::SceneNerve* nerve = facialNerve(date, side.side)) {
      nerve->tube = shownTube(date, side.nerve.tube);
    }
  }
  date.scene.vessels = reviewed.assessment.vessels;
  for (Vessel& vessel : date.scene.vessels) {
    vessel.tube = shownTube(date, std::move(vessel.tube));
  }
  date.parts = partsOf(date.scene);
}

}  // namespace neurovasc::viewer
