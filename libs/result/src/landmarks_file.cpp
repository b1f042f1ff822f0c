#include "neurovasc/result/landmarks_file.h"

#include <optional>
#include <string>

#include "input_file.h"
#include "json_reader.h"
#include "neurovasc/core/error.h"

namespace neurovasc::result {
namespace {

constexpr const char* kNames =
    "left_root_exit_point, left_detachment_point, left_porus and the same with right_";

/// The place in @p landmarks that @p name stands for, or null.
std::optional<Landmark>* placeOf(ManualLandmarks& landmarks, const std::string& name) {
  for (const Side side : kSides) {
    const std::string prefix = std::string(neurovasc::name(side)) + "_";
    if (name.rfind(prefix, 0) == 0) {
      NerveLandmarks& of_side = landmarks.of(side);
      const std::string point = name.substr(prefix.size());
      return point == "root_exit_point"    ? &of_side.root_exit_point
             : point == "detachment_point" ? &of_side.detachment_point
             : point == "porus"            ? &of_side.porus
                                           : nullptr;
    }
  }
  return nullptr;
}

void place(ManualLandmarks& landmarks, const std::string& name, const Reader& position,
           bool is_ras) {
  std::optional<Landmark>* const landmark = placeOf(landmarks, name);
  if (landmark == nullptr) {
    position.fail("unknown landmark \"" + name + "\"; known are " + kNames);
  }
  if (landmark->has_value()) {
    position.fail("\"" + name + "\" is given twice");
  }
  const Vec3 p = position.point();
  *landmark = Landmark{is_ras ? Vec3{-p.x, -p.y, p.z} : p, kManualLandmarkSdMm, true};
}

/// Whether coordinates are RAS. Slicer before 5.0 could write the number of its enumeration.
bool isRas(const Reader& holder, const std::string& key) {
  if (!holder.has(key)) {
    holder.fail("\"" + key + "\" is missing: say \"LPS\" or \"RAS\"");
  }
  const Reader frame = holder.at(key);
  if (frame.isNumber()) {
    const int number = frame.integer();
    if (number != 0 && number != 1) {
      frame.fail("expected LPS, RAS, 0 (RAS) or 1 (LPS)");
    }
    return number == 0;
  }
  const std::string text = frame.text();
  if (text != "LPS" && text != "RAS") {
    frame.fail("expected LPS or RAS");
  }
  return text == "RAS";
}

void readControlPoint(const Reader& point, bool is_ras, ManualLandmarks& landmarks) {
  const Reader status = point.find("positionStatus");
  if (!status.isNull() && status.text() != "defined") {
    return;
  }
  place(landmarks, point.at("label").text(), point.at("position"), is_ras);
}

ManualLandmarks fromMarkups(const Reader& document) {
  ManualLandmarks landmarks;
  for (const Reader& list : document.at("markups").items()) {
    const bool is_ras = isRas(list, "coordinateSystem");
    const std::string units = list.find("coordinateUnits").textOrEmpty();
    if (!units.empty() && units != "mm") {
      list.fail("coordinateUnits: expected mm");
    }
    for (const Reader& point : list.find("controlPoints").items()) {
      readControlPoint(point, is_ras, landmarks);
    }
  }
  return landmarks;
}

ManualLandmarks fromPlain(const Reader& document) {
  ManualLandmarks landmarks;
  const bool is_ras = isRas(document, "frame");
  for (const std::string& key : document.keys()) {
    if (key != "frame" && key != "schema" && !document.at(key).isNull()) {
      place(landmarks, key, document.at(key), is_ras);
    }
  }
  return landmarks;
}

}  // namespace

ManualLandmarks readLandmarks(const std::filesystem::path& file) {
  const std::string what = file.filename().string();
  const Json json = parsedJson(textOfInput(file), what);
  const Reader document(json, what, ErrorCode::usage);
  if (!json.is_object()) {
    throw Error(ErrorCode::input_unreadable, what + ": neither Slicer markups nor landmarks");
  }
  return document.has("markups") ? fromMarkups(document) : fromPlain(document);
}

}  // namespace neurovasc::result
