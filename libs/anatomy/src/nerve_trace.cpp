#include "nerve_trace.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "brainstem.h"
#include "dark_nerves.h"
#include "detachment.h"
#include "expected_nerve.h"
#include "nerve_images.h"
#include "nerve_root.h"
#include "nerve_seed.h"
#include "nerve_tubes.h"
#include "neurovasc/anatomy/tube_fit.h"
#include "neurovasc/core/text.h"
#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/tubularness.h"
#include "strand_paths.h"
#include "vessel_voxels.h"
#include "wide_voids.h"

namespace neurovasc::anatomy {

namespace {

/// In two simulators it is found -0.3 +- 0.3 mm and +0.3 +- 0.5 mm along the nerve from where it
/// is.
constexpr double kDetachmentSdMm = 0.5;
/// The sulcus is a furrow millimetres wide, the root fans out into it, and its ridge fades there.
constexpr double kRootSdMm = 1.3;
/// Cisternal VII has a diameter of 1.16 +- 0.31 mm.
constexpr double kUsualRadiusMm = 0.58;
/// Cisternal VIII: 2.17 +- 0.52 mm.
constexpr double kUsualEighthRadiusMm = 1.08;
/// Limits of the step from the ridge to the axis; a vessel on the nerve looks like more ridge.
constexpr double kMaxRidgeMm = 1.0;
constexpr double kMaxOutwardMm = 0.15;
/// So near to a wide artery a nerve's edges may be the artery's. Elsewhere attached nerves lie
/// within 0.3 mm of the brain's smooth surface, but for a furrow that they bridge.
constexpr double kBesideWideMm = 1.0;
constexpr double kHighestOnBrainMm = 0.5;
constexpr float kOffBrainFactor = 3;
/// Tubes with less confidence, or less certainty which of the strands is VII, are not stated as
/// segmented. Clear nerves reach 0.85 and 0.95.
constexpr double kMinTubeConfidence = 0.6;
constexpr double kMinSeedConfidence = 0.6;
/// Facial nerves are 1.2 +- 0.3 mm thick in the cistern (clinical 1.18 +- 0.31; medians of 433
/// lines that followed one were 0.4 to 0.80 mm in radius); three lines that followed a vessel or
/// another nerve had 1.24 mm and more.
constexpr double kWidestFacialMm = 1.05;
/// So much is left of the confidence in a part that is as thick, and in a strand that leads nowhere
/// and so has not shown itself to be the nerve: no contact may be believed there.
constexpr double kNotNerve = 0.4;
/// Where the line stands out less than this it may be anything's; a millimetre of it is forgiven.
constexpr double kDoubtfulConfidence = 0.35;
constexpr double kMostDoubtfulMm = 1.0;
/// Attached segments are 6 to 11 mm long (8 to 10 on average); beyond this the path is another's.
constexpr double kMaxAttachedMm = 16;
/// By so much the free part may be longer than without regard to the root.
constexpr double kMostDetourMm = 5;
constexpr double kUnseenAtBrainMm = 1.5;
/// Nerves are about as dark as brain; a path is drawn to nothing darker than this share of it.
constexpr double kDarkestNerve = 0.8;

/// At the fundus VII lies in the anterosuperior quadrant and most of VIII below and behind it.
constexpr Vec3 kFacialQuadrantMm = {0, -0.5, 0.7};
constexpr Vec3 kEighthQuadrantMm = {0, 0.5, -0.7};

TubeFitOptions fitOptions(const SideView& view) {
  TubeFitOptions options;
  options.psf_sigma_mm = view.psf_sigma_mm;
  options.core = view.nerve();
  return options;
}

/// Of the attached nerve only the ridge is seen: its axis lies a radius below the place where
/// nerve turns into CSF, straight out of the brain.
Point3 underItsSurface(const SideView& view, const ImageF& brain_distance_mm, const Point3& p,
                       double radius_mm) {
  constexpr double kFineMm = 0.05;
  const Vec3 out = normalized(gradient(brain_distance_mm, p, 1.0));
  const double half = 0.5 * (view.brain + 1);
  const double direction = interpolate(view.t2, p) < half ? kFineMm : -kFineMm;
  double t = 0;
  while (std::abs(t) < kMaxRidgeMm) {
    const bool dark = interpolate(view.t2, p + out * (t + direction)) < half;
    if (dark != (direction > 0)) break;
    t += direction;
  }
  return p + out * std::clamp(t - radius_mm, -kMaxRidgeMm, kMaxOutwardMm);
}

void append(std::vector<Point3>& line, const std::vector<Point3>& more) {
  for (const Point3& p : more) {
    if (line.empty() || distance(line.back(), p) > 1e-3) line.push_back(p);
  }
}

Landmark placed(const Point3& p, double sd_mm) {
  Landmark mark;
  mark.lps_mm = p;
  mark.sd_mm = sd_mm;
  return mark;
}

std::optional<Point3> pointOf(const std::optional<Landmark>& mark) {
  return mark ? std::optional<Point3>(mark->lps_mm) : std::nullopt;
}

/// Traces the nerves of one side, step by step.
class Tracer {
 public:
  Tracer(const SideView& scene, const Canal& canal, const KnownNerve& known, int threads,
         const Progress& progress)
      : scene_(scene),
        view_(corridorOf(scene, canal.porus_mm)),
        canal_(canal),
        manual_(known.landmarks),
        expected_mm_(known.axis_mm),
        threads_(threads),
        progress_(progress) {
    facial_.side = view_.side;
    eighth_.side = view_.side;
    eighth_.name = NerveName::vestibulocochlear;
  }

