#include "labels.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/parallel.h"
#include "neurovasc/imaging/morphology.h"
#include "voxel_ball.h"

namespace neurovasc::anatomy {

namespace {

/// The labyrinth's fluid lies within this of its centre, the canal within this of its axis.
constexpr double kLabyrinthMm = 10;
constexpr double kCanalMm = 3.5;
/// Walls between canal and labyrinth are too thin for the map of bone: what is dark so near to bone
/// is bone.
constexpr double kThinBoneMm = 2.0;
/// Grey tissue counts as unexplained when it is this far from everything known.
constexpr float kClearOfBrainMm = 0.8F;
constexpr double kClearOfBoneMm = 1.0;
constexpr double kClearOfTubesMm = 0.7;
constexpr double kThinnestMm = 0.6;
constexpr double kLeastUnexplainedMm3 = 15;
constexpr std::size_t kMostUnexplained = 20;

std::uint8_t value(Label label) { return static_cast<std::uint8_t>(label); }

Label nerveLabel(const Nerve& nerve) {
  const bool left = nerve.side == Side::left;
  if (nerve.name == NerveName::facial) {
    return left ? Label::facial_nerve_left : Label::facial_nerve_right;
  }
  if (nerve.name == NerveName::vestibulocochlear) {
    return left ? Label::vestibulocochlear_nerve_left : Label::vestibulocochlear_nerve_right;
  }
  return Label::other_nerve;
}

Label vesselLabel(VesselKind kind) {
  return kind == VesselKind::artery ? Label::artery
         : kind == VesselKind::vein ? Label::vein
                                    : Label::unknown_vessel;
}

void paintTube(LabelMap& labels, const Tube& tube, Label label) {
  if (tube.size() < 2) return;
  const Tube fine = resampled(tube, 0.5 * labels.geometry().spacing_mm.x);
  for (std::size_t i = 0; i < fine.size(); ++i) {
    // A tube thinner than a voxel still marks the voxels that it runs through.
    const double radius_mm = std::max(fine.radius_mm[i], 0.6 * labels.geometry().spacing_mm.x);
    forBall(labels.geometry(), fine.points_mm[i], radius_mm,
            [&](std::size_t at, const Point3&) { labels[at] = value(label); });
  }
}

/// Brain, CSF and bone; grey that is neither stays unlabelled.
void paintTissue(const ImageF& t2, const ImageF& bone_mm, Anatomy& anatomy, int threads) {
  LabelMap& labels = anatomy.labels;
  const Size3& n = labels.size();
  const double bone_cut = 0.5 * (anatomy.levels.t2_dark + anatomy.levels.t2_brain);
  parallelFor(static_cast<std::size_t>(n[2]), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      for (int j = 0; j < n[1]; ++j) {
        for (int i = 0; i < n[0]; ++i) {
          const std::size_t at = labels.geometry().offset(i, j, static_cast<int>(k));
          if (anatomy.brain_distance_mm[at] < 0) {
            labels[at] = value(Label::brain);
          } else if (anatomy.csf_fraction[at] > 0.5F) {
            labels[at] = value(Label::csf);
          } else if (t2[at] < bone_cut &&
                     interpolate(bone_mm, labels.geometry().toLps(i, j, static_cast<int>(k))) <
                         kThinBoneMm) {
            labels[at] = value(Label::bone);
          }
        }
      }
    }
  });
}

void paintEar(const Ear& ear, Anatomy& anatomy) {
  LabelMap& labels = anatomy.labels;
  const bool left = ear.side == Side::left;
  const auto canal = value(left ? Label::canal_left : Label::canal_right);
  const auto labyrinth = value(left ? Label::labyrinth_left : Label::labyrinth_right);
  if (ear.canal_axis_mm.size() >= 2) {
    const std::vector<Point3> axis = {ear.canal_axis_mm.front(), ear.canal_axis_mm.back()};
    const Point3 middle = (axis[0] + axis[1]) * 0.5;
    const double reach_mm = 0.5 * distance(axis[0], axis[1]) + kCanalMm;
    forBall(labels.geometry(), middle, reach_mm, [&](std::size_t at, const Point3& p) {
      if (labels[at] != value(Label::csf)) return;
      const Projection foot = project(axis, p);
      const bool beyond = foot.arclength_mm <= 0 || foot.fraction >= 1;
      if (foot.distance_mm <= kCanalMm && !beyond) labels[at] = canal;
    });
  }
  forBall(labels.geometry(), ear.labyrinth_mm, kLabyrinthMm, [&](std::size_t at, const Point3&) {
    if (labels[at] == value(Label::csf)) labels[at] = labyrinth;
  });
}

