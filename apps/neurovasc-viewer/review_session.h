#pragma once

#include <QObject>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/review.h"
#include "shown_study.h"

namespace neurovasc::viewer {

enum class LandmarkName { root_exit_point, detachment_point, porus };
std::optional<Landmark>& of(NerveLandmarks& landmarks, LandmarkName name);

/// One reader's review of one date while it is being made. Points are handed in in the shown frame
/// and kept in the date's own.
class ReviewSession : public QObject {
  Q_OBJECT

 public:
  /// @p date outlives the session. Takes up the reader's earlier review where the folder holds one.
  ReviewSession(const ShownDate& date, const QString& reader, QObject* parent = nullptr);

  const Review& review() const { return review_; }
  /// The assessment as the review leaves it.
  const ReviewedAssessment& reviewed() const { return reviewed_; }
  QString reader() const { return QString::fromStdString(review_.reader); }
  bool isSaved() const { return saved_; }
  /// Why the folder's review.json was not taken up; empty: it was, or there is none.
  const QString& problem() const { return problem_; }

  /// Another reader: their earlier review, or an empty one.
  void setReader(const QString& reader);

  /// What is said of a contact; an empty verdict where nothing was said.
  ContactVerdict verdictOn(const std::string& contact_id) const;
  void setVerdict(const ContactVerdict& verdict);
  void setZone(Side side, Zone zone, std::optional<ZoneStatus> status);
  void addContact(Side side, const Point3& nerve_point_shown, const Point3& vessel_point_shown);
  void takeBackAdded();  ///< the last contact that was added

  /// What was measured with landmarks moved before is taken back: the side has to be measured
  /// again.
  void moveLandmark(Side side, LandmarkName name, const Point3& shown);
  /// Landmarks of @p side, and what was measured with them, as they were before the review.
  void takeBackLandmarks(Side side);
  /// The landmarks that were moved on @p side; none: empty.
  NerveLandmarks movedLandmarks(Side side) const;
  bool isReassessed(Side side) const;
  /// A side measured anew.
  void take(const MovedLandmarks& moved);

  /// Takes back the last thing said since the reader's review was taken up, saved or not.
  void undo();
  bool canUndo() const { return !before_.empty(); }

  void readFirst(Side side, Finding finding, const QString& comment);
  bool hasReadFirst() const { return !review_.read_first.empty(); }

  /// Writes review.json. Throws Error(usage) without a reader's name, Error(output_unwritable).
  void save();

 Q_SIGNALS:
  void changed();
  void sideMeasured();  ///< nerve, contacts and vessels of a side are others

 private:
  void apply(Review review);
  void put(Review review, bool saved);
  void show(ReviewedAssessment reviewed, bool saved);

  const ShownDate& date_;
  Review review_;
  std::vector<Review> before_;  ///< what undo() goes back to, the last one last
  ReviewedAssessment reviewed_;
  bool saved_ = true;
  QString problem_;
};

}  // namespace neurovasc::viewer
