#include "neurovasc/followup/pads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/followup/reasons.h"
#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/resample.h"
#include "pad_images.h"
#include "pad_shape.h"

namespace neurovasc::followup {
namespace {

/// Edges of pad and nerve, 1 sd each about a fifth of a voxel of 0.5 mm, together with what the
/// threshold moves the pad's edge by.
constexpr double kGapSdMm = 0.25;
/// Where a pad lies along the nerve: the part of it that is nearest, to within this.
constexpr double kAlongMm = 1.0;
/// A body that ends so near to a vessel's open end may be the vessel's continuation.
constexpr double kVesselEndMm = 1.0;
/// A tube is so much longer than wide and about round.
constexpr double kTubeLength = 2.5;
constexpr double kTubeRoundness = 1.5;

/// The nerve from root exit point to porus (to its end where the porus is unknown).
Tube cisternalNerve(const Nerve& nerve) {
  Tube tube = nerve.tube;
  if (!nerve.landmarks.porus || tube.size() < 2) {
    return tube;
  }
  const std::size_t last = project(tube.points_mm, nerve.landmarks.porus->lps_mm).segment + 2;
  tube.points_mm.resize(std::min(last, tube.size()));
  tube.radius_mm.resize(tube.points_mm.size());
  return tube;
}

/// What one side is searched in.
struct Field {
  const FollowupDate& date;
  Tube nerve;
  LabelMap labels;  ///< cropped
  ImageF deficit;
  Mask fresh;                  ///< dark now and not before; empty without an earlier date
  bool ends_at_porus = false;  ///< the nerve
};

IndexBox boxAround(const GridGeometry& grid, const Box& box) {
  IndexBox out;
  Vec3 lower = {1e9, 1e9, 1e9};
  Vec3 upper = -lower;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 at = grid.toIndex({(corner & 1) != 0 ? box.upper.x : box.lower.x,
                                  (corner & 2) != 0 ? box.upper.y : box.lower.y,
                                  (corner & 4) != 0 ? box.upper.z : box.lower.z});
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], at[axis]);
      upper[axis] = std::max(upper[axis], at[axis]);
    }
  }
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    out.lower[a] = std::clamp(static_cast<int>(std::floor(lower[axis])), 0, grid.size[a] - 1);
    out.upper[a] = std::clamp(static_cast<int>(std::ceil(upper[axis])) + 1, 1, grid.size[a]);
  }
  return out;
}

/// Calls body(offset, place) for every voxel of @p grid, slices spread over threads.
template <typename Body>
void forVoxels(const GridGeometry& grid, int threads, const Body& body) {
  parallelFor(static_cast<std::size_t>(grid.size[2]), threads,
              [&](std::size_t begin, std::size_t end) {
                for (std::size_t k = begin; k < end; ++k) {
                  for (int j = 0; j < grid.size[1]; ++j) {
                    for (int i = 0; i < grid.size[0]; ++i) {
                      const int slice = static_cast<int>(k);
                      body(grid.offset(i, j, slice), grid.toLps(i, j, slice));
                    }
                  }
                }
              });
}

Field makeField(const FollowupDate& date, const Tube& nerve, const Darkness& darkness,
                const std::optional<EarlierDate>& earlier, const PadOptions& options) {
  const IndexBox box =
      boxAround(date.labels.geometry(), boundingBox(nerve.points_mm, options.reach_mm));
  const GridGeometry grid = cropped(date.labels.geometry(), box);
  Field field{date,
              nerve,
              imaging::resampleLabels(date.labels, grid, {}, options.threads),
              ImageF(grid),
              {}};
  const auto before = earlier ? std::optional<Darkness>(*earlier->date) : std::nullopt;
  if (before) {
    field.fresh = Mask(grid);
  }
  forVoxels(grid, options.threads, [&](std::size_t at, const Point3& p) {
    const double now = darkness.deficitAt(p).value_or(0);
    field.deficit[at] = static_cast<float>(now);
    if (before) {
      const auto then = before->deficitAt(earlier->earlier_from_this(p));
      field.fresh[at] = then && now - *then > options.least_deficit ? 1 : 0;
    }
  });
  return field;
}

/// Whether blood was seen in the vessel, or could not be looked for: only then it is none of the
/// pads that were traced as a dark tube.
bool isCredible(const Vessel& vessel) {
  constexpr double kDark = 0.6;  // of brain; veins and arteries have 1.5 and more
  return !(vessel.evidence.ce_t1_over_brain && *vessel.evidence.ce_t1_over_brain < kDark);
}

