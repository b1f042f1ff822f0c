#include "neurovasc/interop/report_object.h"

#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "contact_measures.h"
#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/dicom/series_writer.h"
#include "report_tree.h"
#include "vocabulary.h"

namespace neurovasc::interop {
namespace {

constexpr int kReportSeries = 9003;
constexpr auto kContains = DSRTypes::RT_contains;
constexpr auto kContext = DSRTypes::RT_hasObsContext;
constexpr auto kModifier = DSRTypes::RT_hasConceptMod;
constexpr auto kProperty = DSRTypes::RT_hasProperties;
constexpr auto kInferred = DSRTypes::RT_inferredFrom;

/// The tube's radius along its length, averaged by arc length.
std::optional<double> meanDiameter(const Tube& tube) {
  if (tube.size() < 2) {
    return std::nullopt;
  }
  const std::vector<double> s = arcLengths(tube.points_mm);
  double area = 0;
  for (std::size_t i = 1; i < s.size(); ++i) {
    area += (s[i] - s[i - 1]) * (tube.radius_mm[i] + tube.radius_mm[i - 1]);
  }
  return area / s.back();
}

/// Volumes of the labels' structures, mm3, by segment id.
std::map<std::string, double> volumesOf(const imaging::Segmentation& structures) {
  std::array<std::size_t, 256> count{};
  for (const std::uint8_t value : structures.labels) {
    ++count[value];
  }
  std::map<std::string, double> volumes;
  for (const auto& segment : structures.segments) {
    volumes[segment.id] =
        static_cast<double>(count[segment.value]) * structures.labels.geometry().voxelVolumeMm3();
  }
  return volumes;
}

class ReportWriter {
 public:
  ReportWriter(const Assessment& assessment, const imaging::Segmentation& structures,
               const std::vector<SegmentReference>& segments, const ExportContext& context,
               const ReportOptions& options, DSRDocumentTree& tree)
      : assessment_(assessment),
        structures_(structures),
        segments_(segments),
        context_(context),
        options_(options),
        tree_(tree, assessment.quality.resolution == Resolution::too_thick
                        ? Concept::measurement_not_attempted
                        : Concept::measurement_failure) {}

  void write() {
    tree_.root(Concept::imaging_measurement_report, "1500", [&] {
      tree_.code(kModifier, Concept::language, Concept::english);
      observers();
      tree_.code(kModifier, Concept::procedure_reported, Concept::brain_mri);
      imageLibrary();
      measurements();
      derivedMeasurements();
    });
  }

 private:
  void observers() {
    if (!options_.reader.empty()) {
      tree_.code(kContext, Concept::observer_type, Concept::person);
      tree_.person(kContext, Concept::person_observer_name, options_.reader);
    }
    tree_.code(kContext, Concept::observer_type, Concept::device);
    tree_.uid(kContext, Concept::device_observer_uid,
              dicom::uidFrom("neurovasc " + std::string(version())));
    tree_.text(kContext, Concept::device_observer_name, "neurovasc " + std::string(version()));
    tree_.text(kContext, Concept::device_observer_manufacturer, "The neurovasc authors");
    tree_.text(kContext, Concept::device_observer_model, "neurovasc");
  }

  void imageLibrary() {
    tree_.container(Concept::image_library, "1600", [&] {
      for (const auto& [role, series] : context_.source.series()) {
        tree_.container(Concept::image_library_group, nullptr, [&, &images = series.images] {
          tree_.code(DSRTypes::RT_hasAcqContext, Concept::modality, Concept::magnetic_resonance);
          for (const SourceImage& image : images) {
            tree_.image(kContains, std::nullopt, image.sop_class_uid, image.sop_instance_uid,
                        std::nullopt, image.frame);
          }
        });
      }
    });
  }

  void measurements() {
    tree_.container(Concept::imaging_measurements, nullptr, [&] {
      const auto volumes = volumesOf(structures_);
      for (const auto& segment : segments_) {
        structureGroup(segment, volumes.at(segment.segment_id));
      }
      for (const auto& side : assessment_.sides) {
        sideGroup(side);
        for (const auto& contact : side.contacts) {
          contactGroup(side.side, contact);
        }
      }
      tree_.text(kContains, Concept::comment, std::string(kResearchUseOnly));
    });
  }

  void derivedMeasurements() {
    const bool any = std::any_of(assessment_.sides.begin(), assessment_.sides.end(),
                                 [](const SideAssessment& s) { return !s.contacts.empty(); });
    if (!any) {
      return;
    }
    tree_.container(Concept::derived_imaging_measurements, nullptr, [&] {
      for (const auto& side : assessment_.sides) {
        for (const auto& contact : side.contacts) {
          derivedGap(side.side, contact);
        }
      }
    });
  }

