#include "vessel_images.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "neurovasc/anatomy/tissue.h"
#include "neurovasc/core/parallel.h"
#include "neurovasc/imaging/smoothing.h"
#include "vessel_fit.h"
#include "vessel_voxels.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {
namespace {

/// Weights of T2 and TOF in the joint image for arteries. On T2 an artery in CSF has a contrast of
/// 0.85 at a noise of 0.05, on TOF 1.1 at 0.13; beside brain, bone or a pad it is TOF alone that
/// shows it, so the two weigh nearly the same.
constexpr double kArteryT2Weight = 0.7;
constexpr double kTofWeight = 0.65;
/// Weight of CE-T1, which is coarser than both, beside them.
constexpr double kCeT1Weight = 0.2;
/// Above these, in units of brain, brightness tells no more: the large arteries' cores.
constexpr double kTofCeiling = 2.2;
constexpr double kCeT1Ceiling = 2.2;
/// Share of fluid that a neighbourhood must hold for a small vessel to be looked for.
constexpr double kFluidShare = 0.12;
/// Room around the canal's axis and the labyrinth's centre: fluid in bone, no cistern.
constexpr double kCanalRadius_mm = 4.5;
constexpr double kCanalMouth_mm = 2.0;
constexpr double kLabyrinthRadius_mm = 8.0;
constexpr double kPaintStep_mm = 0.15;
/// TOF levels, 1 brain, between which a smoothed voxel turns from nerve to flowing blood.
constexpr double kNoFlow = 1.1;
constexpr double kFullFlow = 1.5;
constexpr double kFlowSigma_mm = 0.25;
/// Ball that fits the pons, medulla and peduncles (radii of 6 mm and more), but no root or
/// flocculus.
constexpr double kBodyBall_mm = 3.5;

double meanOf(const Vec3& v) { return (v.x + v.y + v.z) / 3; }

/// Standard deviation of a point spread given by its full width at half maximum.
double sigmaOf(const Vec3& fwhm_mm) { return std::max(0.12, meanOf(fwhm_mm) / 2.3548); }

ImageF scaled(const ImageF& image, double zero, double one, double lowest, double highest,
              int threads) {
  ImageF out(image.geometry());
  const double factor = 1 / (one - zero);
  parallelFor(image.voxelCount(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      out[n] = static_cast<float>(std::clamp((image[n] - zero) * factor, lowest, highest));
    }
  });
  return out;
}

bool isFacialOrVestibulocochlear(const Nerve& nerve) {
  return nerve.name == NerveName::facial || nerve.name == NerveName::vestibulocochlear;
}

/// The tube's level where nothing else is: the median over its length of what stands on its axis,
/// put right for the share that the point spread leaves there.
double levelOf(const Tube& tube, const ImageF& image, double csf, double sigma_mm,
               const TubeProfile& disc) {
  std::vector<double> levels;
  for (std::size_t n = 0; n < tube.size(); ++n) {
    const double share = disc(0, tube.radius_mm[n], sigma_mm);
    if (image.geometry().contains(tube.points_mm[n]) && share > 0.2) {
      levels.push_back(csf + (interpolate(image, tube.points_mm[n]) - csf) / share);
    }
  }
  return levels.empty() ? csf : medianOf(std::move(levels));
}

/// The part of each voxel near @p tube that the tube fills, as (offset, share), by offset.
std::vector<std::pair<std::size_t, double>> sharesOf(const Tube& tube, double sigma_mm,
                                                     const TubeProfile& disc,
                                                     const GridGeometry& grid) {
  std::map<std::size_t, double> shares;
  const Tube fine = resampled(tube, kPaintStep_mm);
  for (std::size_t n = 0; n < fine.size(); ++n) {
    const double radius = fine.radius_mm[n];
    visitBall(grid, fine.points_mm[n], radius + 3 * sigma_mm, [&](std::size_t voxel, double rho) {
      double& share = shares[voxel];
      share = std::max(share, disc(rho, radius, sigma_mm));
    });
  }
  return {shares.begin(), shares.end()};
}

