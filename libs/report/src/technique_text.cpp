#include "technique_text.h"

#include <algorithm>

#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// The T2 series that was measured on.
const Series* t2Of(const Assessment& assessment) {
  const auto it = std::find_if(
      assessment.series.begin(), assessment.series.end(),
      [&assessment](const Series& series) { return series.id == assessment.series_used.t2; });
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
  const Series* t2 = t2Of(assessment);
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
  if (fit == nullptr) {
    const bool exists = std::any_of(assessment.series.begin(), assessment.series.end(),
                                    [role](const Series& series) { return series.role == role; });
    return say(key + (exists ? "_unusable" : "_none"));
  }
  return fit->accepted && fit->error_mm ? say(key, {{"error", fixed(*fit->error_mm, 1)}})
                                        : say(key + "_refused", {{"reason", unended(fit->reason)}});
}

std::string tooThickText(const Quality& quality) {
  const Vec3 voxel =
      quality.acquired_voxel_mm ? *quality.acquired_voxel_mm : *quality.reconstructed_voxel_mm;
  return say("technique.too_thick", {{"coarsest", fixed(std::max({voxel.x, voxel.y, voxel.z}), 2)},
                                     {"limit", fixed(kVisualVoxelMm, 2)}});
}

bool isOfUse(SeriesRole role) {
  return role == SeriesRole::cisternography || role == SeriesRole::t2_thick ||
         role == SeriesRole::tof || role == SeriesRole::ce_t1;
}

/// Problems of the series in use; that T2 is too thick is said with what follows from it.
std::vector<std::string> problemTexts(const Assessment& assessment) {
  std::vector<std::string> paragraphs;
  for (const Series& series : assessment.series) {
    for (const SeriesProblem& problem : series.problems) {
      const bool said = problem.kind == SeriesProblemKind::too_thick && isTooThick(assessment);
      if (isOfUse(series.role) && !said) {
        paragraphs.push_back(say("technique.problem", {{"series", series.id},
                                                       {"role", std::string(name(series.role))},
                                                       {"problem", unended(problem.text)}}));
      }
    }
  }
  return paragraphs;
}

/// Whether a problem of a series says the same as @p warning.
bool isSaid(const std::string& warning, const Assessment& assessment) {
  return std::any_of(assessment.series.begin(), assessment.series.end(), [&](const Series& series) {
    return std::any_of(series.problems.begin(), series.problems.end(), [&](const auto& problem) {
      return isOfUse(series.role) && warning.find(problem.text) != std::string::npos;
    });
  });
}

std::vector<std::string> remarks(const Assessment& assessment) {
  std::vector<std::string> paragraphs = problemTexts(assessment);
  for (const std::string& warning : assessment.warnings) {
    if (!isSaid(warning, assessment)) {
      paragraphs.push_back(say("technique.warning", {{"warning", unended(warning)}}));
    }
  }
  return paragraphs;
}

std::vector<std::string> imageParagraphs(const Assessment& assessment) {
  std::vector<std::string> paragraphs = {
      t2Text(assessment), otherSeriesText(assessment, SeriesRole::tof, "technique.tof"),
      otherSeriesText(assessment, SeriesRole::ce_t1, "technique.ce_t1")};
  if (isTooThick(assessment)) {
    paragraphs.push_back(tooThickText(assessment.quality));
  } else if (assessment.quality.resolution == Resolution::visual_only) {
    paragraphs.push_back(say("technique.visual_only", {{"limit", fixed(kQuantitativeVoxelMm, 1)}}));
  }
  return paragraphs;
}

}  // namespace

std::vector<std::string> techniqueParagraphs(const Assessment& assessment) {
  std::vector<std::string> paragraphs = hasImages(assessment)
                                            ? imageParagraphs(assessment)
                                            : std::vector<std::string>{say("technique.no_images")};
  const auto more = remarks(assessment);
  paragraphs.insert(paragraphs.end(), more.begin(), more.end());
  return paragraphs;
}

}  // namespace neurovasc::report
