#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"
#include "neurovasc/core/tube.h"
#include "other_nerves.h"
#include "side_view.h"
#include "vessel_clefts.h"
#include "vessel_fit.h"
#include "vessel_graph.h"
#include "vessel_images.h"
#include "vessel_kinds.h"
#include "vessel_names.h"
#include "vessel_pieces.h"
#include "vessel_ridges.h"
#include "vessel_trace.h"

namespace neurovasc::anatomy {
namespace {

/// Remnants of a removed tube lie within this distance of its surface, mm.
constexpr double kRim_mm = 0.7;
/// What a removed artery leaves is faint and no disc: a tube that a disc explains to this share and
/// that is darker than this (1 CSF) is a smaller vessel on its flank.
constexpr double kOwnTube = 0.9;
constexpr double kOwnDarkness = 0.6;
/// How far from VII and VIII the other nerves and the veins that matter come, mm.
constexpr double kNerveReach_mm = 14.0;
/// Level on CE-T1, 1 brain, of what may be a thin tube of blood (1.5 and more) under the blur.
constexpr double kEnhancing = 1.25;
/// What an artery beside it leaves of TOF on a tube is known to a fifth.
constexpr double kBesideConfidence = 0.8;
constexpr double kAnywhere = std::numeric_limits<double>::infinity();

void requireBetween(double value, double lowest, double highest, const char* option) {
  if (!(std::isfinite(value) && value >= lowest && value <= highest)) {
    throw Error(
        ErrorCode::usage, std::string("vessels.") + option + " is out of range",
        "Give a value from " + std::to_string(lowest) + " to " + std::to_string(highest) + ".");
  }
}

/// Tubes along @p ridges that come within @p reach_mm of VII or VIII, fitted; those that are
/// clearly none are left out.
std::vector<FittedLine> fittedTubes(const RidgeMap& ridges, const VesselImages& images,
                                    double reach_mm, const VesselOptions& options,
                                    const TubeProfile& disc, const Progress& progress) {
  TraceOptions trace;
  trace.seed_contrast = options.seed_contrast;
  trace.follow_contrast = options.follow_contrast;
  trace.gap_mm = options.gap_mm;
  trace.min_length_mm = options.min_length_mm;
  std::vector<TracedLine> lines;
  for (TracedLine& line :
       traceRidges(ridges.map, ridges.radii_mm, images.t2.geometry(), {}, trace, progress)) {
    if (worthFitting(line, images) && distanceToNerves(line.points_mm, images.nerves) <= reach_mm) {
      lines.push_back(std::move(line));
    }
  }
  FitOptions fit;
  fit.step_mm = options.step_mm;
  std::vector<FittedLine> fitted(lines.size());
  parallelFor(lines.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      progress.stop().throwIfStopped();
      fitted[n] = fitLine(lines[n], images, disc, fit);
    }
  });
  return fitted;
}

std::vector<Piece> findArteries(VesselImages& images, const VesselOptions& options,
                                const TubeProfile& disc, const Progress& progress) {
  std::vector<Piece> pieces;
  joinForArteries(images, options.threads);
  const RidgeMap ridges = findRidges(images, options.threads, progress);
  for (const FittedLine& line : fittedTubes(ridges, images, kAnywhere, options, disc, progress)) {
    for (Piece& piece : arterialPieces(line, images, options)) {
      pieces.push_back(std::move(piece));
    }
  }
  dropTwins(pieces);
  dropStrays(images.nerves, pieces);
  return pieces;
}

/// Vertebral and basilar arteries by T2 alone. They go first, so that an artery which one of them
/// presses against the nerve is not lost beside it.
std::vector<Piece> findWideVoids(VesselImages& images, const HeadFrame& frame,
                                 const VesselOptions& options, const TubeProfile& disc,
                                 const Progress& progress) {
  std::vector<Piece> pieces;
  joinForDarkTubes(images, options.threads);
  const RidgeMap ridges = findThickRidges(images, options.threads, progress);
  for (const FittedLine& line : fittedTubes(ridges, images, kAnywhere, options, disc, progress)) {
    for (Piece& piece : darkPieces(line, images, options)) {
      if (isWideVoid(piece.line, images)) {
        pieces.push_back(std::move(piece));
      }
    }
    for (Piece& piece : trunkPieces(line, images, frame, options)) {
      pieces.push_back(std::move(piece));
    }
  }
  dropTwins(pieces);
  return pieces;
}