/// How much of a voxel lies outside the brain; 1 where the surface is not known.
double outsideShare(const ImageF& brain_distance, std::size_t voxel, double sigma_mm) {
  return brain_distance.empty()
             ? 1
             : 0.5 * std::erfc(-brain_distance[voxel] / (std::sqrt(2.0) * sigma_mm));
}

/// The body within @p brain_distance opened by a ball, worked out on a grid of twice the spacing:
/// what is left is smooth on that scale.
ImageF smoothBody(const ImageF& brain_distance, int threads, const StopToken& stop) {
  if (brain_distance.empty()) {
    return {};
  }
  ImageF core = halved(brain_distance, threads);
  for (float& value : core) {
    value += static_cast<float>(kBodyBall_mm);
  }
  core = signedDistance(core, stop);
  ImageF body(brain_distance.geometry());
  parallelFor(body.voxelCount(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      const double d = interpolate(core, lpsOf(body.geometry(), n)) - kBodyBall_mm;
      // The opened body lies within the body; far from it the two agree.
      body[n] = static_cast<float>(std::max<double>(d, brain_distance[n]));
    }
  });
  return body;
}

/// Replaces @p tube in @p image by CSF, except where @p kept (may be empty) says that blood flows.
void replaceByCsf(const Tube& tube, double csf, double sigma_mm, const TubeProfile& disc,
                  const ImageF& kept, const ImageF& brain_mm, ImageF& image) {
  const double level = levelOf(tube, image, csf, sigma_mm, disc);
  for (const auto& [voxel, share] : sharesOf(tube, sigma_mm, disc, image.geometry())) {
    const double outside = outsideShare(brain_mm, voxel, sigma_mm);
    const double free = kept.empty() ? 1 : 1 - kept[voxel];
    image[voxel] += static_cast<float>((csf - level) * share * outside * free);
  }
}

/// 1 where TOF shows flowing blood, 0 where it does not. Nerves have 0.85 of brain.
ImageF flowShare(const ImageF& tof, int threads) {
  if (tof.empty()) {
    return {};
  }
  ImageF flow = imaging::gaussianSmooth(tof, kFlowSigma_mm, threads);
  for (float& value : flow) {
    value = static_cast<float>(std::clamp((value - kNoFlow) / (kFullFlow - kNoFlow), 0.0, 1.0));
  }
  return flow;
}

/// Puts CSF in the place of VII and VIII, so that the vessels beside them stand alone.
void removeNerves(const Anatomy& anatomy, const TubeProfile& disc, int threads,
                  VesselImages& images) {
  const ImageF flow = flowShare(images.tof, threads);
  for (const Nerve& nerve : anatomy.nerves) {
    if (!isFacialOrVestibulocochlear(nerve) || nerve.tube.size() < 2) {
      continue;
    }
    images.nerves.push_back(nerve.tube);
    replaceByCsf(nerve.tube, 1, images.t2_sigma_mm, disc, flow, images.brain_mm, images.t2);
    if (!images.tof.empty()) {
      replaceByCsf(nerve.tube, images.tof_csf, images.tof_sigma_mm, disc, flow, images.brain_mm,
                   images.tof);
    }
    if (!images.ce_t1.empty()) {
      replaceByCsf(nerve.tube, images.ce_t1_csf, images.ce_t1_sigma_mm, disc, flow, images.brain_mm,
                   images.ce_t1);
    }
  }
}

void addTo(ImageF& joint, const ImageF& image, double weight, double ceiling, int threads) {
  parallelFor(joint.voxelCount(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      joint[n] += static_cast<float>(weight * std::min<double>(image[n], ceiling));
    }
  });
}

/// @p image with brain, of level @p brain, replaced by CSF, of level @p csf.
ImageF withoutBrain(const ImageF& image, double csf, double brain, const ImageF& brain_distance,
                    double sigma_mm, int threads) {
  ImageF out = image;
  if (!brain_distance.empty()) {
    parallelFor(out.voxelCount(), threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t n = begin; n < end; ++n) {
        const double inside = 1 - outsideShare(brain_distance, n, sigma_mm);
        out[n] += static_cast<float>(inside * (csf - brain));
      }
    });
  }
  return out;
}

