#include "canal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/smoothing.h"
#include "petrous_face.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

constexpr double kVoxelMm = 0.5;
constexpr double kCisternBallMm = 4.0;
constexpr double kFingerBallMm = 0.8;
/// The finger ends within this of the labyrinth's centre, and starts no farther than that medially.
constexpr double kMaxToLabyrinthMm = 9;
constexpr double kMaxFromLabyrinthMm = 26;
/// The vestibule bounds the canal's fundus 2 to 4 mm medial of the labyrinth's centre.
constexpr double kFundusToLabyrinthMm = 2.5;
constexpr double kMinFingerMm = 4;
/// So much is left of a canal where the cistern's ball has taken its mouth: what is longer proves
/// no more (a film of CSF under the temporal lobe reached 12 mm, 6 mm from the labyrinth).
constexpr double kFullFingerMm = 8;
/// Canals run within 25 degrees of the line through the labyrinths (limit: 39); a film of CSF along
/// the face of the petrous bone or the tentorium does not.
constexpr double kMostSlope = 0.8;
constexpr double kMinFingerMm3 = 15;
/// Labyrinth's centre to porus: canal 9.5 +- 1.6 mm (CT) and 5 mm of labyrinth; in heads looked at
/// it is 11 to 15 mm.
constexpr double kLabyrinthToPorusMm = 14.5;
constexpr double kLabyrinthToPorusSdMm = 1.7;
constexpr double kMaxFromUsualMm = 2.5;
/// Of 120 petrous faces on simulated heads all but one lay -3.2 to 3.9 mm from the place known so
/// far; what is farther off is another wall.
constexpr double kFaceFromPorusMm = 4.5;
constexpr double kPorusSdMm = 0.8;
/// Share of directions still bounded by bone where the axis leaves the petrous face.
constexpr double kPorusEnclosure = 0.30;
constexpr double kEnclosureSdMm = 0.8;
constexpr int kRays = 32;
constexpr std::size_t kSlices = 160;
/// A film of CSF along the bone may reach the canal's mouth: a component is looked through for so
/// many lines.
constexpr int kLines = 3;
/// Further lines are longer than a canal and its mouth where bone is not dark: marrow, thick
/// slices.
constexpr double kLongestFurtherMm = 14;
/// Canals are up to 7 mm wide.
constexpr double kCanalReachMm = 3.5;
/// A nerve goes through the face within its canal's radius of the axis. Where it does so farther
/// off, the axis or the face is wrong, and the place nearest to the axis' porus stands.
constexpr double kMostOffAxisMm = 3.5;

/// Slice-wise centres of the finger along the lateral axis.
struct Centres {
  std::vector<Vec3> points;  ///< side coordinates, medial first
  std::vector<double> area_mm2;
  double bone_cut = 0;  ///< of T2, below which the canal's wall begins
};

Mask fingerMask(const ImageF& t2, const SideView& view, const Vec3& labyrinth, double bone_cut,
                int threads) {
  const Mask open = between(t2, bone_cut, 1e30);
  Mask finger = open;
  const Mask cistern = imaging::opened(open, kCisternBallMm, threads);
  const Size3& n = finger.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (!finger(i, j, k)) continue;
        const Vec3 p = view.sideOf(finger.geometry().toLps(i, j, k)) - labyrinth;
        const bool near = p.x < -kFundusToLabyrinthMm && p.x > -kMaxFromLabyrinthMm &&
                          std::abs(p.y) < 12 && std::abs(p.z) < 10;
        if (!near || cistern(i, j, k)) finger(i, j, k) = 0;
      }
    }
  }
  return imaging::opened(finger, kFingerBallMm, threads);
}

/// The component's voxels in slices of 0.5 mm across, side coordinates.
std::vector<std::vector<Vec3>> slicesOf(const imaging::Components& components,
                                        const imaging::Component& c, const GridGeometry& grid,
                                        const SideView& view) {
  std::vector<std::vector<Vec3>> slices(kSlices);
  for (int k = c.box.lower[2]; k < c.box.upper[2]; ++k) {
    for (int j = c.box.lower[1]; j < c.box.upper[1]; ++j) {
      for (int i = c.box.lower[0]; i < c.box.upper[0]; ++i) {
        if (components.labels[grid.offset(i, j, k)] != c.label) continue;
        const Vec3 p = view.sideOf(grid.toLps(i, j, k));
        const double slice = p.x / kVoxelMm;
        if (slice >= 0 && slice < kSlices) slices[static_cast<std::size_t>(slice)].push_back(p);
      }
    }
  }
  return slices;
}

