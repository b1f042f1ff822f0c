#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <fmt/format.h>

#include <string>

#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/interop/report_object.h"
#include "report_document.h"
#include "report_items.h"
#include "vocabulary.h"

namespace neurovasc::interop {
namespace {

constexpr int kReportSeries = 9013;
constexpr int kShareDecimals = 3;  ///< of probabilities and ratios, as in comparison.json
constexpr int kLengthDecimals = 4;
constexpr auto kContains = DSRTypes::RT_contains;
constexpr auto kContext = DSRTypes::RT_hasObsContext;
constexpr auto kModifier = DSRTypes::RT_hasConceptMod;
constexpr auto kProperty = DSRTypes::RT_hasProperties;

class ComparisonWriter {
 public:
  ComparisonWriter(const Comparison& comparison, const std::vector<SourceStudy>& earlier,
                   const ExportContext& context, DSRDocumentTree& tree)
      : comparison_(comparison),
        earlier_(earlier),
        context_(context),
        tree_(tree, Concept::measurement_failure, hasUtf8Texts(context.source)),
        items_(tree_, context) {}

  void write() {
    tree_.root(Concept::imaging_measurement_report, "1500", [&] {
      tree_.code(kModifier, Concept::language, Concept::english);
      items_.programObserves();
      tree_.code(kModifier, Concept::procedure_reported, Concept::brain_mri);
      imageLibrary();
      tree_.container(Concept::imaging_measurements, nullptr, [&] { measurements(); });
    });
  }

 private:
  void imageLibrary() {
    std::vector<const SourceStudy*> studies;
    for (const SourceStudy& study : earlier_) {
      studies.push_back(&study);
    }
    studies.push_back(&context_.source);
    addImageLibrary(tree_, studies);
  }

  void measurements() {
    for (std::size_t n = 0; n < comparison_.dates.size(); ++n) {
      dateGroup(n);
    }
    for (const SideComparison& side : comparison_.sides) {
      sideGroup(side);
      for (const TrackedContact& contact : side.contacts) {
        contactGroups(side.side, contact);
      }
    }
    for (const ComparedPad& pad : comparison_.pads) {
      padGroup(pad);
    }
    group("comparison", [&] { describeAll(); });
    tree_.text(kContains, Concept::comment, std::string(kResearchUseOnly));
  }

  /// The tracking UID lasts for all comparisons that end with this study.
  void group(const std::string& id, const ReportItems::Body& body) const {
    items_.group(id, "comparison/" + id, body);
  }

  /// TID 1502.
  void timePoint(std::size_t n) {
    tree_.text(kContext, Concept::time_point,
               fmt::format("date {} of {}", n + 1, comparison_.dates.size()));
    tree_.number(kContext, {Concept::time_point_order, n + 1.0, Concept::no_units, 0});
    if (const auto& days = comparison_.dates[n].days_since_first) {
      tree_.number(kContext, {Concept::offset_from_event, double(*days), Concept::day, 0},
                   [&] { tree_.code(kModifier, Concept::event_type, Concept::baseline); });
    }
  }

  void number(Concept name, const std::optional<double>& value, Concept unit = Concept::millimeter,
              int decimals = kLengthDecimals, const std::optional<double>& sd = std::nullopt) {
    if (value) {
      tree_.number(kContains, {name, value, unit, decimals, sd});
    }
  }

  void share(Concept name, const std::optional<double>& value) {
    number(name, value, Concept::no_units, kShareDecimals);
  }

  void answer(Concept question, const std::optional<bool>& yes) {
    if (yes) {
      items_.yesOrNo(question, *yes);
    }
  }

  void dateGroup(std::size_t n) {
    const ComparedDate& date = comparison_.dates[n];
    group(fmt::format("date {}", n + 1), [&] {
      timePoint(n);
      items_.algorithm();
      number(Concept::weeks_since_surgery, date.weeks_since_surgery, Concept::week, 0);
      if (date.registration) {
        number(Concept::registration_error, date.registration->error_mm);
        number(Concept::registration_there_and_back, date.registration->inverse_mm);
        number(Concept::registration_misfit, date.registration->landmark_mm);
        number(Concept::registration_quality, date.registration->quality, Concept::no_units);
      }
      for (const MeasuredAnew& anew : date.measured_anew) {
        tree_.code(kContains, Concept::measured_anew, conceptOf(anew.assessment.side));
      }
    });
  }

