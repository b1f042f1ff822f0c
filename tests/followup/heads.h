#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "imaging/fixtures.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/followup/dates.h"

/// An imaginary head at several dates: petrous bones with cells, labyrinths and canals, brainstem,
/// cerebellum, cistern, both facial nerves; vessels and pads by wish.
namespace neurovasc::followup::testing {

/// A ball or a tube of something in the cistern, in the head's own frame.
struct Body {
  Point3 from_mm;
  Point3 to_mm;
  double radius_mm = 2;
  double t2 = 30;
  double tof = 30;
  double ce_t1 = 30;
};

inline Body pad(const Point3& from, const Point3& to) { return {from, to, 1.9, 30, 30, 30}; }
inline Body artery(const Point3& from, const Point3& to) { return {from, to, 1.5, 30, 900, 900}; }

struct Head {
  RigidTransform scanner_from_head;
  double labyrinth_x_mm = 30;   ///< half of what the labyrinths are apart
  double cerebellum_y_mm = 17;  ///< its front edge, which surgery moves
  std::vector<Body> bodies;
  bool with_tof = true;
  bool with_ce_t1 = true;
  unsigned seed = 1;  ///< of the noise
};

enum class Part { bone, cell, labyrinth, canal, brainstem, cerebellum, csf };

inline double toLine(const Point3& p, const Point3& a, const Point3& b) {
  return project({a, b}, p).distance_mm;
}

/// Bone differs from side to side, as it does in heads.
inline Part partAt(const Point3& q, const Head& head) {
  const double x = std::abs(q.x);
  if (distance({x, q.y, q.z}, {head.labyrinth_x_mm, 0, 0}) < 3) return Part::labyrinth;
  if (x > 19 && x < 26 && std::hypot(q.y, q.z) < 2.5) return Part::canal;
  if (x > 20 && q.y < 14) {
    const double cells =
        std::sin(0.55 * q.x) * std::sin(0.5 * q.y + 0.3 * q.x) + std::sin(0.45 * q.z + 0.1 * q.y);
    return cells > 0.8 ? Part::cell : Part::bone;
  }
  if (norm(Vec3{q.x / 13, (q.y - 8) / 10, q.z / (24 + 0.2 * q.x)}) < 1) return Part::brainstem;
  return q.y > head.cerebellum_y_mm ? Part::cerebellum : Part::csf;
}

inline double signalOf(Part part, int series) {  // 0 T2, 1 TOF, 2 CE-T1
  switch (part) {
    case Part::bone:
      return 15;
    case Part::cell:
      return series == 0 ? 500 : 200;
    case Part::brainstem:
    case Part::cerebellum:
      return 330;
    default:
      return series == 0 ? 1000 : 110;
  }
}

inline Label labelOf(Part part, double x) {
  switch (part) {
    case Part::bone:
    case Part::cell:
      return Label::bone;
    case Part::labyrinth:
      return x > 0 ? Label::labyrinth_left : Label::labyrinth_right;
    case Part::canal:
      return x > 0 ? Label::canal_left : Label::canal_right;
    case Part::brainstem:
    case Part::cerebellum:
      return Label::brain;
    default:
      return Label::csf;
  }
}

/// Oblique, anisotropic, off the origin, around the head wherever it lies.
inline GridGeometry gridOf(const Head& head) {
  GridGeometry grid = test::obliqueGrid({78, 56, 46}, {1.05, 1.05, 1.1});
  grid.direction = grid.direction * test::rotationAbout({0, 0, 1}, 5);
  grid.origin_mm = {};
  grid.origin_mm = head.scanner_from_head({0, 5, 0}) - test::centreOf(grid);
  return grid;
}

inline ImageF imageOf(const Head& head, int series) {
  const RigidTransform head_from_scanner = head.scanner_from_head.inverse();
  std::mt19937 random(10 * head.seed + static_cast<unsigned>(series));
  std::normal_distribution<double> noise(0, 15);
  const auto signalAt = [&](const Point3& q) {
    for (const Body& body : head.bodies) {
      if (toLine(q, body.from_mm, body.to_mm) < body.radius_mm) {
        return series == 0 ? body.t2 : series == 1 ? body.tof : body.ce_t1;
      }
    }
    return signalOf(partAt(q, head), series);
  };
  return test::sampled(gridOf(head), [&](const Point3& p) {
    return std::abs(signalAt(head_from_scanner(p)) + noise(random));
  });
}

inline LabelMap labelsOf(const Head& head) {
  const RigidTransform head_from_scanner = head.scanner_from_head.inverse();
  const GridGeometry grid = gridOf(head);
  LabelMap labels(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const Point3 q = head_from_scanner(grid.toLps(i, j, k));
        labels(i, j, k) = static_cast<std::uint8_t>(labelOf(partAt(q, head), q.x));
      }
    }
  }
  return labels;
}

/// The left nerve's axis at arc length @p s_mm, head's frame: root exit point, 8 mm to the
/// detachment point, 8 more to the porus, 5 more in the canal.
inline Point3 onNerve(Side side, double s_mm) {
  const std::vector<Point3> line = {{10, 0, -8}, {13, -3, -1.4}, {20, 0, 1}, {25, 0, 0}};
  const Point3 p = pointAt(line, s_mm);
  return {lateralSign(side) * p.x, p.y, p.z};
}

constexpr double kDetachmentMm = 7.8;
constexpr double kPorusMm = 15.8;
constexpr double kEndMm = 20.8;