/// Centres of the canal, followed from its mouth laterally through @p slices, out of which its
/// points are taken. What lies farther from the last centre than a canal is wide belongs to the
/// cochlea or the vestibule, which touch the fundus, or is another line of the component.
Centres takeCentres(std::vector<std::vector<Vec3>>& slices, double voxel_mm3) {
  Centres centres;
  for (std::vector<Vec3>& slice : slices) {
    const auto rest = std::stable_partition(slice.begin(), slice.end(), [&](const Vec3& p) {
      if (centres.points.empty()) return true;
      const Vec3 d = p - centres.points.back();
      return std::hypot(d.y, d.z) <= kCanalReachMm;
    });
    const double area_mm2 = static_cast<double>(rest - slice.begin()) * voxel_mm3 / kVoxelMm;
    // Fewer than a square millimetre is a nerve's or a vessel's gap, no canal.
    if (area_mm2 < 1.0) continue;
    const Vec3 sum = std::accumulate(slice.begin(), rest, Vec3{});
    centres.points.push_back(sum / static_cast<double>(rest - slice.begin()));
    centres.area_mm2.push_back(area_mm2);
    slice.erase(slice.begin(), rest);
  }
  return centres;
}

/// The part with bone all around: from the widest slice, beyond which the cistern's ball has taken
/// a share that grows towards the mouth, to where the fundus tapers.
std::vector<Vec3> enclosedPart(const Centres& centres) {
  const auto widest = std::max_element(centres.area_mm2.begin(), centres.area_mm2.end());
  std::vector<Vec3> part;
  for (auto i = static_cast<std::size_t>(widest - centres.area_mm2.begin());
       i < centres.points.size(); ++i) {
    if (centres.area_mm2[i] >= 0.6 * *widest) part.push_back(centres.points[i]);
  }
  return part.size() >= 4 ? part : centres.points;
}

/// y and z of the axis as straight lines over x.
struct AxisFit {
  Vec3 at;
  Vec3 slope;  ///< per mm of x; slope.x = 1
};

AxisFit fitAxis(const std::vector<Vec3>& points) {
  Vec3 mean;
  for (const Vec3& p : points) mean += p;
  mean *= 1.0 / static_cast<double>(points.size());
  double xx = 0, xy = 0, xz = 0;
  for (const Vec3& p : points) {
    const Vec3 d = p - mean;
    xx += d.x * d.x;
    xy += d.x * d.y;
    xz += d.x * d.z;
  }
  return {mean, {1, xx > 0 ? xy / xx : 0, xx > 0 ? xz / xx : 0}};
}

bool tooSteep(const Centres& centres) {
  const AxisFit axis = fitAxis(enclosedPart(centres));
  return std::hypot(axis.slope.y, axis.slope.z) > kMostSlope;
}

double lengthOf(const Centres& centres) {
  return centres.points.empty() ? 0 : centres.points.back().x - centres.points.front().x;
}

/// How well a line of centres fits a canal to the labyrinth at @p labyrinth; empty if it does not.
std::optional<double> fingerScore(const Centres& centres, const Vec3& labyrinth) {
  if (centres.points.size() < 4) return std::nullopt;
  const double length = lengthOf(centres);
  const double away = distance(centres.points.back(), labyrinth);
  if (away > kMaxToLabyrinthMm || length < kMinFingerMm || tooSteep(centres)) return std::nullopt;
  return std::min(length, kFullFingerMm) - away;
}

