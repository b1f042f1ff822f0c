#include "neurovasc/contact/zones.h"

#include <algorithm>
#include <cmath>

#include "check.h"
#include "coordinate.h"
#include "neurovasc/core/text.h"

namespace neurovasc::contact {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kFwhmPerSigma = 2.3548;
constexpr double kStepMm = 0.25;
/// Attached segments are 8 to 10 mm long (Tomii 2003: 8 mm to the lateral transition zone).
constexpr double kUsualAttachedMm = 8.5;
/// Less than this of a zone before the nerve's line begins does not matter.
constexpr double kUnseenBeginningMm = 0.5;

double meanOf(const Vec3& v) { return std::cbrt(v.x * v.y * v.z); }

double sigmaOf(const FusedImage& image) { return meanOf(image.psf_fwhm_mm) / kFwhmPerSigma; }

/// R(q) of the header for the best of the search's scales (tubes of 0.4 and 0.65 mm radius).
double answerTo(double radius_mm, double sigma_mm) {
  constexpr double kContrast = 0.88;  // flowing blood in CSF
  const double q2 = radius_mm * radius_mm;
  double best = 0;
  for (const double scale_mm : {0.4 / std::sqrt(2.0), 0.65 / std::sqrt(2.0)}) {
    const double s2 = scale_mm * scale_mm;
    const double total2 = sigma_mm * sigma_mm + s2;
    best = std::max(best, std::exp(1.0) * s2 * kContrast * q2 / (2 * total2 * total2) *
                              std::exp(-q2 / (2 * total2)));
  }
  return best;
}

/// Diameter of the thinnest tube to which the filter answers well above @p t2's noise.
double thinnestAnswered(double sigma_mm, const FusedImage& t2, const TissueLevels& levels) {
  constexpr double kSeed = 0.24;
  constexpr double kNoiseSds = 5;      // Rose: what stands out in an image of many voxels
  constexpr double kNoiseShare = 0.6;  // of a voxel's noise that the filter lets through
  constexpr double kLargestMm = 10;    // more than any vessel: nothing is visible
  constexpr double kFineMm = 0.02;
  const double noise = levels.t2_csf > 0 ? t2.noise_sd / levels.t2_csf : 1;
  const double needed = std::max(kSeed, kNoiseSds * kNoiseShare * noise);
  const double widest = 2 * std::sqrt(2.0) * std::hypot(sigma_mm, 0.65 / std::sqrt(2.0));
  for (double d = meanOf(t2.acquired_voxel_mm) / 2; d <= widest; d += kFineMm) {
    if (answerTo(d / 2, sigma_mm) >= needed) {
      return d;
    }
  }
  return kLargestMm;
}

/// Arc length of @p mark on the nerve's tube; empty without either.
std::optional<double> onTube(const Nerve& nerve, const std::optional<Landmark>& mark) {
  if (!mark || nerve.tube.size() < 2) {
    return std::nullopt;
  }
  return project(nerve.tube.points_mm, mark->lps_mm).arclength_mm;
}

/// The coordinate from a root at @p root_mm of the tube, which is known to @p root_sd_mm.
NerveCoordinate coordinateFrom(const Nerve& nerve, std::optional<double> root_mm,
                               double root_sd_mm) {
  NerveCoordinate out;
  out.known = root_mm.has_value();
  out.root_mm = root_mm.value_or(0);
  out.end_mm = nerve.tube.size() < 2 ? 0 : lengthOf(nerve.tube.points_mm) - out.root_mm;
  if (const auto d = onTube(nerve, nerve.landmarks.detachment_point); d && root_mm) {
    out.detachment_mm = *d - out.root_mm;
    out.limit_sd_mm = std::hypot(root_sd_mm, nerve.landmarks.detachment_point->sd_mm);
  }
  if (const auto p = onTube(nerve, nerve.landmarks.porus); p && root_mm) {
    out.porus_mm = *p - out.root_mm;
  }
  return out;
}

/// Everything the six zones are judged by.
struct Scene {
  const FusedStudy& study;
  const Anatomy& anatomy;
  const Nerve& nerve;
  const ZoneOptions& options;
  NerveCoordinate coordinate;
};

std::vector<double> samplesOf(const Scene& scene, const ZoneFinding& zone) {
  std::vector<double> samples;
  const int steps = static_cast<int>(std::ceil((*zone.to_mm - *zone.from_mm) / kStepMm));
  for (int i = 0; i < steps; ++i) {
    samples.push_back(scene.coordinate.root_mm + *zone.from_mm + i * kStepMm);
  }
  return samples;
}

bool inField(const Scene& scene, const Point3& p) {
  const GridGeometry& acquired = scene.study.t2.series.geometry;
  const double margin = scene.options.field_margin_mm;
  return scene.study.grid.contains(p, margin) &&
         (acquired.voxelCount() == 0 || acquired.contains(p, margin));
}

/// Longest part of a zone over which the nerve's line is doubtful.
double doubtfulLength(const Scene& scene, const std::vector<double>& samples) {
  const Tube& tube = scene.nerve.tube;
  if (tube.confidence.empty()) {
    return 0;
  }
  double longest_mm = 0;
  double run_mm = 0;
  for (const double s : samples) {
    const double confidence = valueAt(tube.points_mm, tube.confidence, s);
    run_mm = confidence < scene.options.min_nerve_confidence ? run_mm + kStepMm : 0;
    longest_mm = std::max(longest_mm, run_mm);
  }
  return longest_mm;
}

bool besideUnexplained(const Scene& scene, const Point3& p) {
  const auto& tissues = scene.anatomy.unexplained;
  return std::any_of(tissues.begin(), tissues.end(), [&](const UnexplainedTissue& tissue) {
    const double radius = std::cbrt(3 * tissue.volume_mm3 / (4 * kPi));
    return tissue.side == scene.nerve.side &&
           tissue.volume_mm3 >= scene.options.unexplained_volume_mm3 &&
           distance(tissue.center_mm, p) <= radius + scene.options.unexplained_reach_mm;
  });
}

bool onBrain(Zone zone) { return zone == Zone::root_exit_point || zone == Zone::attached_segment; }

double largestUnseen(const Scene& scene, Zone zone) {
  return onBrain(zone) && !scene.study.tof ? scene.options.largest_unseen_on_brain_mm
                                           : scene.options.largest_unseen_mm;
}

/// On the pons veins look like the nerve itself without contrast agent; in the canal all that TOF
/// does not show looks like VIII's branches.
std::vector<VesselKind> kindsSeen(Zone zone, const FusedStudy& study) {
  const bool all = study.ce_t1 || !(onBrain(zone) || zone == Zone::internal_canal);
  return all ? std::vector<VesselKind>{VesselKind::artery, VesselKind::vein}
             : std::vector<VesselKind>{VesselKind::artery};
}

/// Why a zone cannot be judged, apart from its contacts; empty if it can.
std::string obstacleIn(const Scene& scene, const ZoneFinding& zone) {
  const std::vector<double> samples = samplesOf(scene, zone);
  if (samples.empty()) {
    return "this nerve has no such zone";
  }
  if (!scene.coordinate.known && onBrain(zone.zone)) {
    return "the root exit point was not found";
  }
  const auto& line = scene.nerve.tube.points_mm;
  if (*zone.from_mm + scene.coordinate.root_mm < -kUnseenBeginningMm ||
      *zone.to_mm + scene.coordinate.root_mm > lengthOf(line) + kStepMm) {
    return "the nerve is not seen here";
  }
  if (doubtfulLength(scene, samples) > scene.options.max_doubtful_mm) {
    return "the nerve's line is doubtful here";
  }
  for (const double s : samples) {
    const Point3 p = pointAt(line, s);
    if (!inField(scene, p)) {
      return "outside the field of view";
    }
    if (isBesideMissingSlice(scene.study.t2.series, p, scene.options.field_margin_mm)) {
      return "slices missing here";
    }
    if (besideUnexplained(scene, p)) {
      return "unexplained tissue beside the nerve";
    }
  }
  if (*zone.smallest_vessel_mm > largestUnseen(scene, zone.zone)) {
    return "noise or resolution hides vessels of " + fixedDecimals(*zone.smallest_vessel_mm, 1) +
           " mm";
  }
  if (zone.zone == Zone::internal_canal && !scene.study.tof && !scene.study.ce_t1) {
    return "on T2 alone vessels in the canal cannot be told from its nerves";
  }
  return {};
}

/// The highest probability of the contacts that reach into a zone, or may do so within the error of
/// the zone's limits.
double probabilityIn(const ZoneFinding& zone, const std::vector<Contact>& contacts,
                     double limit_sd_mm) {
  double highest = 0;
  for (const Contact& contact : contacts) {
    if (contact.arclength_mm && contact.contact_probability &&
        reachesInto(zone, contact, limit_sd_mm)) {
      highest = std::max(highest, *contact.contact_probability);
    }
  }
  return highest;
}

/// Half the length of nerve that a contact takes up, at the least.
double halfLengthOf(const Contact& contact) {
  constexpr double kLeastReachMm = 0.5;
  return std::max(kLeastReachMm, contact.length_mm.value_or(0) / 2);
}

/// The probability that @p contact, if it is one, lies in @p zone as well, into which it may reach.
double shareIn(const ZoneFinding& zone, const Contact& contact, double limit_sd_mm) {
  const double half = halfLengthOf(contact);
  const double beyond_mm =
      std::max(*zone.from_mm - *contact.arclength_mm, *contact.arclength_mm - *zone.to_mm) - half;
  if (beyond_mm <= 0 || limit_sd_mm <= 0) return 1;
  return 0.5 * std::erfc(beyond_mm / (std::sqrt(2.0) * limit_sd_mm));
}

/// Whether @p contact, of which cannot be told whether it touches, may do so in @p zone.
bool mayTouchIn(const ZoneFinding& zone, const Contact& contact, double limit_sd_mm,
                const ZoneOptions& options) {
  const double probability = contact.contact_probability.value_or(0);
  if (!contact.arclength_mm || probability <= options.undecided_probability ||
      !reachesInto(zone, contact, limit_sd_mm)) {
    return false;
  }
  return contact.zone == zone.zone ||
         probability * shareIn(zone, contact, limit_sd_mm) > options.undecided_beside_probability;
}

void judge(const Scene& scene, const std::vector<Contact>& contacts, ZoneFinding& zone) {
  const double probability = probabilityIn(zone, contacts, scene.coordinate.limit_sd_mm);
  if (probability >= scene.options.contact_probability) {
    zone.status = ZoneStatus::contact;
    return;
  }
  zone.reason = obstacleIn(scene, zone);
  const bool near = std::any_of(contacts.begin(), contacts.end(), [&](const Contact& contact) {
    return mayTouchIn(zone, contact, scene.coordinate.limit_sd_mm, scene.options);
  });
  if (zone.reason.empty() && near) {
    zone.reason = "a vessel is too near to tell whether it touches";
  }
  zone.status = zone.reason.empty() ? ZoneStatus::clear : ZoneStatus::not_assessable;
}

std::vector<ZoneFinding> allUnknown(const std::string& reason) {
  std::vector<ZoneFinding> zones;
  zones.reserve(kZones.size());
  for (const Zone zone : kZones) {
    zones.push_back({zone, {}, {}, ZoneStatus::not_assessable, reason, {}, {}});
  }
  return zones;
}

std::string missingCoordinate(const FusedStudy& study, const Nerve& nerve,
                              const NerveCoordinate& coordinate) {
  if (nerve.status == NerveStatus::not_found || nerve.tube.size() < 2) {
    return nerve.reason.empty() ? "the facial nerve was not found" : nerve.reason;
  }
  if (std::string obstacle = studyObstacle(study); !obstacle.empty()) {
    return obstacle;
  }
  return coordinate.detachment_mm ? std::string{} : "detachment point of the nerve not found";
}

/// Takes back what would have been seen where nothing was looked at.
void forgetUnseen(std::vector<ZoneFinding>& zones) {
  for (ZoneFinding& zone : zones) {
    if (zone.status == ZoneStatus::not_assessable) {
      zone.kinds_seen.clear();
      zone.smallest_vessel_mm.reset();
    }
  }
}

/// @p contacts, all with arc lengths, if need be from a root that was assumed.
std::vector<Contact> withLengths(std::vector<Contact> contacts, const Scene& scene) {
  for (Contact& contact : contacts) {
    if (contact.nerve_point_mm && !contact.arclength_mm) {
      contact.arclength_mm =
          project(scene.nerve.tube.points_mm, *contact.nerve_point_mm).arclength_mm -
          scene.coordinate.root_mm;
    }
  }
  return contacts;
}

/// Takes back lengths from a root that was assumed.
void forgetLengths(std::vector<ZoneFinding>& zones) {
  for (ZoneFinding& zone : zones) {
    zone.from_mm.reset();
    zone.to_mm.reset();
  }
}

}  // namespace

