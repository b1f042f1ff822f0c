#include "signal.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::phantom {
namespace {

constexpr double kPi = 3.141592653589793;

constexpr Relaxation kCsf = {4300, 2000, 1.0};
constexpr Relaxation kWhite = {960, 75, 0.70};
constexpr Relaxation kNerve = {1083, 78, 0.72};
constexpr Relaxation kArterialBlood = {1800, 200, 0.85};
constexpr Relaxation kVenousBlood = {1600, 50, 0.85};
constexpr Relaxation kFattyMarrow = {370, 60, 0.45};
constexpr Relaxation kChoroid = {1700, 150, 0.85};
/// Methaemoglobin some weeks old.
constexpr Relaxation kClot = {300, 60, 0.8};

/// Finite pulses and magnetisation transfer lower tissue against the simple formula by 10 to 25 %
/// (Bieri 2009); CSF has neither.
constexpr double kBalancedTissueScale = 0.8;
/// Magnetisation transfer of the TOF saturation pulses in white matter, 10 to 20 %.
constexpr double kTofTransferScale = 0.85;
/// Spins faster than this are gone between two pulses of balanced SSFP (empirical, 5 to 10 cm/s).
constexpr double kVoidSpeedCmS = 7;
constexpr double kVenousSpeedCmS = 2.5;
/// Felt of PTFE has no protons; CSF in its meshes shines through a little.
constexpr double kPadCsfShare = 0.08;
constexpr double kBoneShare = 0.02;

std::array<double, kTissues>& scale(std::array<double, kTissues>& levels, double factor) {
  for (double& level : levels) {
    level *= factor;
  }
  return levels;
}

double& at(Contrast& contrast, Tissue tissue) {
  return contrast.levels[static_cast<std::size_t>(tissue)];
}

/// Turbo spin echo. Long variable-flip trains keep the magnetisation partly longitudinal: their
/// contrast is that of a spin echo at about 0.45 of the echo time (Busse 2006).
double turboSignal(const Relaxation& tissue, const Timing& timing) {
  constexpr double kEffectiveEcho = 0.45;
  return tissue.density * std::exp(-kEffectiveEcho * timing.echo_ms / tissue.t2_ms);
}

/// Fills in what every sequence treats alike.
void addUnseen(Contrast& c) {
  at(c, Tissue::bone) = kBoneShare * at(c, Tissue::csf);
  at(c, Tissue::pad) = kPadCsfShare * at(c, Tissue::csf);
}

Contrast balancedContrast(const Timing& timing) {
  Contrast c;
  const auto tissue = [&timing](const Relaxation& r) {
    return kBalancedTissueScale * twoCycleSignal(r, timing);
  };
  at(c, Tissue::csf) = twoCycleSignal(kCsf, timing);
  at(c, Tissue::brain) = tissue(kWhite);
  at(c, Tissue::nerve) = tissue(kNerve);
  at(c, Tissue::marrow) = 0.6 * tissue(kFattyMarrow);
  at(c, Tissue::choroid) = tissue(kChoroid);
  at(c, Tissue::clot) = 0.5 * tissue(kClot);  // iron takes the rest
  at(c, Tissue::vein) = tissue(kVenousBlood) * std::exp(-kVenousSpeedCmS / kVoidSpeedCmS);
  at(c, Tissue::artery) = tissue(kArterialBlood);
  return c;
}

Contrast turboContrast(const Timing& timing) {
  Contrast c;
  at(c, Tissue::csf) = turboSignal(kCsf, timing);
  at(c, Tissue::brain) = turboSignal(kWhite, timing);
  at(c, Tissue::nerve) = turboSignal(kNerve, timing);
  at(c, Tissue::marrow) = 0.8 * turboSignal(kFattyMarrow, timing);
  at(c, Tissue::choroid) = turboSignal(kChoroid, timing);
  at(c, Tissue::clot) = turboSignal(kClot, timing);
  at(c, Tissue::vein) = turboSignal(kVenousBlood, timing) * std::exp(-kVenousSpeedCmS / 3);
  at(c, Tissue::artery) = turboSignal(kArterialBlood, timing);
  return c;
}

/// Pulses seen until saturation; no more change after it.
constexpr double kSteady = 400;

}  // namespace