inline SideAssessment sideOf(const Head& head, Side side) {
  SideAssessment out;
  out.side = side;
  out.finding = Finding::no_contact;
  out.nerve.side = side;
  out.nerve.status = NerveStatus::segmented;
  for (double s = 0; s <= kEndMm; s += 0.4) {
    out.nerve.tube.points_mm.push_back(head.scanner_from_head(onNerve(side, s)));
    out.nerve.tube.radius_mm.push_back(0.6);
  }
  const auto landmark = [&](double s) {
    return Landmark{head.scanner_from_head(onNerve(side, s)), 0.5, false};
  };
  out.nerve.landmarks = {landmark(0), landmark(kDetachmentMm), landmark(kPorusMm)};
  for (const ZoneRange& range : zoneRanges(kDetachmentMm, kPorusMm, kEndMm)) {
    ZoneFinding zone;
    zone.zone = range.zone;
    zone.from_mm = range.from_mm;
    zone.to_mm = range.to_mm;
    zone.status = ZoneStatus::clear;
    out.zones.push_back(zone);
  }
  return out;
}

inline FollowupDate dateOf(const Head& head) {
  FollowupDate date;
  date.assessment.sides = {sideOf(head, Side::left), sideOf(head, Side::right)};
  date.t2 = imageOf(head, 0);
  if (head.with_tof) date.tof = imageOf(head, 1);
  if (head.with_ce_t1) date.ce_t1 = imageOf(head, 2);
  date.labels = labelsOf(head);
  return date;
}

/// A vessel at @p gap_mm of the left nerve at arc length @p s_mm, running across it.
struct Neighbour {
  double s_mm = 4;
  double gap_mm = 0;
  VesselName name = VesselName::aica;
  double name_confidence = 0.85;
  Side side = Side::left;
  double tubular = 0.98;   ///< what of the vessel's darkness a disc explains
  double widest_mm = 0.6;  ///< radius of the vessel's middle third; 0.6 mm elsewhere
};

inline void addNeighbour(const Neighbour& near, const Head& head, FollowupDate& date) {
  auto& side = date.assessment.sides[near.side == Side::left ? 0 : 1];
  const Point3 on_axis = onNerve(near.side, near.s_mm);
  const Point3 centre = on_axis - Vec3{0, 1.2 + near.gap_mm, 0};
  Vessel vessel;
  vessel.id = "V" + std::to_string(date.assessment.vessels.size() + 1);
  vessel.kind = VesselKind::artery;
  vessel.name = near.name;
  for (double u = -6; u <= 6; u += 1) {
    vessel.tube.points_mm.push_back(head.scanner_from_head(centre + Vec3{0, 0, u}));
    vessel.tube.radius_mm.push_back(std::abs(u) <= 2 ? near.widest_mm : 0.6);
    vessel.tube.confidence.push_back(near.tubular);
  }
  date.assessment.vessels.push_back(vessel);
  Contact contact;
  contact.vessel_id = vessel.id;
  contact.kind = VesselKind::artery;
  contact.vessel_name = near.name;
  contact.name_confidence = near.name_confidence;
  contact.distance_mm = near.gap_mm;
  contact.distance_sd_mm = 0.15;
  contact.contact_probability = near.gap_mm < 0.2 ? 0.95 : 0.02;
  contact.zone = zoneAt(near.s_mm, kDetachmentMm, kPorusMm);
  contact.arclength_mm = near.s_mm;
  contact.nerve_point_mm = head.scanner_from_head(on_axis - Vec3{0, 0.6, 0});
  contact.vessel_point_mm = head.scanner_from_head(on_axis - Vec3{0, 0.6 + near.gap_mm, 0});
  contact.id = (near.side == Side::left ? "L" : "R") + std::to_string(side.contacts.size() + 1);
  if (*contact.contact_probability > 0.5) {
    for (ZoneFinding& zone : side.zones) {
      if (zone.zone == *contact.zone) zone.status = ZoneStatus::contact;
    }
  }
  side.contacts.push_back(contact);
}

/// Which arteries a head has: every person's run elsewhere, and differently on either side.
enum class Courses { one_person, mirrored, another_person };

inline std::vector<std::vector<Point3>> linesOf(Courses courses) {
  if (courses == Courses::another_person) {
    return {{{2, -5, -18}, {-3, -7, 0}, {-1, -6, 18}},
            {{-3, -7, 0}, {-10, -8, 8}, {-18, -4, 6}},
            {{-2, -6, 9}, {8, -9, 12}, {18, -2, -8}}};
  }
  const double left = courses == Courses::mirrored ? -1 : 1;
  return {{{left * -4, -6, -18}, {left * 1, -6, 0}, {left * 4, -7, 18}},
          {{left * 1, -6, 0}, {left * 9, -10, -6}, {left * 18, -6, -10}},
          {{left * 1, -6, 2}, {left * -10, -7, 2}, {left * -18, -6, -12}}};
}

inline void addCourses(Courses courses, const Head& head, FollowupDate& date) {
  for (const std::vector<Point3>& line : linesOf(courses)) {
    Vessel vessel;
    vessel.id = "V" + std::to_string(date.assessment.vessels.size() + 1);
    vessel.kind = VesselKind::artery;
    for (const Point3& q : line) {
      vessel.tube.points_mm.push_back(head.scanner_from_head(q));
      vessel.tube.radius_mm.push_back(0.8);
    }
    date.assessment.vessels.push_back(vessel);
  }
}

/// Another position in the scanner: turned by 12 degrees, centimetres away.
inline RigidTransform anotherPosition() {
  return {test::rotationAbout({0.4, 0.3, 0.8}, 12), {15, -9, 21}};
}

}  // namespace neurovasc::followup::testing
