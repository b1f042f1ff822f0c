#include "neurovasc/anatomy/segment.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "canal.h"
#include "labels.h"
#include "nerve_trace.h"
#include "neurovasc/anatomy/ears.h"
#include "neurovasc/anatomy/levels.h"
#include "neurovasc/anatomy/tissue.h"
#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/tube.h"
#include "side_view.h"

namespace neurovasc::anatomy {

namespace {

Point3 centerOf(const GridGeometry& grid) {
  return grid.toLps(
      Vec3{0.5 * (grid.size[0] - 1), 0.5 * (grid.size[1] - 1), 0.5 * (grid.size[2] - 1)});
}

Ear* earOf(Anatomy& anatomy, Side side) {
  for (Ear& ear : anatomy.ears) {
    if (ear.side == side) return &ear;
  }
  return nullptr;
}

/// Ears found in the whole series decide which there are; on the fine grid they are placed better.
void trustSeries(const std::vector<Ear>& of_series, std::vector<Ear>& ears) {
  constexpr double kSameEarMm = 6;
  if (of_series.empty()) return;
  std::vector<Ear> trusted = of_series;
  for (Ear& known : trusted) {
    for (const Ear& ear : ears) {
      if (distance(ear.labyrinth_mm, known.labyrinth_mm) < kSameEarMm) known = ear;
    }
  }
  ears = std::move(trusted);
}

/// With a porus placed by hand no ear is needed: canals run 9.5 mm laterally from it.
Canal canalByHand(const SideView& view, const Landmark& porus) {
  Canal canal;
  canal.porus_mm = porus.lps_mm;
  canal.medial = view.lpsDirection({-1, 0, 0});
  canal.face_normal = canal.medial;
  canal.fundus_mm = porus.lps_mm - canal.medial * 9.5;
  canal.porus_sd_mm = porus.sd_mm;
  canal.seen = false;
  return canal;
}

/// The canal of one side, found or placed by hand; empty without either ear or hand.
std::optional<Canal> canalOf(const SideView& view, const Ear* ear, const NerveLandmarks& manual,
                             int threads, const Progress& progress) {
  if (!ear) {
    return manual.porus ? std::optional<Canal>(canalByHand(view, *manual.porus)) : std::nullopt;
  }
  Canal canal = findCanal(view, ear->labyrinth_mm, threads, progress);
  if (manual.porus) {
    canal.porus_mm = manual.porus->lps_mm;
    canal.medial = normalized(canal.porus_mm - canal.fundus_mm);
    canal.porus_sd_mm = manual.porus->sd_mm;
  }
  return canal;
}

std::vector<Point3> expectedAxis(const AnatomyOptions& options, Side side) {
  const auto known = std::find_if(options.expected.begin(), options.expected.end(),
                                  [side](const ExpectedNerve& one) { return one.side == side; });
  return known == options.expected.end() ? std::vector<Point3>{} : known->axis_mm;
}

/// In slices too thick to tell VII from VIII one strand is drawn for both, as far as it is one:
/// wider than both together it is the canal, not what runs in it.
void drawOneStrand(Nerve& facial) {
  constexpr double kWidestMm = 1.2;
  if (facial.status == NerveStatus::not_found) return;
  Tube& tube = facial.tube;
  const auto wide = std::find_if(tube.radius_mm.begin(), tube.radius_mm.end(),
                                 [](double radius_mm) { return radius_mm > kWidestMm; });
  const auto kept = static_cast<std::size_t>(wide - tube.radius_mm.begin());
  tube.points_mm.resize(kept);
  tube.radius_mm.resize(kept);
  tube.confidence.resize(kept);
  facial.status = NerveStatus::partial;
  facial.reason =
      "the slices are too thick to tell the facial from the vestibulocochlear nerve; the strand "
      "of both is drawn";
}

/// The axis of @p canal from where @p facial enters it. The nerve's own porus is the better known
/// of the two: a canal whose mouth is seen too far out takes veins of the cistern for its strands.
std::vector<Point3> axisOf(const Canal& canal, const Nerve& facial) {
  const std::vector<Point3> axis = {canal.porus_mm, canal.fundus_mm};
  const auto& porus = facial.landmarks.porus;
  if (!porus) return axis;
  return {pointAt(axis, project(axis, porus->lps_mm).arclength_mm), canal.fundus_mm};
}

/// The nerves VII and VIII, facial left and right first; those not asked for stay not found.
void findNerves(const FusedStudy& study, const AnatomyOptions& options, Anatomy& anatomy,
                const Progress& progress) {
  std::vector<Nerve> eighths;
  for (const Side side : kSides) {
    Nerve facial;
    facial.side = side;
    facial.reason = "this side was not asked for";
    if (std::count(options.sides.begin(), options.sides.end(), side) > 0) {
      progress.report("anatomy", side == Side::left ? 0.25 : 0.5, "tracing the facial nerve");
      const SideView view = viewOf(study, anatomy, side);
      Ear* ear = earOf(anatomy, side);
      const NerveLandmarks& manual = options.landmarks.of(side);
      const auto canal = canalOf(view, ear, manual, options.threads, progress);
      facial.reason = "the ear of this side lies outside the field of view or cannot be told";
      if (canal) {
        const KnownNerve known{manual, expectedAxis(options, side)};
        TracedNerves traced = traceNerves(view, *canal, known, options.threads, progress);
        facial = std::move(traced.facial);
        if (view.too_thick) drawOneStrand(facial);
        eighths.push_back(std::move(traced.vestibulocochlear));
        if (ear) ear->canal_axis_mm = axisOf(*canal, facial);
      }
    }
    anatomy.nerves.push_back(std::move(facial));
  }
  std::move(eighths.begin(), eighths.end(), std::back_inserter(anatomy.nerves));
}

}  // namespace

void validate(const AnatomyOptions& options) {
  if (options.sides.empty()) throw Error(ErrorCode::usage, "sides must name left, right or both");
}

Anatomy segment(const FusedStudy& study, const AnatomyOptions& options, const Progress& progress) {
  validate(options);
  const ImageF& t2 = study.t2.fine;
  progress.report("anatomy", 0, "measuring tissue levels");
  Anatomy anatomy;
  anatomy.levels = measureLevels(
      study, options.threads,
      options.region ? std::optional<T2Levels>(options.region->levels) : std::nullopt);
  progress.report("anatomy", 0.05, "looking for the ears");
  anatomy.ears =
      findEars(t2, {anatomy.levels.t2_csf, anatomy.levels.t2_brain, anatomy.levels.t2_dark},
               options.threads, progress);
  if (options.region) trustSeries(options.region->ears, anatomy.ears);
  if (anatomy.ears.size() == 1) {
    anatomy.warnings.push_back("Only the " + std::string(name(anatomy.ears.front().side)) +
                               " ear is in the field: its side is taken from where the pons lies, "
                               "or without it from the scanner's coordinates.");
  }
  anatomy.frame = headFrame(anatomy.ears, centerOf(study.grid));
  TissueMaps maps = mapTissue(study.t2, anatomy.levels, anatomy.frame, options.threads, progress);
  anatomy.csf_fraction = std::move(maps.csf_fraction);
  anatomy.brain_distance_mm = std::move(maps.brain_distance_mm);
  anatomy.labels = LabelMap(study.grid);
  findNerves(study, options, anatomy, progress);
  if (options.find_vessels) {
    VesselOptions vessels;
    vessels.threads = options.threads;
    findVessels(study, anatomy, vessels, progress);
  }
  paintLabels(t2, maps.bone_distance_mm, anatomy, options.threads, progress);
  return anatomy;
}

}  // namespace neurovasc::anatomy
