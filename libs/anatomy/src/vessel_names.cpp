#include "vessel_names.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "neurovasc/core/tube.h"
#include "pontomedullary_level.h"

namespace neurovasc::anatomy {
namespace {

/// Trunks: vertebral and basilar arteries are 2.8 mm wide and more, at times half that on one side;
/// cerebellar arteries 0.8 to 2.1 mm at their origin.
constexpr double kTrunkRadius_mm = 1.0;
constexpr double kThinTrunkRadius_mm = 0.75;
constexpr double kTrunkLength_mm = 6.0;
/// Cerebellar arteries are never as wide as this: radius of a trunk of any length, mm.
constexpr double kSureTrunkRadius_mm = 1.2;
/// On T2, 1 CSF, a trunk is a void or nearly so; what is brighter and was seen by neither TOF nor
/// CE-T1 is an artery by its course alone.
constexpr double kVoidTrunk = 0.3;
/// The basilar artery runs up the pons to this far above the roots of VII and more; a vertebral
/// artery, however tortuous, ends below, and comes from this far below them, mm.
constexpr double kBasilarTop_mm = 9.0;
constexpr double kVertebralEnd_mm = 5.0;
/// Two trunks meet when an end comes this near to the other one's, surface to surface, mm.
constexpr double kTrunksMeet_mm = 3.0;
/// The superior cerebellar artery leaves the basilar's top, this far above the roots of VII; AICA
/// leaves its lower half, mm.
constexpr double kSuperior_mm = 12.0;
/// AICA's loop reaches the porus; nothing else of its calibre does.
constexpr double kPorusReach_mm = 6.0;
/// PICA's loop descends along the medulla to this far below the roots of VII and more; AICA, also
/// one that leaves the vertebral artery's top, stays above, mm.
constexpr double kCaudal_mm = 9.0;
/// PICA comes up behind the olive: one of its ends lies this far below the roots of VII, no further
/// lateral than this of them, and no part of it as near to the midline as the basilar artery, mm.
/// AICA's loop hangs down as far, but out in the angle.
constexpr double kFromBelow_mm = 5.0;
constexpr double kBesideMedulla_mm = 5.5;
constexpr double kOffMidline_mm = 8.0;
/// How far from the midline the roots of VII lie where they are not known: half the pons, mm.
constexpr double kUsualRoot_mm = 12.0;

struct Named {
  VesselName name = VesselName::unknown;
  double confidence = 0;
};

class Namer {
 public:
  explicit Namer(Anatomy& anatomy)
      : anatomy_(anatomy), root_z_mm_(pontomedullaryLevelMm(anatomy)) {}

  void run() {
    nameVeins();
    nameTrunks();
    nameBranches();
    nameByCourse();
  }

 private:
  double headZ(const Point3& p) const { return anatomy_.frame.head_from_lps(p).z; }

  double meanZ(const Vessel& vessel) const {
    double sum = 0;
    for (const Point3& p : vessel.tube.points_mm) {
      sum += headZ(p);
    }
    return sum / static_cast<double>(vessel.tube.size());
  }

  double meanOffMidline(const Vessel& vessel) const {
    double sum = 0;
    for (const Point3& p : vessel.tube.points_mm) {
      sum += std::abs(anatomy_.frame.head_from_lps(p).x);
    }
    return sum / static_cast<double>(vessel.tube.size());
  }

  bool descends(const Vessel& vessel) const {
    const auto& points = vessel.tube.points_mm;
    return std::any_of(points.begin(), points.end(),
                       [&](const Point3& p) { return headZ(p) < root_z_mm_ - kCaudal_mm; });
  }

  /// Whether @p vessel comes up around the medulla, as PICA does.
  bool comesFromBelow(const Vessel& vessel) const {
    const auto& points = vessel.tube.points_mm;
    const bool medial = std::any_of(points.begin(), points.end(), [&](const Point3& p) {
      return std::abs(anatomy_.frame.head_from_lps(p).x) < kOffMidline_mm;
    });
    const Point3 low = end(vessel, false);
    return !medial && headZ(low) < root_z_mm_ - kFromBelow_mm && besideMedulla(low);
  }