  void track(const std::string& id, const std::string& uid) {
    tree_.text(kContext, Concept::tracking_identifier, id);
    tree_.uid(kContext, Concept::tracking_uid, uid);
  }

  void algorithm() {
    tree_.text(kModifier, Concept::algorithm_name, "neurovasc");
    tree_.text(kModifier, Concept::algorithm_version, std::string(version()));
  }

  void site(const imaging::Code& where, const imaging::Code& laterality) {
    tree_.code(kModifier, Concept::finding_site, where, [&] {
      if (!laterality.value.empty()) {
        tree_.code(kModifier, Concept::laterality, laterality);
      }
    });
  }

  void structureGroup(const SegmentReference& reference, double volume_mm3) {
    const auto segment =
        std::find_if(structures_.segments.begin(), structures_.segments.end(),
                     [&](const imaging::Segment& s) { return s.id == reference.segment_id; });
    groups_[reference.segment_id] = tree_.container(Concept::measurement_group, "1411", [&] {
      track(segment->id, reference.tracking_uid);
      tree_.code(kContains, Concept::finding_category, segment->category);
      tree_.code(kContains, Concept::finding, segment->type);
      tree_.image(kContains, Concept::referenced_segment, UID_SegmentationStorage,
                  segmentationUid(SegmentationType::binary, context_), reference.number);
      tree_.uid(kContains, Concept::source_series, context_.source.t2().series_instance_uid);
      algorithm();
      site(segment->type, segment->type_modifier);
      tree_.number(kContains, {Concept::volume, volume_mm3, Concept::cubic_millimeter});
      if (const Tube* tube = tubeOf(segment->id)) {
        tree_.number(kContains, {Concept::length, lengthOf(tube->points_mm)});
        tree_.number(kContains, {Concept::diameter, meanDiameter(*tube), Concept::millimeter, 4,
                                 std::nullopt, Concept::mean});
      }
    });
  }

  /// The centre line behind a segment, or null.
  const Tube* tubeOf(const std::string& id) const {
    for (const auto& side : assessment_.sides) {
      if (id == nerveId(side.side) && side.nerve.tube.size() > 1) {
        return &side.nerve.tube;
      }
    }
    for (const auto& vessel : assessment_.vessels) {
      if (id == segmentId(vessel) && vessel.tube.size() > 1) {
        return &vessel.tube;
      }
    }
    return nullptr;
  }

  static std::string nerveId(Side side) { return "facial_nerve_" + std::string(name(side)); }

  std::string vesselSegmentId(const Contact& contact) const {
    for (const auto& vessel : assessment_.vessels) {
      if (vessel.id == contact.vessel_id) {
        return segmentId(vessel);
      }
    }
    return {};
  }

  void sideGroup(const SideAssessment& side) {
    const std::string id = "side " + std::string(name(side.side));
    tree_.container(Concept::measurement_group, "1501", [&] {
      track(id, trackingUidOf(context_, id));
      tree_.code(kContains, Concept::finding, conceptOf(side.finding));
      algorithm();
      site(codeOf(Concept::facial_nerve), codeOf(conceptOf(side.side)));
      tree_.code(kContains, Concept::nerve_status, conceptOf(side.nerve.status));
      for (const auto& zone : side.zones) {
        zoneFinding(zone);
      }
      landmark(Concept::root_exit_point, side.nerve.landmarks.root_exit_point);
      landmark(Concept::root_detachment_point, side.nerve.landmarks.detachment_point);
      landmark(Concept::porus, side.nerve.landmarks.porus);
    });
  }

  void zoneFinding(const ZoneFinding& zone) {
    tree_.code(kContains, conceptOf(zone.zone), conceptOf(zone.status), [&] {
      if (!zone.reason.empty()) {
        tree_.text(kProperty, Concept::comment, zone.reason);
      }
      if (zone.smallest_vessel_mm) {
        tree_.number(kProperty, {Concept::smallest_vessel, zone.smallest_vessel_mm});
      }
    });
  }

  void landmark(Concept name, const std::optional<Landmark>& landmark) {
    if (landmark) {
      tree_.points(kContains, name, {landmark->lps_mm},
                   context_.source.t2().frame_of_reference_uid);
    }
  }