void validate(const ZoneOptions& options) {
  require(options.limits.exit_mm >= 0, "zone limit exit_mm", "at least 0");
  require(options.limits.before_detachment_mm >= 0, "zone limit before_detachment_mm",
          "at least 0");
  require(options.limits.after_detachment_mm >= 0, "zone limit after_detachment_mm", "at least 0");
  require(options.limits.transition_mm >= options.limits.after_detachment_mm,
          "zone limit transition_mm", "at least after_detachment_mm");
  require(options.contact_probability > 0 && options.contact_probability < 1, "contact_probability",
          "between 0 and 1");
  require(options.undecided_probability > 0 &&
              options.undecided_probability <= options.contact_probability,
          "undecided_probability", "between 0 and contact_probability");
  require(options.undecided_beside_probability > 0 &&
              options.undecided_beside_probability <= options.undecided_probability,
          "undecided_beside_probability", "between 0 and undecided_probability");
  require(options.field_margin_mm >= 0, "field_margin_mm", "at least 0");
  require(options.largest_unseen_mm > 0, "largest_unseen_mm", "above 0");
  require(options.largest_unseen_on_brain_mm > 0, "largest_unseen_on_brain_mm", "above 0");
  require(options.min_nerve_confidence >= 0 && options.min_nerve_confidence <= 1,
          "min_nerve_confidence", "between 0 and 1");
  require(options.max_doubtful_mm >= 0, "max_doubtful_mm", "at least 0");
  require(options.unexplained_volume_mm3 > 0, "unexplained_volume_mm3", "above 0");
  require(options.unexplained_reach_mm >= 0, "unexplained_reach_mm", "at least 0");
}