  TracedNerves run() {
    thin_ = tubularnessOf(view_.t2, thinRadiiMm());
    thick_ = tubularnessOf(view_.t2, thickRadiiMm());
    seeds_ = findSeeds(view_, thin_, thick_, canal_, threads_, progress_);
    if (!seeds_.facial && manual_.porus) {
      seeds_.facial = StrandSeed{};
      seeds_.facial->lps_mm = manual_.porus->lps_mm;
      seeds_.confidence = 1;
    }
    if (!seeds_.facial) {
      facial_.reason = "no pair of nerves could be told at the porus";
      eighth_.reason = facial_.reason;
      return {facial_, eighth_};
    }
    measureNerves();
    view_.lumen = lumenOf(view_, threads_);
    weighVoxels();
    traceEighth();
    if (followFree()) {
      const bool whole = brainstem_ && !lost_;
      if (whole) followAttached();
      fitFree();
      if (whole) fitAttached();
      facial_.landmarks.porus = placed(porusOn(facial_.tube.points_mm, canal_), canal_.porus_sd_mm);
    }
    takeManualLandmarks();
    judge();
    return {facial_, eighth_};
  }

 private:
  /// Where nerves turn out to be as dark as bone, takes bone out while VIII is traced. VII lies off
  /// the wall, and what bone leaves in a corner of it would look like VII.
  void measureNerves() {
    if (!seeds_.vestibulocochlear) return;
    view_.nerve_darker = darkerNerves(view_, seeds_.vestibulocochlear->lps_mm, canal_.medial);
    if (!view_.darkNerves()) return;
    with_bone_ = view_.t2;
    view_.t2 = withoutBone(view_, threads_, progress_);
    thin_ = tubularnessOf(view_.t2, thinRadiiMm());
    thick_ = tubularnessOf(view_.t2, thickRadiiMm());
  }

  void weighVoxels() {
    weight_ = nerveWeight(view_);
    wide_ = wideVoids(view_, threads_);
    for (std::size_t i = 0; i < wide_.voxelCount(); ++i) {
      if (wide_[i]) weight_[i] = 0;
    }
  }

  ImageF tubularnessOf(const ImageF& t2, std::vector<double> radii_mm) const {
    imaging::TubularnessOptions options;
    options.radii_mm = std::move(radii_mm);
    options.threads = threads_;
    return imaging::tubularness(t2, options, progress_).response;
  }

