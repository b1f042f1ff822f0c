#pragma once

#include <vector>

#include "least_squares.h"
#include "local_box.h"
#include "neurovasc/contact/gap.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "tube_field.h"

namespace neurovasc::contact {

/// What T2 shows around one place, as shares of the CSF level.
struct LocalImage {
  GridGeometry grid;
  std::vector<float> t2;
  std::vector<float> weights;         ///< inverse variances, 0 for voxels that do not take part
  std::vector<float> brain_distance;  ///< mm
  std::vector<float> other_share;     ///< of the voxel, by tubes that are not fitted
  std::vector<float> other_level;     ///< share times level
  Vec3 psf_sigma_mm;
  double csf_level = 1;  ///< where the fit starts
};

/// The unknowns of a place in their order.
enum GapUnknown : int {
  kNerveU,
  kNerveV,
  kNerveTiltU,
  kNerveTiltV,
  kNerveRadius,
  kVesselU,
  kVesselU1,
  kVesselU2,
  kVesselV,
  kVesselV1,
  kVesselV2,
  kVesselRadius,
  kBrainOffset,
  kNerveLevel,
  kVesselLevel,
  kBrainLevel,
  kCsfLevel,
  kGapUnknowns
};

/// Renders nerve, vessel and brainstem in CSF under the point spread for given unknowns.
class GapModel {
 public:
  GapModel(const LocalImage& image, LocalCurve nerve, LocalCurve vessel, const Vec3& nerve_tangent,
           const Vec3& vessel_tangent, const Vec3& towards_vessel, double reach_mm);

  /// For LeastSquaresProblem::predict.
  void predict(const std::vector<double>& values, int changed, std::vector<float>& out);

  Tube nerveTube(const std::vector<double>& values) const;
  Tube vesselTube(const std::vector<double>& values) const;

 private:
  Shift nerveShift(const std::vector<double>& values) const;
  Shift vesselShift(const std::vector<double>& values) const;
  void renderNerve(const std::vector<double>& values, std::vector<float>& out) const;
  void renderVessel(const std::vector<double>& values, std::vector<float>& out) const;
  void renderBrain(const std::vector<double>& values, std::vector<float>& out) const;
  void compose(const std::vector<double>& values, const std::vector<float>& nerve,
               const std::vector<float>& vessel, const std::vector<float>& brain,
               std::vector<float>& out) const;

  const LocalImage& image_;
  LocalCurve nerve_curve_;
  LocalCurve vessel_curve_;
  TubeField nerve_field_;
  TubeField vessel_field_;
  Shift nerve_frame_;
  Shift vessel_frame_;
  double reach_mm_;
  double edge_sigma_mm_;
  GaussianBlur blur_;
  std::vector<float> nerve_;
  std::vector<float> vessel_;
  std::vector<float> brain_;
  std::vector<float> scratch_;
};

}  // namespace neurovasc::contact