NerveCoordinate nerveCoordinate(const Nerve& nerve) {
  const auto& mark = nerve.landmarks.root_exit_point;
  const auto root_mm = onTube(nerve, mark);
  return coordinateFrom(nerve, root_mm, mark ? mark->sd_mm : 0);
}

NerveCoordinate zoneCoordinate(const Nerve& nerve) {
  NerveCoordinate out = nerveCoordinate(nerve);
  const auto detachment_mm = onTube(nerve, nerve.landmarks.detachment_point);
  if (out.known || !detachment_mm) {
    return out;
  }
  out = coordinateFrom(nerve, *detachment_mm - kUsualAttachedMm, 0);
  out.known = false;
  return out;
}

std::optional<Zone> zoneOf(const NerveCoordinate& coordinate, double s_mm,
                           const ZoneLimits& limits) {
  if (!coordinate.detachment_mm) {
    return std::nullopt;
  }
  if (!coordinate.known && s_mm < *coordinate.detachment_mm - limits.before_detachment_mm) {
    return std::nullopt;
  }
  return zoneAt(s_mm, *coordinate.detachment_mm, coordinate.porus_mm.value_or(coordinate.end_mm),
                limits);
}

void placeOnNerve(const Nerve& nerve, double on_tube_mm, const ZoneLimits& limits,
                  Contact& contact) {
  const NerveCoordinate coordinate = zoneCoordinate(nerve);
  const double s_mm = on_tube_mm - coordinate.root_mm;
  if (coordinate.known) {
    contact.arclength_mm = s_mm;
  }
  contact.zone = zoneOf(coordinate, s_mm, limits);
}