/// The finger above @p bone_cut that is long and ends at the labyrinth's wall.
std::optional<Centres> fingerAbove(const ImageF& t2, const SideView& view, const Vec3& labyrinth,
                                   double bone_cut, int threads) {
  const imaging::Components components =
      imaging::connectedComponents(fingerMask(t2, view, labyrinth, bone_cut, threads),
                                   imaging::Connectivity::faces, kMinFingerMm3);
  std::optional<Centres> best;
  double best_score = -kMaxToLabyrinthMm;
  for (const imaging::Component& c : components.list) {
    std::vector<std::vector<Vec3>> slices = slicesOf(components, c, t2.geometry(), view);
    for (int line = 0; line < kLines; ++line) {
      Centres centres = takeCentres(slices, t2.geometry().voxelVolumeMm3());
      const auto score = fingerScore(centres, labyrinth);
      const bool too_long = line > 0 && lengthOf(centres) > kLongestFurtherMm;
      if (!score || too_long || *score <= best_score) continue;
      best_score = *score;
      best = std::move(centres);
      best->bone_cut = bone_cut;
    }
  }
  return best;
}

/// Bone is dark. Where marrow or thick slices make it as bright as brain, no finger stands out
/// half-way from dark to brain, but it does at brain's level or half-way from there to fluid.
std::optional<Centres> findFinger(const SideView& view, const Vec3& labyrinth, int threads) {
  const ImageF t2 = imaging::gaussianSmooth(coarse(view.t2, kVoxelMm, threads), 0.4, threads);
  for (const double cut : {0.5 * view.brain, view.brain, 0.5 * (view.brain + 1)}) {
    if (auto finger = fingerAbove(t2, view, labyrinth, cut, threads)) return finger;
  }
  return std::nullopt;
}

Point3 onAxis(const AxisFit& axis, double x) { return axis.at + axis.slope * (x - axis.at.x); }

/// Distances to bone around a point of the axis.
std::array<double, kRays> boneAround(const ImageF& t2, double bone_cut, const Point3& center,
                                     const Vec3& axis) {
  constexpr double kReachMm = 12;
  constexpr double kStepMm = 0.2;
  const Vec3 u = perpendicularTo(axis);
  const Vec3 v = cross(axis, u);
  std::array<double, kRays> hits{};
  for (int r = 0; r < kRays; ++r) {
    const double angle = 2 * M_PI * r / kRays;
    const Vec3 direction = u * std::cos(angle) + v * std::sin(angle);
    double d = 0;
    while (d < kReachMm && interpolate(t2, center + direction * d) > bone_cut) d += kStepMm;
    hits[static_cast<std::size_t>(r)] = d;
  }
  return hits;
}

/// Share of directions bounded by bone within half as much again as the canal's own radius.
double enclosure(const std::array<double, kRays>& hits, double radius_mm) {
  const auto bounded =
      std::count_if(hits.begin(), hits.end(), [&](double d) { return d < 1.5 * radius_mm; });
  return static_cast<double>(bounded) / kRays;
}

/// x of the porus by the bone's enclosure, if the profile falls through the level.
std::optional<double> porusByEnclosure(const SideView& view, const ImageF& t2, const AxisFit& axis,
                                       double bone_cut, double deep_x) {
  const Vec3 direction = normalized(view.lpsDirection(axis.slope));
  std::vector<double> radii;
  for (double x = deep_x - 1; x > deep_x - 5; x -= 0.5) {
    auto hits = boneAround(t2, bone_cut, view.lpsOf(onAxis(axis, x)), direction);
    std::nth_element(hits.begin(), hits.begin() + kRays / 2, hits.end());
    radii.push_back(hits[kRays / 2]);
  }
  std::nth_element(radii.begin(), radii.begin() + static_cast<std::ptrdiff_t>(radii.size() / 2),
                   radii.end());
  const double radius_mm = std::clamp(radii[radii.size() / 2], 1.5, 4.5);
  std::vector<double> share;
  for (double x = deep_x - 3; x > deep_x - 20; x -= 0.25) {
    share.push_back(
        enclosure(boneAround(t2, bone_cut, view.lpsOf(onAxis(axis, x)), direction), radius_mm));
  }
  for (std::size_t i = 4; i + 4 < share.size(); ++i) {
    double mean = 0;
    for (std::size_t t = i - 4; t <= i + 4; ++t) mean += share[t] / 9;
    if (mean < kPorusEnclosure) return deep_x - 3 - 0.25 * static_cast<double>(i);
  }
  return std::nullopt;
}

