#include "neurovasc/anatomy/ears.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/smoothing.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

/// Search grid; the labyrinth's ducts are 1 to 2 mm thick.
constexpr double kSearchVoxelMm = 0.5;
/// Most labyrinths stand out in a smooth image. Small ones, thin-walled towards the canal, do so
/// only with the noise left in, by their parts, and where bone between bright ducts is not drowned
/// in their blur.
struct Sharpness {
  double smooth_mm;
  double bone_smooth_mm;
  double min_part_mm3;
};
constexpr Sharpness kUsual = {0.35, 0.6, 12};
constexpr std::array<Sharpness, 2> kSmallEars = {{{0.35, 0.3, 3}, {0.2, 0.3, 3}}};
/// Thresholds of the bright islands over the CSF plateau.
constexpr std::array<double, 5> kThresholds = {0.5, 0.6, 0.7, 0.8, 0.95};
constexpr double kMinVolumeMm3 = 12;
constexpr double kMaxVolumeMm3 = 500;
constexpr double kMaxExtentMm = 22;
/// More fluid than this proves no more of an ear (labyrinths hold about 200 mm3).
constexpr double kFullVolumeMm3 = 200;
/// Petrous marrow can be fatty: an ear of a pair needs less bone around it than a lone one.
constexpr double kMinBoneShareOfPair = 0.4;
constexpr double kMinBoneShareAlone = 0.65;
constexpr double kMinVolumeAloneMm3 = 40;
/// Of a small labyrinth, or under noise, less is seen: enough where the pons is seen beside it.
constexpr double kMinBoneShareBesidePons = 0.55;
constexpr double kMinVolumeBesidePonsMm3 = 20;
/// Still less is believed where nothing else in the image could be an ear beside the pons.
constexpr double kMinPonsShareOfSole = 0.8;
constexpr double kMinDistanceMm = 60;
constexpr double kMaxDistanceMm = 92;
constexpr double kUsualDistanceMm = 2 * kLabyrinthToMidlineMm;
constexpr double kDistanceSdMm = 6;
constexpr double kMaxTiltDeg = 35;
constexpr double kMinPonsShare = 0.4;
/// One ear does not tell how far the head is turned.
constexpr std::array<double, 3> kTurnsDeg = {-18, 0, 18};
constexpr std::size_t kMaxCandidates = 40;
constexpr double kClusterMm = 8;

/// A bright island or a group of islands of one ear.
struct Candidate {
  Point3 center;
  double volume_mm3 = 0;
  double bone_share = 0;

  double score() const {
    return bone_share * bone_share * std::min(volume_mm3, kFullVolumeMm3) / kFullVolumeMm3;
  }
};

IndexBox grown(const IndexBox& box, double margin_mm, const GridGeometry& grid) {
  IndexBox result = box;
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    const int margin = static_cast<int>(std::ceil(margin_mm / grid.spacing_mm[a]));
    result.lower[axis] = std::max(0, box.lower[axis] - margin);
    result.upper[axis] = std::min(grid.size[axis], box.upper[axis] + margin);
  }
  return result;
}

/// Share of bone in a shell 1.2 to 2.2 mm outside the island.
double boneShare(const imaging::Components& components, const imaging::Component& island,
                 const Mask& bone) {
  const GridGeometry& grid = bone.geometry();
  const IndexBox box = grown(island.box, 3, grid);
  Mask local(cropped(grid, box));
  const Size3& n = local.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const std::size_t at = grid.offset(box.lower[0] + i, box.lower[1] + j, box.lower[2] + k);
        local(i, j, k) = components.labels[at] == island.label ? 1 : 0;
      }
    }
  }
  const ImageF distance = imaging::distanceTo(local, 1);
  double shell = 0;
  double inside = 0;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (distance(i, j, k) < 1.2F || distance(i, j, k) > 2.2F) continue;
        shell += 1;
        inside += bone(box.lower[0] + i, box.lower[1] + j, box.lower[2] + k);
      }
    }
  }
  return shell > 0 ? inside / shell : 0;
}

