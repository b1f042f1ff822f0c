#include "neurovasc/followup/course.h"

#include <algorithm>

#include "neurovasc/core/error.h"
#include "symptom_scale.h"

namespace neurovasc::followup {
namespace {

bool isOf(const std::optional<SymptomSide>& noted, Side side) {
  return noted &&
         (*noted == SymptomSide::both || (*noted == SymptomSide::left) == (side == Side::left));
}

/// The dated scores of one side, by day.
std::vector<Symptom> looksOf(const ClinicalCourse& course, Side side) {
  std::vector<Symptom> looks;
  for (const Symptom& s : course.symptoms) {
    if (s.day && isOf(s.side, side) && isFree(s)) {
      looks.push_back(s);
    }
  }
  std::stable_sort(looks.begin(), looks.end(),
                   [](const Symptom& a, const Symptom& b) { return *a.day < *b.day; });
  return looks;
}

std::optional<int> lastSurgeryDay(const ClinicalCourse& course, Side side, int until) {
  std::optional<int> last;
  for (const Surgery& s : course.surgeries) {
    if (s.day && s.side == side && *s.day <= until) {
      last = std::max(last.value_or(*s.day), *s.day);
    }
  }
  return last;
}

template <typename Entry>
void takeLater(std::optional<int>& last, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (entry.day) {
      last = std::max(last.value_or(*entry.day), *entry.day);
    }
  }
}

std::optional<int> lastDayNoted(const ClinicalCourse& course) {
  std::optional<int> last;
  takeLater(last, course.symptoms);
  takeLater(last, course.emg);
  takeLater(last, course.treatments);
  takeLater(last, course.surgeries);
  takeLater(last, course.complications);
  return last;
}

bool isMasked(const ClinicalCourse& course, Side side, int day, int masking_days) {
  return std::any_of(course.treatments.begin(), course.treatments.end(), [&](const Treatment& t) {
    const bool hides =
        t.kind == TreatmentKind::botulinum_toxin || t.kind == TreatmentKind::medication;
    const bool here = !t.side || *t.side == side;
    return hides && here && t.response != "resistance" && t.day && *t.day <= day &&
           day - *t.day < masking_days;
  });
}

/// The looks of one side split at its last surgery.
struct Looks {
  std::vector<Symptom> before;
  std::vector<Symptom> after;
};

Looks splitLooks(const ClinicalCourse& course, Side side, int surgery_day, int until) {
  Looks looks;
  for (const Symptom& look : looksOf(course, side)) {
    if (*look.day < surgery_day) {
      looks.before.push_back(look);
    } else if (*look.day > surgery_day && *look.day <= until) {
      looks.after.push_back(look);
    }
  }
  return looks;
}

/// The last time that the spasm came back: first look without it and first look with it again.
struct Return {
  int free_day = 0;
  int back_day = 0;
};

std::optional<Return> lastReturn(const std::vector<Symptom>& after) {
  std::optional<int> free_since;
  std::optional<Return> found;
  for (const Symptom& look : after) {
    if (*isFree(look)) {
      free_since = free_since.value_or(*look.day);
    } else if (free_since) {
      found = Return{*free_since, *look.day};
      free_since.reset();
    }
  }
  return found;
}

/// Less than at the last comparable look before surgery, or without one, than at the first after.
bool isImproving(const Looks& looks) {
  const Symptom& now = looks.after.back();
  for (auto it = looks.before.rbegin(); it != looks.before.rend(); ++it) {
    if (const auto less = isLess(now, *it)) {
      return *less;
    }
  }
  return isLess(now, looks.after.front()).value_or(false);
}

void judgeReturn(SideCourse& side, const Return& back, int surgery_day,
                 const CourseOptions& options) {
  const bool early = back.back_day - surgery_day <= options.early_return_days;
  side.spasm = early ? SpasmCourse::early_return : SpasmCourse::free_and_back;
  side.free_days = back.back_day - back.free_day;
}

void judgeSpasm(SideCourse& side, const ClinicalCourse& course, const Looks& looks, int surgery_day,
                const CourseOptions& options) {
  if (looks.after.empty()) {
    return;
  }
  const Symptom& last = looks.after.back();
  if (*isFree(last)) {
    const bool masked = isMasked(course, side.side, *last.day, options.masking_days);
    side.spasm = masked ? SpasmCourse::masked : SpasmCourse::free;
  } else if (const auto back = lastReturn(looks.after)) {
    judgeReturn(side, *back, surgery_day, options);
  } else {
    side.spasm = isImproving(looks) ? SpasmCourse::improving : SpasmCourse::never_free;
  }
}

/// The last EMG of the side since surgery (or during it) that tells of lateral spread.
void readLateralSpread(SideCourse& side, const ClinicalCourse& course, int surgery_day, int until) {
  int last_day = surgery_day - 1;
  for (const Electromyography& emg : course.emg) {
    const int day = emg.day.value_or(surgery_day);
    const bool since = emg.timing == "after" || emg.timing == "during" ||
                       (emg.timing.empty() && emg.day && day > surgery_day);
    const bool here = !emg.side || *emg.side == side.side;
    if (since && here && emg.lateral_spread && day > last_day && day <= until) {
      last_day = day;
      side.lateral_spread = emg.lateral_spread;
      side.spread_meaning = lateralSpreadMeaning(std::max(0, day - surgery_day));
    }
  }
}

bool hasComplication(const ClinicalCourse& course, int surgery_day, int until) {
  return std::any_of(
      course.complications.begin(), course.complications.end(),
      [&](const Complication& c) { return !c.day || (*c.day >= surgery_day && *c.day <= until); });
}

}  // namespace

void validate(const CourseOptions& options) {
  const auto positive = [](int days, const char* what) {
    if (days < 1) {
      throw Error(ErrorCode::usage, std::string(what) + " must be at least 1 day",
                  "give a positive number of days");
    }
  };
  positive(options.early_return_days, "early_return_days");
  positive(options.free_interval_days, "free_interval_days");
  positive(options.masking_days, "masking_days");
  positive(options.imaging_again_days, "imaging_again_days");
  if (!(options.assumed_cure > 0 && options.assumed_cure < 1)) {
    throw Error(ErrorCode::usage, "assumed_cure must lie between 0 and 1",
                "published shares are 0.85 to 0.95");
  }
}

SideCourse sideCourse(const ClinicalCourse& course, Side side, std::optional<int> day,
                      const CourseOptions& options) {
  validate(options);
  SideCourse out;
  out.side = side;
  const std::optional<int> today = day ? day : lastDayNoted(course);
  const std::optional<int> surgery = today ? lastSurgeryDay(course, side, *today) : std::nullopt;
  if (!surgery) {
    out.spasm = SpasmCourse::no_surgery;
    return out;
  }
  const int days = *today - *surgery;
  out.days_since_surgery = days;
  out.reference_point = referencePoint(days);
  out.complication = hasComplication(course, *surgery, *today);
  if (!out.complication) {
    out.healing = healingCurve(days, options.assumed_cure);
  }
  judgeSpasm(out, course, splitLooks(course, side, *surgery, *today), *surgery, options);
  readLateralSpread(out, course, *surgery, *today);
  out.six_months_passed = days >= options.imaging_again_days;
  out.imaging_again = out.spasm == SpasmCourse::never_free && out.six_months_passed;
  return out;
}

}  // namespace neurovasc::followup
