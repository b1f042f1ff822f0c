#include "gap_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace neurovasc::contact {
namespace {

/// Edges are softened by half a voxel before they are sampled, which the rest of the point spread
/// then leaves without trace of the grid.
constexpr double kEdgeSigmaVoxels = 0.5;

Vec3 remainingSigma(const Vec3& psf_sigma_mm, double edge_sigma_mm) {
  const auto rest = [edge_sigma_mm](double sigma) {
    return std::sqrt(std::max(0.0, sigma * sigma - edge_sigma_mm * edge_sigma_mm));
  };
  return {rest(psf_sigma_mm.x), rest(psf_sigma_mm.y), rest(psf_sigma_mm.z)};
}

/// Directions across a curve: u towards @p towards, v square to it.
Shift frameOf(const Vec3& tangent, const Vec3& towards, double reach_mm) {
  Shift frame;
  const Vec3 across = towards - dot(towards, tangent) * tangent;
  frame.u = norm(across) > 0.1 ? normalized(across) : perpendicularTo(tangent);
  frame.v = cross(tangent, frame.u);
  frame.reach_mm = reach_mm;
  return frame;
}

}  // namespace

GapModel::GapModel(const LocalImage& image, LocalCurve nerve, LocalCurve vessel,
                   const Vec3& nerve_tangent, const Vec3& vessel_tangent,
                   const Vec3& towards_vessel, double reach_mm)
    : image_(image),
      nerve_curve_(std::move(nerve)),
      vessel_curve_(std::move(vessel)),
      nerve_field_(image.grid, nerve_curve_),
      vessel_field_(image.grid, vessel_curve_),
      nerve_frame_(frameOf(nerve_tangent, towards_vessel, reach_mm)),
      vessel_frame_(frameOf(vessel_tangent, towards_vessel, reach_mm)),
      reach_mm_(reach_mm),
      edge_sigma_mm_(kEdgeSigmaVoxels * image.grid.spacing_mm.x),
      blur_(image.grid, remainingSigma(image.psf_sigma_mm, edge_sigma_mm_)) {}

Shift GapModel::nerveShift(const std::vector<double>& values) const {
  Shift shift = nerve_frame_;
  shift.along_u = {values[kNerveU], values[kNerveTiltU], 0};
  shift.along_v = {values[kNerveV], values[kNerveTiltV], 0};
  return shift;
}

Shift GapModel::vesselShift(const std::vector<double>& values) const {
  Shift shift = vessel_frame_;
  shift.along_u = {values[kVesselU], values[kVesselU1], values[kVesselU2]};
  shift.along_v = {values[kVesselV], values[kVesselV1], values[kVesselV2]};
  return shift;
}

Tube GapModel::nerveTube(const std::vector<double>& values) const {
  return shifted(nerve_curve_, nerveShift(values), values[kNerveRadius], reach_mm_);
}

Tube GapModel::vesselTube(const std::vector<double>& values) const {
  return shifted(vessel_curve_, vesselShift(values), values[kVesselRadius], reach_mm_);
}

void GapModel::renderNerve(const std::vector<double>& values, std::vector<float>& out) const {
  nerve_field_.occupancy(nerveShift(values), values[kNerveRadius], edge_sigma_mm_, out);
}

void GapModel::renderVessel(const std::vector<double>& values, std::vector<float>& out) const {
  vessel_field_.occupancy(vesselShift(values), values[kVesselRadius], edge_sigma_mm_, out);
}

void GapModel::renderBrain(const std::vector<double>& values, std::vector<float>& out) const {
  const auto offset = static_cast<float>(values[kBrainOffset]);
  const auto scale = static_cast<float>(1 / edge_sigma_mm_);
  out.resize(image_.brain_distance.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = normalCdf((offset - image_.brain_distance[i]) * scale);
  }
}

/// The vessel displaces the nerve, both displace the brain, and CSF fills what is left. Shares of
/// bodies side by side add up: blurring is linear.
void GapModel::compose(const std::vector<double>& values, const std::vector<float>& nerve,
                       const std::vector<float>& vessel, const std::vector<float>& brain,
                       std::vector<float>& out) const {
  const auto nerve_level = static_cast<float>(values[kNerveLevel]);
  const auto vessel_level = static_cast<float>(values[kVesselLevel]);
  const auto brain_level = static_cast<float>(values[kBrainLevel]);
  const auto csf_level = static_cast<float>(values[kCsfLevel]);
  out.resize(nerve.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    float left = 1 - vessel[i];
    float sum = vessel_level * vessel[i];
    const float n = std::min(nerve[i], left);
    sum += nerve_level * n;
    left -= n;
    const float b = std::min(brain[i], left);
    sum += brain_level * b;
    left -= b;
    if (const float other = image_.other_share[i]; other > 0) {
      const float o = std::min(other, left);
      sum += image_.other_level[i] * (o / other);
      left -= o;
    }
    out[i] = sum + csf_level * left;
  }
  blur_.apply(out);
}

void GapModel::predict(const std::vector<double>& values, int changed, std::vector<float>& out) {
  if (changed < 0) {
    renderNerve(values, nerve_);
    renderVessel(values, vessel_);
    renderBrain(values, brain_);
    compose(values, nerve_, vessel_, brain_, out);
  } else if (changed <= kNerveRadius) {
    renderNerve(values, scratch_);
    compose(values, scratch_, vessel_, brain_, out);
  } else if (changed <= kVesselRadius) {
    renderVessel(values, scratch_);
    compose(values, nerve_, scratch_, brain_, out);
  } else if (changed == kBrainOffset) {
    renderBrain(values, scratch_);
    compose(values, nerve_, vessel_, scratch_, out);
  } else {
    compose(values, nerve_, vessel_, brain_, out);
  }
}

}  // namespace neurovasc::contact
