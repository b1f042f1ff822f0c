#include "nerves.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "curve.h"

namespace neurovasc::phantom {
namespace {

constexpr double kNerveStepMm = 0.5;

/// What varies from nerve to nerve.
struct FacialPlan {
  double root_anterior;
  double root_cranial;
  double detachment_anterior;
  double detachment_cranial;
  double root_radius;
  double canal_radius;
  double ridge;        ///< how far the axis of the attached segment lies out of the pons
  double bow_cranial;  ///< of the cisternal portion
  double bow_anterior;
};

FacialPlan planFacial(const HeadLot& lot, Side side) {
  Stream common(lot, "facial nerve");
  Stream own(lot, side == Side::left ? "facial left" : "facial right");
  FacialPlan plan{};
  plan.root_anterior = common.around(0.3, 0.8) + own.around(0, 0.3);
  plan.root_cranial = common.around(-0.2, 0.4) + own.around(0, 0.3);
  plan.detachment_anterior = common.around(3.4, 0.9) + own.around(0, 0.4);
  plan.detachment_cranial = common.around(6.0, 1.0) + own.around(0, 0.5);
  plan.root_radius = common.around(0.68, 0.12) + own.around(0, 0.03);
  plan.canal_radius = plan.root_radius * common.around(0.75, 0.05);
  plan.ridge = plan.root_radius * common.around(0.25, 0.2);
  plan.bow_cranial = common.around(0.2, 0.7) + own.around(0, 0.3);
  plan.bow_anterior = common.around(0.2, 0.6) + own.around(0, 0.3);
  return plan;
}

/// VII runs in the antero-superior quadrant of the canal, VIII below and behind it.
constexpr double kCanalAnteriorMm = 0.55;
constexpr double kCanalCranialMm = 0.9;

std::vector<Point3> attachedKnots(const FacialPlan& plan, Side side, const HeadShape& head) {
  constexpr int kKnots = 7;
  std::vector<Point3> knots;
  for (int i = 0; i < kKnots; ++i) {
    const double t = static_cast<double>(i) / (kKnots - 1);
    const double anterior = plan.root_anterior +
                            (plan.detachment_anterior - plan.root_anterior) * t + 0.5 * t * (1 - t);
    const double cranial = plan.root_cranial + (plan.detachment_cranial - plan.root_cranial) * t;
    knots.push_back(onBrainSurface(head, side, anterior, cranial, plan.ridge));
  }
  return knots;
}

std::vector<Point3> facialKnots(const FacialPlan& plan, Side side, const HeadShape& head) {
  const EarShape& ear = head.measures().ear(side);
  std::vector<Point3> knots = attachedKnots(plan, side, head);
  const Point3 detachment = knots.back();
  const Point3 porus = ear.porus + at(side, 0, 0.8, 1.0);
  const Vec3 bow = at(side, 0, plan.bow_anterior, plan.bow_cranial);
  knots.push_back(detachment + (porus - detachment) * 0.18 + bow * 0.4);
  knots.push_back(detachment + (porus - detachment) * 0.52 + bow);
  knots.push_back(porus);
  const Vec3 quadrant = at(side, 0, kCanalAnteriorMm, kCanalCranialMm);
  knots.push_back((ear.porus + ear.fundus) * 0.5 + quadrant);
  knots.push_back(ear.fundus + quadrant * 0.9);
  return knots;
}

double lerp(double a, double b, double t) { return a + (b - a) * t; }

Strand nerveStrand(const std::string& name, Side side, const std::vector<Point3>& knots,
                   double first_radius, double last_radius) {
  Strand strand;
  strand.name = name + " " + std::string(neurovasc::name(side));
  strand.tissue = Tissue::nerve;
  strand.tube = makeTube(spline(knots, kNerveStepMm), first_radius, last_radius);
  return strand;
}

/// VIII and its three branches in the canal: cochlear in front and below, vestibular behind.
void addVestibulocochlear(Stream& random, const FacialNerve& facial, const HeadShape& head,
                          std::vector<Strand>& strands) {
  const Side side = facial.side;
  const EarShape& ear = head.measures().ear(side);
  const Tube& vii = facial.tube;
  const double radius = random.around(1.05, 0.2);
  const Vec3 below =
      at(side, 0, -0.65, -0.75) * (vii.radius_mm.back() + radius + random.around(0.5, 0.4));
  const double free_mm = facial.porus_arc_mm - facial.detachment_arc_mm;
  const Point3 middle = pointAt(vii.points_mm, facial.detachment_arc_mm + 0.55 * free_mm);
  const Point3 root =
      onBrainSurface(head, side, random.around(-1.2, 0.5), random.around(0.6, 0.4), 0.0);
  const Point3 mouth = ear.porus + at(side, 0, -0.6, -0.5);
  const Point3 split = ear.porus * 0.45 + ear.fundus * 0.55 + at(side, 0, -0.5, -0.5);
  strands.push_back(nerveStrand("VIII", side,
                                {root, root + (middle + below - root) * 0.3 + at(side, 0.5, 0, 0),
                                 middle + below, mouth, split},
                                radius, 0.85 * radius));
  const Vec3 ends[] = {at(side, 0, 0.6, -0.8), at(side, 0, -0.9, 0.7), at(side, 0, -0.8, -0.9)};
  const char* names[] = {"cochlear", "superior vestibular", "inferior vestibular"};
  for (std::size_t i = 0; i < 3; ++i) {
    strands.push_back(nerveStrand(
        names[i], side, {mouth * 0.4 + split * 0.6, split, ear.fundus + ends[i]}, 0.6, 0.45));
  }
}

void addLowerNerves(Stream& random, Side side, const HeadShape& head,
                    std::vector<Strand>& strands) {
  const Point3 foramen = at(side, random.around(23, 1), random.around(6, 1), random.around(-6, 1));
  const char* names[] = {"IX", "X", "X lower", "XI"};
  for (int i = 0; i < 4; ++i) {
    const double cranial = random.around(-2.9 - 1.9 * i, 0.3);
    const Point3 root = onBrainSurface(head, side, random.around(-2.2, 0.4), cranial, -0.1);
    const Point3 end = foramen + at(side, 0, 0, -0.9 * i);
    const Vec3 sag = at(side, 0, random.around(0.2, 0.5), random.around(0, 0.3));
    strands.push_back(nerveStrand(names[i], side, {root, (root + end) * 0.5 + sag, end}, 0.4,
                                  i == 0 ? 0.38 : 0.32));
  }
}

/// Rootlets of IX that leave the medulla just below the facial nerve's root.
void addHighRootlets(Stream random, Side side, const HeadShape& head,
                     std::vector<Strand>& strands) {
  const Point3 foramen = at(side, random.around(22.5, 0.8), random.around(6.5, 0.8), -4.5);
  for (const double cranial : {-1.7, -2.4}) {
    const Point3 root = onBrainSurface(head, side, random.around(-1.4, 0.4), cranial, -0.1);
    const Vec3 sag = at(side, 0, random.around(0.4, 0.4), random.around(0.5, 0.3));
    strands.push_back(
        nerveStrand("IX", side, {root, (root + foramen) * 0.5 + sag, foramen}, 0.45, 0.4));
  }
}

void addUpperNerves(Stream& random, Side side, const HeadShape& head,
                    std::vector<Strand>& strands) {
  const Point3 root =
      onBrainSurface(head, side, random.around(5, 0.8), random.around(13, 1.2), -0.5);
  const Point3 meckel =
      at(side, random.around(18.5, 1), random.around(21, 1), random.around(15.5, 1));
  strands.push_back(nerveStrand(
      "V", side, {root, (root + meckel) * 0.5 + at(side, 0.6, 0, 0.5), meckel}, 1.35, 1.15));
  const double lateral = random.around(4.5, 0.7);
  const double ventral = head.measures().medulla_half_depth - 0.5;
  const Point3 sulcus = at(side, lateral, ventral, random.around(0, 0.4));
  const Point3 dorello =
      at(side, random.around(8, 1), head.measures().clivus_anterior + 1, random.around(12, 1.5));
  const Point3 middle = at(side, lerp(lateral, 8, 0.4), head.measures().pons_half_depth + 2.6, 3.5);
  strands.push_back(nerveStrand("VI", side, {sulcus, middle, dorello}, 0.42, 0.42));
}

}  // namespace

Point3 onBrainSurface(const HeadShape& head, Side side, double anterior_mm, double cranial_mm,
                      double lift_mm) {
  constexpr double kStepMm = 0.5;
  const auto isBrain = [&](double lateral) {
    return head.brain(at(side, lateral, anterior_mm, cranial_mm)) < 0;
  };
  double inside = 2;
  // Farther out the flocculus may begin, which bears no nerve's root.
  while (inside + kStepMm < 22 && isBrain(inside + kStepMm)) inside += kStepMm;
  double outside = inside + kStepMm;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (inside + outside);
    (isBrain(middle) ? inside : outside) = middle;
  }
  const Point3 surface = at(side, outside, anterior_mm, cranial_mm);
  const auto brain = [&head](const Point3& p) { return head.brain(p); };
  return surface + normalized(slope(brain, surface)) * lift_mm;
}