/// Voxels within credible vessels.
Mask vesselMask(const Field& field) {
  Mask mask(field.labels.geometry());
  const double step_mm = 0.5 * mask.geometry().spacing_mm.x;
  for (const Vessel& vessel : field.date.assessment.vessels) {
    if (!isCredible(vessel) || vessel.tube.size() < 2) {
      continue;
    }
    const Tube fine = resampled(vessel.tube, step_mm);
    for (std::size_t n = 0; n < fine.size(); ++n) {
      const double r = fine.radius_mm[n];
      const IndexBox box = boxAround(mask.geometry(), boundingBox({fine.points_mm[n]}, r));
      for (int k = box.lower[2]; k < box.upper[2]; ++k) {
        for (int j = box.lower[1]; j < box.upper[1]; ++j) {
          for (int i = box.lower[0]; i < box.upper[0]; ++i) {
            if (distance(mask.geometry().toLps(i, j, k), fine.points_mm[n]) <= r) {
              mask(i, j, k) = 1;
            }
          }
        }
      }
    }
  }
  return mask;
}

/// What is no pad, whatever its signal: bone and its edge, brain, vessels whose blood is seen.
Mask barredPlaces(const Field& field, const Darkness& darkness, const PadOptions& options) {
  const GridGeometry& grid = field.labels.geometry();
  Mask bone(grid);
  for (std::size_t at = 0; at < bone.voxelCount(); ++at) {
    bone[at] = static_cast<Label>(field.labels[at]) == Label::bone ? 1 : 0;
  }
  const Mask near_bone = imaging::dilated(bone, options.bone_margin_mm, options.threads);
  const Mask vessels = vesselMask(field);
  Mask barred(grid);
  forVoxels(grid, options.threads, [&](std::size_t at, const Point3& p) {
    const bool is_new = !field.fresh.empty() && field.fresh[at] != 0;
    // Felt beside a vessel may have been traced as its wall; blood is never dark on CE-T1.
    const bool blood = vessels[at] != 0 && !darkness.isDarkOnCeT1(p);
    const bool bony = bone[at] != 0 || (near_bone[at] != 0 && !is_new);
    barred[at] = blood || bony || static_cast<Label>(field.labels[at]) == Label::brain ? 1 : 0;
  });
  return barred;
}

Mask candidates(const Field& field, const Mask& barred, const PadOptions& options) {
  Mask out(field.labels.geometry());
  forVoxels(out.geometry(), options.threads, [&](std::size_t at, const Point3& p) {
    const bool dark = field.deficit[at] > options.least_deficit;
    out[at] =
        dark && barred[at] == 0 && project(field.nerve.points_mm, p).distance_mm < options.reach_mm
            ? 1
            : 0;
  });
  return out;
}

std::vector<Point3> placesOf(const imaging::Components& parts, const imaging::Component& part) {
  std::vector<Point3> places;
  const GridGeometry& grid = parts.labels.geometry();
  for (int k = part.box.lower[2]; k < part.box.upper[2]; ++k) {
    for (int j = part.box.lower[1]; j < part.box.upper[1]; ++j) {
      for (int i = part.box.lower[0]; i < part.box.upper[0]; ++i) {
        if (parts.labels(i, j, k) == part.label) {
          places.push_back(grid.toLps(i, j, k));
        }
      }
    }
  }
  return places;
}

/// Axes of the ellipsoid with the same second moments, longest first.
Vec3 extentOf(const std::vector<Point3>& places, const Point3& centre) {
  Matrix3 moments;
  moments.m.fill(0);
  for (const Point3& p : places) {
    const Vec3 d = p - centre;
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        moments(row, column) += d[row] * d[column] / static_cast<double>(places.size());
      }
    }
  }
  const Vec3 values = eigenOfSymmetric(moments).values;
  // A solid ellipsoid of semi-axis a has the variance a^2 / 5 along it.
  const auto axis = [](double variance) { return 2 * std::sqrt(5 * std::max(0.0, variance)); };
  return {axis(values.z), axis(values.y), axis(values.x)};
}

bool isTube(const Vec3& extent_mm) {
  return extent_mm.x > kTubeLength * extent_mm.y && extent_mm.y < kTubeRoundness * extent_mm.z;
}

double shareOf(const std::vector<Point3>& places, const std::function<bool(const Point3&)>& holds) {
  const auto count = std::count_if(places.begin(), places.end(), holds);
  return static_cast<double>(count) / static_cast<double>(places.size());
}

bool continuesVessel(const std::vector<Point3>& places, const std::vector<Vessel>& vessels) {
  return std::any_of(vessels.begin(), vessels.end(), [&](const Vessel& vessel) {
    if (!isCredible(vessel) || vessel.tube.size() < 2) {
      return false;
    }
    const std::array<Point3, 2> ends = {vessel.tube.points_mm.front(),
                                        vessel.tube.points_mm.back()};
    return std::any_of(ends.begin(), ends.end(), [&](const Point3& end) {
      return shareOf(places, [&](const Point3& p) { return distance(p, end) < kVesselEndMm; }) > 0;
    });
  });
}

