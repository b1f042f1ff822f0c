#include "study_builder.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "neurovasc/core/text.h"
#include "neurovasc/dicom/description.h"
#include "neurovasc/dicom/series_role.h"
#include "slice_stack.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

// A spacing below this part of the acquired voxel is an interpolation, not a rounding.
constexpr double kInterpolated = 0.75;

std::string cleaned(const std::string& text, const FileHeader& file) {
  return withoutIdentity(toUtf8(text, file.charset), file.identity.identifiers);
}

SeriesFacts factsOf(const FrameRef& first, const SliceStack& stack, const Vec3& voxel) {
  SeriesFacts facts = first.file->facts;
  facts.echo_time_ms = first.frame->echo_time_ms;
  if (!first.frame->image_type.empty()) {
    facts.image_type = split(first.frame->image_type, '\\');
  }
  if (!first.frame->component.empty()) {
    facts.complex_component = first.frame->component;
  }
  facts.voxel_mm = voxel;
  facts.slices = stack.geometry.size[2];
  return facts;
}

SamplingFacts samplingOf(const FrameRef& first, const SliceStack& stack) {
  SamplingFacts sampling = first.file->sampling;
  sampling.columns = stack.geometry.size[0];
  sampling.rows = stack.geometry.size[1];
  sampling.spacing_i_mm = stack.geometry.spacing_mm.x;
  sampling.spacing_j_mm = stack.geometry.spacing_mm.y;
  sampling.spacing_k_mm = stack.slices.size() > 1 ? stack.geometry.spacing_mm.z : 0;
  sampling.thickness_mm = first.frame->thickness_mm;
  return sampling;
}

/// Thick slices laid close stay known for what they are, though the plane's sampling is not.
std::optional<Vec3> voxelOf(const SamplingFacts& sampling) {
  const Vec3 least = leastVoxel(sampling);
  const bool overlaps =
      sampling.spacing_k_mm > 0 && sampling.spacing_k_mm < kInterpolated * least.z;
  const auto acquired = acquiredVoxel(sampling);
  return !acquired && overlaps ? least : acquired;
}

Acquisition acquisitionOf(const FrameRef& first, const SeriesFacts& facts) {
  Acquisition acquisition;
  acquisition.manufacturer = cleaned(facts.manufacturer, *first.file);
  acquisition.sequence = cleaned(facts.sequence_name, *first.file);
  acquisition.field_strength_t = first.file->field_strength_t;
  acquisition.repetition_time_ms = facts.repetition_time_ms;
  acquisition.echo_time_ms = facts.echo_time_ms;
  acquisition.flip_angle_deg = facts.flip_angle_deg;
  acquisition.is_3d = facts.is_3d;
  acquisition.contrast_agent = facts.contrast_agent;
  return acquisition;
}

void reportInterpolation(bool plane_known, Series& series) {
  if (!plane_known) {
    series.problems.push_back({SeriesProblemKind::interpolated,
                               "the headers do not tell the acquisition matrix: in the plane it "
                               "may be coarser than reconstructed"});
  }
  const auto& acquired = series.acquisition.acquired_voxel_mm;
  if (!acquired) {
    return;
  }
  const Vec3& spacing = series.geometry.spacing_mm;
  const bool in_plane =
      spacing.x < kInterpolated * acquired->x || spacing.y < kInterpolated * acquired->y;
  const bool across = series.geometry.size[2] > 1 && spacing.z < kInterpolated * acquired->z;
  if (in_plane || across) {
    const auto triple = [](const Vec3& v) {
      return fixedDecimals(v.x, 2) + " x " + fixedDecimals(v.y, 2) + " x " + fixedDecimals(v.z, 2);
    };
    series.problems.push_back(
        {SeriesProblemKind::interpolated,
         "reconstructed to " + triple(spacing) + " mm, acquired at " + triple(*acquired) + " mm"});
  }
}

void reportNature(const SeriesFacts& facts, Series& series) {
  if (series.derived) {
    series.problems.push_back({SeriesProblemKind::derived_image, "computed from other images"});
  }
  if (facts.lossy) {
    series.problems.push_back(
        {SeriesProblemKind::lossy_compression, "was compressed with loss of detail"});
  }
  if (series.resolution == Resolution::too_thick) {
    series.problems.push_back(
        {SeriesProblemKind::too_thick,
         "voxel of " + fixedDecimals(coarsestVoxelMm(series), 2) + " mm: too thick to measure on"});
  }
}