  void sideGroup(const SideComparison& side) {
    group("side " + std::string(name(side.side)), [&] {
      tree_.code(kContains, Concept::finding, conceptOf(side.outcome),
                 [&] { items_.words(kProperty, Concept::comment, side.reason); });
      items_.algorithm();
      items_.facialNerve(side.side);
      items_.yesOrNo(Concept::sign_of_surgery, side.sign_of_surgery);
      for (const FollowupFinding finding : side.findings) {
        tree_.code(kContains, Concept::followup_finding, conceptOf(finding));
      }
      for (const ComparedZone& zone : side.zones) {
        describe(zone);
      }
      describe(side.course);
    });
  }

  void describe(const ComparedZone& zone) {
    const auto told = [&](Concept question, bool yes) {
      tree_.code(kProperty, question, yes ? Concept::yes : Concept::no);
    };
    tree_.code(kContains, conceptOf(zone.zone), conceptOf(zone.now), [&] {
      tree_.code(kProperty, Concept::zone_at_first, conceptOf(zone.before));
      if (zone.explored) {
        told(Concept::zone_explored, *zone.explored);
      }
      told(Concept::pad_along_zone, zone.pad);
    });
  }

  void describe(const CourseSummary& course) {
    number(Concept::days_since_surgery, course.days_since_surgery, Concept::day, 0);
    items_.words(kContains, Concept::course_spasm, course.spasm);
    for (const std::string& diagnosis : course.look_alikes) {
      items_.words(kContains, Concept::course_look_alike, diagnosis);
    }
    items_.words(kContains, Concept::course_joint, course.joint);
    items_.yesOrNo(Concept::sides_disagree, course.sides_disagree);
  }

  void contactGroups(Side side, const TrackedContact& contact) {
    const std::string id = "contact " + contact.id;
    for (std::size_t n = 0; n < contact.dates.size(); ++n) {
      group(id, [&] {
        timePoint(n);
        tree_.code(kContains, Concept::finding, Concept::near_vessel);
        items_.algorithm();
        items_.facialNerve(side);
        describe(contact.dates[n]);
      });
    }
    group(id, [&] {
      tree_.code(kContains, Concept::finding, Concept::near_vessel);
      items_.algorithm();
      items_.facialNerve(side);
      describeChange(contact);
    });
  }

  void describe(const ContactSighting& seen) {
    items_.words(kContains, Concept::contact_id, seen.contact_id);
    items_.words(kContains, Concept::vessel_id, seen.vessel_id);
    tree_.code(kContains, Concept::vessel_kind, conceptOf(seen.kind));
    if (const auto named = conceptOf(seen.vessel_name)) {
      tree_.code(kContains, Concept::vessel_name, *named);
    }
    share(Concept::name_confidence, seen.name_confidence);
    number(Concept::distance, seen.distance_mm, Concept::millimeter, kLengthDecimals,
           seen.distance_sd_mm);
    share(Concept::contact_probability, seen.contact_probability);
    number(Concept::arc_length, seen.arclength_mm);
    if (seen.zone) {
      tree_.code(kContains, Concept::zone, conceptOf(*seen.zone));
    }
    tree_.code(kContains, Concept::contact_place, conceptOf(seen.place));
    items_.yesOrNo(Concept::may_be_clot, seen.may_be_clot);
    if (seen.since_previous) {
      tree_.code(kContains, Concept::contact_change, conceptOf(*seen.since_previous));
    }
  }