  /// Whether @p p lies no further lateral than the medulla's surroundings reach.
  bool besideMedulla(const Point3& p) const {
    const double x = anatomy_.frame.head_from_lps(p).x;
    return std::abs(x) < rootOffMidline(x > 0) + kBesideMedulla_mm;
  }

  double rootOffMidline(bool left) const {
    const Side side = left ? Side::left : Side::right;
    for (const Nerve& nerve : anatomy_.nerves) {
      if (nerve.name == NerveName::facial && nerve.side == side && !nerve.tube.empty()) {
        return std::abs(anatomy_.frame.head_from_lps(nerve.tube.points_mm.front()).x);
      }
    }
    return kUsualRoot_mm;
  }

  static double medianRadius(const Vessel& vessel) {
    std::vector<double> radii = vessel.tube.radius_mm;
    const auto middle = radii.begin() + static_cast<std::ptrdiff_t>(radii.size() / 2);
    std::nth_element(radii.begin(), middle, radii.end());
    return *middle;
  }

  static void give(Vessel& vessel, VesselName name, double confidence) {
    vessel.name = name;
    vessel.name_confidence = confidence;
  }

  void nameVeins() {
    for (Vessel& vessel : anatomy_.vessels) {
      give(vessel, VesselName::unknown, 0);
      if (vessel.kind == VesselKind::vein) {
        give(vessel, VesselName::vein, vessel.kind_confidence);
      }
    }
  }

  static bool isKnownByCourse(const Vessel& vessel) {
    const VesselEvidence& seen = vessel.evidence;
    return !seen.tof_over_brain && !seen.ce_t1_over_brain && seen.t2_over_csf > kVoidTrunk;
  }

  bool isTrunk(const Vessel& vessel, double radius_mm) const {
    const double radius = medianRadius(vessel);
    return vessel.kind == VesselKind::artery && !isKnownByCourse(vessel) && radius >= radius_mm &&
           (radius >= kSureTrunkRadius_mm || lengthOf(vessel.tube.points_mm) >= kTrunkLength_mm);
  }

  /// Where the upper end of one trunk comes to the lower end of another: the vertebrobasilar
  /// junction.
  std::optional<Point3> trunksMeeting() const {
    std::optional<Point3> best;
    double nearest = kTrunksMeet_mm;
    for (const Vessel& below : anatomy_.vessels) {
      for (const Vessel& above : anatomy_.vessels) {
        if (&below == &above || !isTrunk(below, kThinTrunkRadius_mm) ||
            !isTrunk(above, kTrunkRadius_mm) || meanZ(below) >= meanZ(above)) {
          continue;
        }
        const Point3 top = end(below, true);
        const Point3 bottom = end(above, false);
        const double gap = distance(top, bottom) - medianRadius(above);
        if (gap < nearest) {
          nearest = gap;
          best = bottom;
        }
      }
    }
    return best;
  }

  /// The end of @p vessel that lies more cranial (or caudal).
  Point3 end(const Vessel& vessel, bool cranial) const {
    const Point3& a = vessel.tube.points_mm.front();
    const Point3& b = vessel.tube.points_mm.back();
    return (headZ(a) > headZ(b)) == cranial ? a : b;
  }

  void nameTrunks() {
    const std::optional<Point3> junction = trunksMeeting();
    for (Vessel& vessel : anatomy_.vessels) {
      if (isTrunk(vessel, kTrunkRadius_mm) || isThinVertebral(vessel, junction)) {
        give(vessel, isBasilar(vessel, junction) ? VesselName::basilar : VesselName::vertebral,
             junction ? 0.9 : 0.65);
      }
    }
  }

  bool isThinVertebral(const Vessel& vessel, const std::optional<Point3>& junction) const {
    return junction && isTrunk(vessel, kThinTrunkRadius_mm) && !reachesIntoTheAngle(vessel) &&
           distance(end(vessel, true), *junction) < kTrunksMeet_mm + 2 &&
           meanZ(vessel) < headZ(*junction) &&
           headZ(end(vessel, false)) < root_z_mm_ - kVertebralEnd_mm;
  }

