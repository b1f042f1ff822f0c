#include "neurovasc/anatomy/tissue.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/parallel.h"
#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/smoothing.h"
#include "vessel_voxels.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

/// Grid of the morphology: radii are millimetres, so nothing is gained by finer voxels.
constexpr double kMorphologyVoxelMm = 0.5;
/// Larger than any nerve in the region but the trigeminal, smaller than the medulla's curvature.
constexpr double kBrainOpeningMm = 3.0;
/// Bone and air are thick; vessels without signal are at most 5 mm across.
constexpr double kBoneOpeningMm = 2.5;
/// What survives the opening loses its rim to the voxels: so far the surface may lie outside it.
constexpr double kRimMm = 0.45;
/// From this depth on noise in the brain makes no surface.
constexpr double kSureDepthMm = 0.9;
constexpr double kSurfaceSmoothingMm = 0.25;
/// Brain, CSF and bone are told apart in an image so smooth, under noise in a smoother one: half
/// the step between brain and bone is to be so many standard deviations, or holes of noise open the
/// whole brain.
constexpr double kSmoothingMm = 0.35;
constexpr double kMostSmoothingMm = 0.7;
constexpr double kSureSds = 4;
/// Stands for the distance to what is nowhere in the image.
constexpr float kNowhereMm = 1e3F;
constexpr double kMinBrainMm3 = 1500;
/// Bands of balanced sequences run through the brain as sheets, dim enough to be taken for bone in
/// places, up to twice as thick as this.
constexpr double kSheetMm = 1.25;
/// Brainstem and cerebellum reach the midline; muscle and scalp do not.
constexpr double kMaxFromMidlineMm = 25;

/// Signed distance to a coarse mask, negative inside, zero between border voxels.
ImageF signedToMask(const Mask& mask, int threads) {
  ImageF distance = imaging::signedDistance(mask, threads);
  const auto half = static_cast<float>(0.5 * mask.geometry().spacing_mm.x);
  for (float& d : distance) d = std::clamp(d > 0 ? d - half : d + half, -kNowhereMm, kNowhereMm);
  return distance;
}

bool reachesMidline(const imaging::Components& components, const imaging::Component& c,
                    const GridGeometry& grid, const HeadFrame& frame) {
  for (int k = c.box.lower[2]; k < c.box.upper[2]; k += 4) {
    for (int j = c.box.lower[1]; j < c.box.upper[1]; j += 4) {
      for (int i = c.box.lower[0]; i < c.box.upper[0]; i += 4) {
        if (components.labels[grid.offset(i, j, k)] != c.label) continue;
        if (std::abs(frame.head_from_lps(grid.toLps(i, j, k)).x) < kMaxFromMidlineMm) return true;
      }
    }
  }
  return false;
}

/// @p grey, opened, with what is as @p dark as bone and yet brain: between bodies of brain, and
/// once more part of one when it is filled. Vessels on the brain and in its fissures are not: the
/// body's own edges are too far from them, or the second opening takes them back.
Mask openedWithSheets(const Mask& grey, const Mask& dark, int threads) {
  Mask filled = imaging::closed(imaging::opened(grey, kBrainOpeningMm, threads), kSheetMm, threads);
  for (std::size_t i = 0; i < filled.voxelCount(); ++i) {
    filled[i] = grey[i] || (filled[i] && dark[i]);
  }
  return imaging::opened(filled, kBrainOpeningMm, threads);
}

/// The parts of the opened grey that are large and near the midline.
Mask brainBody(const Mask& opened, const HeadFrame& frame) {
  const imaging::Components components =
      imaging::connectedComponents(opened, imaging::Connectivity::faces, kMinBrainMm3);
  Mask kept(opened.geometry());
  for (const imaging::Component& c : components.list) {
    if (!reachesMidline(components, c, opened.geometry(), frame)) continue;
    for (std::size_t i = 0; i < kept.voxelCount(); ++i) {
      if (components.labels[i] == c.label) kept[i] = 1;
    }
  }
  return kept;
}

/// The opened body of the brain and the dark sheets in it.
struct BrainBody {
  ImageF distance_mm;
  Mask sheets;
};

