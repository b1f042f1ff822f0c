#include "neurovasc/interop/report_object.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <map>
#include <numeric>

#include "contact_measures.h"
#include "dataset_writer.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "report_document.h"
#include "report_items.h"
#include "report_tree.h"
#include "review_items.h"
#include "vocabulary.h"

namespace neurovasc::interop {
namespace {

constexpr int kReportSeries = 9003;
constexpr int kShareDecimals = 3;  ///< of confidences and ratios, as in assessment.json
constexpr auto kContains = DSRTypes::RT_contains;
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

void describeVessel(const ReportItems& items, const Vessel& vessel) {
  ReportTree& tree = items.tree();
  tree.code(kContains, Concept::finding, segmentOf(vessel).type);
  items.algorithm();
  const auto share = [&](Concept name, const std::optional<double>& value) {
    tree.number(kContains, {name, value, Concept::no_units, kShareDecimals});
  };
  tree.code(kContains, Concept::vessel_kind, conceptOf(vessel.kind));
  share(Concept::kind_confidence, vessel.kind_confidence);
  if (const auto named = conceptOf(vessel.name)) {
    tree.code(kContains, Concept::vessel_name, *named);
  }
  share(Concept::name_confidence, vessel.name_confidence);
  share(Concept::tof_over_brain, vessel.evidence.tof_over_brain);
  share(Concept::ce_t1_over_brain, vessel.evidence.ce_t1_over_brain);
  share(Concept::t2_over_csf, vessel.evidence.t2_over_csf);
  items.yesOrNo(Concept::seen_on_tof, vessel.evidence.seen_on_tof);
  items.yesOrNo(Concept::seen_on_t2, vessel.evidence.seen_on_t2);
  items.tube(vessel.tube);
}

void describePad(const ReportItems& items, const Pad& pad) {
  ReportTree& tree = items.tree();
  tree.code(kContains, Concept::finding, Concept::implant);
  items.algorithm();
  items.facialNerve(pad.side);
  items.point(Concept::center, pad.center_mm);
  tree.number(kContains, {Concept::volume, pad.volume_mm3, Concept::cubic_millimeter});
}

void describeStudy(const ReportItems& items, const Assessment& assessment) {
  const Quality& quality = assessment.quality;
  ReportTree& tree = items.tree();
  items.algorithm();
  tree.number(kContains, {Concept::csf_snr, quality.csf_snr, Concept::no_units, kShareDecimals});
  const auto voxel = [&](Concept name, const std::optional<Vec3>& mm) {
    if (mm) {
      tree.text(kContains, name, numbersText({mm->x, mm->y, mm->z}, 4));
    }
  };
  voxel(Concept::acquired_voxel, quality.acquired_voxel_mm);
  voxel(Concept::reconstructed_voxel, quality.reconstructed_voxel_mm);
  if (quality.resolution) {
    tree.code(kContains, Concept::resolution, conceptOf(*quality.resolution));
  }
  items.yesOrNo(Concept::pads_looked_for, assessment.pads.has_value());
  items.words(kContains, Concept::study_label, assessment.label);
  for (const std::string& warning : assessment.warnings) {
    items.words(kContains, Concept::warning, warning);
  }
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
        tree_(tree,
              assessment.quality.resolution == Resolution::too_thick
                  ? Concept::measurement_not_attempted
                  : Concept::measurement_failure,
              hasUtf8Texts(context.source)),
        items_(tree_, context) {}

  void write() {
    tree_.root(Concept::imaging_measurement_report, "1500", [&] {
      tree_.code(kModifier, Concept::language, Concept::english);
      if (options_.review) {
        items_.personObserves(personName(options_.review->reviewed.reader));
      }
      items_.programObserves();
      tree_.code(kModifier, Concept::procedure_reported, Concept::brain_mri);
      addImageLibrary(tree_, {&context_.source});
      measurements();
      derivedMeasurements();
    });
  }

 private:
  /// Where a person observed as well, what the program alone says is marked as the program's.
  void observer() const {
    if (options_.review) {
      items_.programObserves();
    }
  }

  void group(const std::string& id, const ReportItems::Body& body) const { group(id, id, body); }
  void group(const std::string& id, const std::string& identity,
             const ReportItems::Body& body) const {
    items_.group(id, identity, [&] {
      observer();
      body();
    });
  }

  void measurements() {
    tree_.container(Concept::imaging_measurements, nullptr, [&] {
      structureGroups();
      for (const auto& side : assessment_.sides) {
        sideGroup(side);
        for (const auto& contact : side.contacts) {
          contactGroup(side.side, contact);
        }
      }
      addSurroundings();
      if (options_.review) {
        addReview(items_, *options_.review);
      }
      tree_.text(kContains, Concept::comment, std::string(kResearchUseOnly));
    });
  }

  void addSurroundings() {
    for (const Vessel& vessel : assessment_.vessels) {
      group("vessel " + vessel.id, segmentId(vessel), [&] { describeVessel(items_, vessel); });
    }
    if (assessment_.pads) {
      for (const Pad& pad : *assessment_.pads) {
        group("pad " + pad.id, [&] { describePad(items_, pad); });
      }
    }
    group("study", [&] { describeStudy(items_, assessment_); });
  }

  void derivedMeasurements() {
    const bool any = std::any_of(assessment_.sides.begin(), assessment_.sides.end(),
                                 [](const SideAssessment& s) { return !s.contacts.empty(); });
    if (!any) {
      return;
    }
    tree_.container(Concept::derived_imaging_measurements, nullptr, [&] {
      observer();
      for (const auto& side : assessment_.sides) {
        for (const auto& contact : side.contacts) {
          derivedGap(side.side, contact);
        }
      }
    });
  }

  void structureGroups() {
    const auto volumes = volumesOf(structures_);
    for (const auto& segment : segments_) {
      structureGroup(segment, volumes.at(segment.segment_id));
    }
  }

  void structureGroup(const SegmentReference& reference, double volume_mm3) {
    const auto segment =
        std::find_if(structures_.segments.begin(), structures_.segments.end(),
                     [&](const imaging::Segment& s) { return s.id == reference.segment_id; });
    groups_[reference.segment_id] = tree_.container(Concept::measurement_group, "1411", [&] {
      items_.track(segment->id, reference.tracking_uid);
      observer();
      tree_.code(kContains, Concept::finding_category, segment->category);
      tree_.code(kContains, Concept::finding, segment->type);
      tree_.image(kContains, Concept::referenced_segment, UID_SegmentationStorage,
                  segmentationUid(SegmentationType::binary, context_), reference.number);
      tree_.uid(kContains, Concept::source_series, context_.source.t2().series_instance_uid);
      items_.algorithm();
      items_.site(segment->type, segment->type_modifier);
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
    group("side " + std::string(name(side.side)), [&] {
      tree_.code(kContains, Concept::finding, conceptOf(side.finding));
      items_.algorithm();
      items_.facialNerve(side.side);
      items_.nerve(side.nerve);
      for (const auto& zone : side.zones) {
        items_.zone(zone);
      }
    });
  }

  void contactGroup(Side side, const Contact& contact) {
    group("contact " + contact.id, [&] {
      tree_.code(kContains, Concept::finding, Concept::near_vessel);
      items_.algorithm();
      items_.facialNerve(side);
      items_.words(kContains, Concept::vessel_id, contact.vessel_id);
      items_.judgements(contact);
      for (const Measure& measure : measuresOf(contact)) {
        tree_.number(kContains, measure);
      }
    });
  }

  void derivedGap(Side side, const Contact& contact) {
    tree_.number(kContains, gapOf(contact), [&] {
      for (const std::string& id : {nerveId(side), vesselSegmentId(contact)}) {
        const auto group = groups_.find(id);
        if (group != groups_.end()) {
          tree_.refer(kInferred, group->second);
        }
      }
      items_.nearestPair(kInferred, contact);
      tree_.text(kProperty, Concept::tracking_identifier, "contact " + contact.id);
    });
  }

  const Assessment& assessment_;
  const imaging::Segmentation& structures_;
  const std::vector<SegmentReference>& segments_;
  const ExportContext& context_;
  const ReportOptions& options_;
  ReportTree tree_;
  ReportItems items_;
  std::map<std::string, std::size_t> groups_;  ///< content items of the segments' groups
};

/// A name beyond ASCII needs the study's texts to be in UTF-8, as the name is.
void requireWritable(const std::string& reader, const ExportContext& context) {
  const bool ascii = std::all_of(reader.begin(), reader.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 128; });
  if (!ascii && !hasUtf8Texts(context.source)) {
    throw Error(
        ErrorCode::usage,
        "the study's character set is not UTF-8, and cannot hold the name of the reader " + reader,
        "Save the review under a name in ASCII, such as initials.");
  }
}

void addSegmentation(DSRSOPInstanceReferenceList& evidence, const ExportContext& context) {
  requireDone(evidence.addItem(context.source.studyInstanceUid().c_str(),
                               segmentationSeriesUid(SegmentationType::binary, context).c_str(),
                               UID_SegmentationStorage,
                               segmentationUid(SegmentationType::binary, context).c_str()));
}

constexpr const char* kReport = "sr";

/// A moment as DICOM's date and time.
struct Moment {
  std::string date;
  std::string time;
};

Moment momentOf(std::chrono::system_clock::time_point time) {
  std::string digits = utcText(time);
  digits.erase(std::remove_if(digits.begin(), digits.end(),
                              [](unsigned char c) { return std::isdigit(c) == 0; }),
               digits.end());
  constexpr std::size_t kDateDigits = 8;
  return {digits.substr(0, kDateDigits), digits.substr(kDateDigits)};
}

/// The program's own report is what a review changes.
void putReview(DSRDocument& document, const ReportReview& review, const ExportContext& context) {
  requireDone(document.getPredecessorDocuments().addItem(
      context.source.studyInstanceUid().c_str(), seriesUidOf(context, kReport).c_str(),
      UID_Comprehensive3DSRStorage, instanceUidOf(context, kReport).c_str()));
  if (!review.organization.empty()) {
    const Moment moment = momentOf(review.reviewed.time);
    requireDone(document.verifyDocument(personName(review.reviewed.reader).c_str(),
                                        review.organization.c_str(),
                                        (moment.date + moment.time).c_str()));
  }
}

ObjectIdentity identityOf(const ReportOptions& options) {
  ObjectIdentity identity;
  identity.sop_class_uid = UID_Comprehensive3DSRStorage;
  identity.modality = "SR";
  identity.kind = kReport;
  identity.description = "measurements";
  identity.series_number = kReportSeries;
  identity.instance = options.review ? 1 + options.review->number : 1;
  return identity;
}

/// A report with a review is another object than one with the reader's review of before, made when
/// the review was.
void putReviewIdentity(DcmDataset& dataset, const ReportReview& review,
                       const ExportContext& context) {
  put(dataset, DCM_SOPInstanceUID,
      instanceUidOf(context, std::string(kReport) + "/" + review.fingerprint));
  const Moment moment = momentOf(review.reviewed.time);
  for (const auto& tag : {DCM_ContentDate, DCM_InstanceCreationDate}) {
    put(dataset, tag, moment.date);
  }
  for (const auto& tag : {DCM_ContentTime, DCM_InstanceCreationTime}) {
    put(dataset, tag, moment.time);
  }
  DcmItem* observer = nullptr;
  if (dataset.findAndGetSequenceItem(DCM_VerifyingObserverSequence, observer).good()) {
    // DCMTK's document takes no offset from UTC.
    put(*observer, DCM_VerificationDateTime, moment.date + moment.time + "+0000");
  }
}

}  // namespace

void writeMeasurementReport(const Assessment& assessment, const imaging::Segmentation& structures,
                            const std::vector<SegmentReference>& segments,
                            const ExportContext& context, const ReportOptions& options,
                            const std::filesystem::path& path) {
  DSRDocument document(DSRTypes::DT_Comprehensive3DSR);
  declareTexts(document);
  if (options.review) {
    requireWritable(options.review->reviewed.reader, context);
  }
  ReportWriter(assessment, structures, segments, context, options, document.getTree()).write();
  addEvidence(document.getCurrentRequestedProcedureEvidence(), context.source);
  if (!segments.empty()) {
    addSegmentation(document.getCurrentRequestedProcedureEvidence(), context);
  }
  requireDone(document.completeDocument());
  if (options.review) {
    putReview(document, *options.review, context);
  }
  DcmDataset dataset;
  requireDone(document.write(dataset));
  putCommon(dataset, context, identityOf(options));
  if (options.review) {
    putReviewIdentity(dataset, *options.review, context);
  }
  save(dataset, path);
}

}  // namespace neurovasc::interop
