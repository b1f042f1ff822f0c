#pragma once

#include "json_fields.h"
#include "json_words.h"
#include "neurovasc/core/clinical.h"

namespace neurovasc::result {

/// Scores have at most two decimals on every scale in use.
inline constexpr int kScoreDecimals = 2;

/// The ISO day of a file's entry. Throws at @p date for what is none.
std::optional<std::string> dateFrom(const Reader& date);

/// Throws at @p json where @p text is too long, or holds a date.
void checkFreeText(const Reader& json, const std::string& text);

/// Throws at @p json where @p word is not empty and none of @p known.
void checkWord(const Reader& json, const std::string& word,
               std::initializer_list<std::string_view> known);

/// When an entry was: a date in a person's file, days in a result.
template <typename Fields, typename Entry>
void describeWhen(Fields& f, Entry& entry) {
  if constexpr (!Fields::kWrites) {
    if (f.keys() == Keys::any) {
      entry.date = dateFrom(f.at("date"));
      return;
    }
  }
  f.plain("day", entry.day);
}

template <typename Fields>
void describeFreeText(Fields& f, const char* key, std::string& text) {
  f.textOrNull(key, text);
  if constexpr (!Fields::kWrites) {
    checkFreeText(f.at(key), text);
  }
}

template <typename Fields>
void describeWord(Fields& f, const char* key, std::string& word,
                  std::initializer_list<std::string_view> known) {
  f.textOrNull(key, word);
  if constexpr (!Fields::kWrites) {
    checkWord(f.at(key), word, known);
  }
}

template <typename Fields>
void describe(Fields& f, Symptom& s) {
  describeWhen(f, s);
  f.word("side", s.side);
  describeWord(f, "scale", s.scale, {"SMC", "Cohen", "HFS-7", "percent"});
  describeFreeText(f, "scale_version", s.scale_version);
  f.number("score", s.score, kScoreDecimals);
  f.plain("muscles", s.muscles);
  if constexpr (!Fields::kWrites) {
    for (const Reader& muscle : f.at("muscles").items()) {
      checkFreeText(muscle, muscle.text());
    }
  }
  f.plain("synchronous", s.synchronous);
  f.plain("after_palsy", s.after_palsy);
  f.plain("in_sleep", s.in_sleep);
}

template <typename Fields>
void describe(Fields& f, Electromyography& e) {
  describeWhen(f, e);
  f.word("side", e.side);
  f.plain("lateral_spread", e.lateral_spread);
  f.plain("synkinesis", e.synkinesis);
  describeWord(f, "timing", e.timing, {"before", "during", "after"});
}

template <typename Fields>
void describe(Fields& f, Treatment& t) {
  describeWhen(f, t);
  f.word("kind", t.kind);
  f.word("side", t.side);
  describeFreeText(f, "agent", t.agent);
  describeWord(f, "response", t.response, {"response", "partial", "resistance"});
}

template <typename Fields>
void describe(Fields& f, Surgery& s) {
  describeWhen(f, s);
  f.word("side", s.side);
  describeFreeText(f, "material", s.material);
  std::optional<SurgicalTechnique> technique = s.technique;
  f.word("technique", technique);
  s.technique = technique.value_or(SurgicalTechnique::unknown);
  f.words("vessels_moved", s.vessels_moved);
  f.words("zones_explored", s.zones_explored);
}

template <typename Fields>
void describe(Fields& f, Complication& c) {
  describeWhen(f, c);
  f.text("kind", c.kind);
  if constexpr (!Fields::kWrites) {
    checkWord(f.at("kind"), c.kind,
              {"facial_weakness", "hearing", "dizziness", "swallowing", "csf_leak", "infection",
               "other"});
  }
  describeFreeText(f, "grade", c.grade);
}

template <typename Fields>
void describe(Fields& f, ClinicalCourse& course) {
  f.list("symptoms", course.symptoms);
  f.list("emg", course.emg);
  f.list("treatments", course.treatments);
  f.list("surgeries", course.surgeries);
  f.list("complications", course.complications);
}

}  // namespace neurovasc::result
