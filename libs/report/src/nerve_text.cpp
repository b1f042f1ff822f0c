#include "nerve_text.h"

#include <algorithm>
#include <cmath>

#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// Below this the images hardly support a place of the nerve.
constexpr double kWeakConfidence = 0.5;
/// Shorter weak stretches are not worth a word.
constexpr double kShortestWeakMm = 1.0;

std::string doubtOf(const Landmark& landmark) {
  const bool known = std::isfinite(landmark.sd_mm) && landmark.sd_mm > 0;
  const std::string sd = known ? say("nerve.doubt", {{"sd", fixed(landmark.sd_mm, 1)}}) : "";
  if (!landmark.manual) {
    return sd;
  }
  return sd.empty() ? say("nerve.manual") : say("nerve.doubt_manual", {{"doubt", sd}});
}

/// " (to ± 0.6 mm)"
std::string bracketedDoubt(const Landmark& landmark) {
  const std::string doubt = doubtOf(landmark);
  return doubt.empty() ? doubt : " (" + doubt + ")";
}

std::string reachText(const Nerve& nerve, double length_mm) {
  const auto porus = arclengthOf(nerve, nerve.landmarks.porus);
  constexpr double kAtPorusMm = 1.0;
  if (!porus) {
    return {};
  }
  if (length_mm > *porus + kAtPorusMm) {
    return say("nerve.into_canal");
  }
  return say("nerve.to_porus");
}

std::string statusText(const SideAssessment& side) {
  const Nerve& nerve = side.nerve;
  const std::string side_name(name(side.side));
  const double length_mm = lengthOf(nerve.tube.points_mm);
  const std::string length = fixed(length_mm, 1);
  const std::string reason = nerve.reason.empty() ? "" : " (" + unended(nerve.reason) + ")";
  if (nerve.status == NerveStatus::not_found || nerve.tube.empty()) {
    return say("nerve.not_found", {{"side", side_name}, {"reason", reason}});
  }
  if (nerve.status == NerveStatus::partial) {
    return say("nerve.partial", {{"side", side_name}, {"length", length}, {"reason", reason}});
  }
  return say("nerve.segmented",
             {{"side", side_name}, {"length", length}, {"reach", reachText(nerve, length_mm)}});
}

std::string landmarkTexts(const Nerve& nerve) {
  std::string text;
  const NerveLandmarks& marks = nerve.landmarks;
  const auto detachment = arclengthOf(nerve, marks.detachment_point);
  const auto porus = arclengthOf(nerve, marks.porus);
  if (marks.root_exit_point && !doubtOf(*marks.root_exit_point).empty()) {
    text += spaced(say("nerve.root", {{"doubt", doubtOf(*marks.root_exit_point)}}));
  }
  if (detachment) {
    const char* phrase =
        marks.root_exit_point ? "nerve.detachment" : "nerve.detachment_without_root";
    text += spaced(say(phrase, {{"at", fixed(*detachment, 1)},
                                {"doubt", bracketedDoubt(*marks.detachment_point)}}));
  }
  if (porus) {
    text += spaced(
        say("nerve.porus", {{"at", fixed(*porus, 1)}, {"doubt", bracketedDoubt(*marks.porus)}}));
  }
  return text;
}

std::string calibreText(const Nerve& nerve) {
  const auto calibre = calibreOf(nerve);
  if (!calibre) {
    return {};
  }
  return spaced(say(calibre->cisternal ? "nerve.calibre" : "nerve.calibre_overall",
                    {{"mean", fixed(calibre->mean_mm, 1)},
                     {"smallest", fixed(calibre->smallest_mm, 1)},
                     {"at", fixed(calibre->smallest_at_mm, 1)}}));
}

/// Stretches of the nerve whose course the images hardly support.
std::string weakText(const Tube& tube) {
  const auto arclengths = arcLengths(tube.points_mm);
  std::vector<std::string> ranges;
  for (std::size_t i = 0; i < tube.confidence.size();) {
    std::size_t end = i;
    while (end < tube.confidence.size() && tube.confidence[end] < kWeakConfidence) {
      ++end;
    }
    if (end > i && arclengths[end - 1] - arclengths[i] >= kShortestWeakMm) {
      ranges.push_back(say("nerve.range", {{"from", fixed(arclengths[i], 1)},
                                           {"to", fixed(arclengths[end - 1], 1)}}));
    }
    i = std::max(end, i + 1);
  }
  return ranges.empty() ? "" : spaced(say("nerve.weak", {{"ranges", inWords(ranges)}}));
}

}  // namespace

std::string nerveText(const SideAssessment& side, bool too_thick) {
  const bool found = side.nerve.status != NerveStatus::not_found && !side.nerve.tube.empty();
  if (found && too_thick) {
    return say("nerve.shown", {{"side", std::string(name(side.side))}});
  }
  const std::string status = statusText(side);
  if (!found) {
    return status;
  }
  return status + landmarkTexts(side.nerve) + calibreText(side.nerve) + weakText(side.nerve.tube);
}

}  // namespace neurovasc::report