/// What CE-T1 shows in pure fluid, in units of brain; @p otherwise where there is too little of it.
double fluidLevel(const ImageF& ce_t1, const ImageF& t2, double otherwise) {
  constexpr double kPure = 0.97;
  constexpr std::size_t kEvery = 5;  // a median needs no more
  constexpr std::size_t kEnough = 500;
  std::vector<double> levels;
  for (std::size_t n = 0; n < t2.voxelCount(); n += kEvery) {
    if (t2[n] > kPure && ce_t1[n] != kUnmeasured) {
      levels.push_back(ce_t1[n]);
    }
  }
  return levels.size() < kEnough ? otherwise : medianOf(std::move(levels));
}

void excludeLabyrinths(const std::vector<Ear>& ears, Mask& search) {
  for (const Ear& ear : ears) {
    visitBall(search.geometry(), ear.labyrinth_mm, kLabyrinthRadius_mm,
              [&search](std::size_t n, double) { search[n] = 0; });
  }
}

/// The canals beyond their mouths: of dark strands there only TOF tells vessels from nerves.
void excludeCanals(VesselImages& images) {
  Mask& search = images.search;
  for (const std::vector<Point3>& axis : images.canals_mm) {
    const double length = lengthOf(axis);
    for (double s = kCanalMouth_mm + kCanalRadius_mm; s <= length; s += 0.5) {
      visitBall(search.geometry(), pointAt(axis, s), kCanalRadius_mm,
                [&search](std::size_t n, double) { search[n] = 0; });
    }
  }
}

/// Where fluid is near, or TOF shows flowing blood not far from fluid.
Mask searchMask(const VesselImages& images, const Anatomy& anatomy, const VesselOptions& options) {
  ImageF fluid(images.t2.geometry());
  for (std::size_t n = 0; n < fluid.voxelCount(); ++n) {
    fluid[n] = images.t2[n] > 0.6 ? 1.F : 0.F;
  }
  const ImageF near = imaging::gaussianSmooth(fluid, options.csf_reach_mm, options.threads);
  const ImageF wide = imaging::gaussianSmooth(fluid, 2 * options.csf_reach_mm, options.threads);
  Mask search(images.t2.geometry());
  for (std::size_t n = 0; n < search.voxelCount(); ++n) {
    const bool flow = !images.tof.empty() && images.tof[n] > 1.5;
    search[n] = near[n] > kFluidShare || (flow && wide[n] > kFluidShare) ? 1 : 0;
  }
  excludeLabyrinths(anatomy.ears, search);
  return search;
}

}  // namespace

double VesselImages::backgroundOf(double csf, double brain, const Point3& p,
                                  double sigma_mm) const {
  if (brain_mm.empty()) {
    return csf;
  }
  const double d = interpolate(brain_mm, p);
  return csf + (brain - csf) * 0.5 * std::erfc(d / (std::sqrt(2.0) * sigma_mm));
}

VesselImages prepareImages(const FusedStudy& study, const Anatomy& anatomy,
                           const VesselOptions& options, const TubeProfile& disc,
                           const Progress& progress) {
  const TissueLevels& levels = anatomy.levels;
  VesselImages images;
  images.t2 = scaled(study.t2.fine, levels.t2_dark, levels.t2_csf, -0.2, 1.2, options.threads);
  images.t2_brain = (levels.t2_brain - levels.t2_dark) / (levels.t2_csf - levels.t2_dark);
  images.t2_sigma_mm = sigmaOf(study.t2.psf_fwhm_mm);
  if (study.tof && levels.tof_brain) {
    images.tof = scaled(study.tof->fine, 0, *levels.tof_brain, -1, 4, options.threads);
    images.tof_csf = levels.tof_csf ? *levels.tof_csf / *levels.tof_brain : images.tof_csf;
    images.tof_sigma_mm = sigmaOf(study.tof->psf_fwhm_mm);
    images.tof_coverage = study.tof->coverage;
    fillUncovered(images.tof_coverage, kUnmeasured, images.tof);
  }
  if (study.ce_t1 && levels.ce_t1_brain) {
    images.ce_t1 = scaled(study.ce_t1->fine, 0, *levels.ce_t1_brain, -1, 4, options.threads);
    images.ce_t1_sigma_mm = sigmaOf(study.ce_t1->psf_fwhm_mm);
    images.ce_t1_coverage = study.ce_t1->coverage;
    fillUncovered(images.ce_t1_coverage, kUnmeasured, images.ce_t1);
    images.ce_t1_csf = fluidLevel(images.ce_t1, images.t2, images.ce_t1_csf);
  }
  progress.stop().throwIfStopped();
  images.brain_mm = smoothBody(anatomy.brain_distance_mm, options.threads, progress.stop());
  removeNerves(anatomy, disc, options.threads, images);
  progress.stop().throwIfStopped();
  images.search = searchMask(images, anatomy, options);
  for (const Ear& ear : anatomy.ears) {
    if (ear.canal_axis_mm.size() > 1) {
      images.canals_mm.push_back(ear.canal_axis_mm);
    }
  }
  return images;
}