  /// Voids count as no darker than nerves are: a vessel must not look like the better strand.
  ImageF withoutVoids(ImageF t2) const {
    const auto darkest = static_cast<float>(kDarkestNerve * view_.nerve());
    for (float& v : t2) v = std::max(v, darkest);
    return t2;
  }

  /// T2 for VII: wide voids are fluid, or their blurred edge would look like a strand along them.
  /// VIII, as thick as they are, is rather sought through what hides it.
  ImageF withoutArteries(ImageF t2) const {
    t2 = withoutVoids(std::move(t2));
    for (std::size_t i = 0; i < t2.voxelCount(); ++i) {
      if (wide_[i]) t2[i] = 1;
    }
    return t2;
  }

  /// In the canal no path is better than the straight line, but where nerves are as dark as its
  /// wall the fit would leave the line for the wall.
  std::vector<Point3> inCanal(const StrandSeed& seed, const Vec3& quadrant_mm) const {
    std::vector<Point3> line;
    if (view_.darkNerves()) {
      const ImageF cost = strandCost(view_, larger(thin_, thick_));
      line = seenInCanal(view_, canal_, cost, seed.lps_mm, quadrant_mm, eighth_.tube.points_mm,
                         progress_);
    }
    return line.size() > 2 ? line : strandInCanal(view_, canal_, seed.lps_mm, quadrant_mm);
  }

  /// VIII, to its root where the brainstem is in view, and T2 without it.
  void traceEighth() {
    if (!seeds_.vestibulocochlear) return;
    StrandCosts costs = strandCosts(view_, thin_, thick_);
    keepNear(expected_mm_, costs.thin);
    const StrandPair both =
        strandPair(view_, costs, seeds_.facial->lps_mm, seeds_.vestibulocochlear->lps_mm,
                   pointOf(manual_.detachment_point), progress_);
    if (both.eighth.size() < 3) return;
    eighth_line_ = both.eighth;
    filled_ = brainFilledWithCsf(view_, threads_, progress_);
    if (hasBrain() && both.facial.size() > 2) followEighthToRoot(both.facial);
    std::vector<Point3> whole = eighth_line_;
    append(whole, inCanal(*seeds_.vestibulocochlear, kEighthQuadrantMm));
    ImageF weight = weight_;
    leaveTo(tubeAlong(inCanal(*seeds_.facial, kFacialQuadrantMm), kUsualRadiusMm), whole,
            kUsualEighthRadiusMm, weight);
    leaveTo(tubeAlong(both.facial, kUsualRadiusMm), whole, kUsualEighthRadiusMm, weight);
    fitEighth(whole, weight);
    takeStumpOut();
    whole_eighth_ = eighth_.tube.points_mm;
    eraseFirst(astrayPoints(eighth_.tube.points_mm, scene_), eighth_.tube);
    eraseFirst(pointsBeyondArteries(eighth_.tube.points_mm, view_), eighth_.tube);
    eighth_.status = NerveStatus::segmented;
    if (view_.darkNerves()) view_.t2 = with_bone_;
    view_.t2 = withoutTube(view_.t2, eighth_.tube, view_.nerve(), view_.psf_sigma_mm);
    filled_.t2 = withoutTube(filled_.t2, eighth_.tube, view_.nerve(), view_.psf_sigma_mm);
    thin_ = tubularnessOf(withoutArteries(view_.t2), thinRadiiMm());
  }

  void fitEighth(const std::vector<Point3>& path, const ImageF& weight) {
    eighth_.tube = fitTube(filled_.t2, weight, path, fitOptions(view_), progress_);
    std::vector<Point3> line = eighth_.tube.points_mm;
    if (!takeOutOfBlood(view_, path, line)) return;
    eighth_.tube = movedTo(smoothedLine(line, kNerveSmoothingMm, kNerveStepMm), eighth_.tube);
  }

