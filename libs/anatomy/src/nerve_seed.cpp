#include "nerve_seed.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/imaging/smoothing.h"

namespace neurovasc::anatomy {

namespace {

/// Where the porus is taken to be 5 mm too medial, the nerves pass it so far off.
constexpr double kWindowMm = 9.0;
constexpr double kStepMm = 0.2;
/// The planes lie this far medial of the porus: where the porus is known to a millimetre and the
/// nerves bend towards the brainstem, one of them shows the two strands apart. Values are averaged
/// over +- kSlabMm along the axis.
constexpr std::array<double, 7> kMedialOfPorusMm = {1.5, 0.5, -0.5, -1.5, -3.0, -4.5, -6.0};
constexpr double kSlabMm = 0.6;
/// In a narrow canal VII lies on the bone and no plane shows two strands: only then it is looked
/// for in the cistern, where there is more that may be taken for a pair.
constexpr std::array<double, 2> kInCisternMm = {3.0, 4.5};
/// Bone, smoothed, is darker than this share of the step from brain to CSF allows nerves to be.
constexpr double kMaxBulkOfNerve = 0.8;
/// A strand with less contrast than this is noise at the poorest admissible quality.
constexpr double kMinTubularness = 0.12;
constexpr double kBulkSigmaMm = 0.8;
/// Nerves are 0.8 to 0.95 of white matter on TOF, even small arteries above 1.2 (clinical 1.5).
constexpr double kMaxTofOfNerve = 1.25;
/// VII relative to VIII, side coordinates y and z: in front (-) and above (+), 1 to 5 mm apart.
constexpr double kUsualAnteriorMm = -1.3;
constexpr double kUsualAboveMm = 1.6;
constexpr double kOffsetSdMm = 1.5;
/// Two clear strands reach 1.7 to 2.4; chance pairs stay below 0.6.
constexpr double kMinPairScore = 0.6;
/// A plane farther from the cistern must be better by this.
constexpr double kPlaneAdvantage = 0.15;
/// A nerve of the canal goes straight on to its depth, so far from the fundus, there within
/// kAxisMm of the axis, and on the way it turns by up to 17 degrees: the axis is known best there.
constexpr double kDeepMm = 4.0;
constexpr double kAxisMm = 2.0;
constexpr double kTurn = 0.3;
/// Response at VIII's radius over that at VII's is 0.45 on a strand as thin as VII, 1 and more on
/// VIII.
constexpr double kCalibreScore = 0.5;
/// Directions are taken over twice this.
constexpr double kAheadMm = 1.0;
/// VII and VIII run side by side; what crosses them is a vessel.
constexpr double kParallelSd = 0.3;
constexpr double kMinApartMm = 0.9;
constexpr double kMaxApartMm = 5.5;

/// The sampled plane: a grid of positions around the centre.
struct Plane {
  Point3 center;
  Vec3 medial;
  Vec3 posterior;
  Vec3 up;
  double medial_mm = 0;  ///< of the porus, along the canal's axis
  int half = static_cast<int>(kWindowMm / kStepMm);

