#include "landmarks.h"

#include "stable_mask.h"

namespace neurovasc::followup {
namespace {

Side sideIn(Mirror mirror, Side side) { return mirror == Mirror::yes ? opposite(side) : side; }

void addPair(const std::optional<Point3>& first, const std::optional<Point3>& later, Mirror mirror,
             std::vector<LandmarkPair>& pairs) {
  if (first && later) {
    pairs.push_back({*first, mirror == Mirror::yes ? reflected(*later) : *later});
  }
}

std::optional<Point3> placeOf(const std::optional<Landmark>& landmark) {
  return landmark ? std::optional<Point3>(landmark->lps_mm) : std::nullopt;
}

void addNerveLandmarks(const FollowupDate& first, const FollowupDate& later, Side side,
                       Mirror mirror, std::vector<LandmarkPair>& pairs) {
  const SideAssessment* a = findSide(first.assessment, side);
  const SideAssessment* b = findSide(later.assessment, sideIn(mirror, side));
  if (a == nullptr || b == nullptr) {
    return;
  }
  for (const auto landmark : {&NerveLandmarks::root_exit_point, &NerveLandmarks::detachment_point,
                              &NerveLandmarks::porus}) {
    addPair(placeOf(a->nerve.landmarks.*landmark), placeOf(b->nerve.landmarks.*landmark), mirror,
            pairs);
  }
}

}  // namespace

Ears earsOf(const FollowupDate& date) {
  return {labyrinthOf(date.labels, Side::left), labyrinthOf(date.labels, Side::right)};
}

std::vector<LandmarkPair> commonLandmarks(const FollowupDate& first, const FollowupDate& later,
                                          Mirror mirror) {
  const Ears a = earsOf(first);
  const Ears b = earsOf(later);
  std::vector<LandmarkPair> pairs;
  addPair(a.left, mirror == Mirror::yes ? b.right : b.left, mirror, pairs);
  addPair(a.right, mirror == Mirror::yes ? b.left : b.right, mirror, pairs);
  for (const Side side : kSides) {
    addNerveLandmarks(first, later, side, mirror, pairs);
  }
  return pairs;
}

}  // namespace neurovasc::followup
