#include "direction.h"

#include <algorithm>
#include <cmath>

#include "phrases.h"

namespace neurovasc::report {
namespace {

/// A direction is named when the vessel lies within 60 degrees of it: at most three are.
constexpr double kNamedCosine = 0.5;

const Vessel* vesselOf(const Contact& contact, const std::vector<Vessel>& vessels) {
  const auto it = std::find_if(vessels.begin(), vessels.end(), [&contact](const Vessel& vessel) {
    return vessel.id == contact.vessel_id && !vessel.tube.empty();
  });
  return it == vessels.end() ? nullptr : &*it;
}

}  // namespace

std::vector<std::string> directionWords(const SideAssessment& side, const Contact& contact,
                                        const std::vector<Vessel>& vessels) {
  const Vessel* const vessel = vesselOf(contact, vessels);
  if (vessel == nullptr || side.nerve.tube.empty() || !contact.nerve_point_mm) {
    return {};
  }
  const Point3 on_axis = project(side.nerve.tube.points_mm, *contact.nerve_point_mm).point_mm;
  const Vec3 way =
      normalized(project(vessel->tube.points_mm, *contact.nerve_point_mm).point_mm - on_axis);
  const double lateral = lateralSign(side.side) * way.x;
  std::vector<std::string> words;
  const auto add = [&words](double cosine, const char* towards, const char* away) {
    if (std::abs(cosine) > kNamedCosine) {
      words.push_back(say(cosine > 0 ? towards : away));
    }
  };
  add(way.z, "direction.cranial", "direction.caudal");
  add(way.y, "direction.posterior", "direction.anterior");
  add(lateral, "direction.lateral", "direction.medial");
  return words;
}

}  // namespace neurovasc::report