  void describeChange(const TrackedContact& contact) {
    if (contact.state) {
      tree_.code(kContains, Concept::contact_change, conceptOf(*contact.state));
    }
    number(Concept::arc_length, contact.arclength_mm);
    number(Concept::gap_change, contact.gap_change_mm, Concept::millimeter, kLengthDecimals,
           contact.gap_change_sd_mm);
    number(Concept::smallest_change, contact.smallest_change_mm);
    if (const auto& shift = contact.vessel_shift_mm) {
      number(Concept::vessel_shift, norm(*shift), Concept::millimeter, kLengthDecimals,
             contact.vessel_shift_sd_mm);
      items_.words(kContains, Concept::vessel_shift_lps,
                   numbersText({shift->x, shift->y, shift->z}, kLengthDecimals));
    }
    answer(Concept::deformity_recovered, contact.deformity_recovered);
    for (const std::string& pad : contact.near_pads) {
      items_.words(kContains, Concept::near_pad, pad);
    }
    if (contact.pad_order) {
      tree_.code(kContains, Concept::pad_order, conceptOf(*contact.pad_order));
    }
  }

  void padGroup(const ComparedPad& pad) {
    group(fmt::format("pad {} of date {}", pad.pad.id, pad.date + 1), [&] {
      timePoint(pad.date);
      tree_.code(kContains, Concept::finding, Concept::implant);
      items_.algorithm();
      items_.facialNerve(pad.pad.side);
      tree_.code(kContains, Concept::taken_for, conceptOf(pad.kind),
                 [&] { items_.words(kProperty, Concept::comment, pad.reason); });
      tree_.code(kContains, Concept::touches_nerve, conceptOf(pad.touches_nerve));
      number(Concept::distance, pad.distance_mm, Concept::millimeter, kLengthDecimals,
             pad.distance_sd_mm);
      number(Concept::pad_vessel_distance, pad.vessel_distance_mm);
      items_.words(kContains, Concept::vessel_id, pad.vessel_id);
      number(Concept::volume, pad.pad.volume_mm3, Concept::cubic_millimeter);
      number(Concept::least_volume, pad.least_volume_mm3, Concept::cubic_millimeter);
      number(Concept::most_volume, pad.most_volume_mm3, Concept::cubic_millimeter);
      answer(Concept::rim_enhances, pad.rim_enhances);
      number(Concept::pad_from, pad.from_mm);
      number(Concept::pad_to, pad.to_mm);
    });
  }

  void describeAll() const {
    items_.algorithm();
    items_.words(kContains, Concept::study_label, comparison_.label);
    for (const std::string& warning : comparison_.warnings) {
      items_.words(kContains, Concept::warning, warning);
    }
  }

  const Comparison& comparison_;
  const std::vector<SourceStudy>& earlier_;
  const ExportContext& context_;
  ReportTree tree_;
  ReportItems items_;
};

ObjectIdentity identity() {
  ObjectIdentity identity;
  identity.sop_class_uid = UID_Comprehensive3DSRStorage;
  identity.modality = "SR";
  identity.kind = "sr";
  identity.description = "measurements";
  identity.series_number = kReportSeries;
  return identity;
}

}  // namespace

void writeComparisonReport(const Comparison& comparison, const std::vector<SourceStudy>& earlier,
                           const ExportContext& context, const std::filesystem::path& path) {
  if (earlier.size() + 1 != comparison.dates.size()) {
    throw Error(ErrorCode::usage,
                fmt::format("the comparison has {} dates, the images of {} were named",
                            comparison.dates.size(), earlier.size() + 1));
  }
  DSRDocument document(DSRTypes::DT_Comprehensive3DSR);
  declareTexts(document);
  ComparisonWriter(comparison, earlier, context, document.getTree()).write();
  addEvidence(document.getCurrentRequestedProcedureEvidence(), context.source);
  for (const SourceStudy& study : earlier) {
    addEvidence(document.getPertinentOtherEvidence(), study);
  }
  requireDone(document.completeDocument());
  DcmDataset dataset;
  requireDone(document.write(dataset));
  putCommon(dataset, context, identity());
  save(dataset, path);
}

}  // namespace neurovasc::interop
