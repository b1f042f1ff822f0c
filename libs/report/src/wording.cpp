#include "wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "phrases.h"
#include "text_layout.h"

namespace neurovasc::report {
namespace {

/// Below this a vessel's name is offered as a possibility only. High: the confidence follows from
/// rules of position and has not been checked against vessels whose names are known.
constexpr double kNameIsLikely = 0.75;

struct Reach {
  double from_mm = 0;
  double to_mm = 0;
  bool cisternal = false;
};

Reach calibreReach(const Nerve& nerve) {
  const auto detachment = arclengthOf(nerve, nerve.landmarks.detachment_point);
  const auto porus = arclengthOf(nerve, nerve.landmarks.porus);
  if (detachment && porus && *detachment < *porus) {
    return {*detachment, *porus, true};
  }
  return {0, lengthOf(nerve.tube.points_mm), false};
}

}  // namespace

std::string fixed(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  return fmt::format("{:.{}f}", rounded == 0 ? 0.0 : rounded, decimals);
}

std::string withDoubt(double value_mm, const std::optional<double>& sd_mm) {
  return fixed(value_mm, 2) + (sd_mm ? " ± " + fixed(*sd_mm, 2) : "") + " mm";
}

std::string percent(double fraction) {
  return fixed(std::clamp(100 * fraction, 1.0, 99.0), 0) + " %";
}

std::string lapse(int days) {
  constexpr int kDaysInAWeek = 7;
  // From three weeks on, weeks are what is spoken of.
  constexpr int kDaysToWeeks = 21;
  days = std::abs(days);
  return days < kDaysToWeeks
             ? say("clinical.days", {{"days", std::to_string(days)}})
             : say("clinical.weeks", {{"weeks", std::to_string(days / kDaysInAWeek)}});
}

std::string roundedUp(double value_mm) {
  constexpr double kStepsPerMm = 10;
  constexpr double kRoundOff = 1e-9;
  return fixed(std::ceil(value_mm * kStepsPerMm - kRoundOff) / kStepsPerMm, 1);
}

std::string voxelText(const Vec3& v) {
  return fixed(v.x, 2) + " x " + fixed(v.y, 2) + " x " + fixed(v.z, 2);
}

std::string spaced(const std::string& text) { return text.empty() ? text : " " + text; }

std::string zoneWords(Zone zone) { return "the " + std::string(words(zone)); }

std::string zoneList(const std::vector<Zone>& zones) {
  std::vector<std::string> list;
  std::transform(zones.begin(), zones.end(), std::back_inserter(list), zoneWords);
  return inWords(list);
}

std::string vesselWords(const Contact& contact) {
  if (contact.kind == VesselKind::vein || contact.vessel_name == VesselName::vein) {
    return say("vessel.vein");
  }
  if (contact.vessel_name == VesselName::unknown) {
    return say(contact.kind == VesselKind::artery ? "vessel.artery" : "vessel.unknown");
  }
  const std::string name(neurovasc::name(contact.vessel_name));
  if (!nameIsLikely(contact)) {
    return say("vessel.possibly", {{"name", name}});
  }
  return say("vessel." + name);
}

bool nameIsLikely(const Contact& contact) {
  return contact.name_confidence.value_or(0) >= kNameIsLikely;
}

std::string placeWords(const Contact& contact) {
  const std::string at = contact.arclength_mm ? fixed(*contact.arclength_mm, 1) : "";
  if (!contact.zone) {
    return at.empty() ? "" : say("contact.at", {{"at", at}});
  }
  if (*contact.zone == Zone::root_exit_point && !at.empty()) {
    return spaced(say("contact.at_exit", {{"at", at}}));
  }
  const bool is_point =
      *contact.zone == Zone::root_detachment_point || *contact.zone == Zone::root_exit_point;
  return spaced(say(is_point ? "contact.at_zone" : "contact.in_zone",
                    {{"zone", zoneWords(*contact.zone)}})) +
         (at.empty() ? "" : say("contact.at", {{"at", at}}));
}

std::optional<double> arclengthOf(const Nerve& nerve, const std::optional<Landmark>& landmark) {
  if (!landmark || nerve.tube.empty()) {
    return std::nullopt;
  }
  return project(nerve.tube.points_mm, landmark->lps_mm).arclength_mm;
}

std::optional<Calibre> calibreOf(const Nerve& nerve) {
  const Tube& tube = nerve.tube;
  const Reach reach = calibreReach(nerve);
  const auto arclengths = arcLengths(tube.points_mm);
  Calibre calibre{0, HUGE_VAL, 0, reach.cisternal};
  int count = 0;
  for (std::size_t i = 0; i < std::min(tube.size(), tube.radius_mm.size()); ++i) {
    const double diameter = 2 * tube.radius_mm[i];
    if (arclengths[i] < reach.from_mm || arclengths[i] > reach.to_mm || !std::isfinite(diameter)) {
      continue;
    }
    calibre.mean_mm += diameter;
    ++count;
    if (diameter < calibre.smallest_mm) {
      calibre.smallest_mm = diameter;
      calibre.smallest_at_mm = arclengths[i];
    }
  }
  calibre.mean_mm /= std::max(count, 1);
  return count == 0 ? std::nullopt : std::optional<Calibre>(calibre);
}

bool hasImages(const Assessment& assessment) {
  return !assessment.series.empty() || assessment.quality.acquired_voxel_mm ||
         assessment.quality.reconstructed_voxel_mm;
}

bool isTooThick(const Assessment& assessment) {
  const Quality& quality = assessment.quality;
  return quality.resolution == Resolution::too_thick &&
         (quality.acquired_voxel_mm || quality.reconstructed_voxel_mm);
}

bool deforms(const Contact& contact) {
  const auto grade = contact.campos_benitez;
  return touches(contact) &&
         (grade == CamposBenitezGrade::moderate || grade == CamposBenitezGrade::severe ||
          contact.sindou == SindouGrade::ii || contact.sindou == SindouGrade::iii);
}

}  // namespace neurovasc::report