bool plausibleSize(const imaging::Component& island, const GridGeometry& grid) {
  if (island.volume_mm3 > kMaxVolumeMm3) return false;
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    const double extent = (island.box.upper[axis] - island.box.lower[axis]) * grid.spacing_mm[a];
    if (extent > kMaxExtentMm) return false;
  }
  return true;
}

std::vector<Candidate> islandsAt(const ImageF& t2, double threshold, const Mask& bone,
                                 double min_mm3) {
  const imaging::Components components = imaging::connectedComponents(
      between(t2, threshold, 1e30), imaging::Connectivity::faces, min_mm3);
  std::vector<Candidate> islands;
  for (const imaging::Component& c : components.list) {
    if (!plausibleSize(c, t2.geometry())) continue;
    Candidate one;
    one.center = c.centroid_mm;
    one.volume_mm3 = c.volume_mm3;
    one.bone_share = boneShare(components, c, bone);
    if (one.bone_share >= kMinBoneShareOfPair) islands.push_back(one);
  }
  return islands;
}

/// Each island together with its neighbours: one ear comes as one to three islands.
std::vector<Candidate> clustered(const std::vector<Candidate>& islands) {
  std::vector<Candidate> groups;
  for (const Candidate& seed : islands) {
    Candidate group;
    Vec3 sum;
    for (const Candidate& other : islands) {
      if (distance(other.center, seed.center) > kClusterMm) continue;
      sum += other.center * other.volume_mm3;
      group.bone_share += other.bone_share * other.volume_mm3;
      group.volume_mm3 += other.volume_mm3;
    }
    group.center = sum / group.volume_mm3;
    group.bone_share /= group.volume_mm3;
    if (group.volume_mm3 >= kMinVolumeMm3) groups.push_back(group);
  }
  return groups;
}

/// @p image is T2, smoothed as @p how says.
std::vector<Candidate> candidatesIn(const ImageF& image, const T2Levels& levels,
                                    const Sharpness& how, int threads, const Progress& progress) {
  const Mask bone =
      between(imaging::gaussianSmooth(image, how.bone_smooth_mm, threads), -1e30, levels.boneCut());
  std::vector<Candidate> candidates;
  for (const double share : kThresholds) {
    progress.stop().throwIfStopped();
    const double threshold = levels.dark + share * (levels.csf - levels.dark);
    const auto groups = clustered(islandsAt(image, threshold, bone, how.min_part_mm3));
    candidates.insert(candidates.end(), groups.begin(), groups.end());
  }
  return candidates;
}

void keepBest(std::vector<Candidate>& candidates) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score() > b.score(); });
  std::vector<Candidate> kept;
  for (const Candidate& c : candidates) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const Candidate& k) {
      return distance(k.center, c.center) < 5;
    });
    if (!known && kept.size() < kMaxCandidates) kept.push_back(c);
  }
  candidates = kept;
}

/// Correlation of the surroundings of @p a with the mirror image of those of @p b.
double mirrorCorrelation(const ImageF& t2, const Point3& a, const Point3& b, double csf) {
  const Vec3 normal = normalized(b - a);
  const Point3 middle = (a + b) * 0.5;
  double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (int k = -6; k <= 6; ++k) {
    for (int j = -6; j <= 6; ++j) {
      for (int i = -6; i <= 6; ++i) {
        const Point3 p = a + Vec3{2.0 * i, 2.0 * j, 2.0 * k};
        const Point3 q = p - normal * (2 * dot(p - middle, normal));
        if (!t2.geometry().contains(p) || !t2.geometry().contains(q)) continue;
        const double u = std::min(interpolate(t2, p) / csf, 1.2);
        const double v = std::min(interpolate(t2, q) / csf, 1.2);
        n += 1;
        sa += u;
        sb += v;
        saa += u * u;
        sbb += v * v;
        sab += u * v;
      }
    }
  }
  const double va = saa - sa * sa / std::max(n, 1.0);
  const double vb = sbb - sb * sb / std::max(n, 1.0);
  return va > 0 && vb > 0 ? (sab - sa * sb / n) / std::sqrt(va * vb) : 0;
}