double balancedSignal(const Relaxation& tissue, const Timing& timing, double phase_rad) {
  const double a = timing.flip_deg * kPi / 180;
  const double e1 = std::exp(-timing.repetition_ms / tissue.t1_ms);
  const double e2 = std::exp(-timing.repetition_ms / tissue.t2_ms);
  const double c = e2 * (e1 - 1) * (1 + std::cos(a));
  const double d = 1 - e1 * std::cos(a) - (e1 - std::cos(a)) * e2 * e2;
  const double turn = std::sqrt(1 - 2 * e2 * std::cos(phase_rad) + e2 * e2);
  return tissue.density * std::sin(a) * (1 - e1) * turn / (c * std::cos(phase_rad) + d) *
         std::exp(-0.5 * timing.repetition_ms / tissue.t2_ms);
}

double twoCycleSignal(const Relaxation& tissue, const Timing& timing) {
  return std::max(balancedSignal(tissue, timing, 0), balancedSignal(tissue, timing, kPi));
}

double spoiledSignal(const Relaxation& tissue, const Timing& timing, double pulses) {
  const double a = timing.flip_deg * kPi / 180;
  const double e1 = std::exp(-timing.repetition_ms / tissue.t1_ms);
  const double steady = (1 - e1) / (1 - std::cos(a) * e1);
  const double fresh = std::pow(std::cos(a) * e1, std::max(0.0, pulses));
  return tissue.density * std::sin(a) * (steady + (1 - steady) * fresh);
}

Contrast t2Contrast(Sequence sequence, const Timing& timing) {
  const bool balanced = sequence == Sequence::ciss || sequence == Sequence::fiesta_c;
  Contrast c = balanced ? balancedContrast(timing) : turboContrast(timing);
  addUnseen(c);
  scale(c.levels, kCsfLevel / c.of(Tissue::csf));
  const double still = c.of(Tissue::artery);
  // Spin echoes lose moving spins sooner.
  const double void_speed = balanced ? kVoidSpeedCmS : 0.5 * kVoidSpeedCmS;
  c.artery = [still, void_speed](double speed, double) {
    return still * std::exp(-speed / void_speed);
  };
  return c;
}

Contrast tofContrast(const Timing& timing) {
  Contrast c;
  const auto tissue = [&timing](const Relaxation& r) {
    return kTofTransferScale * spoiledSignal(r, timing, kSteady);
  };
  at(c, Tissue::csf) = spoiledSignal(kCsf, timing, kSteady);
  at(c, Tissue::brain) = tissue(kWhite);
  at(c, Tissue::nerve) = tissue(kNerve);
  at(c, Tissue::marrow) = 0.5 * spoiledSignal(kFattyMarrow, timing, kSteady);
  at(c, Tissue::choroid) = tissue(kChoroid);
  at(c, Tissue::clot) = spoiledSignal(kClot, timing, kSteady);
  at(c, Tissue::vein) = spoiledSignal(kVenousBlood, timing, kSteady);
  addUnseen(c);
  const double factor = kBrainLevel / c.of(Tissue::brain);
  scale(c.levels, factor);
  c.artery = [timing, factor](double speed, double depth) {
    const double travel_mm = std::max(0.1, speed * 10 * timing.repetition_ms / 1000);
    return factor * spoiledSignal(kArterialBlood, timing, depth / travel_mm);
  };
  return c;
}

Contrast contrastT1Contrast(const Timing& timing) {
  // 0.1 mmol/kg of gadolinium shortens the blood's T1 to 0.2 to 0.3 s.
  constexpr Relaxation kBloodWithGadolinium = {280, 100, 0.85};
  constexpr Relaxation kChoroidWithGadolinium = {420, 100, 0.85};
  Contrast c;
  const auto tissue = [&timing](const Relaxation& r) { return spoiledSignal(r, timing, kSteady); };
  at(c, Tissue::csf) = tissue(kCsf);
  at(c, Tissue::brain) = tissue(kWhite);
  at(c, Tissue::nerve) = tissue(kNerve);
  at(c, Tissue::marrow) = 0.6 * tissue(kFattyMarrow);
  at(c, Tissue::choroid) = tissue(kChoroidWithGadolinium);
  at(c, Tissue::clot) = tissue(kClot);
  at(c, Tissue::vein) = tissue(kBloodWithGadolinium);
  at(c, Tissue::artery) = c.of(Tissue::vein);
  addUnseen(c);
  scale(c.levels, kBrainLevel / c.of(Tissue::brain));
  const double blood = c.of(Tissue::artery);
  c.artery = [blood](double, double) { return blood; };
  return c;
}

}  // namespace neurovasc::phantom