void measureArcs(FacialNerve& nerve, const HeadShape& head) {
  constexpr double kStepMm = 0.02;
  const Tube fine = resampled(nerve.tube, kStepMm);
  const auto arcs = arcLengths(fine.points_mm);
  const auto brain = [&head](const Point3& p) { return head.brain(p); };
  nerve.detachment_arc_mm = 0;
  nerve.porus_arc_mm = arcs.back();
  for (std::size_t i = fine.size(); i-- > 0;) {
    const Point3& p = fine.points_mm[i];
    if (head.petrousFace(nerve.side, p) >= 0) {
      nerve.porus_arc_mm = arcs[i];
    } else if (trueDistance(brain, p) < fine.radius_mm[i]) {
      nerve.detachment_arc_mm = arcs[i];
      return;
    }
  }
}

Zone zoneOf(const FacialNerve& nerve, double arc_mm) {
  return zoneAt(arc_mm, nerve.detachment_arc_mm, nerve.porus_arc_mm);
}

FacialNerve drawFacialNerve(const HeadLot& lot, Side side, const HeadShape& head) {
  const FacialPlan plan = planFacial(lot, side);
  FacialNerve nerve;
  nerve.side = side;
  nerve.tube = makeTube(spline(facialKnots(plan, side, head), kNerveStepMm), plan.root_radius,
                        plan.canal_radius);
  measureArcs(nerve, head);
  return nerve;
}

std::vector<Strand> drawOtherNerves(const HeadLot& lot, const FacialNerve& facial,
                                    const HeadShape& head, bool thick_lower_nerves) {
  const Side side = facial.side;
  Stream random(lot, "nerves " + std::string(name(side)));
  std::vector<Strand> strands;
  addUpperNerves(random, side, head, strands);
  addLowerNerves(random, side, head, strands);
  if (thick_lower_nerves) {
    addHighRootlets(Stream(lot, "rootlets"), side, head, strands);
  }
  addVestibulocochlear(random, facial, head, strands);
  return strands;
}

}  // namespace neurovasc::phantom
