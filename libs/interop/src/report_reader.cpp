#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>
#include <utility>

#include "dicom_input.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/report_object.h"
#include "read_item.h"

namespace neurovasc::interop {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

bool startsWith(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

/// "0.5000 - 0.6000": "-" is no number.
std::vector<double> numbersIn(const ReadItem& item) {
  std::istringstream words(item.text());
  words.imbue(std::locale::classic());
  std::vector<double> values;
  for (std::string word; words >> word;) {
    std::istringstream one(word);
    one.imbue(std::locale::classic());
    double value = kUnknown;
    if (word != "-" && !(one >> value)) {
      item.fail("holds '" + word + "' where a number should be");
    }
    values.push_back(value);
  }
  return values;
}

std::optional<Vec3> vectorOf(const ReadItem& group, Concept name) {
  const auto item = group.find(name, "TEXT");
  if (!item) {
    return std::nullopt;
  }
  const std::vector<double> values = numbersIn(*item);
  if (values.size() != 3) {
    item->fail("'" + codeOf(name).meaning + "' has not three numbers");
  }
  return Vec3{values[0], values[1], values[2]};
}

Tube tubeIn(const ReadItem& group) {
  Tube tube;
  const auto line = group.find(Concept::centre_line, "SCOORD3D");
  if (!line) {
    return tube;
  }
  tube.points_mm = line->points();
  tube.radius_mm = numbersIn(group.require(Concept::radii, "TEXT"));
  if (const auto confidences = group.find(Concept::confidences, "TEXT")) {
    tube.confidence = numbersIn(*confidences);
  }
  const bool whole = tube.radius_mm.size() == tube.size() &&
                     (tube.confidence.empty() || tube.confidence.size() == tube.size());
  if (!whole) {
    group.fail("the centre line has not as many radii as points");
  }
  return tube;
}

/// The uncertainty that stands below a measure.
std::optional<double> spreadOf(const ReadItem& group, Concept name) {
  const auto measure = group.find(name, "NUM");
  return measure ? measure->numberOf(Concept::uncertainty) : std::nullopt;
}

std::optional<Landmark> landmarkIn(const ReadItem& side, Concept name) {
  const auto point = side.find(name, "SCOORD3D");
  if (!point) {
    return std::nullopt;
  }
  Landmark landmark{point->points().at(0), kUnknown, false};
  for (const ReadItem& sd : side.children(Concept::landmark_sd, "NUM")) {
    if (sd.require(Concept::landmark, "CODE").code() == name) {
      landmark.sd_mm = sd.number().value_or(kUnknown);
      landmark.manual = sd.yes(Concept::placed_by_hand);
    }
  }
  return landmark;
}

ZoneFinding zoneIn(const ReadItem& side, Zone zone) {
  const ReadItem item = side.require(conceptOf(zone), "CODE");
  ZoneFinding found;
  found.zone = zone;
  found.status = item.word<ZoneStatus>();
  found.reason = item.textOf(Concept::comment);
  found.from_mm = item.numberOf(Concept::zone_from);
  found.to_mm = item.numberOf(Concept::zone_to);
  found.smallest_vessel_mm = item.numberOf(Concept::smallest_vessel);
  for (const ReadItem& kind : item.children(Concept::kind_seen, "CODE")) {
    found.kinds_seen.push_back(kind.word<VesselKind>());
  }
  return found;
}

Side sideIn(const ReadItem& group) {
  return group.require(Concept::finding_site, "CODE").requireWord<Side>(Concept::laterality);
}

SideAssessment sideFrom(const ReadItem& group) {
  SideAssessment side;
  side.side = sideIn(group);
  side.finding = group.requireWord<Finding>(Concept::finding);
  const ReadItem status = group.require(Concept::nerve_status, "CODE");
  side.nerve.side = side.side;
  side.nerve.status = status.word<NerveStatus>();
  side.nerve.reason = status.textOf(Concept::comment);
  side.nerve.tube = tubeIn(group);
  side.nerve.landmarks = {landmarkIn(group, Concept::root_exit_point),
                          landmarkIn(group, Concept::root_detachment_point),
                          landmarkIn(group, Concept::porus)};
  // A side on which nothing could be shown has no zones.
  if (group.find(Concept::attached_segment, "CODE")) {
    for (const Zone zone : kZones) {
      side.zones.push_back(zoneIn(group, zone));
    }
  }
  return side;
}

VesselName vesselNameIn(const ReadItem& group) {
  return group.wordOf<VesselName>(Concept::vessel_name).value_or(VesselName::unknown);
}

Deformity deformityIn(const ReadItem& group) {
  return {group.numberOf(Concept::indentation), spreadOf(group, Concept::indentation),
          group.numberOf(Concept::displacement), spreadOf(group, Concept::displacement),
          group.numberOf(Concept::calibre_ratio)};
}

Contact contactFrom(const ReadItem& group, const std::string& id) {
  Contact contact;
  contact.id = id;
  contact.vessel_id = group.textOf(Concept::vessel_id);
  contact.kind = group.requireWord<VesselKind>(Concept::vessel_kind);
  contact.vessel_name = vesselNameIn(group);
  contact.name_confidence = group.numberOf(Concept::name_confidence);
  contact.diameter_mm = group.numberOf(Concept::diameter);
  contact.distance_mm = group.require(Concept::distance, "NUM").number();
  contact.distance_sd_mm = spreadOf(group, Concept::distance);
  contact.unseen_vessel_mm = group.numberOf(Concept::unseen_vessel);
  contact.contact_probability = group.numberOf(Concept::contact_probability);
  contact.state = group.wordOf<ContactState>(Concept::contact_state);
  contact.zone = group.wordOf<Zone>(Concept::zone);
  contact.arclength_mm = group.numberOf(Concept::arc_length);
  contact.area_mm2 = group.numberOf(Concept::contact_area);
  contact.length_mm = group.numberOf(Concept::contact_length);
  contact.clock_h = group.numberOf(Concept::clock_direction);
  contact.angle_deg = group.numberOf(Concept::crossing_angle);
  contact.deformity = deformityIn(group);
  contact.campos_benitez = group.wordOf<CamposBenitezGrade>(Concept::campos_benitez);
  contact.sindou = group.wordOf<SindouGrade>(Concept::sindou);
  return contact;
}

Vessel vesselFrom(const ReadItem& group, const std::string& id) {
  Vessel vessel;
  vessel.id = id;
  vessel.kind = group.requireWord<VesselKind>(Concept::vessel_kind);
  vessel.kind_confidence = group.numberOf(Concept::kind_confidence).value_or(kUnknown);
  vessel.name = vesselNameIn(group);
  vessel.name_confidence = group.numberOf(Concept::name_confidence).value_or(kUnknown);
  vessel.tube = tubeIn(group);
  vessel.evidence = {group.numberOf(Concept::tof_over_brain),
                     group.numberOf(Concept::ce_t1_over_brain),
                     group.numberOf(Concept::t2_over_csf).value_or(kUnknown),
                     group.yes(Concept::seen_on_tof), group.yes(Concept::seen_on_t2)};
  return vessel;
}

Pad padFrom(const ReadItem& group, const std::string& id) {
  Pad pad;
  pad.id = id;
  pad.side = sideIn(group);
  pad.center_mm = group.require(Concept::center, "SCOORD3D").points().at(0);
  pad.volume_mm3 = group.numberOf(Concept::volume).value_or(kUnknown);
  return pad;
}

void readStudy(const ReadItem& group, Assessment& assessment) {
  assessment.quality.csf_snr = group.numberOf(Concept::csf_snr);
  assessment.quality.acquired_voxel_mm = vectorOf(group, Concept::acquired_voxel);
  assessment.quality.reconstructed_voxel_mm = vectorOf(group, Concept::reconstructed_voxel);
  assessment.quality.resolution = group.wordOf<Resolution>(Concept::resolution);
  assessment.label = group.textOf(Concept::study_label);
  for (const ReadItem& warning : group.children(Concept::warning, "TEXT")) {
    assessment.warnings.push_back(warning.text());
  }
  if (group.yes(Concept::pads_looked_for) && !assessment.pads) {
    assessment.pads.emplace();
  }
}

/// Reads the groups that the program observed, in their order.
class Reader {
 public:
  explicit Reader(const ReadItem& root) : root_(root) {}

  Assessment read() {
    const ReadItem measurements = root_.require(Concept::imaging_measurements, "CONTAINER");
    for (const ReadItem& group : measurements.children(Concept::measurement_group, "CONTAINER")) {
      const std::string id = group.textOf(Concept::tracking_identifier);
      if (!isReaders(group)) {
        add(group.at(id), id);
      }
    }
    if (assessment_.sides.empty()) {
      root_.fail("no side of the face stands in it");
    }
    if (!has_study_) {
      root_.fail("the group 'study' is missing");
    }
    addNearestPairs();
    return std::move(assessment_);
  }

 private:
  static bool isReaders(const ReadItem& group) {
    const auto observer = group.find(Concept::observer_type, "CODE");
    return observer && observer->code() == Concept::person;
  }

  void add(const ReadItem& group, const std::string& id) {
    const auto after = [&id](const char* prefix) {
      return startsWith(id, prefix) ? id.substr(std::string(prefix).size()) : std::string{};
    };
    if (startsWith(id, "side ")) {
      assessment_.sides.push_back(sideFrom(group));
    } else if (const std::string contact = after("contact "); !contact.empty()) {
      addContact(group, contact);
    } else if (const std::string vessel = after("vessel "); !vessel.empty()) {
      assessment_.vessels.push_back(vesselFrom(group, vessel));
    } else if (const std::string pad = after("pad "); !pad.empty()) {
      assessment_.pads = assessment_.pads.value_or(std::vector<Pad>{});
      assessment_.pads->push_back(padFrom(group, pad));
    } else if (id == "study") {
      readStudy(group, assessment_);
      has_study_ = true;
    }
  }

  void addContact(const ReadItem& group, const std::string& id) {
    const Side where = sideIn(group);
    for (SideAssessment& side : assessment_.sides) {
      if (side.side == where) {
        side.contacts.push_back(contactFrom(group, id));
        return;
      }
    }
    group.fail("its side is missing");
  }

  /// They stand with the derived measurements, under the contacts' tracking identifiers.
  void addNearestPairs() {
    std::map<std::string, std::vector<Point3>> pairs;
    if (const auto derived = root_.find(Concept::derived_imaging_measurements, "CONTAINER")) {
      for (const ReadItem& gap : derived->children(Concept::distance, "NUM")) {
        if (const auto path = gap.find(Concept::path, "SCOORD3D")) {
          pairs[gap.textOf(Concept::tracking_identifier)] = path->points();
        }
      }
    }
    for (SideAssessment& side : assessment_.sides) {
      for (Contact& contact : side.contacts) {
        const auto pair = pairs.find("contact " + contact.id);
        if (pair != pairs.end() && pair->second.size() == 2) {
          contact.nerve_point_mm = pair->second[0];
          contact.vessel_point_mm = pair->second[1];
        }
      }
    }
  }

  const ReadItem& root_;
  Assessment assessment_;
  bool has_study_ = false;
};

}  // namespace

Assessment readReport(const std::filesystem::path& path) {
  DcmFileFormat file;
  loadDicom(path.string(), file);
  DcmItem& dataset = *file.getDataset();
  const ReadItem root(dataset, path.string());
  if (elementText(dataset, DCM_Modality) != "SR" ||
      elementText(dataset, DCM_ManufacturerModelName) != "neurovasc" ||
      !root.is(Concept::imaging_measurement_report)) {
    root.fail("this is no structured report that neurovasc wrote");
  }
  return Reader(root).read();
}

}  // namespace neurovasc::interop
