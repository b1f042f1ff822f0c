#include "vessels.h"

#include <algorithm>
#include <cmath>

#include "curve.h"
#include "neurovasc/core/error.h"

namespace neurovasc::phantom {
namespace {

constexpr double kVesselStepMm = 0.4;
constexpr int kAttempts = 24;
constexpr double kUnfitMm = 10;
/// A vessel farther off than this may come nearest in a neighbouring zone.
constexpr double kWideGapMm = 0.7;
/// The outer vessel of a tandem keeps at least so far off the nerve.
constexpr double kTandemGapMm = 0.2;
/// A course this near to what was asked is taken: dents of a tenth of a millimetre are real.
constexpr double kGoodFitMm = 0.15;

/// Mean speeds at the skull base, cm/s (transcranial Doppler, textbook).
double usualSpeed(const std::string& vessel) {
  if (vessel == "VA" || vessel == "BA") {
    return 30;
  }
  return vessel == "PICA" ? 16 : vessel == "SCA" ? 15 : 12;
}

bool isVein(const std::string& vessel) { return vessel.find("vein") != std::string::npos; }

std::size_t indexOf(Side side) { return side == Side::left ? 0 : 1; }

Stream streamFor(const HeadLot& lot, const std::string& purpose, Side side) {
  return {lot, purpose + " " + std::string(name(side))};
}

Vec3 turned(const Vec3& v, const Vec3& axis, double angle) {
  return v * std::cos(angle) + cross(axis, v) * std::sin(angle);
}

Vec3 perpendicularPart(const Vec3& v, const Vec3& unit) {
  return normalized(v - unit * dot(v, unit));
}

/// Whether the boxes around two tubes overlap.
bool mayMeet(const Tube& a, const Tube& b) {
  const Box first = boundingBox(a.points_mm, 1.5);
  const Box second = boundingBox(b.points_mm, 1.5);
  for (int axis = 0; axis < 3; ++axis) {
    if (first.upper[axis] < second.lower[axis] || second.upper[axis] < first.lower[axis]) {
      return false;
    }
  }
  return true;
}

/// From where to where the zone reaches, off its borders.
ZoneRange innerRange(const FacialNerve& nerve, Zone zone) {
  const auto ranges =
      zoneRanges(nerve.detachment_arc_mm, nerve.porus_arc_mm, lengthOf(nerve.tube.points_mm));
  for (const ZoneRange& range : ranges) {
    if (range.zone == zone) {
      const double margin = std::min(0.8, 0.4 * (range.to_mm - range.from_mm));
      return {zone, range.from_mm + margin, range.to_mm - margin};
    }
  }
  throw Error(ErrorCode::internal, "a zone without a range");
}

}  // namespace

Target chooseTarget(const HeadLot& lot, const Visit& visit, const FacialNerve& nerve,
                    const HeadShape& head, int attempt) {
  Stream random = streamFor(lot, "target " + visit.vessel + std::to_string(attempt), visit.side);
  const ZoneRange range = innerRange(nerve, visit.zone);
  Target target;
  target.arc_mm = random.uniform(range.from_mm, range.to_mm);
  const Vec3 along = tangentAt(nerve.tube.points_mm, target.arc_mm);
  const Point3 axis = pointAt(nerve.tube.points_mm, target.arc_mm);
  if (target.arc_mm < nerve.detachment_arc_mm + 1.2) {
    const auto brain = [&head](const Point3& p) { return head.brain(p); };
    const Vec3 off = perpendicularPart(slope(brain, axis), along);
    target.outward = turned(off, along, random.around(0, 0.35));
  } else {
    const double drawn = random.uniform(-0.9, 1.2);  // VIII lies behind and below
    const double up = visit.turn_rad.value_or(drawn);
    target.outward = perpendicularPart(at(visit.side, 0, std::cos(up), std::sin(up)), along);
  }
  return target;
}

VesselPainter::VesselPainter(const HeadLot& lot, const HeadShape& head,
                             const std::array<FacialNerve, 2>& facial,
                             const std::vector<Strand>& nerves, double flow_factor)
    : lot_(lot), head_(head), facial_(facial), nerves_(nerves), flow_factor_(flow_factor) {}

const Strand* VesselPainter::find(const std::string& vessel, Side side) const {
  const std::string wanted = vessel + " " + std::string(name(side));
  for (const Strand& strand : vessels_) {
    if (strand.name == wanted) {
      return &strand;
    }
  }
  return nullptr;
}

Point3 VesselPainter::trunkPoint(const std::string& vessel, Side side, double cranial_mm) const {
  const Strand* trunk = find(vessel, vessel == "BA" ? Side::left : side);
  const auto& line = trunk->tube.points_mm;
  return *std::min_element(line.begin(), line.end(), [cranial_mm](const auto& a, const auto& b) {
    return std::abs(a.z - cranial_mm) < std::abs(b.z - cranial_mm);
  });
}

CourseRules VesselPainter::rules(const Draft& draft, double facial_gap_mm) const {
  CourseRules rules;
  rules.head = &head_;
  for (const FacialNerve& nerve : facial_) {
    rules.obstacles.push_back({&nerve.tube, nerve.side == draft.side ? facial_gap_mm : 1.0});
  }
  for (const Strand& nerve : nerves_) {
    // Vessels pass between the thin rootlets, and push them aside.
    rules.obstacles.push_back({&nerve.tube, nerve.tube.radius_mm[0] < 0.5 ? -0.3 : 0.15});
  }
  for (const Strand& other : vessels_) {
    if (distance(other.tube.points_mm.back(), draft.knots.back()) > 0.5) {
      rules.obstacles.push_back({&other.tube, 0.2});
    }
  }
  rules.fixed_start_mm = draft.tissue == Tissue::vein ? 0.8 : 2.0;
  return rules;
}

Strand VesselPainter::strand(const Draft& draft, Tube tube) const {
  Strand made;
  made.name = draft.vessel + " " + std::string(name(draft.side));
  made.vessel = draft.vessel;
  made.tissue = draft.tissue;
  made.tube = std::move(tube);
  made.speed_cm_s = draft.speed_cm_s * flow_factor_;
  return made;
}

void VesselPainter::paint(const Draft& draft, double clearance_mm) {
  Tube tube = makeTube(spline(draft.knots, kVesselStepMm), draft.radius_mm);
  settle(tube, rules(draft, clearance_mm));
  for (const FacialNerve& nerve : facial_) {
    keepOff(tube, nerve.tube, clearance_mm);
  }
  vessels_.push_back(strand(draft, std::move(tube)));
}

VesselPainter::Draft VesselPainter::trunkDraft(Side side, const Point3& junction) const {
  Stream random = streamFor(lot_, "VA", side);
  Draft draft{"VA", side, {}, random.around(1.5, 0.35), Tissue::artery, usualSpeed("VA")};
  const double depth = head_.measures().medulla_half_depth;
  draft.knots = {at(side, 10, 4, -30), at(side, random.around(7, 1.5), depth + 2.5, -14), junction};
  return draft;
}

/// @p draft led over @p place, which it passes forward and along the nerve.
VesselPainter::Draft VesselPainter::trunkPast(Draft draft, const Target& target,
                                              const Point3& place) const {
  const Vec3 along = tangentAt(facialOf(draft.side).tube.points_mm, target.arc_mm);
  const Vec3 forward = perpendicularPart(at(draft.side, 0, 1, 0), target.outward);
  const Vec3 across = normalized(forward + 0.5 * perpendicularPart(along, target.outward));
  draft.knots = {at(draft.side, 10, 2, -30),
                 at(draft.side, 13.5, 0.5, -14),
                 place - across * 4 + target.outward * 1.2,
                 place,
                 place + across * 4 + target.outward * 1.2,
                 draft.knots.back()};
  return draft;
}

VesselPainter::Draft VesselPainter::trunkAlong(const Visit& visit, const Point3& junction) const {
  Draft draft = trunkDraft(visit.side, junction);
  draft.radius_mm = 0.5 * visit.diameter_mm;
  const Tube& nerve = facialOf(visit.side).tube;
  const Target target = chooseTarget(lot_, visit, facialOf(visit.side), head_, 0);
  const double reach =
      draft.radius_mm + visit.gap_mm + valueAt(nerve.points_mm, nerve.radius_mm, target.arc_mm);
  return trunkPast(draft, target, pointAt(nerve.points_mm, target.arc_mm) + target.outward * reach);
}

VesselPainter::Draft VesselPainter::basilarDraft(double junction_lift_mm) const {
  Stream random(lot_, "trunks");
  const double depth = head_.measures().pons_half_depth;
  const double junction_cranial = random.around(-2, 1.5) + junction_lift_mm;
  const double radius = random.around(1.6, 0.25);
  const Point3 junction = {random.around(0, 1.5), -(depth + radius + 0.8), junction_cranial};
  const double bow = random.around(0, 2.5);
  Draft basilar{"BA", Side::left, {}, radius, Tissue::artery, usualSpeed("BA")};
  basilar.knots = {{bow * 0.3, -(depth + radius + 1.5), 30},
                   {bow, -(depth + radius + 1.2), 12 + 0.5 * junction_cranial},
                   junction};
  return basilar;
}

void VesselPainter::layVertebral(const Draft& draft, const Tube& on, double gap_mm) {
  Tube tube = makeTube(spline(draft.knots, kVesselStepMm), draft.radius_mm);
  CourseRules bounds = rules(draft, gap_mm);
  bounds.pinned = draft.knots[3];
  settle(tube, bounds);
  if (!setGap(tube, on, gap_mm)) {
    throw Error(ErrorCode::internal, "cannot lay a vertebral artery as asked",
                "try another seed, zone or gap");
  }
  vessels_.push_back(strand(draft, std::move(tube)));
}

void VesselPainter::paintTrunks(const std::vector<Visit>& visits) {
  std::array<const Visit*, 2> by_side = {nullptr, nullptr};
  for (const Visit& visit : visits) {
    if (visit.vessel == "VA") {
      by_side[indexOf(visit.side)] = &visit;
    }
  }
  // A vertebral artery that reaches the nerve joins its fellow higher up.
  const bool wide = by_side[0] != nullptr || by_side[1] != nullptr;
  const Draft basilar = basilarDraft(wide ? 6 : 0);
  paint(basilar, 1.0);
  for (const Side side : kSides) {
    const Visit* visit = by_side[indexOf(side)];
    const Point3 junction = basilar.knots.back();
    if (visit == nullptr) {
      paint(trunkDraft(side, junction), 1.0);
    } else if (visit->beyond.empty()) {
      layVertebral(trunkAlong(*visit, junction), facialOf(side).tube, visit->gap_mm);
    }
  }
}

void VesselPainter::paintBeyond(const Visit& visit) {
  const Strand& inner = *find(visit.beyond, visit.side);
  const Approach near = nearestApproach(facialOf(visit.side).tube, inner.tube);
  const Target target{near.first_arc_mm, normalized(near.on_second - near.on_first)};
  Draft draft = trunkDraft(visit.side, find("BA", Side::left)->tube.points_mm.back());
  draft.radius_mm = 0.5 * visit.diameter_mm;
  const double reach = inner.tube.radius_mm.front() + draft.radius_mm + visit.gap_mm;
  layVertebral(trunkPast(draft, target, near.on_second + target.outward * reach), inner.tube,
               visit.gap_mm);
  keepOff(vessels_.back().tube, facialOf(visit.side).tube, kTandemGapMm);
}

VesselPainter::Draft VesselPainter::visitDraft(const Visit& visit, const Target& target,
                                               const Point3& place, const Vec3& across) const {
  const Side side = visit.side;
  Draft draft{
      visit.vessel, side, {}, 0.5 * visit.diameter_mm, Tissue::artery, usualSpeed(visit.vessel)};
  const Point3 before = place - across * 2.3 + target.outward * 0.6;
  const Point3 after = place + across * 2.3 + target.outward * 0.6;
  const Point3 leaving = place + across * 4.0 + target.outward * 2.4;
  const double depth = head_.measures().pons_half_depth;
  if (isVein(visit.vessel)) {
    draft.tissue = Tissue::vein;
    draft.speed_cm_s = 0;
    draft.knots = {at(side, 20, -1.5, 4.5), before, place, after, at(side, 20.5, 9, 13.5),
                   at(side, 23, 13.5, 18)};
  } else if (visit.vessel == "PICA") {
    draft.knots = {
        trunkPoint("VA", side, -15), at(side, 10.5, 4.5, -12.5), before, place, after, leaving,
        at(side, 14.5, -5, -7.5),    at(side, 11, -11, -14)};
  } else {
    const Point3 origin = trunkPoint("BA", side, 5);
    draft.knots = {origin,
                   at(side, 6.5, depth + 1.2, origin.z - 1.5),
                   before,
                   place,
                   after,
                   leaving,
                   at(side, 20.5, 1, -3.5)};
  }
  return draft;
}

/// How far a placed vessel is from what was asked, mm; 0 is a fit.
double VesselPainter::misfit(const Visit& visit, const Tube& tube) const {
  const FacialNerve& nerve = facialOf(visit.side);
  const Approach near = nearestApproach(nerve.tube, tube);
  double sum = std::abs(near.gap_mm - visit.gap_mm) > 0.005 ? kUnfitMm : 0;
  if (!visit.moved_away && zoneOf(nerve, near.first_arc_mm) != visit.zone) {
    sum += visit.gap_mm < kWideGapMm ? kUnfitMm : 3;
  }
  for (const Strand& other : nerves_) {
    if (other.tube.radius_mm[0] > 0.5 && mayMeet(other.tube, tube)) {
      sum += std::max(0.0, -nearestApproach(other.tube, tube).gap_mm - 0.1);
    }
  }
  const auto brain = [this](const Point3& p) { return head_.brain(p); };
  for (std::size_t i = 4; i + 4 < tube.size(); i += 3) {
    sum += std::max(0.0, -trueDistance(brain, tube.points_mm[i]) + 0.2 * tube.radius_mm[i]);
  }
  return sum;
}

Tube VesselPainter::placed(const Visit& visit, const Draft& draft, const Point3& place,
                           bool& fits) const {
  Tube tube = makeTube(spline(draft.knots, kVesselStepMm), draft.radius_mm);
  CourseRules bounds = rules(draft, visit.gap_mm + 0.25);
  bounds.pinned = place;
  settle(tube, bounds);
  fits = setGap(tube, facialOf(visit.side).tube, visit.gap_mm);
  return tube;
}

void VesselPainter::paintVisit(const Visit& visit) {
  const FacialNerve& nerve = facialOf(visit.side);
  double best = 1e9;
  Strand chosen;
  for (int attempt = 0; attempt < kAttempts && best > kGoodFitMm; ++attempt) {
    const Target target = chooseTarget(lot_, visit, nerve, head_, attempt);
    const auto& line = nerve.tube.points_mm;
    const double reach =
        valueAt(line, nerve.tube.radius_mm, target.arc_mm) + 0.5 * visit.diameter_mm + visit.gap_mm;
    const Point3 place = pointAt(line, target.arc_mm) + target.outward * reach;
    const Vec3 square = cross(tangentAt(line, target.arc_mm), target.outward);
    // Arteries come from in front, veins from below.
    const bool wrong_way = isVein(visit.vessel) ? square.z < 0 : square.y < 0;
    const Draft draft = visitDraft(visit, target, place, wrong_way ? -square : square);
    bool fits = false;
    Tube tube = placed(visit, draft, place, fits);
    const double off = fits ? misfit(visit, tube) : 100;
    if (off < best) {
      best = off;
      chosen = strand(draft, std::move(tube));
    }
  }
  if (best >= kUnfitMm) {
    throw Error(ErrorCode::internal, "cannot place " + visit.vessel + " as asked",
                "try another seed, zone or gap");
  }
  vessels_.push_back(std::move(chosen));
}

/// How far the loop of AICA lies from its usual place: over the nerve, below VIII or at the porus.
Vec3 VesselPainter::aicaLoop(Side side) const {
  Stream random = streamFor(lot_, "AICA loop", side);
  const double kind = random.uniform(0, 4);
  if (kind < 1) {
    return at(side, 0, 1, 5);
  }
  if (kind < 2) {
    return at(side, 0, 0, -4);
  }
  return kind < 3 ? at(side, 5, 2, 0) : Vec3{};
}

VesselPainter::Draft VesselPainter::aicaDraft(Side side, Stream& random) const {
  Draft aica{"AICA", side, {}, random.around(0.52, 0.12), Tissue::artery, usualSpeed("AICA")};
  aica.speed_cm_s = random.around(aica.speed_cm_s, 3);
  const Point3 origin = trunkPoint("BA", side, random.around(5, 2));
  const FacialNerve& nerve = facialOf(side);
  const Point3 root = nerve.tube.points_mm.front();
  const double free_mm = nerve.porus_arc_mm - nerve.detachment_arc_mm;
  const Point3 crossing =
      pointAt(nerve.tube.points_mm, nerve.detachment_arc_mm + free_mm * random.uniform(0.25, 0.7));
  const Point3 beside = crossing + at(side, 0, 1.2, -1.2) * random.uniform(1.2, 2.6);
  Point3 loop =
      root + (crossing - root) * 1.1 + at(side, random.uniform(1, 4), 2, random.around(-2, 1));
  const Point3 ventral = at(side, 6.5, head_.measures().pons_half_depth + 1.2, origin.z - 1.5);
  if (lot_.spread > 1) {
    loop += aicaLoop(side);
  }
  aica.knots = {origin,
                ventral,
                (beside + ventral) * 0.5 + at(side, 0, 0.5, 0),
                beside,
                loop,
                at(side, 20.5, 4.5, 0),
                at(side, 20.5, 1.5, -3.5)};
  return aica;
}

VesselPainter::Draft VesselPainter::picaDraft(Side side, Stream& random) const {
  Draft pica{"PICA", side, {}, random.around(0.62, 0.13), Tissue::artery, usualSpeed("PICA")};
  pica.knots = {trunkPoint("VA", side, -15), at(side, 9.5, 5, -12),
                at(side, 13.2, 0, -10),      at(side, 14, -2.5, random.uniform(-8, -2)),
                at(side, 13.5, -6, -9.5),    at(side, 10, -11, -15)};
  return pica;
}

VesselPainter::Draft VesselPainter::scaDraft(Side side, Stream& random) const {
  Draft sca{"SCA", side, {}, random.around(0.6, 0.12), Tissue::artery, usualSpeed("SCA")};
  sca.knots = {trunkPoint("BA", side, 26),
               at(side, 9, head_.measures().pons_half_depth, random.around(21, 1)),
               at(side, 16, 6, random.around(19.5, 1.5)), at(side, 20, -5, 22)};
  return sca;
}

void VesselPainter::paintArteries(Side side, double clearance_mm) {
  Stream random = streamFor(lot_, "branches", side);
  // Most nerves have an artery within a few millimetres, asymptomatic ones too (Tash 1991).
  const double aica_clearance = clearance_mm + random.uniform(0, 1.8);
  const double pica_clearance = clearance_mm + random.uniform(0, 1.8);
  const Draft aica = aicaDraft(side, random);
  if (find("AICA", side) == nullptr) {
    paint(aica, aica_clearance);
  }
  const Draft pica = picaDraft(side, random);
  if (find("PICA", side) == nullptr) {
    paint(pica, pica_clearance);
  }
  paint(scaDraft(side, random), 2.0);
}

void VesselPainter::paintVeins(Side side, double clearance_mm) {
  Stream random = streamFor(lot_, "veins", side);
  const double anterior = random.around(13.5, 1);
  Draft petrosal{"superior petrosal vein", side, {}, random.around(0.85, 0.2), Tissue::vein, 0};
  petrosal.knots = {at(side, 19.5, -1.5, random.around(11.5, 1)),
                    at(side, 21, 6, random.around(15, 1)), at(side, 22.5, anterior, 19)};
  paint(petrosal, clearance_mm + 0.5);
  Draft fissure{"vein of CP fissure", side, {}, random.around(0.4, 0.12), Tissue::vein, 0};
  fissure.knots = {at(side, 21, -2, random.around(1, 1)), at(side, 20, 0, 6), at(side, 20, 3, 12)};
  if (find("vein of CP fissure", side) == nullptr) {
    paint(fissure, clearance_mm + random.uniform(0, 1));
  }
  Draft pontine{"transverse pontine vein", side, {}, random.around(0.32, 0.08), Tissue::vein, 0};
  const double cranial = random.uniform(9.5, 13);
  pontine.knots = {at(side, 3, head_.measures().pons_half_depth + 0.7, cranial + 1),
                   onBrainSurface(head_, side, 8, cranial, 0.6),
                   onBrainSurface(head_, side, 4, cranial + 0.5, 0.7)};
  paint(pontine, clearance_mm);
}

void VesselPainter::paintUsual(Side side, double clearance_mm) {
  paintArteries(side, clearance_mm);
  paintVeins(side, clearance_mm);
}

}  // namespace neurovasc::phantom
