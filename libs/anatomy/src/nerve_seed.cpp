#include "nerve_seed.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "nerve_images.h"
#include "neurovasc/anatomy/tube_fit.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/imaging/smoothing.h"
#include "neurovasc/imaging/tubularness.h"

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
/// VII and VIII may be one strand under the blur: VIII is sought alone as well and taken out, and
/// VII in what is left beside it. VIII is clearest near the porus.
constexpr std::array<double, 5> kEighthMedialMm = {-1.5, -0.5, 0.5, 1.5, 3.0};
/// At VIII's radius its response is at least so much of that at VII's, and its radius is 1.08 +-
/// 0.29 mm (cadavers): what is thicker than that is something else.
constexpr double kMinEighthThickness = 0.9;
constexpr double kMaxEighthRadiusMm = 1.35;
/// VIII has a bulk of 0.3 to 0.55; more is brain or bone beside it.
constexpr double kMostBulk = 0.5;
/// Distances from the canal's axis are penalised until a strand half as clear again would make up
/// for 2 mm.
constexpr double kPenaltyPerMm2 = 0.025;
/// Of VIII so much is fitted to either side of the plane, and VII is sought within that.
constexpr int kEighthReachMm = 3;
constexpr std::array<double, 5> kBesideMm = {-2, -1, 0, 1, 2};
/// What is left beside VIII has the calibre of a strand as thin as VII.
constexpr double kThinThickness = 0.45;
/// Planes are tried in turn, and a later one must be better by this: in the canal one farther from
/// the cistern, beside VIII one farther out of the canal.
constexpr double kPlaneAdvantage = 0.15;
/// Nerves go on from plane to plane; of chance pairs one strand may, both hardly.
constexpr double kAgreementScore = 0.15;
constexpr double kOneWayMm = 0.6;
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
  int agreeing = 0;  ///< other planes whose best pair is the same two strands

  double rank() const { return score + kAgreementScore * agreeing; }
};

/// Whether one strand may cross the planes of both.
bool onOneWay(const StrandSeed& a, const StrandSeed& b) {
  const Vec3 d = a.offset_mm - b.offset_mm;
  return std::hypot(d.y, d.z) < kOneWayMm + kTurn * std::abs(d.x);
}

bool agree(const NerveSeeds& a, const NerveSeeds& b) {
  return a.facial && b.facial && onOneWay(*a.facial, *b.facial) &&
         onOneWay(*a.vestibulocochlear, *b.vestibulocochlear);
}

/// The pair of several planes, each of which is to be better than those before it.
ScoredSeeds bestOf(const std::vector<ScoredSeeds>& planes) {
  ScoredSeeds best;
  for (const ScoredSeeds& one : planes) {
    ScoredSeeds here = one;
    here.agreeing =
        static_cast<int>(std::count_if(planes.begin(), planes.end(), [&](const ScoredSeeds& other) {
          return &other != &one && agree(one.seeds, other.seeds);
        }));
    if (here.rank() > best.rank() + kPlaneAdvantage) best = here;
  }
  return best;
}

