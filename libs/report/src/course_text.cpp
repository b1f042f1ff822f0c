#include "neurovasc/report/course_text.h"

#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

using followup::SideCourse;
using followup::SpasmCourse;

std::string spasmSentence(const SideCourse& course) {
  const std::string key = "course.spasm." + std::string(name(course.spasm));
  return course.free_days ? say(key, {{"time", lapse(*course.free_days)}}) : say(key);
}

/// A whole number of per cent; a share that is neither none nor all is not shown as such.
std::string wholePercent(double share) { return fixed(100 * share, 0); }

/// What waiting may bring: for those who twitch, or may.
bool speaksOfHealing(const SideCourse& course) {
  return course.healing && course.spasm != SpasmCourse::free;
}

void addHealing(const SideCourse& course, std::vector<std::string>& out) {
  out.push_back(say("course.points"));
  if (course.reference_point) {
    out.push_back(say("course.point." + std::string(name(*course.reference_point))));
  }
  const followup::HealingCurve& curve = *course.healing;
  const std::string to_come =
      say("course.still_to_come", {{"low", wholePercent(curve.still_to_come.low)},
                                   {"high", wholePercent(curve.still_to_come.high)}});
  const std::string later = say("course.free_later", {{"low", wholePercent(curve.free_later.low)},
                                                      {"high", wholePercent(curve.free_later.high)},
                                                      {"share", wholePercent(curve.assumed_cure)}});
  out.push_back(joinedBy(" ", {say("course.groups"), to_come, later}));
}

/// Whether the time has come from which imaging is commonly repeated, by course.
void addSixMonths(const SideCourse& course, std::vector<std::string>& out) {
  if (!course.six_months_passed) {
    return;
  }
  if (course.imaging_again) {
    out.push_back(say("course.imaging_again"));
  } else if (course.spasm == SpasmCourse::improving) {
    out.push_back(say("course.six_months.improving"));
  } else if (course.spasm == SpasmCourse::unknown) {
    out.push_back(say("course.six_months.unknown"));
  }
}

void addSpread(const SideCourse& course, std::vector<std::string>& out) {
  if (!course.lateral_spread || !course.spread_meaning) {
    return;
  }
  const auto oneDecimal = [](double share) { return fixed(100 * share, 1); };
  out.push_back(say(*course.lateral_spread ? "course.emg.persists" : "course.emg.gone",
                    {{"persists", oneDecimal(course.spread_meaning->spasm_if_persists)},
                     {"gone", oneDecimal(course.spread_meaning->spasm_if_gone)}}));
}

}  // namespace

std::vector<std::string> courseSentences(const SideCourse& course) {
  const std::string side(name(course.side));
  if (!course.days_since_surgery) {
    return {say("course.no_surgery", {{"side", side}})};
  }
  std::vector<std::string> out;
  out.push_back(say("course.weeks", {{"time", lapse(*course.days_since_surgery)}, {"side", side}}));
  out.push_back(spasmSentence(course));
  if (course.complication) {
    out.push_back(say("course.complication"));
  }
  if (speaksOfHealing(course)) {
    addHealing(course, out);
  }
  addSixMonths(course, out);
  const bool reassures = course.lateral_spread == false;
  if (!(reassures && course.complication)) {
    addSpread(course, out);
  }
  return out;
}

std::vector<std::string> lookAlikeSentences(const std::vector<followup::LookAlike>& look_alikes) {
  std::vector<std::string> out;
  out.reserve(look_alikes.size());
  for (const followup::LookAlike look_alike : look_alikes) {
    out.push_back(say("course.look_alike." + std::string(name(look_alike))));
  }
  return out;
}

std::string jointSentence(followup::JointFinding finding, bool sides_disagree) {
  return sides_disagree ? say("joint.sides_disagree") : say("joint." + std::string(name(finding)));
}

}  // namespace neurovasc::report
