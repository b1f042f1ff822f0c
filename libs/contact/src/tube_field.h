#pragma once

#include <array>
#include <vector>

#include "neurovasc/core/tube.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::contact {

/// A tube's course around one place: arc length 0 is at the place, points 0.25 mm apart.
struct LocalCurve {
  std::vector<Point3> points_mm;
  std::vector<double> tau_mm;  ///< arc length of each point from the place
  std::vector<double> radius_mm;
  bool open_start = false;  ///< the tube goes on beyond the first point
  bool open_end = false;
};

/// The course of @p tube @p half_length_mm to either side of @p center_mm, each point from a
/// quadratic through its neighbours (Gaussian weights of @p smoothing_mm), which keeps bends.
LocalCurve localCurve(const Tube& tube, double center_mm, double half_length_mm,
                      double smoothing_mm);

/// A shift of a curve: (u0 + u1 tau + u2 tau^2) u + (v0 + v1 tau + v2 tau^2) v, with tau held
/// within +-reach_mm.
struct Shift {
  Vec3 u;
  Vec3 v;
  double reach_mm = 0;
  std::array<double, 3> along_u{};
  std::array<double, 3> along_v{};

  Vec3 at(double tau_mm) const;
};

/// @p curve moved by @p shift, with its radii changed by @p radius_change_mm, from -reach_mm to
/// reach_mm.
Tube shifted(const LocalCurve& curve, const Shift& shift, double radius_change_mm, double reach_mm);

/// What each voxel of a grid needs to know of a curve, so that the distance to the moved curve
/// costs a few multiplications:
///
///     d = | w - (w t) t |,   w = p - c(tau) - shift(tau)
///
/// with c(tau) the curve's point nearest to voxel p and t its tangent; exact to first order in the
/// shift's slope.
class TubeField {
 public:
  TubeField(const GridGeometry& grid, const LocalCurve& curve);

  /// Occupancy of the moved tube, its edge softened by a Gaussian of @p edge_sigma_mm that keeps
  /// the tube's cross-section.
  void occupancy(const Shift& shift, double radius_change_mm, double edge_sigma_mm,
                 std::vector<float>& out) const;

  /// Distance of voxel @p i to the tube's surface as it was given.
  double surfaceDistance(std::size_t i) const;
  double axisDistance(std::size_t i) const { return norm(entries_[i].to_voxel); }

 private:
  struct Entry {
    Vec3 to_voxel;  ///< from the nearest point of the curve
    Vec3 tangent;   ///< zero at a closed end, where the tube has a round cap
    double tau_mm = 0;
    double radius_mm = 0;
  };

  std::vector<Entry> entries_;
};

}  // namespace neurovasc::contact
