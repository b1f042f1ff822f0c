#include "clinical_json.h"

#include <algorithm>
#include <regex>
#include <set>

#include "anatomy_json.h"
#include "neurovasc/result/clinical_file.h"
#include "side_json.h"

namespace neurovasc::result {
namespace {

/// Scores have at most two decimals on every scale in use.
constexpr int kScoreDecimals = 2;
/// Long enough for a material or a grade with its scale, too short for a letter.
constexpr std::size_t kLongestText = 60;

/// Whether a course is read from the clinic's file or from a result.
enum class Form { file, result };

bool fromFile(Form form) { return form == Form::file; }

std::string freeText(const Reader& json) {
  static const std::regex kDate(R"(\d{4}-\d{2}-\d{2}|\d{8}|\d{1,2}[./]\d{1,2}[./]\d{2,4})");
  const std::string text = json.textOrEmpty();
  if (text.size() > kLongestText) {
    json.fail("longer than " + std::to_string(kLongestText) + " characters");
  }
  if (std::regex_search(text, kDate)) {
    json.fail("holds a date; dates stand under \"date\" alone");
  }
  return text;
}

std::string wordOf(const Reader& json, std::initializer_list<std::string_view> known) {
  if (json.isNull()) {
    return {};
  }
  const std::string word = json.text();
  if (std::find(known.begin(), known.end(), word) == known.end()) {
    std::string list;
    for (const std::string_view one : known) {
      list += (list.empty() ? "" : ", ") + std::string(one);
    }
    json.fail("\"" + word + "\" is none of: " + list);
  }
  return word;
}

std::optional<Side> optionalSide(const Reader& json) {
  return json.isNull() ? std::nullopt : std::optional<Side>(sideFrom(json));
}

/// Reads when an entry was, and refuses keys that it does not know.
template <typename Entry>
void readWhen(const Reader& json, Form form, std::initializer_list<std::string_view> known,
              Entry& entry) {
  if (!fromFile(form)) {
    entry.day = json.at("day").optionalInteger();
    return;
  }
  json.allowOnly(known);
  const Reader date = json.find("date");
  if (!date.isNull()) {
    entry.date = date.text();
    try {
      daysSinceEpoch(*entry.date);
    } catch (const Error&) {
      date.fail("expected a day as 2025-02-03");
    }
  }
}

template <typename Entry>
Json whenJson(const Entry& entry) {
  return entry.day ? Json(*entry.day) : Json(nullptr);
}

Json symptomJson(const Symptom& s) {
  Json json;
  json["day"] = whenJson(s);
  json["side"] = named(s.side);
  json["scale"] = textOrNull(s.scale);
  json["scale_version"] = textOrNull(s.scale_version);
  json["score"] = number(s.score, kScoreDecimals);
  json["muscles"] = s.muscles;
  json["synchronous"] = flag(s.synchronous);
  json["after_palsy"] = flag(s.after_palsy);
  json["in_sleep"] = flag(s.in_sleep);
  return json;
}

Symptom symptomFrom(const Reader& json, Form form) {
  Symptom s;
  readWhen(json, form,
           {"date", "side", "scale", "scale_version", "score", "muscles", "synchronous",
            "after_palsy", "in_sleep"},
           s);
  s.side =
      json.find("side").optionalOneOf({SymptomSide::left, SymptomSide::right, SymptomSide::both});
  s.scale = wordOf(json.find("scale"), {"SMC", "Cohen", "HFS-7", "percent"});
  s.scale_version = freeText(json.find("scale_version"));
  s.score = json.find("score").optionalNumber();
  s.muscles = json.find("muscles").listOf(freeText);
  s.synchronous = json.find("synchronous").optionalFlag();
  s.after_palsy = json.find("after_palsy").optionalFlag();
  s.in_sleep = json.find("in_sleep").optionalFlag();
  return s;
}

Json emgJson(const Electromyography& e) {
  Json json;
  json["day"] = whenJson(e);
  json["side"] = named(e.side);
  json["lateral_spread"] = flag(e.lateral_spread);
  json["synkinesis"] = flag(e.synkinesis);
  json["timing"] = textOrNull(e.timing);
  return json;
}

Electromyography emgFrom(const Reader& json, Form form) {
  Electromyography e;
  readWhen(json, form, {"date", "side", "lateral_spread", "synkinesis", "timing"}, e);
  e.side = optionalSide(json.find("side"));
  e.lateral_spread = json.find("lateral_spread").optionalFlag();
  e.synkinesis = json.find("synkinesis").optionalFlag();
  e.timing = wordOf(json.find("timing"), {"before", "during", "after"});
  return e;
}

Json treatmentJson(const Treatment& t) {
  Json json;
  json["day"] = whenJson(t);
  json["kind"] = named(t.kind);
  json["side"] = named(t.side);
  json["agent"] = textOrNull(t.agent);
  json["response"] = textOrNull(t.response);
  return json;
}

Treatment treatmentFrom(const Reader& json, Form form) {
  Treatment t;
  readWhen(json, form, {"date", "kind", "side", "agent", "response"}, t);
  t.kind = json.at("kind").oneOf({TreatmentKind::medication, TreatmentKind::botulinum_toxin,
                                  TreatmentKind::supportive, TreatmentKind::surgery});
  t.side = optionalSide(json.find("side"));
  t.agent = freeText(json.find("agent"));
  t.response = wordOf(json.find("response"), {"response", "partial", "resistance"});
  return t;
}

Json surgeryJson(const Surgery& s) {
  Json json;
  json["day"] = whenJson(s);
  json["side"] = named(s.side);
  json["material"] = textOrNull(s.material);
  json["technique"] = named(s.technique);
  json["vessels_moved"] = listOf(s.vessels_moved, [](VesselName name) { return named(name); });
  json["zones_explored"] = listOf(s.zones_explored, [](Zone zone) { return named(zone); });
  return json;
}

Surgery surgeryFrom(const Reader& json, Form form) {
  Surgery s;
  readWhen(json, form, {"date", "side", "material", "technique", "vessels_moved", "zones_explored"},
           s);
  s.side = optionalSide(json.find("side"));
  s.material = freeText(json.find("material"));
  s.technique = json.find("technique")
                    .optionalOneOf({SurgicalTechnique::interposed, SurgicalTechnique::transposed,
                                    SurgicalTechnique::sling, SurgicalTechnique::unknown})
                    .value_or(SurgicalTechnique::unknown);
  s.vessels_moved = json.find("vessels_moved").listOf(vesselNameFrom);
  s.zones_explored = json.find("zones_explored").listOf(zoneFrom);
  return s;
}

Json complicationJson(const Complication& c) {
  Json json;
  json["day"] = whenJson(c);
  json["kind"] = c.kind;
  json["grade"] = textOrNull(c.grade);
  return json;
}

Complication complicationFrom(const Reader& json, Form form) {
  Complication c;
  readWhen(json, form, {"date", "kind", "grade"}, c);
  c.kind = wordOf(json.at("kind"), {"facial_weakness", "hearing", "dizziness", "swallowing",
                                    "csf_leak", "infection", "other"});
  c.grade = freeText(json.find("grade"));
  return c;
}

ClinicalCourse courseFrom(const Reader& json, Form form) {
  const auto with = [form](auto read) {
    return [form, read](const Reader& item) { return read(item, form); };
  };
  ClinicalCourse course;
  course.symptoms = json.find("symptoms").listOf(with(symptomFrom));
  course.emg = json.find("emg").listOf(with(emgFrom));
  course.treatments = json.find("treatments").listOf(with(treatmentFrom));
  course.surgeries = json.find("surgeries").listOf(with(surgeryFrom));
  course.complications = json.find("complications").listOf(with(complicationFrom));
  return course;
}

}  // namespace

Json courseJson(const ClinicalCourse& course) {
  const ClinicalCourse c = withoutDates(course);
  Json json;
  json["day_zero"] = named(c.day_zero);
  json["symptoms"] = listOf(c.symptoms, symptomJson);
  json["emg"] = listOf(c.emg, emgJson);
  json["treatments"] = listOf(c.treatments, treatmentJson);
  json["surgeries"] = listOf(c.surgeries, surgeryJson);
  json["complications"] = listOf(c.complications, complicationJson);
  return json;
}

ClinicalCourse courseFromResult(const Reader& json) {
  ClinicalCourse course = courseFrom(json, Form::result);
  course.day_zero =
      json.at("day_zero").optionalOneOf({DayZero::first_surgery, DayZero::first_entry});
  return course;
}

ClinicalCourse courseFromFile(const Reader& json) {
  json.allowOnly({"schema", "symptoms", "emg", "treatments", "surgeries", "complications"});
  if (json.has("schema") && json.at("schema").text() != "neurovasc.clinical/1") {
    json.at("schema").fail("expected neurovasc.clinical/1");
  }
  return courseFrom(json, Form::file);
}

}  // namespace neurovasc::result
