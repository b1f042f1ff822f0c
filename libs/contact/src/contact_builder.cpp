#include "contact_builder.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "neurovasc/contact/patch.h"
#include "neurovasc/contact/probability.h"

namespace neurovasc::contact {
namespace {

/// A patch belongs to the place if it lies this near along the nerve: vessels of 5 mm that run
/// along the nerve reach no farther.
constexpr double kPatchReachMm = 5.0;

/// The gap that the probability goes by. A line is drawn on to a vessel that lies on the nerve:
/// taken to share one standard deviation with it, all of twelve such places on simulated heads were
/// contacts; taken to meet it, they were given 0.55 to 0.77.
double believedGapMm(const Gap& gap) { return gap.strayed ? gap.raw_mm - gap.sd_mm : gap.raw_mm; }

void addGap(const Gap& gap, double touch_limit_mm, Contact& contact) {
  contact.distance_mm = std::max(0.0, gap.raw_mm);
  contact.distance_sd_mm = gap.sd_mm;
  if (gap.unseen_mm > 0 || gap.lost) contact.unseen_vessel_mm = gap.unseen_mm;
  contact.contact_probability = contactProbability(believedGapMm(gap), gap.sd_mm, touch_limit_mm);
  contact.state = stateFor(*contact.contact_probability);
}

void addPoints(const Gap& gap, Contact& contact) {
  const Place& place = gap.place;
  const Vec3 towards = normalized(place.vessel_axis_mm - place.nerve_axis_mm);
  const double nerve_r =
      valueAt(gap.nerve.points_mm, gap.nerve.radius_mm, place.nerve_arclength_mm);
  const double vessel_r =
      valueAt(gap.vessel.points_mm, gap.vessel.radius_mm, place.vessel_arclength_mm);
  contact.nerve_point_mm = place.nerve_axis_mm + nerve_r * towards;
  contact.vessel_point_mm = place.vessel_axis_mm - vessel_r * towards;
  contact.diameter_mm = 2 * vessel_r;
}

void addDirections(const Gap& gap, const HeadFrame& frame, Contact& contact) {
  const Place& place = gap.place;
  const Matrix3 lps_from_head = transposed(frame.head_from_lps.rotation);
  const Vec3 nerve_axis = tangentAt(gap.nerve.points_mm, place.nerve_arclength_mm);
  contact.clock_h = clockHour(place.vessel_axis_mm - place.nerve_axis_mm, nerve_axis,
                              lps_from_head.column(2), -lps_from_head.column(1));
  contact.angle_deg =
      crossingAngleDeg(nerve_axis, tangentAt(gap.vessel.points_mm, place.vessel_arclength_mm));
}

}  // namespace

Contact describe(const Gap& gap, const HeadFrame& frame, double touch_limit_mm,
                 double patch_within_mm) {
  Contact contact;
  addGap(gap, touch_limit_mm, contact);
  addPoints(gap, contact);
  addDirections(gap, frame, contact);
  if (gap.unseen_mm > 0) return contact;  // what is not seen has no patch to be measured
  const Patch patch =
      patchOf(gap.nerve, gap.vessel, patch_within_mm, gap.place.nerve_arclength_mm, kPatchReachMm);
  contact.area_mm2 = patch.area_mm2;
  contact.length_mm = patch.length_mm;
  return contact;
}

void numberContacts(Side side, std::vector<Contact>& contacts) {
  const auto key = [](const Contact& c) {
    return std::make_tuple(c.arclength_mm.value_or(std::numeric_limits<double>::infinity()),
                           -c.contact_probability.value_or(0));
  };
  std::stable_sort(contacts.begin(), contacts.end(),
                   [&key](const Contact& a, const Contact& b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    contacts[i].id = (side == Side::left ? "L" : "R") + std::to_string(i + 1);
  }
}

}  // namespace neurovasc::contact
