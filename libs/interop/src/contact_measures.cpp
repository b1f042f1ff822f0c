#include "contact_measures.h"

namespace neurovasc::interop {

Measure gapOf(const Contact& contact) {
  return {Concept::distance,      contact.distance_mm, Concept::millimeter, 4,
          contact.distance_sd_mm, Concept::minimum};
}

std::vector<Measure> measuresOf(const Contact& contact) {
  const Deformity& deformity = contact.deformity;
  return {gapOf(contact),
          {Concept::contact_probability, contact.contact_probability, Concept::no_units, 3},
          {Concept::arc_length, contact.arclength_mm},
          {Concept::diameter, contact.diameter_mm},
          {Concept::contact_area, contact.area_mm2, Concept::square_millimeter},
          {Concept::contact_length, contact.length_mm},
          {Concept::clock_direction, contact.clock_h, Concept::clock_hour, 1},
          {Concept::crossing_angle, contact.angle_deg, Concept::degree, 1},
          {Concept::unseen_vessel, contact.unseen_vessel_mm},
          {Concept::indentation, deformity.indentation_mm, Concept::millimeter, 4,
           deformity.indentation_sd_mm},
          {Concept::displacement, deformity.displacement_mm, Concept::millimeter, 4,
           deformity.displacement_sd_mm},
          {Concept::calibre_ratio, deformity.calibre_ratio, Concept::no_units, 3},
          {Concept::name_confidence, contact.name_confidence, Concept::no_units, 3}};
}

}  // namespace neurovasc::interop