Canal canalByLabyrinth(const SideView& view, const Vec3& labyrinth) {
  Canal canal;
  canal.fundus_mm = view.lpsOf(labyrinth + Vec3{-4, 1.5, 0});
  canal.porus_mm = view.lpsOf(labyrinth + Vec3{-kLabyrinthToPorusMm, 1.5, 0});
  canal.medial = normalized(canal.porus_mm - canal.fundus_mm);
  canal.face_normal = canal.medial;
  canal.porus_sd_mm = 2 * kLabyrinthToPorusSdMm;
  canal.seen = false;
  return canal;
}

/// Something measured, with its standard deviation.
struct Estimate {
  double value = 0;
  double sd = 1;
};

Estimate mergedWith(const Estimate& a, const Estimate& b) {
  const double wa = 1 / (a.sd * a.sd);
  const double wb = 1 / (b.sd * b.sd);
  return {(wa * a.value + wb * b.value) / (wa + wb), std::sqrt(1 / (wa + wb))};
}

/// x of the porus on the axis by all that tells it; also sets the face's normal.
Estimate porusOnAxis(const SideView& view, const AxisFit& axis, double bone_cut, double deep_x,
                     double labyrinth_x, int threads, Canal& canal) {
  const ImageF t2 = imaging::gaussianSmooth(view.t2, 0.3, threads);
  Estimate porus{labyrinth_x - kLabyrinthToPorusMm, kLabyrinthToPorusSdMm};
  const auto measured = porusByEnclosure(view, t2, axis, bone_cut, deep_x);
  // Where the anterior wall runs on into the clivus nothing gives way: then the usual place holds.
  if (measured && std::abs(*measured - porus.value) < kMaxFromUsualMm) {
    porus = mergedWith({*measured, kEnclosureSdMm}, porus);
  }
  const Vec3 medial = normalized(view.lpsDirection(axis.slope) * -1.0);
  canal.face_normal = medial;
  const Point3 start = view.lpsOf(onAxis(axis, porus.value));
  const auto face = findPetrousFace(view, t2, bone_cut, start, medial);
  if (face && std::abs(view.sideOf(face->point_mm).x - porus.value) < kFaceFromPorusMm) {
    canal.face_normal = face->normal;
    porus = mergedWith({view.sideOf(face->point_mm).x, face->sd_mm}, porus);
  }
  return porus;
}

}  // namespace

Canal findCanal(const SideView& view, const Point3& labyrinth_mm, int threads,
                const Progress& progress) {
  const Vec3 labyrinth = view.sideOf(labyrinth_mm);
  const auto finger = findFinger(view, labyrinth, threads);
  progress.stop().throwIfStopped();
  if (!finger) return canalByLabyrinth(view, labyrinth);
  const AxisFit axis = fitAxis(enclosedPart(*finger));
  const double deep_x = finger->points.back().x;
  Canal canal;
  const Estimate porus =
      porusOnAxis(view, axis, finger->bone_cut, deep_x, labyrinth.x, threads, canal);
  canal.porus_sd_mm = std::max(porus.sd, kPorusSdMm);
  canal.fundus_mm = view.lpsOf(onAxis(axis, deep_x));
  canal.porus_mm = view.lpsOf(onAxis(axis, porus.value));
  canal.medial = normalized(canal.porus_mm - canal.fundus_mm);
  return canal;
}

Point3 porusOn(const std::vector<Point3>& line_mm, const Canal& canal) {
  std::size_t nearest = 0;
  double least = 1e9;
  for (std::size_t i = 0; i < line_mm.size(); ++i) {
    const double d = distance(line_mm[i], canal.porus_mm);
    if (d >= least) continue;
    least = d;
    nearest = i;
  }
  if (line_mm.size() < 2) return canal.porus_mm;
  // The crossing of the face next to the point nearest to the axis' porus.
  double best_mm = kMostOffAxisMm;
  Point3 best = line_mm[nearest];
  for (std::size_t i = 1; i < line_mm.size(); ++i) {
    const double before = dot(line_mm[i - 1] - canal.porus_mm, canal.face_normal);
    const double after = dot(line_mm[i] - canal.porus_mm, canal.face_normal);
    if (before * after > 0 || before == after) continue;
    const Point3 p = line_mm[i - 1] + (line_mm[i] - line_mm[i - 1]) * (before / (before - after));
    if (distance(p, line_mm[nearest]) >= best_mm) continue;
    best_mm = distance(p, line_mm[nearest]);
    best = p;
  }
  return best;
}

}  // namespace neurovasc::anatomy