/// Share of brain where the pons must be: in a block behind the point midway between the ears,
/// where it begins 5 mm before that point to 7 mm behind it. Empty when that lies outside the
/// image.
std::optional<double> ponsShare(const ImageF& t2, const Point3& middle, const T2Levels& levels) {
  double inside = 0;
  double brain = 0;
  for (double z = -5; z <= 5; z += 2.5) {
    for (double y = 4; y <= 16; y += 2) {
      for (double x = -8; x <= 8; x += 2) {
        const Point3 p = middle + Vec3{x, y, z};
        if (!t2.geometry().contains(p)) continue;
        inside += 1;
        const double v = interpolate(t2, p);
        if (v > levels.boneCut() && v < levels.csfCut()) brain += 1;
      }
    }
  }
  if (inside < 100) return std::nullopt;
  return brain / inside;
}

struct Pair {
  Candidate left;
  Candidate right;
  double score = 0;
};

bool mayPair(const Candidate& left, const Candidate& right) {
  const Vec3 across = left.center - right.center;
  const double d = norm(across);
  return d >= kMinDistanceMm && d <= kMaxDistanceMm &&
         across.x >= d * std::cos(kMaxTiltDeg * M_PI / 180);
}

std::optional<Pair> bestPair(const ImageF& t2, const std::vector<Candidate>& candidates,
                             const T2Levels& levels) {
  std::optional<Pair> best;
  for (const Candidate& left : candidates) {
    for (const Candidate& right : candidates) {
      if (!mayPair(left, right)) continue;
      const double pons =
          ponsShare(t2, (left.center + right.center) * 0.5, levels).value_or(kMinPonsShare);
      if (pons < kMinPonsShare) continue;
      const double z = (distance(left.center, right.center) - kUsualDistanceMm) / kDistanceSdMm;
      const double score = left.score() + right.score() + pons - 0.05 * z * z +
                           mirrorCorrelation(t2, left.center, right.center, levels.csf);
      if (!best || score > best->score) best = Pair{left, right, score};
    }
  }
  return best;
}

Ear earAt(Side side, const Point3& center) {
  Ear ear;
  ear.side = side;
  ear.labyrinth_mm = center;
  return ear;
}

/// Share of brain where the pons lies for an ear of @p side, the head turned or not; empty where
/// that is out of the image.
std::optional<double> ponsShareBeside(const ImageF& t2, const Point3& ear, Side side,
                                      const T2Levels& levels) {
  std::optional<double> most;
  for (const double turn_deg : kTurnsDeg) {
    const double turn = turn_deg * M_PI / 180;
    const Vec3 inward = Vec3{-lateralSign(side) * std::cos(turn), std::sin(turn), 0};
    const auto share = ponsShare(t2, ear + inward * kLabyrinthToMidlineMm, levels);
    if (share) most = std::max(most.value_or(0), *share);
  }
  return most;
}

/// Whether that is enough for the pons.
std::optional<bool> hasPonsBeside(const ImageF& t2, const Point3& ear, Side side,
                                  const T2Levels& levels) {
  const std::optional<double> share = ponsShareBeside(t2, ear, side, levels);
  return share ? std::optional<bool>(*share >= kMinPonsShare) : std::nullopt;
}

/// The side of a lone ear: where the pons lies decides, for the zero of a scanner or of a cropped
/// file may lie anywhere; where neither side's place is in the image, the scanner's zero does.
std::optional<Side> sideOfLoneEar(const ImageF& t2, const Point3& ear, const T2Levels& levels) {
  const Side usual = ear.x > 0 ? Side::left : Side::right;
  const std::optional<bool> here = hasPonsBeside(t2, ear, usual, levels);
  if (here.value_or(false)) return usual;
  if (hasPonsBeside(t2, ear, opposite(usual), levels).value_or(false)) return opposite(usual);
  return here ? std::nullopt : std::optional<Side>(usual);
}

/// The best candidate that stands on its own.
std::optional<Ear> loneEar(const ImageF& t2, const std::vector<Candidate>& candidates,
                           const T2Levels& levels) {
  for (const Candidate& c : candidates) {
    if (c.bone_share < kMinBoneShareAlone || c.volume_mm3 < kMinVolumeAloneMm3) continue;
    if (const auto side = sideOfLoneEar(t2, c.center, levels)) return earAt(*side, c.center);
  }
  return std::nullopt;
}

