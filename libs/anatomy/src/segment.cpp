#include "neurovasc/anatomy/segment.h"

#include <utility>

#include "canal.h"
#include "nerve_trace.h"
#include "neurovasc/anatomy/ears.h"
#include "neurovasc/anatomy/levels.h"
#include "neurovasc/anatomy/tissue.h"
#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/error.h"
#include "side_view.h"

namespace neurovasc::anatomy {

namespace {

Point3 centerOf(const GridGeometry& grid) {
  return grid.toLps(
      Vec3{0.5 * (grid.size[0] - 1), 0.5 * (grid.size[1] - 1), 0.5 * (grid.size[2] - 1)});
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
  anatomy.levels = measureLevels(study);
  progress.report("anatomy", 0.05, "looking for the ears");
  anatomy.ears =
      findEars(t2, {anatomy.levels.t2_csf, anatomy.levels.t2_brain, anatomy.levels.t2_dark},
               options.threads, progress);
  anatomy.frame = headFrame(anatomy.ears, centerOf(study.grid));
  TissueMaps maps = mapTissue(t2, anatomy.levels, anatomy.frame, options.threads, progress);
  anatomy.csf_fraction = std::move(maps.csf_fraction);
  anatomy.brain_distance_mm = std::move(maps.brain_distance_mm);
  anatomy.labels = LabelMap(study.grid);
  for (const Side side : kSides) {
    Nerve nerve;
    nerve.side = side;
    nerve.reason = "not traced";
    anatomy.nerves.push_back(nerve);
  }
  for (Ear& ear : anatomy.ears) {
    const SideView view = viewOf(study, anatomy, ear.side);
    const Canal canal = findCanal(view, ear.labyrinth_mm, options.threads, progress);
    TracedNerves traced =
        traceNerves(view, canal, options.landmarks.of(ear.side), options.threads, progress);
    facialNerve(anatomy, ear.side) = traced.facial;
    anatomy.nerves.push_back(traced.vestibulocochlear);
    ear.canal_axis_mm = {canal.porus_mm, canal.fundus_mm};
  }
  if (options.find_vessels) {
    VesselOptions vessels;
    vessels.threads = options.threads;
    findVessels(study, anatomy, vessels, progress);
  }
  return anatomy;
}

}  // namespace neurovasc::anatomy