  Point3 at(int i, int j) const { return center + posterior * (i * kStepMm) + up * (j * kStepMm); }
  std::size_t index(int i, int j) const {
    return static_cast<std::size_t>((j + half) * (2 * half + 1) + i + half);
  }
  std::size_t size() const { return static_cast<std::size_t>((2 * half + 1) * (2 * half + 1)); }
};

Plane seedPlane(const SideView& view, const Canal& canal, double medial_mm) {
  Plane plane;
  plane.medial = canal.medial;
  plane.medial_mm = medial_mm;
  plane.center = canal.porus_mm + canal.medial * medial_mm;
  const Vec3 up = view.lpsDirection({0, 0, 1});
  plane.up = normalized(up - canal.medial * dot(up, canal.medial));
  const Vec3 back = view.lpsDirection({0, 1, 0});
  const Vec3 flat = back - canal.medial * dot(back, canal.medial);
  plane.posterior = normalized(flat - plane.up * dot(flat, plane.up));
  return plane;
}

/// What the strands are told by; all on the view's grid.
struct StrandImages {
  const ImageF& thin;   ///< tubularness at the radii of VII
  const ImageF& thick;  ///< tubularness at the radius of VIII
  const ImageF& smooth;
};

double slabMean(const ImageF& image, const Plane& plane, const Point3& p) {
  double sum = 0;
  for (int s = -2; s <= 2; ++s) {
    sum += interpolate(image, p + plane.medial * (0.5 * kSlabMm * s));
  }
  return sum / 5;
}

/// The clearer of both tubularnesses over the plane.
std::vector<double> tubesOver(const StrandImages& images, const Plane& plane) {
  std::vector<double> values(plane.size());
  for (int j = -plane.half; j <= plane.half; ++j) {
    for (int i = -plane.half; i <= plane.half; ++i) {
      const Point3 p = plane.at(i, j);
      values[plane.index(i, j)] =
          std::max(slabMean(images.thin, plane, p), slabMean(images.thick, plane, p));
    }
  }
  return values;
}

bool isPeak(const std::vector<double>& values, const Plane& plane, int i, int j) {
  const double here = values[plane.index(i, j)];
  for (int b = -2; b <= 2; ++b) {
    for (int a = -2; a <= 2; ++a) {
      if ((a != 0 || b != 0) && values[plane.index(i + a, j + b)] > here) return false;
    }
  }
  return true;
}

/// Where the strand through @p p crosses the plane @p ahead_mm farther along.
Point3 strandAhead(const ImageF& tube, const Plane& plane, const Point3& p, double ahead_mm) {
  const Point3 center = p + plane.medial * ahead_mm;
  const int reach = static_cast<int>(std::abs(ahead_mm) / kStepMm);
  Point3 best = center;
  double most = -1e9;
  for (int j = -reach; j <= reach; ++j) {
    for (int i = -reach; i <= reach; ++i) {
      const Point3 q = center + plane.posterior * (i * kStepMm) + plane.up * (j * kStepMm);
      const double t = interpolate(tube, q);
      if (t <= most) continue;
      most = t;
      best = q;
    }
  }
  return best;
}

/// Unit vector along a strand: medially, posterior, up.
Vec3 directionOf(const ImageF& tube, const Plane& plane, const Point3& p) {
  const Vec3 d =
      normalized(strandAhead(tube, plane, p, kAheadMm) - strandAhead(tube, plane, p, -kAheadMm));
  return {dot(d, plane.medial), dot(d, plane.posterior), dot(d, plane.up)};
}

/// The strand that crosses the plane at (@p i, @p j), or empty where that is bone or not in view.
std::optional<StrandSeed> strandAt(const SideView& view, const StrandImages& images,
                                   const Plane& plane, int i, int j) {
  StrandSeed seed;
  seed.lps_mm = plane.at(i, j);
  if (!view.t2.geometry().contains(seed.lps_mm)) return std::nullopt;
  seed.bulk = 1 - slabMean(images.smooth, plane, seed.lps_mm);
  if (seed.bulk > kMaxBulkOfNerve * (1 - view.brain)) return std::nullopt;
  const double thin = slabMean(images.thin, plane, seed.lps_mm);
  const double thick = slabMean(images.thick, plane, seed.lps_mm);
  seed.tubularness = std::max(thin, thick);
  seed.thickness = thick / std::max(thin, 1e-3);
  seed.direction = directionOf(thick > thin ? images.thick : images.thin, plane, seed.lps_mm);
  seed.tof_over_brain = view.tof ? interpolate(*view.tof, seed.lps_mm) : 0;
  seed.offset_mm = {plane.medial_mm, i * kStepMm, j * kStepMm};
  return seed;
}

std::vector<StrandSeed> strands(const SideView& view, const StrandImages& images,
                                const Plane& plane) {
  const std::vector<double> tube = tubesOver(images, plane);
  std::vector<StrandSeed> found;
  for (int j = -plane.half + 2; j <= plane.half - 2; ++j) {
    for (int i = -plane.half + 2; i <= plane.half - 2; ++i) {
      if (tube[plane.index(i, j)] < kMinTubularness || !isPeak(tube, plane, i, j)) continue;
      if (const auto seed = strandAt(view, images, plane, i, j)) found.push_back(*seed);
    }
  }
  return found;
}

/// How far a strand that goes on straight passes from the canal's axis @p deep_mm along it, over
/// what may be expected.
double besideAxis(const StrandSeed& strand, double deep_mm) {
  const double way = deep_mm - strand.offset_mm.x;
  const Vec3 at = strand.offset_mm + strand.direction * (way / std::max(strand.direction.x, 0.3));
  return std::hypot(at.y, at.z) / std::hypot(kAxisMm, kTurn * way);
}

double pairScore(const StrandSeed& facial, const StrandSeed& vestibulocochlear, double deep_mm) {
  const double dy = facial.offset_mm.y - vestibulocochlear.offset_mm.y;
  const double dz = facial.offset_mm.z - vestibulocochlear.offset_mm.z;
  const double apart = std::hypot(dy, dz);
  if (apart < kMinApartMm || apart > kMaxApartMm) return -1e9;
  const double off = std::hypot(dy - kUsualAnteriorMm, dz - kUsualAboveMm) / kOffsetSdMm;
  const double from_axis =
      0.5 * (besideAxis(facial, deep_mm) + besideAxis(vestibulocochlear, deep_mm));
  const double artery = (facial.tof_over_brain > kMaxTofOfNerve ? 1.0 : 0.0) +
                        (vestibulocochlear.tof_over_brain > kMaxTofOfNerve ? 1.0 : 0.0);
  const double across = norm(cross(facial.direction, vestibulocochlear.direction)) / kParallelSd;
  const double calibre = kCalibreScore * (std::min(1.0, vestibulocochlear.thickness) -
                                          std::min(1.0, facial.thickness));
  return 2 * facial.tubularness + vestibulocochlear.tubularness + 2 * vestibulocochlear.bulk +
         calibre - 0.15 * off * off - 0.1 * from_axis * from_axis - artery - 0.15 * across * across;
}

/// The best pair of one plane, and how much better it is than with another VII.
struct ScoredSeeds {
  NerveSeeds seeds;
  double score = -1e9;
  double second = -1e9;
};

ScoredSeeds bestPair(const std::vector<StrandSeed>& found, double deep_mm) {
  ScoredSeeds best;
  for (const StrandSeed& vii : found) {
    double score = -1e9;
    const StrandSeed* partner = nullptr;
    for (const StrandSeed& viii : found) {
      const double s = pairScore(vii, viii, deep_mm);
      if (s <= score) continue;
      score = s;
      partner = &viii;
    }
    if (score > best.score) {
      best.second = best.score;
      best.score = score;
      best.seeds.facial = vii;
      best.seeds.vestibulocochlear = *partner;
    } else {
      best.second = std::max(best.second, score);
    }
  }
  return best;
}

/// In thick slices VII and VIII are one dark strand: the clearest one near the axis of the canal.
/// Distances are penalised until a strand half as clear again would make up for 2 mm.
std::optional<StrandSeed> clearestStrand(const std::vector<StrandSeed>& found, double& best_score) {
  constexpr double kPenaltyPerMm2 = 0.025;
  std::optional<StrandSeed> best;
  for (const StrandSeed& strand : found) {
    const Vec3& off = strand.offset_mm;
    const double score = 2 * strand.tubularness - kPenaltyPerMm2 * (off.y * off.y + off.z * off.z);
    if (score <= best_score) continue;
    best_score = score;
    best = strand;
  }
  return best;
}

}  // namespace

NerveSeeds findSeeds(const SideView& view, const ImageF& thin, const ImageF& thick,
                     const Canal& canal, int threads, const Progress& progress) {
  const double deep_mm = kDeepMm - distance(canal.porus_mm, canal.fundus_mm);
  const ImageF smooth = imaging::gaussianSmooth(view.t2, kBulkSigmaMm, threads);
  ScoredSeeds best;
  std::optional<StrandSeed> lone;
  double lone_score = -1e9;
  const auto lookAt = [&](double medial_mm) {
    progress.stop().throwIfStopped();
    const Plane plane = seedPlane(view, canal, medial_mm);
    const std::vector<StrandSeed> found = strands(view, {thin, thick, smooth}, plane);
    const ScoredSeeds here = bestPair(found, deep_mm);
    if (here.score > best.score + kPlaneAdvantage) best = here;
    if (const auto one = clearestStrand(found, lone_score)) lone = one;
  };
  for (const double medial_mm : kMedialOfPorusMm) lookAt(medial_mm);
  if (view.too_thick) return {lone, std::nullopt, 0};
  for (const double medial_mm : kInCisternMm) {
    if (best.score < kMinPairScore) lookAt(medial_mm);
  }
  if (best.score < kMinPairScore) return {};
  const double lead = std::min(2.0, best.score - best.second);
  best.seeds.confidence = 1 / (1 + std::exp(-4 * lead));
  return best.seeds;
}

}  // namespace neurovasc::anatomy