/// The best candidate, be it faint, that the pons lies beside on one side alone.
std::optional<Ear> faintEar(const ImageF& t2, const std::vector<Candidate>& candidates,
                            const T2Levels& levels) {
  for (const Candidate& c : candidates) {
    if (c.bone_share < kMinBoneShareBesidePons || c.volume_mm3 < kMinVolumeBesidePonsMm3) continue;
    const bool left = hasPonsBeside(t2, c.center, Side::left, levels).value_or(false);
    const bool right = hasPonsBeside(t2, c.center, Side::right, levels).value_or(false);
    if (left != right) return earAt(left ? Side::left : Side::right, c.center);
  }
  return std::nullopt;
}

/// The only candidate there is, however faint, with the pons beside it on one side alone.
std::optional<Ear> soleEar(const ImageF& t2, const std::vector<Candidate>& candidates,
                           const T2Levels& levels) {
  if (candidates.size() != 1) return std::nullopt;
  const Point3& center = candidates.front().center;
  const double left = ponsShareBeside(t2, center, Side::left, levels).value_or(0);
  const double right = ponsShareBeside(t2, center, Side::right, levels).value_or(0);
  if (std::max(left, right) < kMinPonsShareOfSole) return std::nullopt;
  if (std::min(left, right) >= kMinPonsShare) return std::nullopt;
  return earAt(left > right ? Side::left : Side::right, center);
}

std::vector<Ear> bestOf(const ImageF& t2, std::vector<Candidate> candidates,
                        const T2Levels& levels) {
  keepBest(candidates);
  if (const auto pair = bestPair(t2, candidates, levels)) {
    return {earAt(Side::left, pair->left.center), earAt(Side::right, pair->right.center)};
  }
  if (const auto ear = loneEar(t2, candidates, levels)) return {*ear};
  return {};
}

}  // namespace

std::vector<Ear> findEars(const ImageF& t2, const T2Levels& levels, int threads,
                          const Progress& progress) {
  const ImageF whole = coarse(t2, kSearchVoxelMm, threads);
  const ImageF smooth = imaging::gaussianSmooth(whole, kUsual.smooth_mm, threads);
  std::vector<Ear> ears =
      bestOf(smooth, candidatesIn(smooth, levels, kUsual, threads, progress), levels);
  if (ears.size() == 2) return ears;
  std::vector<Candidate> small;
  for (const Sharpness& how : kSmallEars) {
    const ImageF image = imaging::gaussianSmooth(whole, how.smooth_mm, threads);
    const auto more = candidatesIn(image, levels, how, threads, progress);
    small.insert(small.end(), more.begin(), more.end());
  }
  std::vector<Ear> further = bestOf(smooth, small, levels);
  if (further.size() > ears.size()) return further;
  if (!ears.empty()) return ears;
  keepBest(small);
  auto faint = faintEar(smooth, small, levels);
  if (!faint) faint = soleEar(smooth, small, levels);
  return faint ? std::vector<Ear>{*faint} : ears;
}

HeadFrame headFrame(const std::vector<Ear>& ears, const Point3& fallback_origin) {
  HeadFrame frame;
  Vec3 x = {1, 0, 0};
  Point3 origin = fallback_origin;
  if (ears.size() == 2) {
    x = normalized(ears[0].labyrinth_mm - ears[1].labyrinth_mm);
    origin = (ears[0].labyrinth_mm + ears[1].labyrinth_mm) * 0.5;
    frame.from_both_ears = true;
  } else if (ears.size() == 1) {
    origin = ears[0].labyrinth_mm - x * (lateralSign(ears[0].side) * kLabyrinthToMidlineMm);
  }
  const Vec3 up = {0, 0, 1};
  const Vec3 z = normalized(up - x * dot(up, x));
  const Vec3 y = cross(z, x);
  frame.head_from_lps.rotation = transposed(Matrix3::fromColumns(x, y, z));
  frame.head_from_lps.translation = -(frame.head_from_lps.rotation * origin);
  return frame;
}

}  // namespace neurovasc::anatomy
