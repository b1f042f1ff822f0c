#include "review_session.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "neurovasc/contact/reviewed.h"
#include "neurovasc/core/error.h"
#include "neurovasc/result/landmarks_file.h"
#include "neurovasc/result/review_file.h"

namespace neurovasc::viewer {
namespace {

/// Stands in where nobody gave a name yet, so that a review can be tried on.
constexpr const char* kNobody = "-";

Review emptyReview(const ShownDate& date, const std::string& reader) {
  Review review;
  review.assessment_sha256 = date.assessment_sha256;
  review.reader = reader;
  return review;
}

ReviewedAssessment tried(const ShownDate& date, Review review) {
  if (review.reader.empty()) {
    review.reader = kNobody;
  }
  return contact::reviewed(date.assessment, review);
}

bool saysNothing(const ContactVerdict& verdict) {
  return verdict.decision == Decision::undecided && !verdict.regrades() && !verdict.renames() &&
         verdict.comment.empty();
}

/// Removes what @p isIt matches and adds @p item.
template <typename Item, typename Match>
void replace(std::vector<Item>& items, Match is_it, std::optional<Item> item) {
  items.erase(std::remove_if(items.begin(), items.end(), is_it), items.end());
  if (item) {
    items.push_back(std::move(*item));
  }
}

}  // namespace

std::optional<Landmark>& of(NerveLandmarks& landmarks, LandmarkName name) {
  switch (name) {
    case LandmarkName::detachment_point:
      return landmarks.detachment_point;
    case LandmarkName::porus:
      return landmarks.porus;
    case LandmarkName::root_exit_point:
      break;
  }
  return landmarks.root_exit_point;
}

ReviewSession::ReviewSession(const ShownDate& date, const QString& reader, QObject* parent)
    : QObject(parent), date_(date) {
  setReader(reader);
}

void ReviewSession::setReader(const QString& reader) {
  const std::string named = reader.trimmed().toStdString();
  Review review = emptyReview(date_, named);
  before_.clear();
  problem_.clear();
  try {
    for (const Review& earlier : result::readReviews(date_.folder)) {
      review = earlier.reader == named ? earlier : review;
    }
    put(std::move(review), true);
  } catch (const Error& error) {
    problem_ = error.what();
    put(emptyReview(date_, named), true);
  }
  Q_EMIT sideMeasured();
}

void ReviewSession::apply(Review review) {
  ReviewedAssessment reviewed = tried(date_, review);  // throws before anything is changed
  before_.push_back(std::exchange(review_, std::move(review)));
  show(std::move(reviewed), false);
}

void ReviewSession::undo() {
  if (before_.empty()) {
    return;
  }
  Review before = std::move(before_.back());
  before_.pop_back();
  put(std::move(before), false);
  Q_EMIT sideMeasured();
}

void ReviewSession::put(Review review, bool saved) {
  ReviewedAssessment reviewed = tried(date_, review);
  review_ = std::move(review);
  show(std::move(reviewed), saved);
}

void ReviewSession::show(ReviewedAssessment reviewed, bool saved) {
  reviewed_ = std::move(reviewed);
  saved_ = saved;
  Q_EMIT changed();
}

ContactVerdict ReviewSession::verdictOn(const std::string& contact_id) const {
  const ContactVerdict* said = neurovasc::verdictOn(review_, contact_id);
  ContactVerdict verdict;
  verdict.contact_id = contact_id;
  return said != nullptr ? *said : verdict;
}

void ReviewSession::setVerdict(const ContactVerdict& verdict) {
  Review review = review_;
  replace(
      review.verdicts,
      [&verdict](const ContactVerdict& v) { return v.contact_id == verdict.contact_id; },
      saysNothing(verdict) ? std::nullopt : std::optional<ContactVerdict>(verdict));
  apply(std::move(review));
}

void ReviewSession::setZone(Side side, Zone zone, std::optional<ZoneStatus> status) {
  Review review = review_;
  std::optional<ZoneVerdict> said;
  if (status) {
    said = ZoneVerdict{side, zone, *status, {}};
  }
  replace(
      review.zones, [side, zone](const ZoneVerdict& v) { return v.side == side && v.zone == zone; },
      said);
  apply(std::move(review));
}

void ReviewSession::addContact(Side side, const Point3& nerve_point_shown,
                               const Point3& vessel_point_shown) {
  Review review = review_;
  AddedContact added;
  added.side = side;
  added.nerve_point_mm = date_.own_from_shown(nerve_point_shown);
  added.vessel_point_mm = date_.own_from_shown(vessel_point_shown);
  review.added.push_back(added);
  apply(std::move(review));
}

void ReviewSession::takeBackAdded() {
  Review review = review_;
  if (!review.added.empty()) {
    review.added.pop_back();
    apply(std::move(review));
  }
}

NerveLandmarks ReviewSession::movedLandmarks(Side side) const {
  for (const MovedLandmarks& moved : review_.landmarks) {
    if (moved.side == side) {
      return moved.landmarks;
    }
  }
  return {};
}

bool ReviewSession::isReassessed(Side side) const {
  return std::any_of(
      review_.landmarks.begin(), review_.landmarks.end(),
      [side](const MovedLandmarks& moved) { return moved.side == side && moved.reassessed; });
}

void ReviewSession::moveLandmark(Side side, LandmarkName name, const Point3& shown) {
  const bool was_reassessed = isReassessed(side);
  MovedLandmarks moved;
  moved.side = side;
  moved.landmarks = movedLandmarks(side);
  of(moved.landmarks, name) =
      Landmark{date_.own_from_shown(shown), result::kManualLandmarkSdMm, true};
  // What was measured with the landmarks of before is taken back: it does not belong to these.
  Review review = contact::withMovedLandmarks(review_, date_.assessment, {side, {}, {}, {}, {}});
  review.landmarks.push_back(moved);
  apply(std::move(review));
  if (was_reassessed) {
    Q_EMIT sideMeasured();
  }
}

void ReviewSession::takeBackLandmarks(Side side) {
  apply(contact::withMovedLandmarks(review_, date_.assessment, {side, {}, {}, {}, {}}));
  Q_EMIT sideMeasured();
}

void ReviewSession::take(const MovedLandmarks& moved) {
  apply(contact::withMovedLandmarks(review_, date_.assessment, moved));
  Q_EMIT sideMeasured();
}

void ReviewSession::readFirst(Side side, Finding finding, const QString& comment) {
  Review review = review_;
  replace(
      review.read_first, [side](const FirstReading& r) { return r.side == side; },
      std::optional<FirstReading>(FirstReading{side, finding, comment.trimmed().toStdString(),
                                               std::chrono::system_clock::now()}));
  apply(std::move(review));
}

void ReviewSession::save() {
  if (review_.reader.empty()) {
    throw Error(ErrorCode::usage, "nobody is named as the reader",
                "Give your name or initials under \"Reader\".");
  }
  Review review = review_;
  review.time = std::chrono::system_clock::now();
  result::saveReview(date_.folder, review);
  review_ = std::move(review);
  saved_ = true;
  Q_EMIT changed();
}

}  // namespace neurovasc::viewer
