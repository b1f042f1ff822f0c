#include "report_items.h"

#include <cmath>

#include "dataset_writer.h"
#include "neurovasc/core/text.h"
#include "neurovasc/core/version.h"
#include "neurovasc/dicom/series_writer.h"
#include "vocabulary.h"

namespace neurovasc::interop {
namespace {

constexpr auto kContains = DSRTypes::RT_contains;
constexpr auto kContext = DSRTypes::RT_hasObsContext;
constexpr auto kModifier = DSRTypes::RT_hasConceptMod;
constexpr auto kProperty = DSRTypes::RT_hasProperties;

// As in assessment.json.
constexpr int kRadiusDecimals = 4;
constexpr int kConfidenceDecimals = 3;

}  // namespace

std::string numbersText(const std::vector<double>& values, int decimals) {
  std::string text;
  for (const double value : values) {
    text += text.empty() ? "" : " ";
    text += std::isfinite(value) ? fixedDecimals(value, decimals) : "-";
  }
  return text;
}

void ReportItems::group(const std::string& id, const std::string& identity,
                        const Body& body) const {
  tree_.container(Concept::measurement_group, "1501", [&] {
    track(id, trackingUidOf(context_, identity));
    body();
  });
}

void ReportItems::programObserves() const {
  tree_.code(kContext, Concept::observer_type, Concept::device);
  tree_.uid(kContext, Concept::device_observer_uid,
            dicom::uidFrom("neurovasc " + std::string(version())));
  tree_.text(kContext, Concept::device_observer_name, "neurovasc " + std::string(version()));
  tree_.text(kContext, Concept::device_observer_manufacturer, "The neurovasc authors");
  tree_.text(kContext, Concept::device_observer_model, "neurovasc");
}

void ReportItems::personObserves(const std::string& person_name) const {
  tree_.code(kContext, Concept::observer_type, Concept::person);
  tree_.person(kContext, Concept::person_observer_name, person_name);
}

void ReportItems::track(const std::string& id, const std::string& uid) const {
  tree_.text(kContext, Concept::tracking_identifier, id);
  tree_.uid(kContext, Concept::tracking_uid, uid);
}

void ReportItems::algorithm() const {
  tree_.text(kModifier, Concept::algorithm_name, "neurovasc");
  tree_.text(kModifier, Concept::algorithm_version, std::string(version()));
}

void ReportItems::site(const imaging::Code& where, const imaging::Code& laterality) const {
  tree_.code(kModifier, Concept::finding_site, where, [&] {
    if (!laterality.value.empty()) {
      tree_.code(kModifier, Concept::laterality, laterality);
    }
  });
}

void ReportItems::facialNerve(Side side) const {
  site(codeOf(Concept::facial_nerve), codeOf(conceptOf(side)));
}

void ReportItems::words(ReportTree::Relation relation, Concept name,
                        const std::string& words) const {
  if (!words.empty()) {
    tree_.text(relation, name, words);
  }
}

void ReportItems::yesOrNo(Concept name, bool yes) const {
  tree_.code(kContains, name, yes ? Concept::yes : Concept::no);
}

void ReportItems::judgements(const Contact& contact) const {
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

void ReportItems::nerve(const Nerve& nerve) const {
  tree_.code(kContains, Concept::nerve_status, conceptOf(nerve.status),
             [&] { words(kProperty, Concept::comment, nerve.reason); });
  landmarks(nerve.landmarks);
  tube(nerve.tube);
}

void ReportItems::landmarks(const NerveLandmarks& landmarks) const {
  landmark(Concept::root_exit_point, landmarks.root_exit_point);
  landmark(Concept::root_detachment_point, landmarks.detachment_point);
  landmark(Concept::porus, landmarks.porus);
}

void ReportItems::landmark(Concept name, const std::optional<Landmark>& landmark) const {
  if (!landmark) {
    return;
  }
  point(name, landmark->lps_mm);
  tree_.number(kContains, {Concept::landmark_sd, landmark->sd_mm}, [&] {
    tree_.code(kModifier, Concept::landmark, name);
    tree_.code(kProperty, Concept::placed_by_hand, landmark->manual ? Concept::yes : Concept::no);
  });
}

void ReportItems::zone(const ZoneFinding& zone) const {
  tree_.code(kContains, conceptOf(zone.zone), conceptOf(zone.status), [&] {
    words(kProperty, Concept::comment, zone.reason);
    const auto number = [&](Concept name, const std::optional<double>& value) {
      if (value) {
        tree_.number(kProperty, {name, value});
      }
    };
    number(Concept::zone_from, zone.from_mm);
    number(Concept::zone_to, zone.to_mm);
    number(Concept::smallest_vessel, zone.smallest_vessel_mm);
    for (const VesselKind kind : zone.kinds_seen) {
      tree_.code(kProperty, Concept::kind_seen, conceptOf(kind));
    }
  });
}

void ReportItems::tube(const Tube& tube) const {
  if (tube.empty()) {
    return;
  }
  tree_.points(kContains, Concept::centre_line, tube.points_mm,
               context_.source.t2().frame_of_reference_uid);
  words(kContains, Concept::radii, numbersText(tube.radius_mm, kRadiusDecimals));
  words(kContains, Concept::confidences, numbersText(tube.confidence, kConfidenceDecimals));
}

void ReportItems::point(Concept name, const Point3& lps_mm) const {
  tree_.points(kContains, name, {lps_mm}, context_.source.t2().frame_of_reference_uid);
}

void ReportItems::nearestPair(ReportTree::Relation relation, const Contact& contact) const {
  if (contact.nerve_point_mm && contact.vessel_point_mm) {
    tree_.points(relation, Concept::path, {*contact.nerve_point_mm, *contact.vessel_point_mm},
                 context_.source.t2().frame_of_reference_uid);
  }
}

}  // namespace neurovasc::interop