/// Why a body may be something else than a pad; empty where it is one.
std::optional<Reason> doubtOf(const ComparedPad& pad, const std::vector<Point3>& places,
                              const Field& field, const Darkness& darkness,
                              std::optional<int> weeks, const PadOptions& options) {
  if (weeks && *weeks < options.early_weeks) {
    return Reason::early;
  }
  if (shareOf(places, [&](const Point3& p) { return darkness.isDarkOnCeT1(p); }) > 0.5) {
    return std::nullopt;
  }
  if (!darkness.hasTof()) {
    return Reason::t2_alone;
  }
  if (isTube(pad.extent_mm)) {
    return Reason::shape_of_vessel;
  }
  return continuesVessel(places, field.date.assessment.vessels)
             ? std::optional<Reason>(Reason::continues_vessel)
             : std::nullopt;
}

struct Reach {
  double gap_mm = std::numeric_limits<double>::infinity();
  double from_mm = 0;
  double to_mm = 0;
};

/// Gap and stretch of nerve that the body lies along.
Reach reachAlong(const std::vector<Point3>& places, const Tube& nerve, double half_voxel_mm) {
  std::vector<std::pair<double, double>> gaps;  // with arc length
  Reach reach;
  for (const Point3& p : places) {
    const Projection foot = project(nerve.points_mm, p);
    const double radius = valueAt(nerve.points_mm, nerve.radius_mm, foot.arclength_mm);
    gaps.emplace_back(foot.distance_mm - radius - half_voxel_mm, foot.arclength_mm);
    reach.gap_mm = std::min(reach.gap_mm, gaps.back().first);
  }
  reach.from_mm = lengthOf(nerve.points_mm);
  for (const auto& [gap, s] : gaps) {
    if (gap < reach.gap_mm + kAlongMm) {
      reach.from_mm = std::min(reach.from_mm, s);
      reach.to_mm = std::max(reach.to_mm, s);
    }
  }
  return reach;
}

/// Whether all of a body lies past the end of @p nerve, which ends at the porus: there is bone.
bool isBeyondPorus(const std::vector<Point3>& places, const Tube& nerve) {
  const double end_mm = lengthOf(nerve.points_mm);
  return std::all_of(places.begin(), places.end(), [&](const Point3& p) {
    return project(nerve.points_mm, p).arclength_mm >= end_mm;
  });
}

void measureVessels(const std::vector<Point3>& places, const std::vector<Vessel>& vessels,
                    ComparedPad& pad) {
  for (const Vessel& vessel : vessels) {
    if (!isCredible(vessel) || vessel.tube.empty()) {
      continue;
    }
    for (const Point3& p : places) {
      const Projection foot = project(vessel.tube.points_mm, p);
      const double gap =
          std::max(0.0, foot.distance_mm - valueAt(vessel.tube.points_mm, vessel.tube.radius_mm,
                                                   foot.arclength_mm));
      if (!pad.vessel_distance_mm || gap < *pad.vessel_distance_mm) {
        pad.vessel_distance_mm = gap;
        pad.vessel_id = vessel.id;
      }
    }
  }
}

TouchesNerve touching(double gap_mm, const PadOptions& options) {
  return gap_mm <= options.touching_gap_mm   ? TouchesNerve::yes
         : gap_mm >= options.separate_gap_mm ? TouchesNerve::no
                                             : TouchesNerve::ambiguous;
}

ComparedPad describe(const std::vector<Point3>& places, const Field& field,
                     const PadOptions& options) {
  ComparedPad pad;
  pad.pad.center_mm =
      std::accumulate(places.begin(), places.end(), Vec3{}) / static_cast<double>(places.size());
  pad.extent_mm = extentOf(places, pad.pad.center_mm);
  const Reach reach = reachAlong(places, field.nerve, 0.5 * field.labels.geometry().spacing_mm.x);
  pad.distance_mm = std::max(0.0, reach.gap_mm);
  pad.distance_sd_mm = kGapSdMm;
  pad.from_mm = reach.from_mm;
  pad.to_mm = reach.to_mm;
  pad.touches_nerve = touching(reach.gap_mm, options);
  measureVessels(places, field.date.assessment.vessels, pad);
  return pad;
}

