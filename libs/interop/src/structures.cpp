#include "neurovasc/interop/structures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/interop/codes.h"
#include "vocabulary.h"

namespace neurovasc::interop {
namespace {

using imaging::Segment;
using Color = std::array<double, 3>;

constexpr Color kYellow = {0.94, 0.89, 0.26};
constexpr Color kGreen = {0.00, 0.62, 0.45};
constexpr Color kPaleGreen = {0.55, 0.75, 0.55};
constexpr Color kVermilion = {0.84, 0.37, 0.00};
constexpr Color kBlue = {0.00, 0.45, 0.70};
constexpr Color kPurple = {0.80, 0.47, 0.65};
constexpr Color kSky = {0.34, 0.71, 0.91};
constexpr Color kPaleSky = {0.60, 0.85, 0.95};
constexpr Color kPaleBlue = {0.85, 0.93, 0.98};
constexpr Color kGrey = {0.5, 0.5, 0.5};
constexpr Color kDarkGrey = {0.2, 0.2, 0.2};
constexpr Color kLightGrey = {0.80, 0.80, 0.78};
constexpr Color kIvory = {0.95, 0.92, 0.82};

/// A vessel's label may reach beyond its fitted tube, in a widening or a branching.
constexpr double kVesselReach_mm = 1.0;

Segment segment(Label label, const char* id, const char* name, const Color& color, Concept type,
                Concept category = Concept::anatomical_structure) {
  return {static_cast<std::uint8_t>(label), id, name, color, codeOf(category), codeOf(type), {}};
}

Segment ofSide(Segment segment, Side side) {
  segment.id += fmt::format("_{}", name(side));
  segment.name += fmt::format(", {}", name(side));
  segment.type_modifier = codeOf(side == Side::left ? Concept::left : Concept::right);
  return segment;
}

std::vector<Segment> nerveSegments() {
  const auto facial = [](Label label, Side side) {
    return ofSide(segment(label, "facial_nerve", "Facial nerve", kYellow, Concept::facial_nerve),
                  side);
  };
  const auto cochlear = [](Label label, Side side) {
    return ofSide(segment(label, "vestibulocochlear_nerve", "Vestibulocochlear nerve", kGreen,
                          Concept::vestibulocochlear_nerve),
                  side);
  };
  return {facial(Label::facial_nerve_left, Side::left),
          facial(Label::facial_nerve_right, Side::right),
          cochlear(Label::vestibulocochlear_nerve_left, Side::left),
          cochlear(Label::vestibulocochlear_nerve_right, Side::right),
          segment(Label::other_nerve, "other_nerves", "Other cranial nerves", kPaleGreen,
                  Concept::cranial_nerve)};
}

std::vector<Segment> vesselSegments() {
  return {
      segment(Label::artery, "artery", "Artery", kVermilion, Concept::artery),
      segment(Label::vein, "vein", "Vein", kBlue, Concept::vein),
      segment(Label::unknown_vessel, "unknown_vessel", "Vessel, artery or vein", kPurple,
              Concept::blood_vessel),
  };
}

std::vector<Segment> earSegments() {
  const auto labyrinth = [](Label label, Side side) {
    return ofSide(segment(label, "labyrinth", "Labyrinth", kSky, Concept::inner_ear), side);
  };
  const auto canal = [](Label label, Side side) {
    return ofSide(segment(label, "canal", "Internal auditory canal", kPaleSky,
                          Concept::internal_auditory_canal),
                  side);
  };
  return {labyrinth(Label::labyrinth_left, Side::left),
          labyrinth(Label::labyrinth_right, Side::right), canal(Label::canal_left, Side::left),
          canal(Label::canal_right, Side::right)};
}

std::vector<Segment> tissueSegments() {
  return {
      segment(Label::csf, "csf", "Cerebrospinal fluid", kPaleBlue, Concept::cerebrospinal_fluid,
              Concept::body_substance),
      segment(Label::brain, "brain", "Brainstem and cerebellum", kLightGrey, Concept::brain_stem),
      segment(Label::bone, "bone", "Bone and air", kIvory, Concept::bone),
      segment(Label::unexplained, "unexplained", "Unexplained tissue", kGrey,
              Concept::unexplained_tissue, Concept::tissue),
      segment(Label::pad, "pad", "Decompression pad", kDarkGrey, Concept::implant,
              Concept::physical_object)};
}

std::vector<Segment> allSegments() {
  std::vector<Segment> all;
  for (const auto& group : {nerveSegments(), vesselSegments(), earSegments(), tissueSegments()}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

const Segment& segmentOf(VesselKind kind) {
  const Label label = kind == VesselKind::artery ? Label::artery
                      : kind == VesselKind::vein ? Label::vein
                                                 : Label::unknown_vessel;
  return *std::find_if(segments().begin(), segments().end(), [label](const Segment& s) {
    return s.value == static_cast<std::uint8_t>(label);
  });
}

bool isVessel(std::uint8_t value) {
  return value == static_cast<std::uint8_t>(Label::artery) ||
         value == static_cast<std::uint8_t>(Label::vein) ||
         value == static_cast<std::uint8_t>(Label::unknown_vessel);
}

/// A vessel's tube with the box that its label can reach.
struct VesselReach {
  const Tube* tube;
  Box box;
};

std::vector<VesselReach> reaches(const std::vector<Vessel>& vessels) {
  std::vector<VesselReach> all;
  for (const auto& vessel : vessels) {
    const auto widest =
        std::max_element(vessel.tube.radius_mm.begin(), vessel.tube.radius_mm.end());
    all.push_back({&vessel.tube, vessel.tube.empty() ? Box{{1, 1, 1}, {-1, -1, -1}}
                                                     : boundingBox(vessel.tube.points_mm,
                                                                   *widest + kVesselReach_mm)});
  }
  return all;
}

double distanceToSurface(const Tube& tube, const Point3& p) {
  const Projection near = project(tube.points_mm, p);
  return near.distance_mm - valueAt(tube.points_mm, tube.radius_mm, near.arclength_mm);
}

/// The vessel whose surface is nearest to @p p, or none within reach.
std::optional<std::size_t> nearestVessel(const std::vector<VesselReach>& vessels, const Point3& p) {
  std::optional<std::size_t> nearest;
  double least = kVesselReach_mm;
  for (std::size_t i = 0; i < vessels.size(); ++i) {
    if (!vessels[i].box.contains(p)) {
      continue;
    }
    const double distance = distanceToSurface(*vessels[i].tube, p);
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}

/// Gives the vessels' voxels of slice @p k to their vessels, whose values start at @p first.
void divideSlice(LabelMap& labels, int k, const std::vector<VesselReach>& vessels,
                 std::size_t first) {
  for (int j = 0; j < labels.size()[1]; ++j) {
    for (int i = 0; i < labels.size()[0]; ++i) {
      std::uint8_t& value = labels(i, j, k);
      if (!isVessel(value)) {
        continue;
      }
      const auto vessel = nearestVessel(vessels, labels.geometry().toLps(i, j, k));
      value = vessel ? static_cast<std::uint8_t>(first + *vessel) : value;
    }
  }
}

void keepPresent(std::vector<Segment>& segments, const LabelMap& labels) {
  std::array<bool, 256> seen{};
  for (const std::uint8_t value : labels) {
    seen[value] = true;
  }
  segments.erase(std::remove_if(segments.begin(), segments.end(),
                                [&seen](const Segment& s) { return !seen[s.value]; }),
                 segments.end());
}

}  // namespace

const std::vector<Segment>& segments() {
  static const std::vector<Segment> all = allSegments();
  return all;
}

std::vector<Segment> segmentsIn(const LabelMap& labels) {
  std::vector<Segment> present = segments();
  keepPresent(present, labels);
  return present;
}

std::string segmentId(const Vessel& vessel) {
  return fmt::format("{}_{}", vessel.id, name(vessel.name));
}

Segment segmentOf(const Vessel& vessel) {
  Segment segment = segmentOf(vessel.kind);
  const auto named = conceptOf(vessel.name);
  segment.value = 0;
  segment.id = segmentId(vessel);
  segment.type = named ? codeOf(*named) : segment.type;
  segment.name = fmt::format("{} {}", named ? segment.type.meaning : segment.name, vessel.id);
  return segment;
}

imaging::Segmentation structuresOf(const LabelMap& labels, const std::vector<Vessel>& vessels,
                                   const StopToken& stop) {
  const std::size_t first = static_cast<std::size_t>(Label::pad) + 1;
  if (first + vessels.size() > std::numeric_limits<std::uint8_t>::max()) {
    throw Error(ErrorCode::internal,
                fmt::format("{} vessels are too many for one label map", vessels.size()));
  }
  imaging::Segmentation all{labels, segments()};
  const std::vector<VesselReach> reach = reaches(vessels);
  for (int k = 0; k < labels.size()[2]; ++k) {
    stop.throwIfStopped();
    divideSlice(all.labels, k, reach, first);
  }
  for (std::size_t i = 0; i < vessels.size(); ++i) {
    all.segments.push_back(segmentOf(vessels[i]));
    all.segments.back().value = static_cast<std::uint8_t>(first + i);
  }
  keepPresent(all.segments, all.labels);
  return all;
}

}  // namespace neurovasc::interop