  /// A vertebral artery as thin as a cerebellar one does not loop out as far as AICA.
  bool reachesIntoTheAngle(const Vessel& vessel) const {
    const auto& points = vessel.tube.points_mm;
    return std::any_of(points.begin(), points.end(),
                       [&](const Point3& p) { return !besideMedulla(p); });
  }

  /// By where the vertebral arteries are seen to meet, else by how far up it runs. A vertebral
  /// artery may loop above the place where they meet, but then far from the midline.
  bool isBasilar(const Vessel& vessel, const std::optional<Point3>& junction) const {
    return junction ? meanZ(vessel) > headZ(*junction) && meanOffMidline(vessel) < kOffMidline_mm
                    : headZ(end(vessel, true)) > root_z_mm_ + kBasilarTop_mm;
  }

  /// A vertebral artery traced on into the basilar bears one name; this far down it is vertebral.
  VesselName trunkAt(const Vessel& parent, const Point3& place) const {
    const bool below = headZ(place) < root_z_mm_ - kFromBelow_mm;
    return parent.name == VesselName::basilar && below ? VesselName::vertebral : parent.name;
  }

  /// What @p child is called, which leaves @p parent at @p place.
  Named branchOf(const Vessel& parent, const Vessel& child, const Point3& place) const {
    switch (trunkAt(parent, place)) {
      case VesselName::basilar:
        return {headZ(place) > root_z_mm_ + kSuperior_mm ? VesselName::sca : VesselName::aica,
                0.95 * parent.name_confidence};
      case VesselName::vertebral:
        return descends(child) || comesFromBelow(child)
                   ? Named{VesselName::pica, 0.9 * parent.name_confidence}
                   : Named{VesselName::aica, 0.6 * parent.name_confidence};
      case VesselName::unknown:
      case VesselName::vein:
        return {};
      default:
        return {comesFromBelow(child) ? VesselName::pica : parent.name,
                0.8 * parent.name_confidence};
    }
  }

  /// From the trunks outward, until no more vessel gets a name.
  void nameBranches() {
    bool again = true;
    while (again) {
      again = false;
      for (const VesselJunction& junction : anatomy_.junctions) {
        // The first vessel of a junction is the one that ends there.
        again = passOn(junction.vessels[1], junction.vessels[0], junction.lps_mm) || again;
        again = passOn(junction.vessels[0], junction.vessels[1], junction.lps_mm) || again;
      }
    }
  }

  bool passOn(std::size_t parent, std::size_t child, const Point3& place) {
    Vessel& vessel = anatomy_.vessels[child];
    if (vessel.kind != VesselKind::artery || vessel.name != VesselName::unknown) {
      return false;
    }
    const Named named = branchOf(anatomy_.vessels[parent], vessel, place);
    if (named.name == VesselName::unknown || named.confidence < 0.3) {
      return false;
    }
    give(vessel, named.name, named.confidence);
    return true;
  }

  double distanceToPorus(const Vessel& vessel) const {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Nerve& nerve : anatomy_.nerves) {
      if (nerve.name == NerveName::facial && nerve.landmarks.porus) {
        const Projection at = project(vessel.tube.points_mm, nerve.landmarks.porus->lps_mm);
        nearest = std::min(nearest, at.distance_mm);
      }
    }
    return nearest;
  }

  void nameByCourse() {
    for (Vessel& vessel : anatomy_.vessels) {
      if (vessel.kind != VesselKind::artery || vessel.name != VesselName::unknown) {
        continue;
      }
      const double z = meanZ(vessel) - root_z_mm_;
      if (z > kSuperior_mm) {
        give(vessel, VesselName::sca, 0.55);
      } else if (comesFromBelow(vessel)) {
        give(vessel, VesselName::pica, 0.6);
      } else if (distanceToPorus(vessel) < kPorusReach_mm) {
        give(vessel, VesselName::aica, 0.6);
      } else {
        give(vessel, descends(vessel) ? VesselName::pica : VesselName::aica, 0.5);
      }
    }
  }

  Anatomy& anatomy_;
  double root_z_mm_;
};

}  // namespace

void nameVessels(Anatomy& anatomy) { Namer(anatomy).run(); }

}  // namespace neurovasc::anatomy
