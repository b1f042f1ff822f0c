#pragma once

#include <array>
#include <functional>

#include "neurovasc/phantom/options.h"
#include "scene.h"

namespace neurovasc::phantom {

/// Timing of a sequence.
struct Timing {
  double repetition_ms = 0;
  double echo_ms = 0;
  double flip_deg = 0;
};

/// Relaxation at 3 T, ms, and proton density (Stanisz 2005; Wansapura 1999).
struct Relaxation {
  double t1_ms = 0;
  double t2_ms = 0;
  double density = 0;
};

/// Balanced SSFP at @p phase_rad of precession per repetition (Freeman, Hill 1971), TE = TR / 2:
///
///     S = M0 sin a (1 - E1) |1 - E2 exp(-i phase)| / (C cos phase + D) exp(-TE / T2)
double balancedSignal(const Relaxation& tissue, const Timing& timing, double phase_rad);

/// The larger of two scans with phase cycles 0 and pi: what CISS and FIESTA-C show on resonance.
double twoCycleSignal(const Relaxation& tissue, const Timing& timing);

/// Spoiled gradient echo after @p pulses excitations of fresh spins:
///
///     m(k + 1) = 1 - (1 - m(k) cos a) E1,   S = density m(pulses) sin a
double spoiledSignal(const Relaxation& tissue, const Timing& timing, double pulses);

/// What each tissue looks like in one series, image units.
struct Contrast {
  std::array<double, kTissues> levels{};
  /// Flowing arterial blood, by its mean speed and by how deep in the slab it is (mm).
  std::function<double(double speed_cm_s, double depth_mm)> artery;

  double of(Tissue tissue) const { return levels[static_cast<std::size_t>(tissue)]; }
};

/// CSF's level in T2 and white matter's in the others, image units.
inline constexpr double kCsfLevel = 700;
inline constexpr double kBrainLevel = 300;

Contrast t2Contrast(Sequence sequence, const Timing& timing);
Contrast tofContrast(const Timing& timing);
Contrast contrastT1Contrast(const Timing& timing);

}  // namespace neurovasc::phantom
