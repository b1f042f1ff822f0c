#include "head.h"

#include <algorithm>
#include <cmath>

#include "curve.h"

namespace neurovasc::phantom {
namespace {

/// Polynomial smooth minimum (Quilez): rounds the seam of a union over about @p k mm.
double smoothMin(double a, double b, double k) {
  const double h = std::max(k - std::abs(a - b), 0.0) / k;
  return std::min(a, b) - 0.25 * h * h * k;
}

double smoothMax(double a, double b, double k) { return -smoothMin(-a, -b, k); }

/// 0 below @p from, 1 above @p to, with a continuous slope.
double step(double from, double to, double x) {
  const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

double bump(double x, double width) { return std::exp(-x * x / (width * width)); }

/// Distance along the ray from the centre: well behaved inside and out.
double ellipsoid(const Point3& p, const Point3& center, const Vec3& radii) {
  const Vec3 q = p - center;
  const double rho = norm({q.x / radii.x, q.y / radii.y, q.z / radii.z});
  return rho < 1e-6 ? -std::min({radii.x, radii.y, radii.z}) : (1 - 1 / rho) * norm(q);
}

double capsule(const Point3& p, const Point3& a, const Point3& b, double ra, double rb) {
  const Vec3 along = b - a;
  const double t = std::clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0);
  return distance(p, a + t * along) - (ra + (rb - ra) * t);
}

/// The point seen on the left side.
Point3 leftward(const Point3& p) { return {std::abs(p.x), p.y, p.z}; }

EarShape drawEar(Stream& random, Side side) {
  EarShape ear;
  const double lateral = random.around(24.5, 1.5);
  const double anterior = random.around(11, 1.5);
  const double cranial = random.around(8, 2);
  ear.porus = at(side, lateral, anterior, cranial);
  ear.fundus = at(side, lateral + random.around(9.3, 0.9), anterior + random.around(1.2, 1.0),
                  cranial + random.around(0.5, 0.6));
  const double face = random.around(0.58, 0.07);  // 29 to 37 degrees
  ear.face_normal = normalized(at(side, std::sin(face), std::cos(face), random.around(-0.1, 0.1)));
  ear.canal_radius_mm = random.around(2.7, 0.4);
  return ear;
}

}  // namespace

HeadMeasures drawHead(const HeadLot& lot, bool large_flocculus) {
  Stream random(lot, "head");
  HeadMeasures m;
  m.medulla_half_width = random.around(11, 0.8);
  m.medulla_half_depth = random.around(6.8, 0.5);
  m.pons_half_width = random.around(15, 1.1);
  m.pons_half_depth = random.around(11.5, 0.8);
  m.sulcus_depth = random.around(0.8, 0.3);
  m.clivus_anterior = random.around(19.5, 1.5);
  m.cerebellum_front = random.around(-4, 1);
  m.cerebellum_rim = random.around(2.5, 0.8);
  m.folia_depth = random.uniform(0.2, 0.6);
  m.flocculus = {random.around(20, 1), random.around(2.8, 0.8), random.around(-1, 1)};
  if (large_flocculus) {
    m.flocculus += Vec3{-0.6, -0.6, 1.6};  // towards the nerve's root
    m.flocculus_scale = 1.25;
  }
  const double cranial_shift = random.around(0, 0.8);
  for (const Side side : kSides) {
    // The ears of one head are alike, not equal.
    Stream common(lot, "ear");
    Stream own(lot, side == Side::left ? "left ear" : "right ear");
    EarShape& ear = m.ears[side == Side::left ? 0 : 1];
    ear = drawEar(common, side);
    const Vec3 shift = at(side, own.around(0, 0.6), own.around(0, 0.6),
                          own.around(0, 0.5) + lateralSign(side) * cranial_shift);
    ear.porus += shift;
    ear.fundus += shift + Vec3{own.around(0, 0.4), own.around(0, 0.4), own.around(0, 0.4)};
  }
  return m;
}

double HeadShape::brainstem(const Point3& p) const {
  const double up = step(-2, 7, p.z);
  const double sulcus = m_.sulcus_depth * bump(p.z + 0.5, 1.4);
  const double wide = m_.medulla_half_width +
                      (m_.pons_half_width - m_.medulla_half_width) * step(-1.5, 8, p.z) - sulcus;
  const double deep =
      m_.medulla_half_depth + (m_.pons_half_depth - m_.medulla_half_depth) * up - sulcus;
  const double y = p.y - 1.5 * (1 - up);
  const double groove = y < 0 ? 1.0 * bump(p.x, 3.0) : 0.0;  // of the basilar artery
  const double u = p.x / wide;
  const double v = y / (deep - groove);
  const double rho = std::sqrt(std::sqrt(u * u * u * u + 2 * u * u * v * v * 0.8 + v * v * v * v));
  const double length = std::sqrt(p.x * p.x + y * y);
  return rho < 1e-6 ? -deep : (1 - 1 / rho) * length * 0.92;
}

double HeadShape::peduncles(const Point3& p) const {
  const Point3 q = leftward(p);
  const double middle = capsule(q, {8, 4, 9}, {23, 17, 4}, 7.5, 9);
  const double olive = ellipsoid(q, {7.2, -3.4, -7}, {3.0, 2.2, 5.5});
  const double flocculus = ellipsoid(q, m_.flocculus, Vec3{4.2, 3.2, 3.0} * m_.flocculus_scale);
  const double stalk = capsule(q, m_.flocculus, m_.flocculus + Vec3{0, 7, 0}, 1.8, 3.0);
  return std::min({middle, olive, smoothMin(flocculus, stalk, 1.5)});
}

double HeadShape::cerebellum(const Point3& p) const {
  const double lateral = std::abs(p.x);
  const double front = m_.cerebellum_front - 7 * step(2, -9, p.z) * step(26, 14, lateral);
  const double behind_front = -p.y - front;
  const double body = smoothMax(fossa(p) + m_.cerebellum_rim, behind_front, 5);
  constexpr double kSurfaceMm = 3;
  if (std::abs(body) > kSurfaceMm) {
    return body;
  }
  const double lobules =
      0.5 * std::sin(0.55 * lateral + 0.3 * p.z) * std::sin(0.5 * p.z + 0.2 * p.y);
  const double folia = 1 + std::sin(2.1 * p.z + 0.35 * lateral + 0.25 * p.y);
  return body + m_.folia_depth * (folia + 2 * lobules);
}

double HeadShape::brain(const Point3& p) const {
  const double core = smoothMin(brainstem(p), peduncles(p), 2.0);
  return smoothMin(core, cerebellum(p), 2.0);
}

double HeadShape::ventricle(const Point3& p) const {
  const Point3 q = leftward(p);
  const double body = ellipsoid(q, {0, 13.5, 5}, {7, 3.4, 13});
  const double recess = capsule(q, {4, 12.5, 1}, {16, 8.5, -1.5}, 1.8, 1.3);
  return smoothMin(body, recess, 1.5);
}

double HeadShape::petrousFace(Side side, const Point3& p) const {
  const EarShape& ear = m_.ear(side);
  return dot(ear.face_normal, p - ear.porus);
}

double HeadShape::fossa(const Point3& p) const {
  const double faces = smoothMax(petrousFace(Side::left, p), petrousFace(Side::right, p), 3.0);
  const double front = smoothMax(faces, -p.y - m_.clivus_anterior, 6.0);
  return smoothMax(front, ellipsoid(p, {0, 26, 0}, {58, 56, 46}), 6.0);
}

double HeadShape::cistern(const Point3& p) const {
  const EarShape& ear = m_.ear(p.x > 0 ? Side::left : Side::right);
  const Vec3 axis = normalized(ear.fundus - ear.porus);
  const double canal = capsule(p, ear.porus - axis * 2.0, ear.fundus, ear.canal_radius_mm,
                               0.72 * ear.canal_radius_mm);
  return smoothMin(fossa(p), canal, 1.6);
}

double HeadShape::temporalLobes(const Point3& p) const {
  return ellipsoid(leftward(p), {42, -32, 33}, {22, 26, 20});
}

double HeadShape::marrow(const Point3& p) const {
  const double clivus = ellipsoid(p, {0, -m_.clivus_anterior - 9, 0}, {11, 6.5, 22});
  const double apex = ellipsoid(leftward(p), {17, -m_.clivus_anterior - 3, 11}, {5.5, 3.5, 3.5});
  return std::min(clivus, apex);
}

Vec3 slope(const Shape& shape, const Point3& p) {
  constexpr double kHalfStepMm = 0.05;
  Vec3 gradient;
  for (int a = 0; a < 3; ++a) {
    Vec3 h;
    h[a] = kHalfStepMm;
    gradient[a] = (shape(p + h) - shape(p - h)) / (2 * kHalfStepMm);
  }
  return gradient;
}

double trueDistance(const Shape& shape, const Point3& p) {
  return shape(p) / std::max(0.2, norm(slope(shape, p)));
}

}  // namespace neurovasc::phantom