ScoredSeeds bestPair(const std::vector<StrandSeed>& facials, const std::vector<StrandSeed>& eighths,
                     double deep_mm) {
  ScoredSeeds best;
  for (const StrandSeed& vii : facials) {
    double score = -1e9;
    const StrandSeed* partner = nullptr;
    for (const StrandSeed& viii : eighths) {
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

double penalty(const StrandSeed& strand) {
  const Vec3& off = strand.offset_mm;
  return kPenaltyPerMm2 * (off.y * off.y + off.z * off.z);
}

/// In thick slices VII and VIII are one dark strand: the clearest one near the axis of the canal.
std::optional<StrandSeed> clearestStrand(const std::vector<StrandSeed>& found, double& best_score) {
  std::optional<StrandSeed> best;
  for (const StrandSeed& strand : found) {
    const double score = 2 * strand.tubularness - penalty(strand);
    if (score <= best_score) continue;
    best_score = score;
    best = strand;
  }
  return best;
}

/// VIII by itself: the clearest thick strand.
std::optional<StrandSeed> clearestEighth(const SideView& view, const StrandImages& images,
                                         const Canal& canal) {
  std::optional<StrandSeed> best;
  double most = 0;
  for (const double medial_mm : kEighthMedialMm) {
    for (const StrandSeed& one : strands(view, images, seedPlane(view, canal, medial_mm))) {
      const double score = 2 * one.tubularness + std::min(one.bulk, kMostBulk) +
                           kCalibreScore * std::min(1.0, one.thickness) - penalty(one);
      const bool artery = one.tof_over_brain > kMaxTofOfNerve;
      if (artery || one.thickness < kMinEighthThickness || score <= most) continue;
      most = score;
      best = one;
    }
  }
  return best;
}

/// The strand through @p p, millimetre by millimetre to either side.
std::vector<Point3> strandThrough(const ImageF& tube, const Plane& plane, const Point3& p) {
  std::vector<Point3> line = {p};
  for (int mm = 0; mm < kEighthReachMm; ++mm) {
    line.insert(line.begin(), strandAhead(tube, plane, line.front(), 1));
    line.push_back(strandAhead(tube, plane, line.back(), -1));
  }
  return line;
}

/// @p eighth as a tube; empty where that is thicker than VIII.
Tube eighthThrough(const SideView& view, const ImageF& thick, const Canal& canal,
                   const StrandSeed& eighth, const Progress& progress) {
  TubeFitOptions options;
  options.psf_sigma_mm = view.psf_sigma_mm;
  options.core = view.nerve();
  options.radius_mm = 1;
  options.radius_sd_mm = 0.1;  // else it takes VII in
  options.window_mm = 1.6;
  const Plane plane = seedPlane(view, canal, eighth.offset_mm.x);
  Tube tube = fitTube(view.t2, {}, strandThrough(thick, plane, eighth.lps_mm), options, progress);
  return tube.radius_mm[tube.size() / 2] > kMaxEighthRadiusMm ? Tube{} : tube;
}

/// @p eighth where its tube crosses @p plane.
StrandSeed eighthIn(const Plane& plane, const Tube& tube, StrandSeed eighth) {
  const double ahead_mm = plane.medial_mm - eighth.offset_mm.x;
  eighth.lps_mm = project(tube.points_mm, eighth.lps_mm + plane.medial * ahead_mm).point_mm;
  const Vec3 v = eighth.lps_mm - plane.center;
  eighth.offset_mm = {plane.medial_mm, dot(v, plane.posterior), dot(v, plane.up)};
  return eighth;
}

/// The best VII in what is left where VIII is taken out.
ScoredSeeds besideEighth(const SideView& view, const StrandImages& images, const Canal& canal,
                         double deep_mm, int threads, const Progress& progress) {
  const auto eighth = clearestEighth(view, images, canal);
  if (!eighth) return {};
  const Tube tube = eighthThrough(view, images.thick, canal, *eighth, progress);
  if (tube.empty()) return {};
  imaging::TubularnessOptions options;
  options.radii_mm = thinRadiiMm();
  options.threads = threads;
  const ImageF rest = withoutTube(view.t2, tube, view.nerve(), view.psf_sigma_mm);
  const ImageF thin = imaging::tubularness(rest, options, progress).response;
  std::vector<ScoredSeeds> planes;
  for (const double ahead_mm : kBesideMm) {
    const Plane plane = seedPlane(view, canal, eighth->offset_mm.x + ahead_mm);
    std::vector<StrandSeed> found = strands(view, {thin, thin, images.smooth}, plane);
    for (StrandSeed& one : found) one.thickness = kThinThickness;
    planes.push_back(bestPair(found, {eighthIn(plane, tube, *eighth)}, deep_mm));
  }
  return bestOf(planes);
}

}  // namespace

NerveSeeds findSeeds(const SideView& view, const ImageF& thin, const ImageF& thick,
                     const Canal& canal, int threads, const Progress& progress) {
  const double deep_mm = kDeepMm - distance(canal.porus_mm, canal.fundus_mm);
  const ImageF smooth = imaging::gaussianSmooth(view.t2, kBulkSigmaMm, threads);
  std::vector<ScoredSeeds> planes;
  std::optional<StrandSeed> lone;
  double lone_score = -1e9;
  const auto lookAt = [&](double medial_mm) {
    progress.stop().throwIfStopped();
    const Plane plane = seedPlane(view, canal, medial_mm);
    const std::vector<StrandSeed> found = strands(view, {thin, thick, smooth}, plane);
    planes.push_back(bestPair(found, found, deep_mm));
    if (const auto one = clearestStrand(found, lone_score)) lone = one;
  };
  for (const double medial_mm : kMedialOfPorusMm) lookAt(medial_mm);
  if (view.too_thick) return {lone, std::nullopt, 0};
  ScoredSeeds best = bestOf(planes);
  const ScoredSeeds beside =
      besideEighth(view, {thin, thick, smooth}, canal, deep_mm, threads, progress);
  if (beside.rank() > best.rank()) best = beside;
  for (const double medial_mm : kInCisternMm) {
    if (best.score >= kMinPairScore) break;
    lookAt(medial_mm);
    best = bestOf(planes);
  }
  if (best.score < kMinPairScore) return {};
  const double lead = std::min(2.0, best.score - best.second);
  best.seeds.confidence = 1 / (1 + std::exp(-4 * lead));
  return best.seeds;
}

}  // namespace neurovasc::anatomy
