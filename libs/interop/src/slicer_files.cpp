#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "neurovasc/core/version.h"
#include "neurovasc/interop/slicer_scene.h"
#include "neurovasc/interop/structures.h"

namespace neurovasc::interop {
namespace {

using Json = nlohmann::ordered_json;
using imaging::Code;
using imaging::Segment;

constexpr const char* kMarkupsSchema =
    "https://raw.githubusercontent.com/slicer/slicer/master/Modules/Loadable/Markups/Resources/"
    "Schema/markups-schema-v1.0.3.json#";
constexpr const char* kTerminologySchema =
    "https://raw.githubusercontent.com/qiicr/dcmqi/master/doc/segment-context-schema.json#";

/// Far below any error here, mm.
double rounded(double value) {
  constexpr double kSteps = 1e4;
  return std::round(value * kSteps) / kSteps;
}

Json controlPoint(std::size_t number, const std::string& label, const std::string& description,
                  const Point3& position) {
  return {{"id", std::to_string(number)},
          {"label", label},
          {"description", description},
          {"position", {rounded(position.x), rounded(position.y), rounded(position.z)}},
          {"selected", true},
          {"locked", false},
          {"visibility", true},
          {"positionStatus", "defined"}};
}

std::string markupsFile(const std::string& name, const Json& points) {
  const Json markup = {{"type", "Fiducial"},      {"name", name},    {"coordinateSystem", "LPS"},
                       {"coordinateUnits", "mm"}, {"locked", false}, {"labelFormat", "%N-%d"},
                       {"controlPoints", points}};
  return Json{{"@schema", kMarkupsSchema}, {"markups", Json::array({markup})}}.dump(2) + "\n";
}

std::string labelOf(const Contact& contact) {
  const std::string vessel = contact.vessel_name == VesselName::unknown
                                 ? std::string(name(contact.kind))
                                 : std::string(name(contact.vessel_name));
  return contact.id + " " + vessel + (contact.state ? " " + std::string(name(*contact.state)) : "");
}

/// How a person reads a contact's numbers.
std::string numbersOf(const Contact& contact) {
  std::string text;
  if (contact.distance_mm) {
    text = fmt::format("gap {:.2f} mm", *contact.distance_mm);
  }
  if (contact.contact_probability) {
    text += fmt::format("{}probability of contact {:.2f}", text.empty() ? "" : ", ",
                        *contact.contact_probability);
  }
  return text;
}

std::array<int, 3> rgb255(const Segment& segment) {
  constexpr double kFull = 255;
  std::array<int, 3> rgb{};
  std::transform(segment.color.begin(), segment.color.end(), rgb.begin(),
                 [](double part) { return static_cast<int>(std::lround(part * kFull)); });
  return rgb;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string codeCells(const Code& code) {
  return fmt::format(",{},{},{}", code.scheme, code.value,
                     code.meaning.empty() ? "" : quoted(code.meaning));
}

Json codeJson(const Code& code) {
  return {{"CodingSchemeDesignator", code.scheme},
          {"CodeValue", code.value},
          {"CodeMeaning", code.meaning}};
}

/// The entry of @p list that has @p code, made where there is none.
Json& entryOf(Json& list, const Code& code) {
  for (Json& entry : list) {
    if (entry.at("CodeValue") == code.value && entry.at("CodingSchemeDesignator") == code.scheme) {
      return entry;
    }
  }
  list.push_back(codeJson(code));
  return list.back();
}

/// A vessel is coded by its name, so every name is among them.
std::vector<Segment> everyStructure() {
  std::vector<Segment> all = segments();
  for (const VesselName name : {VesselName::vertebral, VesselName::basilar, VesselName::aica,
                                VesselName::pica, VesselName::sca}) {
    Vessel vessel;
    vessel.kind = VesselKind::artery;
    vessel.name = name;
    all.push_back(segmentOf(vessel));
  }
  return all;
}

void addType(Json& categories, const Segment& segment) {
  Json& category = entryOf(categories, segment.category);
  category["showAnatomy"] = "false";
  Json& type = entryOf(category["Type"], segment.type);
  if (segment.type_modifier.value.empty()) {
    type["recommendedDisplayRGBValue"] = rgb255(segment);
  } else {
    entryOf(type["Modifier"], segment.type_modifier)["recommendedDisplayRGBValue"] =
        rgb255(segment);
  }
}

}  // namespace

std::string slicerLandmarks(const Assessment& assessment) {
  Json points = Json::array();
  for (const SideAssessment& side : assessment.sides) {
    const NerveLandmarks& landmarks = side.nerve.landmarks;
    for (const auto& [what, landmark] : {std::pair{"root_exit_point", landmarks.root_exit_point},
                                         std::pair{"detachment_point", landmarks.detachment_point},
                                         std::pair{"porus", landmarks.porus}}) {
      if (landmark) {
        points.push_back(controlPoint(
            points.size() + 1, fmt::format("{}_{}", name(side.side), what), "", landmark->lps_mm));
      }
    }
  }
  return markupsFile("Landmarks", points);
}

std::string slicerContacts(const Assessment& assessment) {
  Json points = Json::array();
  for (const SideAssessment& side : assessment.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm) {
        points.push_back(controlPoint(points.size() + 1, labelOf(contact), numbersOf(contact),
                                      *contact.nerve_point_mm));
      }
    }
  }
  return markupsFile("Contacts", points);
}

std::string slicerColorTable(const std::vector<Segment>& segments) {
  std::string text = "LabelValue,Name,Color_R,Color_G,Color_B,Color_A";
  for (const char* entry : {"Category", "Type", "TypeModifier"}) {
    text += fmt::format(",{0}_CodingScheme,{0}_CodeValue,{0}_CodeMeaning", entry);
  }
  text += "\n";
  for (const Segment& segment : segments) {
    const auto [red, green, blue] = rgb255(segment);
    text += fmt::format("{},{},{},{},{},255{}{}{}\n", segment.value, quoted(segment.name), red,
                        green, blue, codeCells(segment.category), codeCells(segment.type),
                        codeCells(segment.type_modifier));
  }
  return text;
}

std::string slicerTerminology() {
  Json categories = Json::array();
  for (const Segment& segment : everyStructure()) {
    addType(categories, segment);
  }
  const Json context = {{"SegmentationCategoryTypeContextName", imaging::kTerminologyContext},
                        {"@schema", kTerminologySchema},
                        {"SegmentationCodes", {{"Category", categories}}}};
  return context.dump(2) + "\n";
}

}  // namespace neurovasc::interop