/// Dark bodies of @p field: what an opening leaves, and around it what the opening took away.
imaging::Components bodiesOf(const Field& field, const Mask& barred, const PadOptions& options) {
  const Mask all = candidates(field, barred, options);
  const double half_mm = 0.5 * options.thinnest_mm;
  Mask kept =
      imaging::dilated(imaging::opened(all, half_mm, options.threads), half_mm, options.threads);
  for (std::size_t at = 0; at < kept.voxelCount(); ++at) {
    kept[at] = kept[at] != 0 && all[at] != 0 ? 1 : 0;
  }
  return imaging::connectedComponents(kept, imaging::Connectivity::faces, options.least_volume_mm3);
}

bool isDarkInside(const std::vector<Point3>& places, const Darkness& darkness,
                  const PadOptions& options) {
  return shareOf(places, [&](const Point3& p) { return darkness.t2At(p) < options.darkest_core; }) >
         0.5;
}

void measureShape(const PadSurroundings& around, ComparedPad& pad) {
  PadShape shape = shapeOf(around);
  pad.pad.volume_mm3 = shape.volume_mm3;
  pad.least_volume_mm3 = shape.least_mm3;
  pad.most_volume_mm3 = shape.most_mm3;
  pad.share = std::move(shape.share);
  pad.rim_enhances = rimEnhances(around);
}

std::vector<ComparedPad> padsAlong(const Field& field, const Darkness& darkness,
                                   std::optional<int> weeks, const PadOptions& options) {
  std::vector<ComparedPad> pads;
  const Mask barred = barredPlaces(field, darkness, options);
  const imaging::Components bodies = bodiesOf(field, barred, options);
  for (const imaging::Component& body : bodies.list) {
    const std::vector<Point3> places = placesOf(bodies, body);
    if (!isDarkInside(places, darkness, options) ||
        (field.ends_at_porus && isBeyondPorus(places, field.nerve))) {
      continue;
    }
    ComparedPad pad = describe(places, field, options);
    const Mask own = imaging::maskOf(bodies, body.label);
    measureShape({own, field.deficit, barred, field.labels, field.nerve, darkness, options.threads},
                 pad);
    const auto doubt = doubtOf(pad, places, field, darkness, weeks, options);
    pad.reason = doubt ? words(*doubt) : "";
    pad.kind = doubt ? PadKind::ambiguous : PadKind::pad;
    if (pad.kind == PadKind::ambiguous && pad.touches_nerve == TouchesNerve::yes) {
      pad.touches_nerve = TouchesNerve::ambiguous;
    }
    pads.push_back(std::move(pad));
  }
  std::sort(pads.begin(), pads.end(),
            [](const ComparedPad& a, const ComparedPad& b) { return *a.from_mm < *b.from_mm; });
  return pads;
}

void check(bool good, const char* rule) {
  if (!good) {
    throw Error(ErrorCode::usage, std::string("pad option ") + rule);
  }
}

}  // namespace

void validate(const PadOptions& options) {
  check(options.reach_mm > 0, "reach_mm must be positive");
  check(options.least_deficit > 0 && options.least_deficit < 1,
        "least_deficit must be between 0 and 1");
  check(options.darkest_core > 0 && options.darkest_core < 1,
        "darkest_core must be between 0 and 1");
  check(options.thinnest_mm >= 0, "thinnest_mm must not be negative");
  check(options.least_volume_mm3 > 0, "least_volume_mm3 must be positive");
  check(options.bone_margin_mm >= 0, "bone_margin_mm must not be negative");
  check(options.touching_gap_mm >= 0 && options.separate_gap_mm > options.touching_gap_mm,
        "separate_gap_mm must be above touching_gap_mm, and neither negative");
  check(options.early_weeks >= 0, "early_weeks must not be negative");
  check(options.threads >= 0, "threads must not be negative");
}

std::vector<ComparedPad> findPads(const FollowupDate& date,
                                  const std::optional<EarlierDate>& earlier,
                                  std::optional<int> weeks_since_surgery, const PadOptions& options,
                                  const Progress& progress) {
  validate(options);
  const Darkness darkness(date);
  std::vector<ComparedPad> all;
  if (!darkness.known()) {
    return all;
  }
  for (const SideAssessment& side : date.assessment.sides) {
    progress.report("pads", side.side == Side::left ? 0 : 0.5, name(side.side));
    const Tube nerve = cisternalNerve(side.nerve);
    if (nerve.size() < 2) {
      continue;
    }
    Field field = makeField(date, nerve, darkness, earlier, options);
    field.ends_at_porus = side.nerve.landmarks.porus.has_value();
    for (ComparedPad& pad : padsAlong(field, darkness, weeks_since_surgery, options)) {
      pad.pad.side = side.side;
      pad.pad.id = "P" + std::to_string(all.size() + 1);
      all.push_back(std::move(pad));
    }
  }
  return all;
}

}  // namespace neurovasc::followup
