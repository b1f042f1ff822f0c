#include "neurovasc/result/clinical_file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <limits>
#include <string>

#include "clinical_fields.h"
#include "input_file.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/core/error.h"

namespace neurovasc::result {
namespace {

/// A course has some dozens of entries; YAML's aliases could make billions of a few lines.
constexpr int kMostYamlNodes = 100000;
/// A course nests four deep; an alias of what it stands in nests without end.
constexpr int kMostYamlDepth = 16;

Json scalarJson(const YAML::Node& node) {
  const bool quoted = node.Tag() == "!";
  bool flag = false;
  double value = 0;
  if (!quoted && YAML::convert<bool>::decode(node, flag)) {
    return flag;
  }
  if (!quoted && YAML::convert<double>::decode(node, value)) {
    return value;
  }
  return node.Scalar();
}

Json yamlToJson(const YAML::Node& node, int depth, int& nodes_left) {
  if (--nodes_left < 0 || depth > kMostYamlDepth) {
    throw YAML::Exception(YAML::Mark::null_mark(), "too large");
  }
  if (node.IsSequence()) {
    Json list = Json::array();
    for (const auto& item : node) {
      list.push_back(yamlToJson(item, depth + 1, nodes_left));
    }
    return list;
  }
  if (node.IsMap()) {
    Json object = Json::object();
    for (const auto& entry : node) {
      object[entry.first.Scalar()] = yamlToJson(entry.second, depth + 1, nodes_left);
    }
    return object;
  }
  return node.IsScalar() ? scalarJson(node) : Json(nullptr);
}

Json parsedYaml(const std::string& text, const std::string& what) {
  try {
    int nodes_left = kMostYamlNodes;
    return yamlToJson(YAML::Load(text), 0, nodes_left);
  } catch (const YAML::Exception& failed) {
    const bool placed = !failed.mark.is_null();
    throw Error(ErrorCode::input_unreadable,
                what + ": not valid YAML" +
                    (placed ? " at line " + std::to_string(failed.mark.line + 1) : ""));
  }
}

/// Calls @p visit with each dated thing of the course.
template <typename Course, typename Visit>
void forEachEntry(Course& course, Visit visit) {
  std::for_each(course.symptoms.begin(), course.symptoms.end(), visit);
  std::for_each(course.emg.begin(), course.emg.end(), visit);
  std::for_each(course.treatments.begin(), course.treatments.end(), visit);
  std::for_each(course.surgeries.begin(), course.surgeries.end(), visit);
  std::for_each(course.complications.begin(), course.complications.end(), visit);
}

constexpr int kNoDay = std::numeric_limits<int>::max();

int firstSurgeryDay(const ClinicalCourse& course) {
  int first = kNoDay;
  for (const Surgery& surgery : course.surgeries) {
    first = surgery.date ? std::min(first, daysSinceEpoch(*surgery.date)) : first;
  }
  return first;
}

int firstDay(const ClinicalCourse& course) {
  int first = kNoDay;
  forEachEntry(course, [&first](const auto& entry) {
    first = entry.date ? std::min(first, daysSinceEpoch(*entry.date)) : first;
  });
  return first;
}

[[noreturn]] void throwNoDay() {
  throw Error(ErrorCode::usage, "not a day of the calendar", "Write days as 2025-02-03.");
}

/// The number at [from, from + count), of digits alone.
int digitsAt(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') {
      throwNoDay();
    }
    value = 10 * value + (c - '0');
  }
  return value;
}

ClinicalCourse courseFrom(const Reader& json) {
  FieldReader fields(json, Keys::any);
  const Reader schema = fields.at("schema");
  if (!schema.isNull() && schema.text() != "neurovasc.clinical/1") {
    schema.fail("expected neurovasc.clinical/1");
  }
  ClinicalCourse course;
  describe(fields, course);
  fields.finish();
  return course;
}

}  // namespace

int daysSinceEpoch(std::string_view iso_day) {
  if (iso_day.size() != 10 || iso_day[4] != '-' || iso_day[7] != '-') {
    throwNoDay();
  }
  const auto days =
      dayNumber(digitsAt(iso_day, 0, 4), digitsAt(iso_day, 5, 2), digitsAt(iso_day, 8, 2));
  if (!days) {
    throwNoDay();
  }
  return *days;
}

ClinicalCourse withoutDates(ClinicalCourse course) {
  const int surgery = firstSurgeryDay(course);
  const int zero = surgery != kNoDay ? surgery : firstDay(course);
  if (zero == kNoDay) {
    return course;
  }
  course.day_zero = surgery != kNoDay ? DayZero::first_surgery : DayZero::first_entry;
  forEachEntry(course, [zero](auto& entry) {
    if (entry.date) {
      entry.day = daysSinceEpoch(*entry.date) - zero;
      entry.date.reset();
    }
  });
  return course;
}

ClinicalCourse readClinical(const std::filesystem::path& file) {
  const std::string what = file.filename().string();
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::string text = textOfInput(file);
  const bool yaml = extension == ".yaml" || extension == ".yml";
  const Json json = yaml ? parsedYaml(text, what) : parsedJson(text, what);
  return courseFrom(Reader(json, what, ErrorCode::usage));
}

}  // namespace neurovasc::result