void placeFrames(const SliceStack& stack, Series& series) {
  const Vec3 normal = stack.geometry.direction.column(2);
  const double first_mm = dot(stack.geometry.origin_mm, normal);
  for (std::size_t k = 0; k < stack.slices.size(); ++k) {
    FrameSource source;
    source.position_mm = first_mm + static_cast<double>(k) * stack.geometry.spacing_mm.z;
    if (stack.slices[k].frame != nullptr) {
      source.path = stack.slices[k].file->path;
      source.frame = stack.slices[k].frame->frame;
      source.position_mm = dot(stack.slices[k].frame->position_mm, normal);
    }
    series.frames.push_back(std::move(source));
  }
}

Series seriesOf(const FrameGroup& group) {
  const SliceStack stack = arrange(group);
  const FrameRef& first = stack.slices.front();
  Series series;
  series.number = first.file->series_number;
  series.description = cleaned(first.file->facts.description, *first.file);
  series.geometry = stack.geometry;
  series.missing_slices = stack.missing;
  series.problems = stack.problems;
  const SamplingFacts sampling = samplingOf(first, stack);
  const auto voxel = voxelOf(sampling);
  const SeriesFacts facts = factsOf(first, stack, voxel.value_or(leastVoxel(sampling)));
  series.acquisition = acquisitionOf(first, facts);
  series.acquisition.acquired_voxel_mm = voxel;
  series.derived = isDerived(facts);
  const RoleDecision decision = classifyRole(facts);
  series.role = decision.role;
  series.role_reasons = decision.reasons;
  series.resolution = resolutionOf(facts.voxel_mm);
  placeFrames(stack, series);
  reportInterpolation(acquiredVoxel(sampling).has_value(), series);
  reportNature(facts, series);
  return series;
}

/// The stacks of one DICOM series, named as parts where there are several.
std::vector<Series> seriesOfFiles(const std::vector<const FileHeader*>& files) {
  std::vector<FrameRef> frames;
  for (const FileHeader* file : files) {
    for (const FrameHeader& frame : file->frames) {
      frames.push_back({file, &frame});
    }
  }
  std::vector<SeriesProblem> problems;
  const std::vector<FrameGroup> groups = divide(std::move(frames), problems);
  std::vector<Series> out;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Series series = seriesOf(groups[g]);
    series.problems.insert(series.problems.end(), problems.begin(), problems.end());
    if (groups.size() > 1) {
      series.description += (series.description.empty() ? "" : " ") + std::string("[part ") +
                            std::to_string(g + 1) + " of " + std::to_string(groups.size()) + "]";
    }
    out.push_back(std::move(series));
  }
  return out;
}

void applyOverrides(const std::map<std::string, SeriesRole>& overrides, Study& study,
                    std::vector<std::string>& used) {
  for (Series& series : study.series) {
    const std::string number = series.number ? std::to_string(*series.number) : series.id;
    for (const std::string& key : {number, series.id}) {
      const auto found = overrides.find(key);
      if (found == overrides.end()) {
        continue;
      }
      series.role = found->second;
      series.role_overridden = true;
      series.role_reasons = {"role given by hand"};
      used.push_back(key);
    }
  }
}

}  // namespace

Study buildStudy(const std::vector<const FileHeader*>& files,
                 const std::map<std::string, SeriesRole>& overrides,
                 std::vector<std::string>& used) {
  std::map<std::pair<std::optional<int>, std::string>, std::vector<const FileHeader*>> by_series;
  for (const FileHeader* file : files) {
    by_series[{file->series_number, file->identity.series_uid}].push_back(file);
  }
  Study study;
  for (const auto& [key, series_files] : by_series) {
    for (Series& series : seriesOfFiles(series_files)) {
      series.id = "s" + std::to_string(study.series.size() + 1);
      study.series.push_back(std::move(series));
    }
  }
  applyOverrides(overrides, study, used);
  chooseSeries(study);
  return study;
}

}  // namespace neurovasc::dicom
