#pragma once

#include <array>
#include <functional>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/terms.h"
#include "random.h"

namespace neurovasc::phantom {

/// One side's measures of the skull base.
struct EarShape {
  Point3 porus;      ///< centre of the internal auditory canal's opening, in the petrous face
  Point3 fundus;     ///< lateral end of the canal
  Vec3 face_normal;  ///< of the petrous face, from CSF into bone
  double canal_radius_mm = 2.6;  ///< at the porus; three quarters of it at the fundus
};

/// The measures of one head, drawn by seed (Tomii 2003; textbook values, all mm).
struct HeadMeasures {
  double medulla_half_width = 11;
  double medulla_half_depth = 6.8;
  double pons_half_width = 15;
  double pons_half_depth = 11.5;
  double sulcus_depth = 0.8;
  double clivus_anterior = 19;
  double cerebellum_front = -3.5;
  double cerebellum_rim = 2.5;
  double folia_depth = 0.3;
  Point3 flocculus = {20, 2.5, -0.5};  ///< of the left side
  double flocculus_scale = 1;
  std::array<EarShape, 2> ears;

  const EarShape& ear(Side side) const { return ears[side == Side::left ? 0 : 1]; }
};

HeadMeasures drawHead(const HeadLot& lot, bool large_flocculus = false);

/// The large shapes of the head as functions that are negative inside, near the surface about the
/// signed distance in mm (within a tenth or two; use trueDistance() where it matters).
class HeadShape {
 public:
  explicit HeadShape(const HeadMeasures& measures) : m_(measures) {}

  const HeadMeasures& measures() const { return m_; }

  double brain(const Point3& p) const;      ///< brainstem, cerebellum, flocculi, no ventricle
  double ventricle(const Point3& p) const;  ///< fourth ventricle with its lateral recesses
  double fossa(const Point3& p) const;      ///< posterior fossa without the canals
  double cistern(const Point3& p) const;    ///< posterior fossa with the canals
  double petrousFace(Side side, const Point3& p) const;  ///< negative on the cistern's side
  double temporalLobes(const Point3& p) const;
  double marrow(const Point3& p) const;  ///< fatty marrow of clivus and petrous apices

 private:
  double brainstem(const Point3& p) const;
  double cerebellum(const Point3& p) const;
  double peduncles(const Point3& p) const;

  HeadMeasures m_;
};

using Shape = std::function<double(const Point3&)>;

/// Gradient by central differences.
Vec3 slope(const Shape& shape, const Point3& p);

/// Distance to the surface, to first order: shape over the length of its slope.
double trueDistance(const Shape& shape, const Point3& p);

}  // namespace neurovasc::phantom
