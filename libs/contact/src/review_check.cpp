#include <cmath>
#include <set>
#include <string>

#include "neurovasc/contact/reviewed.h"
#include "neurovasc/core/error.h"
#include "review_sides.h"

namespace neurovasc::contact {
namespace {

/// Farther from the nerve nobody means this nerve: cisterns are 10 to 15 mm wide.
constexpr double kFarthestFromNerveMm = 20;

[[noreturn]] void fail(const std::string& field, const std::string& cause) {
  throw Error(ErrorCode::usage, "review: " + field + ": " + cause);
}

std::string place(const char* list, std::size_t index, const char* field) {
  return std::string(list) + "[" + std::to_string(index) + "]." + field;
}

void requireSide(const Assessment& assessment, Side side, const std::string& field) {
  if (onSide(assessment.sides, side) == nullptr) {
    fail(field, "the " + std::string(name(side)) + " side was not assessed");
  }
}

/// Throws unless @p key is new in @p seen.
template <typename Key>
void requireNew(std::set<Key>& seen, const Key& key, const std::string& field,
                const std::string& what) {
  if (!seen.insert(key).second) {
    fail(field, what + " is spoken of twice");
  }
}

void requireFinite(const Point3& p, const std::string& field) {
  if (!std::isfinite(norm(p))) {
    fail(field, "expected three finite numbers");
  }
}

template <typename Kind>
void requireFitting(Kind kind, VesselName called, const std::string& field) {
  const bool artery_name = called != VesselName::vein && called != VesselName::unknown;
  if ((called == VesselName::vein && kind != Kind::vein) || (artery_name && kind != Kind::artery)) {
    fail(field,
         "\"" + std::string(name(called)) + "\" is no name of kind " + std::string(name(kind)));
  }
}

bool isKnown(const Review& review, const Assessment& assessment, const std::string& id) {
  return std::any_of(
      assessment.sides.begin(), assessment.sides.end(), [&](const SideAssessment& side) {
        const SideAssessment* spoken_of = reviewedSide(review, assessment, side.side);
        return contactOn(*spoken_of, id) != nullptr;
      });
}

void checkVerdicts(const Review& review, const Assessment& assessment) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < review.verdicts.size(); ++i) {
    const ContactVerdict& verdict = review.verdicts[i];
    const std::string field = place("verdicts", i, "contact");
    if (!isKnown(review, assessment, verdict.contact_id)) {
      fail(field, "there is no contact " + verdict.contact_id);
    }
    requireNew(seen, verdict.contact_id, field, "contact " + verdict.contact_id);
    if (verdict.kind && verdict.vessel_name) {
      requireFitting(*verdict.kind, *verdict.vessel_name, place("verdicts", i, "name"));
    }
  }
}

void checkAdded(const Review& review, const Assessment& assessment) {
  for (std::size_t i = 0; i < review.added.size(); ++i) {
    const AddedContact& added = review.added[i];
    requireSide(assessment, added.side, place("added", i, "side"));
    requireFinite(added.nerve_point_mm, place("added", i, "nerve_point_lps_mm"));
    requireFinite(added.vessel_point_mm, place("added", i, "vessel_point_lps_mm"));
    requireFitting(added.kind, added.vessel_name, place("added", i, "name"));
    if (added.distance_mm && !(*added.distance_mm >= 0 && std::isfinite(*added.distance_mm))) {
      fail(place("added", i, "distance_mm"), "expected a length of 0 or more");
    }
    const auto& line = reviewedSide(review, assessment, added.side)->nerve.tube.points_mm;
    if (!line.empty() && project(line, added.nerve_point_mm).distance_mm > kFarthestFromNerveMm) {
      fail(place("added", i, "nerve_point_lps_mm"),
           "it lies more than 20 mm from the " + std::string(name(added.side)) + " facial nerve");
    }
  }
}

void checkZones(const Review& review, const Assessment& assessment) {
  std::set<std::pair<Side, Zone>> seen;
  for (std::size_t i = 0; i < review.zones.size(); ++i) {
    const ZoneVerdict& verdict = review.zones[i];
    requireSide(assessment, verdict.side, place("zones", i, "side"));
    requireNew(seen, {verdict.side, verdict.zone}, place("zones", i, "zone"),
               "zone " + std::string(name(verdict.zone)) + " of the " +
                   std::string(name(verdict.side)) + " side");
  }
}

void checkLandmarks(const Review& review, const Assessment& assessment) {
  std::set<Side> seen;
  for (std::size_t i = 0; i < review.landmarks.size(); ++i) {
    const MovedLandmarks& moved = review.landmarks[i];
    const std::string field = place("landmarks", i, "side");
    requireSide(assessment, moved.side, field);
    requireNew(seen, moved.side, field, "the " + std::string(name(moved.side)) + " side");
    const NerveLandmarks& marks = moved.landmarks;
    if (!marks.root_exit_point && !marks.detachment_point && !marks.porus) {
      fail(place("landmarks", i, "landmarks"), "none was moved");
    }
    for (const auto& mark : {marks.root_exit_point, marks.detachment_point, marks.porus}) {
      if (mark) {
        requireFinite(mark->lps_mm, place("landmarks", i, "landmarks"));
      }
    }
    if (moved.reassessed && moved.reassessed->side != moved.side) {
      fail(place("landmarks", i, "reassessed"), "it is of the other side");
    }
  }
}

void checkFirstReadings(const Review& review, const Assessment& assessment) {
  std::set<Side> seen;
  for (std::size_t i = 0; i < review.read_first.size(); ++i) {
    const Side side = review.read_first[i].side;
    requireSide(assessment, side, place("read_first", i, "side"));
    requireNew(seen, side, place("read_first", i, "side"),
               "the " + std::string(name(side)) + " side");
  }
}

}  // namespace

void validate(const Review& review, const Assessment& assessment) {
  if (review.reader.find_first_not_of(" \t\r\n") == std::string::npos) {
    fail("reader", "the reader has no name");
  }
  checkFirstReadings(review, assessment);
  checkLandmarks(review, assessment);
  checkVerdicts(review, assessment);
  checkAdded(review, assessment);
  checkZones(review, assessment);
}

}  // namespace neurovasc::contact