/// Negative in brain, about mm, linear around the surface: half-way between the plateaus of the
/// smoothed image, within reach of the opened body. A dark sheet has no surface to bone.
ImageF brainField(const ImageF& t2, const TissueLevels& levels, const BrainBody& body,
                  int threads) {
  ImageF field = imaging::gaussianSmooth(t2, kSurfaceSmoothingMm, threads);
  const double csf_cut = 0.5 * (levels.t2_brain + levels.t2_csf);
  const double bone_cut = 0.5 * (levels.t2_brain + levels.t2_dark);
  const double per_mm = levels.t2_csf - levels.t2_brain;
  const auto at = [&](const Point3& p, double value) {
    const double to_body = interpolate(body.distance_mm, p);
    if (to_body < -kSureDepthMm) return to_body;
    const double bone = (bone_cut - value) / per_mm;
    const double other = std::max((value - csf_cut) / per_mm, to_body - kRimMm);
    const bool to_bone = bone > other && !body.sheets[nearestVoxel(body.sheets.geometry(), p)];
    return to_bone ? bone : other;
  };
  const Size3& n = field.size();
  parallelFor(static_cast<std::size_t>(n[2]), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t slice = begin; slice < end; ++slice) {
      const int k = static_cast<int>(slice);
      for (int j = 0; j < n[1]; ++j) {
        for (int i = 0; i < n[0]; ++i) {
          float& value = field(i, j, k);
          value = static_cast<float>(at(field.geometry().toLps(i, j, k), value));
        }
      }
    }
  });
  return field;
}

ImageF csfFraction(const ImageF& t2, const TissueLevels& levels) {
  ImageF fraction(t2.geometry());
  const auto low = static_cast<float>(levels.t2_brain);
  const auto range = static_cast<float>(levels.t2_csf - levels.t2_brain);
  for (std::size_t i = 0; i < t2.voxelCount(); ++i) {
    fraction[i] = std::clamp((t2[i] - low) / range, 0.0F, 1.0F);
  }
  return fraction;
}

/// A Gaussian of standard deviation s leaves sqrt(V / (4 pi s^2)^1.5) of the white noise of voxels
/// of volume V.
double smoothingMm(const FusedImage& t2, const TissueLevels& levels) {
  const Vec3& v = t2.acquired_voxel_mm;
  const double half_step = 0.5 * (levels.t2_brain - levels.t2_dark);
  if (t2.noise_sd <= 0 || half_step <= 0) return kSmoothingMm;
  const double share = half_step / (kSureSds * t2.noise_sd);
  const double needed =
      std::sqrt(std::pow(v.x * v.y * v.z / (share * share), 2.0 / 3) / (4 * M_PI));
  return std::clamp(needed, kSmoothingMm, kMostSmoothingMm);
}

}  // namespace

TissueMaps mapTissue(const FusedImage& series, const TissueLevels& levels, const HeadFrame& frame,
                     int threads, const Progress& progress) {
  const ImageF& t2 = series.fine;
  const ImageF rough = imaging::gaussianSmooth(coarse(t2, kMorphologyVoxelMm, threads),
                                               smoothingMm(series, levels), threads);
  const double csf_cut = 0.5 * (levels.t2_brain + levels.t2_csf);
  const double bone_cut = 0.5 * (levels.t2_brain + levels.t2_dark);
  TissueMaps maps;
  progress.report("anatomy", 0.1, "telling brain, CSF and bone apart");
  const Mask dark = between(rough, -1e30, bone_cut);
  const Mask bone = imaging::opened(dark, kBoneOpeningMm, threads);
  maps.bone_distance_mm = signedToMask(bone, threads);
  BrainBody body;
  body.sheets = openedWithSheets(between(rough, bone_cut, csf_cut), dark, threads);
  const Mask whole = brainBody(body.sheets, frame);
  for (std::size_t i = 0; i < dark.voxelCount(); ++i) body.sheets[i] = body.sheets[i] && dark[i];
  progress.report("anatomy", 0.15, "finding the brainstem's surface");
  body.distance_mm = signedToMask(whole, threads);
  progress.stop().throwIfStopped();
  maps.brain_distance_mm = signedDistance(brainField(t2, levels, body, threads), progress.stop());
  progress.stop().throwIfStopped();
  maps.csf_fraction = csfFraction(t2, levels);
  return maps;
}

}  // namespace neurovasc::anatomy
