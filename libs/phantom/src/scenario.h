#pragma once

#include <array>
#include <optional>
#include <vector>

#include "nerves.h"
#include "neurovasc/phantom/options.h"
#include "scene.h"
#include "vessels.h"

namespace neurovasc::phantom {

/// A pad and where it lies: beside the nerve, so far along it from the vessel's place.
struct PadPlan {
  Side side = Side::left;
  std::string vessel;  ///< whose place it is measured from
  double distal_mm = 0;
  int count = 1;  ///< of pads, each 6 mm distal of the one before
};

/// What a scenario means for one seed.
struct ScenarioPlan {
  Side side = Side::left;
  std::vector<Visit> visits;
  std::optional<PadPlan> pad;
  double clearance_mm = 0.8;  ///< of the vessels without a visit
  std::optional<Side> destroyed;
  bool markers = false;
};

/// Fills in what the options leave open. The choices depend on seed and option alone where a
/// `post_` scenario has to repeat those of `contact`.
ScenarioPlan planScenario(const PhantomOptions& options);

/// What a scenario sets where the options keep their defaults (`thick`).
PhantomOptions withScenarioDefaults(PhantomOptions options);

/// The head with its facial nerves.
struct DrawnHead {
  Scene scene;
  std::array<FacialNerve, 2> facial;
};

DrawnHead drawScene(const PhantomOptions& options, const ScenarioPlan& plan);

}  // namespace neurovasc::phantom
