#include "nerve_seed.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/imaging/smoothing.h"

namespace neurovasc::anatomy {

namespace {

constexpr double kWindowMm = 5.0;
constexpr double kStepMm = 0.2;
/// The planes lie this far medial of the porus: where the porus is known to a millimetre and the
/// nerves bend towards the brainstem, one of them shows the two strands apart. Values are averaged
/// over +- kSlabMm along the axis.
constexpr std::array<double, 7> kMedialOfPorusMm = {1.5, 0.5, -0.5, -1.5, -3.0, -4.5, -6.0};
constexpr double kSlabMm = 0.6;
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
constexpr double kMinApartMm = 0.9;
constexpr double kMaxApartMm = 5.5;

/// The sampled plane: a grid of positions around the centre.
struct Plane {
  Point3 center;
  Vec3 medial;
  Vec3 posterior;
  Vec3 up;
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
  plane.center = canal.porus_mm + canal.medial * medial_mm;
  const Vec3 up = view.lpsDirection({0, 0, 1});
  plane.up = normalized(up - canal.medial * dot(up, canal.medial));
  const Vec3 back = view.lpsDirection({0, 1, 0});
  const Vec3 flat = back - canal.medial * dot(back, canal.medial);
  plane.posterior = normalized(flat - plane.up * dot(flat, plane.up));
  return plane;
}

std::vector<double> sampledOver(const ImageF& image, const Plane& plane) {
  std::vector<double> values(plane.size());
  for (int j = -plane.half; j <= plane.half; ++j) {
    for (int i = -plane.half; i <= plane.half; ++i) {
      double sum = 0;
      for (int s = -2; s <= 2; ++s) {
        sum += interpolate(image, plane.at(i, j) + plane.medial * (0.5 * kSlabMm * s));
      }
      values[plane.index(i, j)] = sum / 5;
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

std::vector<StrandSeed> strands(const SideView& view, const ImageF& tubularness,
                                const ImageF& smooth, const Plane& plane) {
  const std::vector<double> tube = sampledOver(tubularness, plane);
  const std::vector<double> bulk = sampledOver(smooth, plane);
  std::vector<StrandSeed> found;
  for (int j = -plane.half + 2; j <= plane.half - 2; ++j) {
    for (int i = -plane.half + 2; i <= plane.half - 2; ++i) {
      const double t = tube[plane.index(i, j)];
      if (t < kMinTubularness || !isPeak(tube, plane, i, j)) continue;
      StrandSeed seed;
      seed.lps_mm = plane.at(i, j);
      if (!view.t2.geometry().contains(seed.lps_mm)) continue;
      seed.tubularness = t;
      seed.bulk = 1 - bulk[plane.index(i, j)];
      if (seed.bulk > kMaxBulkOfNerve * (1 - view.brain)) continue;
      seed.tof_over_brain = view.tof ? interpolate(*view.tof, seed.lps_mm) : 0;
      seed.offset_mm = {0, i * kStepMm, j * kStepMm};
      found.push_back(seed);
    }
  }
  return found;
}

double pairScore(const StrandSeed& facial, const StrandSeed& vestibulocochlear) {
  const double dy = facial.offset_mm.y - vestibulocochlear.offset_mm.y;
  const double dz = facial.offset_mm.z - vestibulocochlear.offset_mm.z;
  const double apart = std::hypot(dy, dz);
  if (apart < kMinApartMm || apart > kMaxApartMm) return -1e9;
  const double off = std::hypot(dy - kUsualAnteriorMm, dz - kUsualAboveMm) / kOffsetSdMm;
  const double from_axis = std::hypot(0.5 * (facial.offset_mm.y + vestibulocochlear.offset_mm.y),
                                      0.5 * (facial.offset_mm.z + vestibulocochlear.offset_mm.z)) /
                           2.0;
  const double artery = (facial.tof_over_brain > kMaxTofOfNerve ? 1.0 : 0.0) +
                        (vestibulocochlear.tof_over_brain > kMaxTofOfNerve ? 1.0 : 0.0);
  return 2 * facial.tubularness + vestibulocochlear.tubularness + 2 * vestibulocochlear.bulk -
         0.15 * off * off - 0.1 * from_axis * from_axis - artery;
}

/// The best pair of one plane, and how much better it is than with another VII.
struct ScoredSeeds {
  NerveSeeds seeds;
  double score = -1e9;
  double second = -1e9;
};

ScoredSeeds bestPair(const std::vector<StrandSeed>& found) {
  ScoredSeeds best;
  for (const StrandSeed& vii : found) {
    double score = -1e9;
    const StrandSeed* partner = nullptr;
    for (const StrandSeed& viii : found) {
      const double s = pairScore(vii, viii);
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

NerveSeeds findSeeds(const SideView& view, const ImageF& tubularness, const Canal& canal,
                     int threads, const Progress& progress) {
  const ImageF smooth = imaging::gaussianSmooth(view.t2, kBulkSigmaMm, threads);
  ScoredSeeds best;
  std::optional<StrandSeed> lone;
  double lone_score = -1e9;
  for (const double medial_mm : kMedialOfPorusMm) {
    progress.stop().throwIfStopped();
    const Plane plane = seedPlane(view, canal, medial_mm);
    const std::vector<StrandSeed> found = strands(view, tubularness, smooth, plane);
    const ScoredSeeds here = bestPair(found);
    if (here.score > best.score + kPlaneAdvantage) best = here;
    if (const auto one = clearestStrand(found, lone_score)) lone = one;
  }
  if (view.too_thick) return {lone, std::nullopt, 0};
  if (best.score < kMinPairScore) return {};
  const double lead = std::min(2.0, best.score - best.second);
  best.seeds.confidence = 1 / (1 + std::exp(-4 * lead));
  return best.seeds;
}

}  // namespace neurovasc::anatomy
