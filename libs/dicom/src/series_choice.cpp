#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "neurovasc/core/text.h"
#include "neurovasc/dicom/series_role.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

bool hasProblem(const Series& series, SeriesProblemKind kind) {
  return std::any_of(series.problems.begin(), series.problems.end(),
                     [&](const SeriesProblem& p) { return p.kind == kind; });
}

bool isRegular(const Series& series) {
  return !hasProblem(series, SeriesProblemKind::irregular_spacing) &&
         !hasProblem(series, SeriesProblemKind::shear);
}

double extentMm(const Series& series, int axis) {
  return series.geometry.spacing_mm[axis] * series.geometry.size[static_cast<std::size_t>(axis)];
}

double volumeMm3(const Series& series) {
  return extentMm(series, 0) * extentMm(series, 1) * extentMm(series, 2);
}

/// Whether the thinnest extent of the block of voxels can hold the region.
bool coversRegion(const Series& series) {
  return std::min({extentMm(series, 0), extentMm(series, 1), extentMm(series, 2)}) >= kLeastSlabMm;
}

/// Smaller is better, entry by entry. Voxels count as equal within a twentieth of a millimetre, and
/// coverage within a tenth, so that rounding does not decide.
auto rank(const Series& series, std::size_t index) {
  return std::tuple(!series.role_overridden, !isRegular(series), !coversRegion(series),
                    std::lround(coarsestVoxelMm(series) * 20),
                    -std::lround(10 * std::log(std::max(1.0, volumeMm3(series)))),
                    series.missing_slices.size(), -static_cast<long>(index));
}

bool isCandidate(const Series& series, SeriesRole role) {
  if (series.role != role || series.geometry.size[2] < 2) {
    return false;
  }
  return series.role_overridden || !series.derived;
}

std::string whyChosen(const Series& best, std::size_t candidates) {
  if (best.role_overridden) {
    return "used: chosen by hand";
  }
  if (candidates == 1) {
    return "used: the only series of its kind";
  }
  return "used: best of " + std::to_string(candidates) + " series of its kind by voxel (" +
         fixedDecimals(coarsestVoxelMm(best), 2) + " mm) and coverage (" +
         fixedDecimals(extentMm(best, 2), 0) + " mm)";
}

std::optional<std::size_t> chooseFor(Study& study, SeriesRole role) {
  std::optional<std::size_t> best;
  std::size_t candidates = 0;
  for (std::size_t i = 0; i < study.series.size(); ++i) {
    if (!isCandidate(study.series[i], role)) {
      continue;
    }
    ++candidates;
    if (!best || rank(study.series[i], i) < rank(study.series[*best], *best)) {
      best = i;
    }
  }
  if (best) {
    Series& series = study.series[*best];
    series.role_reasons.push_back(whyChosen(series, candidates));
  }
  return best;
}

void warnOfGaps(Study& study, const std::optional<std::size_t>& index) {
  if (!index) {
    return;
  }
  const Series& series = study.series[*index];
  for (const SeriesProblem& problem : series.problems) {
    if (problem.kind == SeriesProblemKind::missing_slices ||
        problem.kind == SeriesProblemKind::repeated_slices ||
        problem.kind == SeriesProblemKind::irregular_spacing ||
        problem.kind == SeriesProblemKind::shear ||
        problem.kind == SeriesProblemKind::lossy_compression) {
      study.warnings.push_back("series " + series.id + " (" + std::string(name(series.role)) +
                               "): " + problem.text);
    }
  }
}

}  // namespace

void chooseSeries(Study& study) {
  study.cisternography = chooseFor(study, SeriesRole::cisternography);
  if (!study.cisternography) {
    study.cisternography = chooseFor(study, SeriesRole::t2_thick);
    if (study.cisternography) {
      study.warnings.push_back("no thin heavily T2-weighted series; series " +
                               study.series[*study.cisternography].id + " stands in");
    }
  }
  study.tof = chooseFor(study, SeriesRole::tof);
  study.ce_t1 = chooseFor(study, SeriesRole::ce_t1);
  for (const auto& index : {study.cisternography, study.tof, study.ce_t1}) {
    warnOfGaps(study, index);
  }
}

}  // namespace neurovasc::dicom