void joinForArteries(VesselImages& images, int threads) {
  images.joint = scaled(images.t2, 0, -1 / kArteryT2Weight, -1.1 * kArteryT2Weight,
                        0.1 * kArteryT2Weight, threads);
  if (!images.tof.empty()) {
    addTo(images.joint, images.tof, kTofWeight, kTofCeiling, threads);
  }
  if (!images.ce_t1.empty()) {
    addTo(images.joint, images.ce_t1, kCeT1Weight, kCeT1Ceiling, threads);
  }
}

void joinForDarkTubes(VesselImages& images, int threads) {
  excludeCanals(images);
  images.joint = scaled(
      withoutBrain(images.t2, 1, images.t2_brain, images.brain_mm, images.t2_sigma_mm, threads), 0,
      -1, -1.1, 0.1, threads);
  if (!images.ce_t1.empty()) {
    addTo(images.joint,
          withoutBrain(images.ce_t1, images.ce_t1_csf, 1, images.brain_mm, images.ce_t1_sigma_mm,
                       threads),
          kCeT1Weight, kCeT1Ceiling, threads);
  }
}

void removeTube(const Tube& tube, double lumen_t2, const TubeProfile& disc, VesselImages& images) {
  const GridGeometry& grid = images.t2.geometry();
  for (const auto& [voxel, share] : sharesOf(tube, images.t2_sigma_mm, disc, grid)) {
    const double outside = outsideShare(images.brain_mm, voxel, images.t2_sigma_mm);
    const double background = images.t2_brain + (1 - images.t2_brain) * outside;
    const double filled = images.t2[voxel] + share * (background - std::min(lumen_t2, background));
    images.t2[voxel] = static_cast<float>(std::min(1.0, filled));
  }
  if (images.ce_t1.empty()) {
    return;
  }
  for (const auto& [voxel, share] : sharesOf(tube, images.ce_t1_sigma_mm, disc, grid)) {
    const double outside = outsideShare(images.brain_mm, voxel, images.ce_t1_sigma_mm);
    const double background = 1 + (images.ce_t1_csf - 1) * outside;
    const double emptied = images.ce_t1[voxel] + share * (background - images.ce_t1[voxel]);
    images.ce_t1[voxel] = static_cast<float>(emptied);
  }
}

void removeFromTof(const std::vector<Tube>& arteries, const TubeProfile& disc,
                   VesselImages& images) {
  images.tof_beside = images.tof;
  if (images.tof.empty()) return;
  for (const Tube& artery : arteries) {
    replaceByCsf(artery, images.tof_csf, images.tof_sigma_mm, disc, {}, images.brain_mm,
                 images.tof_beside);
  }
}

std::optional<double> flowBeside(const Tube& tube, const TubeProfile& disc,
                                 const VesselImages& images) {
  if (images.tof_beside.empty()) return std::nullopt;
  return levelOf(tube, images.tof_beside, images.tof_csf, images.tof_sigma_mm, disc);
}

}  // namespace neurovasc::anatomy