void paintTubes(Anatomy& anatomy) {
  for (const Vessel& vessel : anatomy.vessels) {
    paintTube(anatomy.labels, vessel.tube, vesselLabel(vessel.kind));
  }
  // The facial nerve comes last: nothing paints over it.
  for (const bool facial : {false, true}) {
    for (const Nerve& nerve : anatomy.nerves) {
      if ((nerve.name == NerveName::facial) == facial) {
        paintTube(anatomy.labels, nerve.tube, nerveLabel(nerve));
      }
    }
  }
}

/// What the region's border cuts is a neighbour, such as the temporal lobe.
bool touchesBorder(const IndexBox& box, const Size3& size) {
  for (std::size_t a = 0; a < 3; ++a) {
    if (box.lower[a] == 0 || box.upper[a] == size[a]) return true;
  }
  return false;
}

void findUnexplained(const ImageF& t2, const ImageF& bone_mm, Anatomy& anatomy, int threads) {
  const GridGeometry& grid = anatomy.labels.geometry();
  const double bone_cut = 0.5 * (anatomy.levels.t2_dark + anatomy.levels.t2_brain);
  Mask known(grid);
  Mask grey(grid);
  for (std::size_t i = 0; i < grey.voxelCount(); ++i) {
    known[i] = anatomy.labels[i] >= value(Label::facial_nerve_left) ? 1 : 0;
    grey[i] = anatomy.labels[i] == value(Label::none) &&
                      anatomy.brain_distance_mm[i] > kClearOfBrainMm &&
                      anatomy.csf_fraction[i] < 0.4F && t2[i] > bone_cut
                  ? 1
                  : 0;
  }
  const ImageF to_known = imaging::distanceTo(known, threads);
  for (std::size_t i = 0; i < grey.voxelCount(); ++i) {
    if (to_known[i] < kClearOfTubesMm) grey[i] = 0;
  }
  const imaging::Components parts =
      imaging::connectedComponents(imaging::opened(grey, kThinnestMm, threads),
                                   imaging::Connectivity::faces, kLeastUnexplainedMm3);
  for (const imaging::Component& part : parts.list) {
    if (anatomy.unexplained.size() == kMostUnexplained) break;
    if (interpolate(bone_mm, part.centroid_mm) < kClearOfBoneMm) continue;
    if (touchesBorder(part.box, grid.size)) continue;
    UnexplainedTissue tissue;
    tissue.center_mm = part.centroid_mm;
    tissue.side = anatomy.frame.head_from_lps(part.centroid_mm).x > 0 ? Side::left : Side::right;
    tissue.volume_mm3 = part.volume_mm3;
    anatomy.unexplained.push_back(tissue);
    for (std::size_t i = 0; i < parts.labels.voxelCount(); ++i) {
      if (parts.labels[i] == part.label) anatomy.labels[i] = value(Label::unexplained);
    }
  }
}

}  // namespace

void paintLabels(const ImageF& t2, const ImageF& bone_mm, Anatomy& anatomy, int threads,
                 const Progress& progress) {
  progress.report("anatomy", 0.95, "painting labels");
  paintTissue(t2, bone_mm, anatomy, threads);
  for (const Ear& ear : anatomy.ears) paintEar(ear, anatomy);
  paintTubes(anatomy);
  progress.stop().throwIfStopped();
  findUnexplained(t2, bone_mm, anatomy, threads);
}

}  // namespace neurovasc::anatomy