  void contactGroup(Side side, const Contact& contact) {
    const std::string id = "contact " + contact.id;
    tree_.container(Concept::measurement_group, "1501", [&] {
      track(id, trackingUidOf(context_, id));
      tree_.code(kContains, Concept::finding, Concept::near_vessel);
      algorithm();
      site(codeOf(Concept::facial_nerve), codeOf(conceptOf(side)));
      judgements(contact);
      for (const Measure& measure : measuresOf(contact)) {
        tree_.number(kContains, measure);
      }
    });
  }

  void judgements(const Contact& contact) {
    tree_.code(kContains, Concept::vessel_kind, conceptOf(contact.kind));
    if (const auto named = conceptOf(contact.vessel_name)) {
      tree_.code(kContains, Concept::vessel_name, *named);
    }
    if (contact.state) {
      tree_.code(kContains, Concept::contact_state, conceptOf(*contact.state));
    }
    if (contact.zone) {
      tree_.code(kContains, Concept::zone, conceptOf(*contact.zone));
    }
    if (contact.campos_benitez) {
      tree_.code(kContains, Concept::campos_benitez, conceptOf(*contact.campos_benitez));
    }
    if (contact.sindou) {
      tree_.code(kContains, Concept::sindou, conceptOf(*contact.sindou));
    }
  }

  void derivedGap(Side side, const Contact& contact) {
    tree_.number(kContains, gapOf(contact), [&] {
      for (const std::string& id : {nerveId(side), vesselSegmentId(contact)}) {
        const auto group = groups_.find(id);
        if (group != groups_.end()) {
          tree_.refer(kInferred, group->second);
        }
      }
      if (contact.nerve_point_mm && contact.vessel_point_mm) {
        tree_.points(kInferred, Concept::path, {*contact.nerve_point_mm, *contact.vessel_point_mm},
                     context_.source.t2().frame_of_reference_uid);
      }
      tree_.text(kProperty, Concept::tracking_identifier, "contact " + contact.id);
    });
  }

  const Assessment& assessment_;
  const imaging::Segmentation& structures_;
  const std::vector<SegmentReference>& segments_;
  const ExportContext& context_;
  const ReportOptions& options_;
  ReportTree tree_;
  std::map<std::string, std::size_t> groups_;  ///< content items of the segments' groups
};

/// A name beyond ASCII needs the study's texts to be in UTF-8, as the name is.
void requireWritable(const std::string& reader, const ExportContext& context) {
  const bool ascii = std::all_of(reader.begin(), reader.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 128; });
  if (!ascii && !hasUtf8Texts(context.source)) {
    throw Error(ErrorCode::usage,
                "--reader: the study's character set is not UTF-8, and cannot hold this name",
                "Write the name in ASCII.");
  }
}

void addEvidence(DSRDocument& document, const ExportContext& context, bool segmentation) {
  auto& evidence = document.getCurrentRequestedProcedureEvidence();
  const char* study = context.source.studyInstanceUid().c_str();
  for (const auto& [role, series] : context.source.series()) {
    for (const auto& image : series.images) {
      requireDone(evidence.addItem(study, series.series_instance_uid.c_str(),
                                   image.sop_class_uid.c_str(), image.sop_instance_uid.c_str()));
    }
  }
  if (segmentation) {
    requireDone(evidence.addItem(
        study, segmentationSeriesUid(SegmentationType::binary, context).c_str(),
        UID_SegmentationStorage, segmentationUid(SegmentationType::binary, context).c_str()));
  }
}

}  // namespace

void writeMeasurementReport(const Assessment& assessment, const imaging::Segmentation& structures,
                            const std::vector<SegmentReference>& segments,
                            const ExportContext& context, const ReportOptions& options,
                            const std::filesystem::path& path) {
  requireWritable(options.reader, context);
  DSRDocument document(DSRTypes::DT_Comprehensive3DSR);
  requireDone(document.setSpecificCharacterSetType(DSRTypes::CS_UTF8));
  ReportWriter(assessment, structures, segments, context, options, document.getTree()).write();
  addEvidence(document, context, !segments.empty());
  requireDone(document.getCodingSchemeIdentification().addItem(
      std::string(kPrivateScheme).c_str(), "", "neurovasc private codes", "The neurovasc authors"));
  requireDone(document.completeDocument());
  DcmDataset dataset;
  requireDone(document.write(dataset));
  ObjectIdentity identity;
  identity.sop_class_uid = UID_Comprehensive3DSRStorage;
  identity.modality = "SR";
  identity.kind = "sr";
  identity.description = "measurements";
  identity.series_number = kReportSeries;
  putCommon(dataset, context, identity);
  save(dataset, path);
}

}  // namespace neurovasc::interop
