#include <cmath>
#include <string>

#include "curve.h"
#include "nerves.h"

namespace neurovasc::phantom {
namespace {

constexpr double kPi = 3.141592653589793;

Strand fluid(const char* name, Side side, Tube tube) {
  Strand strand;
  strand.name = std::string(name) + " " + std::string(neurovasc::name(side));
  strand.tissue = Tissue::csf;
  strand.tube = std::move(tube);
  return strand;
}

/// Two and a half turns that narrow and climb along @p axis.
Tube cochlea(const Point3& base, const Vec3& axis, const Vec3& start, double radius_mm) {
  const Vec3 other = cross(axis, start);
  std::vector<Point3> line;
  constexpr int kPoints = 70;
  for (int i = 0; i <= kPoints; ++i) {
    const double t = static_cast<double>(i) / kPoints;
    const double angle = 5 * kPi * t;
    const double r = radius_mm * (1 - 0.72 * t);
    line.push_back(base + start * (r * std::cos(angle)) + other * (r * std::sin(angle)) +
                   axis * (3.6 * t));
  }
  return makeTube(std::move(line), 0.95, 0.5);
}

/// Two thirds of a circle from the vestibule and back to it.
Tube semicircular(const Point3& vestibule, const Vec3& out, const Vec3& across, double radius_mm) {
  const Point3 center = vestibule + out * (radius_mm * 0.8);
  std::vector<Point3> line;
  constexpr int kPoints = 36;
  for (int i = 0; i <= kPoints; ++i) {
    const double angle = (-0.8 + 1.6 * i / kPoints) * kPi;
    line.push_back(center + out * (radius_mm * std::cos(angle)) +
                   across * (radius_mm * std::sin(angle)));
  }
  return makeTube(std::move(line), 0.62);
}

}  // namespace

std::vector<Strand> drawLabyrinth(const HeadLot& lot, Side side, const HeadShape& head) {
  Stream random(lot, "labyrinth");
  const Point3 fundus = head.measures().ear(side).fundus;
  const Point3 vestibule = fundus + at(side, random.around(4.4, 0.4), random.around(-1.6, 0.5),
                                       random.around(-0.2, 0.3));
  const double ring = random.around(3.3, 0.3);
  // The petrous pyramid runs antero-medially: the superior canal's plane stands across it.
  const Vec3 along = normalized(at(side, -0.7, 0.7, 0));
  const Vec3 outward = normalized(at(side, 0.7, 0.7, 0));
  const Vec3 up = at(side, 0, 0, 1);
  const Vec3 behind = -1.0 * outward;
  std::vector<Strand> parts;
  const Point3 turn =
      fundus + at(side, random.around(2.2, 0.3), random.around(4.4, 0.4), random.around(-0.6, 0.3));
  parts.push_back(fluid("cochlea", side, cochlea(turn, outward, along, random.around(3.0, 0.25))));
  parts.push_back(
      fluid("vestibule", side, makeTube({vestibule + up * -1.2, vestibule + up * 1.2}, 1.5, 1.7)));
  parts.push_back(
      fluid("basal turn", side, makeTube({vestibule + up * -1.0, turn + along * -2.4}, 1.0)));
  parts.push_back(
      fluid("superior canal", side,
            semicircular(vestibule + up * 1.5, normalized(up + 0.2 * outward), outward, ring)));
  parts.push_back(fluid("posterior canal", side,
                        semicircular(vestibule + behind * 0.8,
                                     normalized(behind - along * 0.6 + 0.1 * up), up, ring)));
  parts.push_back(
      fluid("lateral canal", side,
            semicircular(vestibule + outward * 0.3, normalized(at(side, 0.85, -0.4, 0.1)),
                         normalized(at(side, 0.4, 0.85, 0.35)), 0.9 * ring)));
  return parts;
}

}  // namespace neurovasc::phantom
