#include "vessel_names.h"

namespace neurovasc::anatomy {

void nameVessels(Anatomy& anatomy) {
  for (Vessel& vessel : anatomy.vessels) {
    vessel.name = vessel.kind == VesselKind::vein ? VesselName::vein : VesselName::unknown;
  }
}

}  // namespace neurovasc::anatomy