bool reachesInto(const ZoneFinding& zone, const Contact& contact, double limit_sd_mm) {
  constexpr double kMostDoubtMm = 1.5;  // more would spread a contact over every zone
  if (contact.zone == zone.zone || !contact.arclength_mm || !zone.from_mm || !zone.to_mm) {
    return contact.zone == zone.zone;
  }
  const double reach = halfLengthOf(contact) + std::min(limit_sd_mm, kMostDoubtMm);
  return *contact.arclength_mm + reach >= *zone.from_mm &&
         *contact.arclength_mm - reach <= *zone.to_mm;
}

double smallestVisibleVesselMm(const FusedImage& t2, const TissueLevels& levels) {
  return thinnestAnswered(sigmaOf(t2), t2, levels);
}

double smallestVisibleOnBrainMm(const FusedStudy& study, const TissueLevels& levels) {
  if (study.tof) {
    return thinnestAnswered(std::max(sigmaOf(study.t2), sigmaOf(*study.tof)), study.t2, levels);
  }
  // Beside brain on one side and CSF on the other, blood of a tenth must pull the axis down to 0.7
  // of brain's third.
  constexpr double kShare = 0.83;
  const double as_void = sigmaOf(study.t2) * std::sqrt(-8 * std::log(1 - kShare));
  return std::max(as_void, smallestVisibleVesselMm(study.t2, levels));
}

