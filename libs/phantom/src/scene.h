#pragma once

#include <string>
#include <vector>

#include "head.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::phantom {

/// What a place is made of; index of Contrast::levels.
enum class Tissue {
  csf,
  brain,
  nerve,
  bone,
  marrow,
  artery,
  vein,
  pad,
  choroid,
  clot,
};
inline constexpr std::size_t kTissues = 10;

/// A tubular (or, with one point, round) thing, drawn over what was drawn before it.
struct Strand {
  std::string name;    ///< "VII left", "AICA right"
  std::string vessel;  ///< of vessels: "AICA", "vein of CP fissure"; else empty
  Tissue tissue = Tissue::nerve;
  Tube tube;
  double speed_cm_s = 0;  ///< of the blood, mean over the lumen
};

/// A ball with less signal: all of it beside metal, some where CSF flows.
struct Artefact {
  Point3 center;
  double radius_mm = 0;
  double loss = 1;  ///< share of the signal at the centre
};

/// All that is imaged, in the head frame.
struct Scene {
  HeadShape head;
  std::vector<Strand> strands;
  std::vector<Artefact> artefacts;   ///< in every series
  std::vector<Artefact> flow_voids;  ///< in T2
};

}  // namespace neurovasc::phantom
