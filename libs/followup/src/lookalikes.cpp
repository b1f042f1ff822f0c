#include <algorithm>
#include <string>
#include <vector>

#include "neurovasc/followup/course.h"

namespace neurovasc::followup {
namespace {

/// Whether what is noted concerns the side or both; a look without a side concerns either.
bool concerns(const Symptom& s, Side side) {
  return !s.side || *s.side == SymptomSide::both ||
         (*s.side == SymptomSide::left) == (side == Side::left);
}

/// One eyelid and nothing else: words that name the lids or their muscle.
bool isEyelidAlone(const Symptom& s) {
  return !s.muscles.empty() && s.side && *s.side != SymptomSide::both &&
         std::all_of(s.muscles.begin(), s.muscles.end(), [](const std::string& muscle) {
           return muscle.find("eyelid") != std::string::npos ||
                  muscle.find("orbicularis oculi") != std::string::npos;
         });
}

bool lateralSpreadAbsent(const ClinicalCourse& course, Side side) {
  const auto tells = [&](const Electromyography& emg, bool spread) {
    return (!emg.side || *emg.side == side) && emg.lateral_spread == spread &&
           emg.timing != "after" && emg.timing != "during";
  };
  const auto any = [&](bool spread) {
    return std::any_of(course.emg.begin(), course.emg.end(),
                       [&](const Electromyography& emg) { return tells(emg, spread); });
  };
  return any(false) && !any(true);
}

}  // namespace

std::vector<LookAlike> lookAlikes(const ClinicalCourse& course, Side side) {
  bool synchronous = false;
  bool bilateral = false;
  bool after_palsy = false;
  bool eyelid = false;
  bool wider = false;
  for (const Symptom& s : course.symptoms) {
    if (!concerns(s, side)) {
      continue;
    }
    const bool both = s.side == SymptomSide::both;
    synchronous = synchronous || (both && s.synchronous == true);
    bilateral = bilateral || (both && s.synchronous != true);
    after_palsy = after_palsy || s.after_palsy == true;
    eyelid = eyelid || isEyelidAlone(s);
    wider = wider || (!s.muscles.empty() && !isEyelidAlone(s));
  }
  std::vector<LookAlike> out;
  const auto add = [&out](bool fits, LookAlike what) {
    if (fits) {
      out.push_back(what);
    }
  };
  add(synchronous, LookAlike::blepharospasm);
  add(bilateral && !synchronous, LookAlike::bilateral_spasm);
  add(after_palsy, LookAlike::synkinesis_after_palsy);
  add(eyelid && !wider && lateralSpreadAbsent(course, side), LookAlike::eyelid_twitch);
  return out;
}

}  // namespace neurovasc::followup
