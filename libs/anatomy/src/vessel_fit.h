#pragma once

#include <vector>

#include "neurovasc/core/progress.h"
#include "vessel_images.h"
#include "vessel_trace.h"

namespace neurovasc::anatomy {

/// A line after the sub-voxel fit, with what the images show along it. All vectors have one entry
/// for each point.
struct FittedLine {
  std::vector<Point3> points_mm;
  std::vector<double> radius_mm;    ///< outer, from T2
  std::vector<double> t2_level;     ///< on the axis, 1 CSF
  std::vector<double> tof_level;    ///< of the lumen, 1 brain; empty without TOF
  std::vector<double> ce_t1_level;  ///< of the lumen, 1 brain; empty without CE-T1
  std::vector<double> explained;    ///< share of the darkness around that the tube explains, <= 1
  std::vector<double> open;         ///< share of the circle around the tube that is CSF on T2
  std::vector<double> blocked;      ///< share that is neither CSF nor the known brain
  std::vector<double> brain_mm;     ///< distance of the axis to the brain's surface; +inf unknown
  double lumen_t2 = 0.12;           ///< T2 level inside the tube, 1 CSF
  double response = 0;              ///< median tubularness
  int first_on = kNoLine;
  int last_on = kNoLine;

  std::size_t size() const { return points_mm.size(); }
};

struct FitOptions {
  double step_mm = 0.5;
  /// Standard deviation of a line's place and of the logarithm of its radius before the fit: the
  /// ridge is good to half a voxel, its scale to a factor.
  double centre_sd_mm = 0.2;
  double radius_log_sd = 0.45;
  double t2_noise = 0.06;     ///< of one sample, 1 CSF, the model's own error included
  double lumen_t2 = 0.12;     ///< T2 level inside a vessel too thin to show its own
  double smoothing_mm = 0.6;  ///< Gaussian along the line
};

/// Fits @p line on images.t2 as a disc under the point spread, in cross-sections at every step.
/// The surroundings are modelled as CSF and brain on either side of @p brain_distance (may be
/// empty).
FittedLine fitLine(const TracedLine& line, const VesselImages& images, const TubeProfile& disc,
                   const FitOptions& options);

double medianOf(std::vector<double> values);

}  // namespace neurovasc::anatomy