/// Whether @p piece is what the removal of an artery left over: a rim that follows it.
bool isRemnant(const Piece& piece, const std::vector<Piece>& arteries) {
  if (medianOf(piece.line.explained) >= kOwnTube && medianOf(piece.line.t2_level) < kOwnDarkness) {
    return false;
  }
  std::size_t inside = 0;
  for (const Point3& p : piece.line.points_mm) {
    for (const Piece& artery : arteries) {
      const Projection at = project(artery.line.points_mm, p);
      if (at.distance_mm <
          valueAt(artery.line.points_mm, artery.line.radius_mm, at.arclength_mm) + kRim_mm) {
        ++inside;
        break;
      }
    }
  }
  return 2 * inside > piece.line.size();
}

Tube tubeOf(const Piece& piece) { return {piece.line.points_mm, piece.line.radius_mm, {}}; }

std::vector<Tube> tubesOf(const std::vector<Piece>& pieces) {
  std::vector<Tube> tubes;
  std::transform(pieces.begin(), pieces.end(), std::back_inserter(tubes), tubeOf);
  return tubes;
}

/// Takes @p pieces out of the images.
void removePieces(const std::vector<Piece>& pieces, const TubeProfile& disc, VesselImages& images) {
  for (const Piece& piece : pieces) {
    removeTube(tubeOf(piece), piece.line.lumen_t2, disc, images);
  }
}

/// A dark tube along a wide artery that is bright on TOF by itself is an artery, though the search
/// for arteries saw but one ridge of brightness there.
void judgeBesideArteries(const VesselImages& images, const TubeProfile& disc, Piece& piece) {
  if (piece.kind != VesselKind::unknown || !isTube(piece.line)) return;
  const auto level = flowBeside(tubeOf(piece), disc, images);
  if (!level || *level < kFlowTof) return;
  piece.kind = VesselKind::artery;
  piece.kind_confidence = kBesideConfidence;
}

/// What is dark on T2 besides @p known, which were taken out.
std::vector<Piece> findDarkTubes(const std::vector<Piece>& known, VesselImages& images,
                                 const VesselOptions& options, const TubeProfile& disc,
                                 const Progress& progress) {
  std::vector<Piece> pieces;
  joinForDarkTubes(images, options.threads);
  const RidgeMap ridges = findRidges(images, options.threads, progress);
  for (const FittedLine& line :
       fittedTubes(ridges, images, kNerveReach_mm, options, disc, progress)) {
    for (Piece& piece : darkPieces(line, images, options)) {
      if (!isRemnant(piece, known)) {
        judgeBesideArteries(images, disc, piece);
        pieces.push_back(std::move(piece));
      }
    }
  }
  return pieces;
}

/// Dark tubes that CE-T1 shows as blood. They go before the others, so that none is followed into
/// the nerve, plexus or fold of brain on which it lies.
std::vector<Piece> findEnhancingTubes(const std::vector<Piece>& known, VesselImages& images,
                                      const VesselOptions& options, const TubeProfile& disc,
                                      const Progress& progress) {
  const Mask everywhere = images.search;
  for (std::size_t n = 0; n < images.search.voxelCount(); ++n) {
    images.search[n] = images.ce_t1[n] > kEnhancing ? everywhere[n] : 0;
  }
  std::vector<Piece> pieces = findDarkTubes(known, images, options, disc, progress);
  images.search = everywhere;
  pieces.erase(std::remove_if(pieces.begin(), pieces.end(),
                              [](const Piece& piece) { return piece.kind == VesselKind::unknown; }),
               pieces.end());
  return pieces;
}

/// Adds to the arteries all other tubes.
void addRest(VesselImages& images, const VesselOptions& options, const TubeProfile& disc,
             const Progress& progress, std::vector<Piece>& pieces) {
  removePieces(pieces, disc, images);
  removeFromTof(tubesOf(pieces), disc, images);
  if (!images.ce_t1.empty()) {
    std::vector<Piece> blood = findEnhancingTubes(pieces, images, options, disc, progress);
    removePieces(blood, disc, images);
    std::move(blood.begin(), blood.end(), std::back_inserter(pieces));
  }
  std::vector<Piece> others = findDarkTubes(pieces, images, options, disc, progress);
  std::move(others.begin(), others.end(), std::back_inserter(pieces));
}