  /// Where an artery hides the middle of VIII its root would look like VII's.
  void takeStumpOut() {
    stump_ = stumpOf(eighth_line_, scene_);
    if (stump_.size() < 3) return;
    const Tube tube = fitTube(filled_.t2, weight_, stump_, fitOptions(view_), progress_);
    filled_.t2 = withoutTube(filled_.t2, tube, view_.nerve(), view_.psf_sigma_mm);
  }

  bool hasBrain() const { return std::isfinite(filled_.distance_mm[0]); }

  void followEighthToRoot(const std::vector<Point3>& facial) {
    const ImageF t2 = withoutVoids(filled_.t2);
    StrandCosts costs =
        strandCosts(view_, tubularnessOf(t2, thinRadiiMm()), tubularnessOf(t2, thickRadiiMm()));
    const double brain_z = view_.sideOf(facial.front()).z;
    const SulcusLevel sulcus = findSulcus(scene_, brain_z);
    const Point3& seed = seeds_.vestibulocochlear->lps_mm;
    const auto follow = [&] {
      return eighthFromRoot(view_, costs, filled_.distance_mm, seed, facial, sulcus, progress_);
    };
    std::vector<Point3> line = follow();
    if (avoidArteries(view_, line, costs.thick)) line = follow();
    ImageF facial_cost = strandCost(view_, onBrain());
    keepNear(expected_mm_, facial_cost);
    makeOffBrainDear(brain_z, facial_cost);
    line = eighthOffFacial(
        {view_, filled_, costs, facial_cost, seeds_.facial->lps_mm, seed, facial, sulcus}, line,
        progress_);
    if (line.size() > 2) eighth_line_ = line;
  }

  bool followFree() {
    ImageF cost = strandCost(view_, thin_);
    keepNear(expected_mm_, cost);
    line_ = freeStrand(view_, std::move(cost), seeds_.facial->lps_mm, eighth_line_,
                       pointOf(manual_.detachment_point), progress_);
    if (line_.size() < 3) {
      facial_.reason = "no strand leads from the porus to the brainstem";
      return false;
    }
    brainstem_ = manual_.detachment_point || showsBrainstem(view_);
    lost_ = cutWhereLost(line_, thin_, brainstem_ ? kUnseenAtBrainMm : 0);
    return true;
  }

  /// Response of VII as a ridge of the brain. With the brain filled it shows where it lies on the
  /// surface, with the brain as it is where it is bedded in it.
  ImageF onBrain() const {
    return larger(tubularnessOf(withoutArteries(filled_.t2), thinRadiiMm()),
                  tubularnessOf(withoutArteries(view_.t2), thinRadiiMm()));
  }

  /// Finds the attached part and, where nothing is placed by hand, both parts once more as one.
  void followAttached() {
    if (filled_.t2.empty()) filled_ = brainFilledWithCsf(view_, threads_, progress_);
    if (!hasBrain()) return;
    if (expected_mm_.size() > 1) {
      root_line_ = upTo(expected_mm_, line_.front());
      return;
    }
    const std::vector<Point3>& eighth = whole_eighth_;
    ImageF cost = strandCost(view_, onBrain());
    sulcus_ = findSulcus(scene_, view_.sideOf(line_.front()).z);
    makeOffBrainDear(view_.sideOf(line_.front()).z, cost);
    if (!manual_.root_exit_point && !manual_.detachment_point) {
      const auto follow = [&] {
        return wholeStrand(view_, filled_, cost, seeds_.facial->lps_mm, line_.front(), eighth,
                           stump_, sulcus_, progress_);
      };
      SplitStrand both = follow();
      if (avoidArteries(view_, both.attached, cost)) both = follow();
      const bool detour = lengthOf(both.free) > lengthOf(line_) + kMostDetourMm;
      if (both.free.size() > 2 && both.attached.size() > 2 && !detour) {
        line_ = std::move(both.free);
        root_line_ = std::move(both.attached);
        return;
      }
    }
    root_line_ = attachedStrand(view_, filled_, cost, line_.front(), eighth, sulcus_,
                                pointOf(manual_.root_exit_point), progress_);
  }

