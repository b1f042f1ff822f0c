#include "neurovasc/interop/bids_derivative.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "neurovasc/core/version.h"

namespace neurovasc::interop {
namespace {

using Json = nlohmann::ordered_json;

/// The newest version of the standard that validators of the day all know.
constexpr const char* kBidsVersion = "1.9.0";

std::string documentOf(const Json& json) { return json.dump(2) + "\n"; }

std::string prefixOf(const BidsEntities& entities) {
  const std::string subject = "sub-" + entities.participant;
  return entities.session.empty() ? subject : subject + "_ses-" + entities.session;
}

/// "#f0e342".
std::string hexColor(const imaging::Segment& segment) {
  constexpr double kFull = 255;
  const auto part = [&](std::size_t i) {
    return static_cast<int>(std::lround(segment.color[i] * kFull));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", part(0), part(1), part(2));
}

std::string codeCell(const imaging::Code& code) {
  return code.value.empty() ? "n/a" : code.scheme + ":" + code.value;
}

void putSeconds(Json& json, const char* key, const std::optional<double>& milliseconds) {
  constexpr double kMsPerS = 1000;
  if (milliseconds) {
    json[key] = *milliseconds / kMsPerS;
  }
}

void putAcquisition(Json& json, const Acquisition& acquisition) {
  if (!acquisition.manufacturer.empty()) {
    json["Manufacturer"] = acquisition.manufacturer;
  }
  if (acquisition.field_strength_t) {
    json["MagneticFieldStrength"] = *acquisition.field_strength_t;
  }
  putSeconds(json, "EchoTime", acquisition.echo_time_ms);
  putSeconds(json, "RepetitionTime", acquisition.repetition_time_ms);
  if (acquisition.flip_angle_deg) {
    json["FlipAngle"] = *acquisition.flip_angle_deg;
  }
}

void putSources(Json& json, const std::vector<std::string>& sources) {
  if (!sources.empty()) {
    json["Sources"] = sources;
  }
}

std::vector<std::string> cellsOf(std::string line, std::size_t at_least) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  cells.resize(std::max(cells.size(), at_least));
  return cells;
}

}  // namespace

std::string bidsFolder(const BidsEntities& entities) {
  const std::string subject = "sub-" + entities.participant;
  return entities.session.empty() ? subject : subject + "/ses-" + entities.session;
}

std::string bidsFile(const BidsEntities& entities, const std::string& rest) {
  return "anat/" + prefixOf(entities) + "_" + rest;
}

std::string bidsDescription(const std::optional<BidsSource>& source) {
  Json json;
  json["Name"] = "neurovasc: neurovascular compression of the facial nerve";
  json["BIDSVersion"] = kBidsVersion;
  json["DatasetType"] = "derivative";
  json["GeneratedBy"] = {{{"Name", "neurovasc"},
                          {"Version", std::string(version())},
                          {"Description", std::string(kResearchUseOnly)}}};
  if (source && !source->link.empty()) {
    json["SourceDatasets"] = {{{"URL", source->link}}};
    json["DatasetLinks"] = {{"raw", source->link}};
  }
  return documentOf(json);
}

std::string bidsReadme() {
  return fmt::format(
      "# Neurovascular compression of the facial nerve\n\n"
      "Made by neurovasc {}. {}\n\n"
      "- `*_desc-cropped_*.nii.gz`: the images around both cerebellopontine angles, on the voxels "
      "of "
      "the T2 image.\n"
      "- `*_desc-nvc_dseg.nii.gz`: nerves, vessels and landmarks as labels; `*_dseg.tsv` names "
      "them.\n"
      "- `*_desc-nvc_contacts.tsv`, `*_desc-nvc_sides.tsv`: a row for each vessel near a facial "
      "nerve, a row for each side; the columns are explained in the JSON files beside them.\n"
      "- `*_desc-nvc_assessment.json`: everything that was measured, LPS mm.\n"
      "- `*_desc-nvc_report.*`: the same for people.\n"
      "- `*_xfm.tfm`: how the other images were brought to the T2 image.\n",
      version(), kResearchUseOnly);
}

std::string bidsIgnore() {
  return "*_contacts.*\n*_sides.*\n*_assessment.json\n*_comparison.*\n*_report.*\n*_xfm.*\ngroup_*"
         "\n";
}

std::string bidsImageSidecar(const std::string& description, const Acquisition& acquisition,
                             const std::string& reference,
                             const std::vector<std::string>& sources) {
  Json json;
  json["Description"] = description;
  json["SpatialReference"] = reference;
  json["SkullStripped"] = false;
  putAcquisition(json, acquisition);
  putSources(json, sources);
  return documentOf(json);
}

std::string bidsLabelSidecar(const std::string& reference,
                             const std::vector<std::string>& sources) {
  Json json;
  json["Description"] =
      "Nerves, vessels and landmarks around both cerebellopontine angles, on a fine grid";
  json["Manual"] = false;
  json["SpatialReference"] = reference;
  putSources(json, sources);
  return documentOf(json);
}

std::string bidsLabelTable(const std::vector<imaging::Segment>& segments) {
  std::string text = "index\tname\tcolor\tcode\tside_code\n";
  for (const imaging::Segment& segment : segments) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\n", segment.value, segment.name, hexColor(segment),
                        codeCell(segment.type), codeCell(segment.type_modifier));
  }
  return text;
}

std::string bidsTable(const std::string& tsv) {
  std::string out;
  bool empty = true;
  for (const char c : tsv) {
    const bool ends = c == '\t' || c == '\n';
    out += ends && empty ? "n/a" : "";
    out += c;
    empty = ends;
  }
  return out;
}

std::string bidsTableSidecar(const std::string& dictionary_tsv, const std::string& table) {
  constexpr std::size_t kColumns = 4;
  Json json;
  std::istringstream lines(dictionary_tsv);
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> cells = cellsOf(line, kColumns);
    if (cells[0] != table) {
      continue;
    }
    json[cells[1]]["Description"] = cells[3];
    if (!cells[2].empty()) {
      json[cells[1]]["Units"] = cells[2];
    }
  }
  return documentOf(json);
}

}  // namespace neurovasc::interop
