#include "scenario.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "curve.h"
#include "random.h"

namespace neurovasc::phantom {
namespace {

/// A vessel that surgery moved lies so far off the nerve.
constexpr double kMovedGapMm = 3.4;

constexpr double kPadSpacingMm = 6;
constexpr double kClotMm = 0.9;  // beyond the pad's surface

/// Where the two vessels of a sandwich lie round the free nerve; VIII leaves no room behind it.
constexpr double kAboveRad = 1.4;
constexpr double kBelowRad = -1.0;

struct Range {
  double from;
  double to;
};

Range usualDiameter(const std::string& vessel) {
  if (vessel == "VA") {
    return {2.8, 3.9};
  }
  if (vessel == "PICA") {
    return {1.0, 1.5};
  }
  return vessel == "AICA" ? Range{0.85, 1.25} : Range{0.7, 1.2};
}

/// Where offenders lie: Campos-Benitez & Kaufmann 2008, rounded.
Zone usualZone(double chance) {
  if (chance < 0.60) {
    return Zone::attached_segment;
  }
  if (chance < 0.72) {
    return Zone::root_exit_point;
  }
  return chance < 0.88 ? Zone::root_detachment_point : Zone::transition_zone;
}

Zone zoneFor(const PhantomOptions& o, Stream& random) {
  const Zone drawn = usualZone(random.uniform(0, 1));
  switch (o.scenario) {
    case Scenario::va:
      return Zone::attached_segment;
    case Scenario::vein:
      return Zone::root_detachment_point;
    case Scenario::distal:
      return Zone::cisternal_portion;
    case Scenario::tandem:
      return Zone::attached_segment;
    case Scenario::sandwich:
      return Zone::transition_zone;
    case Scenario::both:
    case Scenario::two:
    case Scenario::post_second:
      return o.scenario == Scenario::both ? Zone::attached_segment : Zone::root_detachment_point;
    default:
      return drawn;
  }
}

std::string vesselFor(Scenario scenario) {
  if (scenario == Scenario::va || scenario == Scenario::both) {
    return "VA";
  }
  return scenario == Scenario::vein ? "vein of CP fissure" : "AICA";
}

Visit drawVisit(const PhantomOptions& o, Side side, const std::string& vessel, Zone zone) {
  Stream random(o.seed, "visit " + vessel);
  const Range range = usualDiameter(vessel);
  Visit visit;
  visit.side = side;
  visit.vessel = vessel;
  visit.zone = zone;
  visit.gap_mm = random.uniform(-0.35, -0.02);
  visit.diameter_mm = random.uniform(range.from, range.to);
  return visit;
}

Visit movedAway(Visit visit) {
  visit.gap_mm = kMovedGapMm;
  visit.moved_away = true;
  return visit;
}

void planOthers(const PhantomOptions& o, ScenarioPlan& plan) {
  switch (o.scenario) {
    case Scenario::two:
      plan.visits.push_back(drawVisit(o, plan.side, "PICA", Zone::root_exit_point));
      break;
    case Scenario::both:
      plan.visits.push_back(drawVisit(o, opposite(plan.side), "AICA", Zone::root_detachment_point));
      break;
    case Scenario::tandem:
      plan.visits.push_back(drawVisit(o, plan.side, "VA", Zone::attached_segment));
      plan.visits.back().beyond = "AICA";
      break;
    case Scenario::sandwich:
      plan.visits[0].turn_rad = kAboveRad;
      plan.visits.push_back(drawVisit(o, plan.side, "PICA", plan.visits[0].zone));
      plan.visits.back().turn_rad = kBelowRad;
      break;
    case Scenario::post_ok:
      plan.visits[0] = movedAway(plan.visits[0]);
      plan.pad = PadPlan{plan.side, "AICA", 0};
      break;
    case Scenario::post_residual:
      plan.pad = PadPlan{plan.side, "AICA", 5};
      break;
    case Scenario::post_second:
      plan.visits[0] = movedAway(plan.visits[0]);
      plan.visits.push_back(drawVisit(o, plan.side, "PICA", Zone::root_exit_point));
      plan.pad = PadPlan{plan.side, "AICA", 0};
      break;
    case Scenario::post_new: {
      const Zone was = plan.visits[0].zone;
      plan.visits[0] = movedAway(plan.visits[0]);
      plan.pad = PadPlan{plan.side, "AICA", 0};
      plan.visits.push_back(
          drawVisit(o, plan.side, "PICA",
                    was == Zone::root_exit_point ? Zone::attached_segment : Zone::root_exit_point));
      break;
    }
    default:
      break;
  }
}

bool isSurgical(Scenario s) {
  return s == Scenario::post_ok || s == Scenario::post_residual || s == Scenario::post_new ||
         s == Scenario::post_second;
}

void applyOverrides(const PhantomOptions& o, ScenarioPlan& plan) {
  // After surgery the asked-for contact is the one there is now.
  Visit& asked = o.scenario == Scenario::post_new ? plan.visits.back() : plan.visits.front();
  asked.gap_mm = o.gap_mm.value_or(asked.gap_mm);
  asked.diameter_mm = o.diameter_mm.value_or(asked.diameter_mm);
  if (o.pad.has_value() && *o.pad && !plan.pad) {
    plan.pad = PadPlan{plan.side, plan.visits.front().vessel, 4};
  } else if (o.pad.has_value() && !*o.pad) {
    plan.pad.reset();
  }
  if (plan.pad) {
    plan.pad->count = o.pad_count;
  }
}

HeadLot lotOf(const PhantomOptions& o) {
  return {o.seed, o.variety == Variety::varied ? 1.5 : 1.0};
}

/// Felt, teased into a strip that lies along the nerve on the vessel's side.
Strand drawPad(const PhantomOptions& o, const std::string& stream, const PadPlan& pad,
               const VesselPainter& vessels, const FacialNerve& nerve,
               const std::vector<Strand>& nerves, const HeadShape& head) {
  Stream random(o.seed, stream);
  const Strand& vessel = *vessels.find(pad.vessel, pad.side);
  const Approach near = nearestApproach(nerve.tube, vessel.tube);
  const auto& line = nerve.tube.points_mm;
  const double arc = std::clamp(near.first_arc_mm + pad.distal_mm, 1.0, nerve.porus_arc_mm - 2.5);
  const Vec3 off = normalized(near.on_second - near.on_first);
  std::vector<Point3> points;
  std::vector<double> radii;
  for (int i = -2; i <= 2; ++i) {
    const Vec3 along = tangentAt(line, arc);
    const Vec3 ragged = {random.around(0, 0.4), random.around(0, 0.4), random.around(0, 0.4)};
    points.push_back(pointAt(line, arc) + along * (1.1 * i) + off * 2.1 + ragged);
    radii.push_back(random.around(1.15, 0.3));
  }
  Strand strand{"pad", "", Tissue::pad, {points, radii, {}}, 0};
  CourseRules rules;
  rules.head = &head;
  rules.brain_gap_mm = -0.2;
  rules.fixed_start_mm = -1;
  rules.obstacles = {{&nerve.tube, 0.05}, {&vessel.tube, 0.05}};
  for (const Strand& other : nerves) {
    rules.obstacles.push_back({&other.tube, 0.0});
  }
  settle(strand.tube, rules);
  return strand;
}

/// The pads of a plan, and the clot around each, which nerves and vessels run through.
void addPads(const PhantomOptions& o, const PadPlan& plan, const VesselPainter& vessels,
             const FacialNerve& nerve, const std::vector<Strand>& nerves, Scene& scene) {
  for (int n = 0; n < plan.count; ++n) {
    PadPlan pad = plan;
    pad.distal_mm += kPadSpacingMm * n;
    const std::string stream = n == 0 ? "pad" : "pad " + std::to_string(n + 1);
    Strand strand = drawPad(o, stream, pad, vessels, nerve, nerves, scene.head);
    if (o.blood) {
      Strand clot = strand;
      clot.name = "clot";
      clot.tissue = Tissue::clot;
      for (double& radius : clot.tube.radius_mm) {
        radius += kClotMm;
      }
      scene.strands.insert(scene.strands.begin(), std::move(clot));
    }
    scene.strands.push_back(std::move(strand));
  }
}

/// Vessels that press push the free nerve aside, and the attached one a little into the pons.
void displace(const PhantomOptions& o, const Visit& visit, FacialNerve& nerve,
              const HeadShape& head) {
  if (visit.gap_mm >= 0 || !visit.beyond.empty()) {
    return;
  }
  const Target target = chooseTarget(lotOf(o), visit, nerve, head, 0);
  const bool attached = target.arc_mm < nerve.detachment_arc_mm;
  const double press = -visit.gap_mm;
  const double shift = attached ? 0.4 * press : std::min(1.2, 0.2 + 2.0 * press);
  bend(nerve.tube.points_mm, target.arc_mm, target.outward * -shift, 2.0);
  measureArcs(nerve, head);
}

/// Letters in the bone in front of the petrous pyramids, to be read on axial slices seen from
/// below, as radiologists do.
void addMarkers(std::vector<Strand>& strands) {
  constexpr double kHeight = 12;
  constexpr double kWidth = 7;
  const auto stroke = [&strands](const char* name, std::vector<Point3> points) {
    strands.push_back({name, "", Tissue::csf, makeTube(std::move(points), 1.3), 0});
  };
  const Point3 l = at(Side::left, 26, 34, 4);
  const Vec3 right_of_viewer = {1, 0, 0};
  const Vec3 down = {0, 1, 0};
  stroke("L", {l, l + down * kHeight, l + down * kHeight + right_of_viewer * kWidth});
  const Point3 r = at(Side::right, 34, 34, 4);
  const Vec3 across = right_of_viewer * kWidth;
  stroke("R", {r + down * kHeight, r, r + across * 0.8, r + across + down * (0.25 * kHeight),
               r + across * 0.8 + down * (0.5 * kHeight), r + down * (0.5 * kHeight)});
  stroke("R leg", {r + across * 0.3 + down * (0.5 * kHeight), r + across + down * kHeight});
}

/// The tuft of choroid plexus that hangs out of the lateral recess; a large one reaches the root.
void addChoroid(const PhantomOptions& o, Side side, std::vector<Strand>& strands) {
  Stream random(o.seed, "choroid " + std::string(name(side)));
  const Point3 center = at(side, random.around(16, 0.7), -6.3, random.around(-2.6, 0.6));
  const bool large = has(o, Decoy::choroid);
  const Vec3 forward = large ? at(side, 0.8, 2.6, 0.8) : Vec3{};
  for (int i = 0; i < (large ? 24 : 8); ++i) {
    const Vec3 off = {random.around(0, 1.5), random.around(0, 1.0), random.around(0, 1.0)};
    const double along = i < 8 ? 0 : random.uniform(0, 1.2);
    strands.push_back({"choroid plexus", "", Tissue::choroid,
                       makeTube({center + off + forward * along}, random.uniform(0.5, 1.0)), 0});
  }
}

template <typename Strands>
void append(std::vector<Strand>& to, const Strands& more) {
  to.insert(to.end(), more.begin(), more.end());
}

std::vector<Strand> drawNerves(const PhantomOptions& o, const std::array<FacialNerve, 2>& facial,
                               const HeadShape& head) {
  std::vector<Strand> nerves;
  for (const FacialNerve& nerve : facial) {
    append(nerves, drawOtherNerves(lotOf(o), nerve, head, has(o, Decoy::lower_nerves)));
  }
  return nerves;
}

void paintVessels(const ScenarioPlan& plan, VesselPainter& painter) {
  painter.paintTrunks(plan.visits);
  for (const Visit& visit : plan.visits) {
    if (!visit.beyond.empty()) {
      painter.paintBeyond(visit);
    } else if (visit.vessel != "VA") {
      painter.paintVisit(visit);
    }
  }
  for (const Side side : kSides) {
    painter.paintUsual(side, plan.clearance_mm);
  }
}

FacialNerve drawPressedNerve(const PhantomOptions& o, const ScenarioPlan& plan, Side side,
                             const HeadShape& head) {
  FacialNerve nerve = drawFacialNerve(lotOf(o), side, head);
  for (const Visit& visit : plan.visits) {
    if (visit.side == side) {
      displace(o, visit, nerve, head);
    }
  }
  return nerve;
}

/// CSF that streams past the free nerve: dark streaks in front of it, off its surface.
void addFlowVoids(std::uint64_t seed, const FacialNerve& nerve, std::vector<Artefact>& voids) {
  Stream random(seed, "flow voids " + std::string(name(nerve.side)));
  const double free_mm = nerve.porus_arc_mm - nerve.detachment_arc_mm;
  for (int i = 0; i < 3; ++i) {
    const Point3 axis =
        pointAt(nerve.tube.points_mm, nerve.detachment_arc_mm + free_mm * random.uniform(0, 0.7));
    const double radius = random.uniform(0.9, 1.6);
    const Vec3 off = normalized(at(nerve.side, -0.3, 1, random.around(0, 0.8)));
    const double reach = nerve.tube.radius_mm.front() + radius + random.uniform(0.3, 2.5);
    voids.push_back({axis + off * reach, radius, random.uniform(0.4, 0.7)});
  }
}

void addExtras(const ScenarioPlan& plan, Scene& scene) {
  if (plan.markers) {
    addMarkers(scene.strands);
  }
  if (plan.destroyed) {
    // From the root exit point to the canal.
    scene.artefacts.push_back({at(*plan.destroyed, 18, 6, 4), 18, 1});
  }
}

}  // namespace

ScenarioPlan planScenario(const PhantomOptions& o) {
  Stream random(o.seed, "scenario");
  ScenarioPlan plan;
  const bool left = random.chance(0.5);
  plan.side = o.side.value_or(left ? Side::left : Side::right);
  const Zone drawn = zoneFor(o, random);
  if (o.scenario == Scenario::clear) {
    plan.clearance_mm = 1.3;
    return plan;
  }
  // In post_new the asked-for zone is that of the new contact.
  const bool asked_is_new = o.scenario == Scenario::post_new;
  const Zone zone = asked_is_new ? drawn : o.zone.value_or(drawn);
  plan.visits.push_back(drawVisit(o, plan.side, vesselFor(o.scenario), zone));
  if (o.scenario == Scenario::near) {
    plan.visits[0].gap_mm = 0.6;
  }
  planOthers(o, plan);
  if (asked_is_new && o.zone) {
    plan.visits.back().zone = *o.zone;
  }
  applyOverrides(o, plan);
  plan.clearance_mm = isSurgical(o.scenario) ? 1.3 : 0.8;
  plan.markers = o.scenario == Scenario::left_marker;
  if (o.scenario == Scenario::destroyed) {
    plan.destroyed = opposite(plan.side);
  }
  return plan;
}

PhantomOptions withScenarioDefaults(PhantomOptions o) {
  const PhantomOptions defaults;
  if (o.scenario == Scenario::thick && o.voxel_mm == defaults.voxel_mm) {
    o.voxel_mm = {0.6, 0.6, 0.8};
    o.csf_snr = o.csf_snr == defaults.csf_snr ? 16 : o.csf_snr;
  }
  return o;
}

DrawnHead drawScene(const PhantomOptions& o, const ScenarioPlan& plan) {
  DrawnHead drawn{{HeadShape(drawHead(lotOf(o), has(o, Decoy::flocculus))), {}, {}, {}}, {}};
  Scene& scene = drawn.scene;
  for (const Side side : kSides) {
    drawn.facial[side == Side::left ? 0 : 1] = drawPressedNerve(o, plan, side, scene.head);
    append(scene.strands, drawLabyrinth(lotOf(o), side, scene.head));
    addChoroid(o, side, scene.strands);
  }
  const std::vector<Strand> nerves = drawNerves(o, drawn.facial, scene.head);
  VesselPainter painter(lotOf(o), scene.head, drawn.facial, nerves, o.flow_factor);
  paintVessels(plan, painter);
  append(scene.strands, nerves);
  for (const FacialNerve& nerve : drawn.facial) {
    const std::string label = "VII " + std::string(name(nerve.side));
    scene.strands.push_back({label, "", Tissue::nerve, nerve.tube, 0});
    if (has(o, Decoy::csf_void)) {
      addFlowVoids(o.seed, nerve, scene.flow_voids);
    }
  }
  if (plan.pad) {
    const FacialNerve& nerve = drawn.facial[plan.pad->side == Side::left ? 0 : 1];
    addPads(o, *plan.pad, painter, nerve, nerves, scene);
  }
  append(scene.strands, painter.vessels());
  addExtras(plan, scene);
  return drawn;
}

}  // namespace neurovasc::phantom