  /// Beside a wide artery there is little to tell VII by but that it lies on the brain below
  /// @p z, where it meets it.
  void makeOffBrainDear(double z, ImageF& cost) {
    const Mask beside_wide = imaging::dilated(wide_, kBesideWideMm, threads_);
    for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
      if (!beside_wide[i] || filled_.distance_mm[i] < kHighestOnBrainMm) continue;
      if (view_.sideOf(lpsOf(cost.geometry(), i)).z < z) cost[i] *= kOffBrainFactor;
    }
  }

  void fitFree() {
    std::vector<Point3> whole = line_;
    const std::vector<Point3> straight = inCanal(*seeds_.facial, kFacialQuadrantMm);
    append(whole, straight);
    ImageF weight = weight_;
    keepOffWall(straight, seeds_.facial->lps_mm, canal_.medial, weight);
    leaveTo(eighth_.tube, whole, kUsualRadiusMm, weight);
    facial_.tube = fitTube(view_.t2, weight, whole, fitOptions(view_), progress_);
    if (expected_mm_.size() > 1) {
      const double unseen =
          kAttachedConfidence * nearRoot(facial_.tube, facial_.tube.confidence, 0);
      hideAsExpected(view_, expected_mm_, unseen, facial_.tube);
    }
  }

  /// From the root exit point on. An expected axis stands: on the pons nothing moves.
  std::vector<Point3> attachedAxis(double radius_mm) {
    if (expected_mm_.size() > 1) return root_line_;
    const Tube fitted = fitTube(filled_.t2, weight_, root_line_, fitOptions(view_), progress_);
    std::vector<Point3> root = fitted.points_mm;
    takeOutOfBlood(view_, root_line_, root);
    if (view_.tof) root = smoothedLine(root, kNerveSmoothingMm, kNerveStepMm);
    keepNearPath(root_line_, root);
    root = smoothedLine(root, kNerveSmoothingMm, kNerveStepMm);
    mendAstray(root, scene_);
    for (Point3& p : root) p = underItsSurface(view_, filled_.distance_mm, p, radius_mm);
    if (manual_.root_exit_point) {
      root.insert(root.begin(), manual_.root_exit_point->lps_mm);
    } else {
      endAtRoot(root, view_, filled_.distance_mm, sulcus_.z_mm);
    }
    return root;
  }

  void fitAttached() {
    const double radius_mm = nearRoot(facial_.tube, facial_.tube.radius_mm, kUsualRadiusMm);
    attached_ = root_line_.size() > 2 && lengthOf(root_line_) < kMaxAttachedMm;
    if (attached_) {
      facial_.tube = joinedTube(attachedAxis(radius_mm), facial_.tube, radius_mm);
      facial_.landmarks.root_exit_point =
          placed(facial_.tube.points_mm.front(), std::hypot(kRootSdMm, sulcus_.sd_mm));
    }
    const std::vector<Point3>& line = facial_.tube.points_mm;
    const double porus_s = project(line, canal_.porus_mm).arclength_mm;
    facial_.landmarks.detachment_point =
        placed(pointAt(line, detachmentArcLength(view_, filled_.distance_mm, line, porus_s)),
               kDetachmentSdMm);
  }

  void takeManualLandmarks() {
    const auto take = [](std::optional<Landmark>& mark, const std::optional<Landmark>& by_hand) {
      if (!by_hand) return;
      mark = by_hand;
      mark->manual = true;
    };
    take(facial_.landmarks.porus, manual_.porus);
    take(facial_.landmarks.detachment_point, manual_.detachment_point);
    take(facial_.landmarks.root_exit_point, manual_.root_exit_point);
  }

  /// Whether the line is this image's alone: no other date's, nor led by hand, nor that of VII and
  /// VIII as one.
  bool isTraced() const {
    return expected_mm_.empty() && !manual_.porus && !manual_.detachment_point &&
           !manual_.root_exit_point && !view_.too_thick;
  }

