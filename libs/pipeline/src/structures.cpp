#include "structures.h"

#include <fmt/format.h>

namespace neurovasc::pipeline {
namespace {

using imaging::Code;
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

Code anatomicalStructure() { return {"SCT", "91723000", "Anatomical Structure"}; }
Code left() { return {"SCT", "7771000", "Left"}; }
Code right() { return {"SCT", "24028007", "Right"}; }

Segment segment(Label label, const char* id, const char* name, const Color& color, Code type,
                Code modifier = {}) {
  return {static_cast<std::uint8_t>(label),
          id,
          name,
          color,
          anatomicalStructure(),
          std::move(type),
          std::move(modifier)};
}

std::vector<Segment> nerveSegments() {
  const Code facial = {"SCT", "56052001", "Facial nerve"};
  const Code cochlear = {"SCT", "8598002", "Vestibulocochlear nerve"};
  return {
      segment(Label::facial_nerve_left, "facial_nerve_left", "Facial nerve, left", kYellow, facial,
              left()),
      segment(Label::facial_nerve_right, "facial_nerve_right", "Facial nerve, right", kYellow,
              facial, right()),
      segment(Label::vestibulocochlear_nerve_left, "vestibulocochlear_nerve_left",
              "Vestibulocochlear nerve, left", kGreen, cochlear, left()),
      segment(Label::vestibulocochlear_nerve_right, "vestibulocochlear_nerve_right",
              "Vestibulocochlear nerve, right", kGreen, cochlear, right()),
      segment(Label::other_nerve, "other_nerves", "Other cranial nerves", kPaleGreen,
              {"SCT", "25238003", "Cranial nerve"}),
  };
}

std::vector<Segment> vesselSegments() {
  return {
      segment(Label::artery, "artery", "Artery", kVermilion, {"SCT", "51114001", "Artery"}),
      segment(Label::vein, "vein", "Vein", kBlue, {"SCT", "29092000", "Vein"}),
      segment(Label::unknown_vessel, "unknown_vessel", "Vessel, artery or vein", kPurple,
              {"SCT", "59820001", "Blood vessel"}),
  };
}

std::vector<Segment> earSegments() {
  const Code labyrinth = {"99HFSNVC", "labyrinth", "Labyrinth"};
  const Code canal = {"SCT", "361078006", "Internal auditory canal"};
  return {
      segment(Label::labyrinth_left, "labyrinth_left", "Labyrinth, left", kSky, labyrinth, left()),
      segment(Label::labyrinth_right, "labyrinth_right", "Labyrinth, right", kSky, labyrinth,
              right()),
      segment(Label::canal_left, "canal_left", "Internal auditory canal, left", kPaleSky, canal,
              left()),
      segment(Label::canal_right, "canal_right", "Internal auditory canal, right", kPaleSky, canal,
              right()),
  };
}

std::vector<Segment> tissueSegments() {
  Segment csf = segment(Label::csf, "csf", "Cerebrospinal fluid", {0.85, 0.93, 0.98},
                        {"SCT", "65216001", "Cerebrospinal fluid"});
  csf.category = {"SCT", "91720002", "Body Substance"};
  Segment unexplained = segment(Label::unexplained, "unexplained", "Unexplained tissue",
                                {0.5, 0.5, 0.5}, {"99HFSNVC", "unexplained", "Unexplained tissue"});
  unexplained.category = {"SCT", "85756007", "Tissue"};
  Segment pad = segment(Label::pad, "pad", "Decompression pad", {0.2, 0.2, 0.2},
                        {"SCT", "40388003", "Implant"});
  pad.category = {"SCT", "260787004", "Physical object"};
  return {csf,
          segment(Label::brain, "brain", "Brainstem and cerebellum", {0.80, 0.80, 0.78},
                  {"SCT", "119238007", "Brain stem part"}),
          segment(Label::bone, "bone", "Bone and air", {0.95, 0.92, 0.82},
                  {"SCT", "272673000", "Bone"}),
          unexplained, pad};
}

std::vector<Segment> allSegments() {
  std::vector<Segment> all;
  for (const auto& group : {nerveSegments(), vesselSegments(), earSegments(), tissueSegments()}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

std::string nerveStem(NerveName name) {
  switch (name) {
    case NerveName::trigeminal:
      return "trigeminal_nerve";
    case NerveName::abducens:
      return "abducens_nerve";
    case NerveName::facial:
      return "facial_nerve";
    case NerveName::vestibulocochlear:
      return "vestibulocochlear_nerve";
    case NerveName::lower:
      return "lower_cranial_nerve";
    case NerveName::unknown:
      break;
  }
  return "nerve";
}

}  // namespace

const std::vector<Segment>& segments() {
  static const std::vector<Segment> all = allSegments();
  return all;
}

std::string stemOf(const Nerve& nerve) {
  return fmt::format("{}_{}", nerveStem(nerve.name), name(nerve.side));
}

std::string stemOf(const Vessel& vessel) {
  return fmt::format("{}_{}", vessel.id, name(vessel.name));
}

}  // namespace neurovasc::pipeline