/// The median level of a line where most of it was measured, else empty.
std::optional<double> levelOf(const std::vector<double>& levels, const FittedLine& line,
                              const Coverage& coverage) {
  const auto covered = std::count_if(line.points_mm.begin(), line.points_mm.end(),
                                     [&](const Point3& p) { return coverage.contains(p); });
  const bool mostly = 2 * static_cast<std::size_t>(covered) > line.points_mm.size();
  return levels.empty() || !mostly ? std::optional<double>() : medianOf(levels);
}

Vessel vesselOf(const Piece& piece, std::size_t number, const VesselImages& images) {
  Vessel vessel;
  vessel.id = "V" + std::to_string(number);
  vessel.kind = piece.kind;
  vessel.kind_confidence = piece.kind_confidence;
  vessel.tube.points_mm = piece.line.points_mm;
  vessel.tube.radius_mm = piece.line.radius_mm;
  for (const double e : piece.line.explained) {
    vessel.tube.confidence.push_back(std::clamp(e, 0.0, 1.0));
  }
  vessel.evidence.tof_over_brain = levelOf(piece.line.tof_level, piece.line, images.tof_coverage);
  vessel.evidence.ce_t1_over_brain =
      levelOf(piece.line.ce_t1_level, piece.line, images.ce_t1_coverage);
  vessel.evidence.t2_over_csf = medianOf(piece.line.t2_level);
  vessel.evidence.seen_on_t2 = medianOf(piece.line.explained) > 0.5;
  vessel.evidence.seen_on_tof =
      piece.kind == VesselKind::artery && vessel.evidence.tof_over_brain.value_or(0) >= kStillTof;
  return vessel;
}

}  // namespace

void validate(const VesselOptions& options) {
  requireBetween(options.seed_contrast, 0.01, 1, "seed_contrast");
  requireBetween(options.follow_contrast, 0.01, options.seed_contrast, "follow_contrast");
  requireBetween(options.gap_mm, 0, 10, "gap_mm");
  requireBetween(options.min_length_mm, 1, 100, "min_length_mm");
  requireBetween(options.artery_tof_level, 1, 4, "artery_tof_level");
  requireBetween(options.blood_ce_t1_level, 1, 4, "blood_ce_t1_level");
  requireBetween(options.csf_reach_mm, 0.3, 5, "csf_reach_mm");
  requireBetween(options.course_mm, 5, 100, "course_mm");
  requireBetween(options.unknown_reach_mm, 0, 100, "unknown_reach_mm");
  requireBetween(options.step_mm, 0.1, 1, "step_mm");
  requireBetween(options.threads, 0, 4096, "threads");
}

VesselOptions forThickSlices(VesselOptions options) {
  options.seed_contrast = std::max(0.75 * options.seed_contrast, options.follow_contrast);
  options.course_mm *= 0.8;
  return options;
}

void findVessels(const FusedStudy& study, Anatomy& anatomy, const VesselOptions& given,
                 const Progress& progress) {
  validate(given);
  const VesselOptions options =
      study.resolution == Resolution::too_thick ? forThickSlices(given) : given;
  progress.report("vessels", 0, "preparing the images");
  const TubeProfile disc;
  VesselImages images = prepareImages(study, anatomy, options, disc, progress);
  progress.report("vessels", 0.15, "looking for arteries");
  std::vector<Piece> pieces = images.tof.empty()
                                  ? findWideVoids(images, anatomy.frame, options, disc, progress)
                                  : findArteries(images, options, disc, progress);
  progress.report("vessels", 0.5, "looking for veins and nerves");
  addRest(images, options, disc, progress, pieces);
  progress.report("vessels", 0.9, "telling nerves and vessels apart");
  pieces = linked(std::move(pieces));
  judgeKindsBeyondTof(images, anatomy, options.course_mm, pieces);
  pieces = withTrunksDivided(std::move(pieces));
  judgeKindsBeyondTof(images, anatomy, options.course_mm, pieces);  // of the parts
  bridgeClefts({study.t2.fine, anatomy.levels.t2_csf, images.tof, images.tof_coverage}, pieces);
  takeOtherNerves(options.unknown_reach_mm, pieces, anatomy);
  anatomy.vessels.clear();
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    anatomy.vessels.push_back(vesselOf(pieces[n], n + 1, images));
  }
  anatomy.junctions = junctionsOf(anatomy.vessels);
  nameVessels(anatomy);
  progress.report("vessels", 1);
}

}  // namespace neurovasc::anatomy