  /// What is so thick before @p porus_mm is no nerve, though the rest of the line may be.
  void distrustThickParts(double porus_mm) {
    Tube& tube = facial_.tube;
    const std::vector<double> s = arcLengths(tube.points_mm);
    for (std::size_t i = 0; i < tube.size() && s[i] < porus_mm; ++i) {
      if (tube.radius_mm[i] > kWidestFacialMm) tube.confidence[i] *= kNotNerve;
    }
  }

  void rejectAsThick(double radius_mm) {
    facial_.tube = {};
    facial_.landmarks = {};
    facial_.status = NerveStatus::not_found;
    facial_.reason = "what leads from the porus is " + fixedDecimals(2 * radius_mm, 1) +
                     " mm thick, more than a facial nerve: a vessel or another nerve";
  }

  void judge() {
    if (facial_.tube.size() < 3) return;
    facial_.status = NerveStatus::partial;
    const double porus_s = project(facial_.tube.points_mm, canal_.porus_mm).arclength_mm;
    const auto& detachment = facial_.landmarks.detachment_point;
    const double free_s =
        detachment ? project(facial_.tube.points_mm, detachment->lps_mm).arclength_mm : 0;
    const Tube& tube = facial_.tube;
    const double radius_mm = medianBetween(tube.points_mm, tube.radius_mm, free_s, porus_s);
    if (radius_mm > kWidestFacialMm && isTraced()) return rejectAsThick(radius_mm);
    if (isTraced()) distrustThickParts(porus_s);
    const double confidence = medianBetween(tube.points_mm, tube.confidence, free_s, porus_s);
    const double doubtful_mm = doubtfulLength(facial_.tube, kDoubtfulConfidence, porus_s);
    if (!brainstem_) {
      facial_.reason = "the brainstem lies outside the field of view";
    } else if (lost_) {
      facial_.reason = "the strand is lost in the cistern between porus and brainstem";
      for (double& c : facial_.tube.confidence) c *= kNotNerve;
    } else if (!attached_) {
      facial_.reason = "the attached segment could not be followed to the pontomedullary sulcus";
    } else if (confidence < kMinTubeConfidence) {
      facial_.reason = "the strand hardly stands out from noise and neighbours";
    } else if (doubtful_mm > kMostDoubtfulMm) {
      facial_.reason = "part of the line may be a vessel's or a neighbour's, or nothing is seen";
    } else if (seeds_.confidence < kMinSeedConfidence) {
      facial_.reason = "more than one strand at the porus could be the facial nerve";
    } else {
      facial_.status = NerveStatus::segmented;
    }
  }

  const SideView& scene_;
  SideView view_;  ///< what the nerves can run through; VIII is taken out of its T2 once traced
  const Canal& canal_;
  const NerveLandmarks& manual_;
  const std::vector<Point3>& expected_mm_;
  int threads_;
  const Progress& progress_;
  ImageF thin_;   ///< tubularness at the radii of VII
  ImageF thick_;  ///< tubularness at the radius of VIII
  ImageF weight_;
  Mask wide_;         ///< wideVoids()
  ImageF with_bone_;  ///< T2 as it was, where bone is taken out
  NerveSeeds seeds_;
  FilledBrain filled_;
  SulcusLevel sulcus_;
  std::vector<Point3> root_line_;
  std::vector<Point3> line_;
  std::vector<Point3> eighth_line_;
  std::vector<Point3> whole_eighth_;  ///< with what lies beyond an artery, where it may be astray
  std::vector<Point3> stump_;         ///< of VIII, behind what hides the rest of it
  bool brainstem_ = false;
  bool lost_ = false;
  bool attached_ = false;
  Nerve facial_;
  Nerve eighth_;
};

}  // namespace

TracedNerves traceNerves(const SideView& view, const Canal& canal, const KnownNerve& known,
                         int threads, const Progress& progress) {
  return Tracer(view, canal, known, threads, progress).run();
}

}  // namespace neurovasc::anatomy