std::string studyObstacle(const FusedStudy& study) {
  return study.resolution == Resolution::too_thick ? "the T2 series is too thick to measure on"
                                                   : std::string{};
}

std::vector<ZoneFinding> zoneFindings(const FusedStudy& study, const Anatomy& anatomy,
                                      const Nerve& nerve, const std::vector<Contact>& contacts,
                                      const ZoneOptions& options) {
  const Scene scene{study, anatomy, nerve, options, zoneCoordinate(nerve)};
  const std::string missing = missingCoordinate(study, nerve, scene.coordinate);
  if (!missing.empty()) {
    return allUnknown(missing);
  }
  const double end = scene.coordinate.end_mm;
  const auto ranges = zoneRanges(*scene.coordinate.detachment_mm,
                                 scene.coordinate.porus_mm.value_or(end), end, options.limits);
  const std::vector<Contact> placed = withLengths(contacts, scene);
  std::vector<ZoneFinding> zones;
  for (const ZoneRange& range : ranges) {
    ZoneFinding zone{range.zone, range.from_mm, range.to_mm, {}, {}, {}, {}};
    zone.smallest_vessel_mm = onBrain(range.zone)
                                  ? smallestVisibleOnBrainMm(study, anatomy.levels)
                                  : smallestVisibleVesselMm(study.t2, anatomy.levels);
    zone.kinds_seen = kindsSeen(range.zone, study);
    judge(scene, placed, zone);
    zones.push_back(std::move(zone));
  }
  if (!scene.coordinate.porus_mm && zones.back().status == ZoneStatus::clear) {
    zones.back().status = ZoneStatus::not_assessable;
    zones.back().reason = "the porus was not found";
  }
  forgetUnseen(zones);
  if (!scene.coordinate.known) forgetLengths(zones);
  return zones;
}

}  // namespace neurovasc::contact
