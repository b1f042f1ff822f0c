#include "technique_text.h"

#include <algorithm>

#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

const Series* seriesOf(const Assessment& assessment, SeriesRole role) {
  const auto it = std::find_if(assessment.series.begin(), assessment.series.end(),
                               [role](const Series& series) { return series.role == role; });
  return it == assessment.series.end() ? nullptr : &*it;
}

const Registration* registrationOf(const Assessment& assessment, SeriesRole role) {
  const auto it = std::find_if(assessment.registrations.begin(), assessment.registrations.end(),
                               [role](const Registration& r) { return r.moving == role; });
  return it == assessment.registrations.end() ? nullptr : &*it;
}

std::string voxels(const Quality& quality) {
  if (!quality.reconstructed_voxel_mm) {
    return say("technique.voxels_unknown");
  }
  const std::string reconstructed = voxelText(*quality.reconstructed_voxel_mm);
  return quality.acquired_voxel_mm
             ? say("technique.voxels", {{"acquired", voxelText(*quality.acquired_voxel_mm)},
                                        {"reconstructed", reconstructed}})
             : say("technique.reconstructed", {{"reconstructed", reconstructed}});
}

std::string t2Text(const Assessment& assessment) {
  const Series* t2 = seriesOf(assessment, SeriesRole::cisternography);
  t2 = t2 == nullptr ? seriesOf(assessment, SeriesRole::t2_thick) : t2;
  const bool named = t2 != nullptr && !t2->description.empty();
  const Quality& quality = assessment.quality;
  std::string text =
      say("technique.t2", {{"description", named ? t2->description : say("technique.t2_unnamed")},
                           {"voxels", voxels(quality)}});
  if (quality.csf_snr) {
    text += spaced(say("technique.snr", {{"snr", fixed(*quality.csf_snr, 0)}}));
  }
  return text;
}

/// How TOF or CE-T1 took part; @p key is the beginning of its phrases.
std::string otherSeriesText(const Assessment& assessment, SeriesRole role, const std::string& key) {
  const Registration* fit = registrationOf(assessment, role);
  if (fit != nullptr && !fit->accepted) {
    return say(key + "_refused", {{"reason", unended(fit->reason)}});
  }
  if (fit == nullptr && seriesOf(assessment, role) == nullptr) {
    return say(key + "_none");
  }
  const std::string error =
      fit == nullptr ? "" : say("technique.fit", {{"error", fixed(fit->error_mm, 1)}});
  return say(key, {{"fit", error}});
}

std::string tooThickText(const Quality& quality) {
  const auto voxel =
      quality.acquired_voxel_mm ? quality.acquired_voxel_mm : quality.reconstructed_voxel_mm;
  if (!voxel) {
    return say("technique.too_thick_unsized");
  }
  const double coarsest = std::max({voxel->x, voxel->y, voxel->z});
  return say("technique.too_thick", {{"coarsest", fixed(coarsest, 1)}});
}

void addProblems(const Assessment& assessment, std::vector<std::string>& paragraphs) {
  for (const Series& series : assessment.series) {
    for (const SeriesProblem& problem : series.problems) {
      paragraphs.push_back(say("technique.problem", {{"series", series.id},
                                                     {"description", series.description},
                                                     {"problem", unended(problem.text)}}));
    }
  }
  for (const std::string& warning : assessment.warnings) {
    paragraphs.push_back(say("technique.warning", {{"warning", warning}}));
  }
}

}  // namespace

std::vector<std::string> techniqueParagraphs(const Assessment& assessment) {
  std::vector<std::string> paragraphs = {
      t2Text(assessment), otherSeriesText(assessment, SeriesRole::tof, "technique.tof"),
      otherSeriesText(assessment, SeriesRole::ce_t1, "technique.ce_t1")};
  if (assessment.quality.resolution == Resolution::too_thick) {
    paragraphs.push_back(tooThickText(assessment.quality));
  } else if (assessment.quality.resolution == Resolution::visual_only) {
    paragraphs.push_back(say("technique.visual_only"));
  }
  addProblems(assessment, paragraphs);
  return paragraphs;
}

}  // namespace neurovasc::report
