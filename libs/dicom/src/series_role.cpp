#include "neurovasc/dicom/series_role.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "neurovasc/core/text.h"
#include "neurovasc/dicom/resolution.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

/// What the physics of the sequence make of the contrast.
enum class Physics { unknown, bssfp, t2_spin_echo, tof_like, t1, t1_or_tof, other };

bool has(const std::vector<std::string>& codes, std::string_view code) {
  return std::any_of(codes.begin(), codes.end(),
                     [&](const std::string& c) { return lowered(c) == code; });
}

bool hasPart(const std::vector<std::string>& codes, std::string_view part) {
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& c) {
    return lowered(c).find(part) != std::string::npos;
  });
}

bool hasStart(const std::vector<std::string>& codes, std::string_view start) {
  return std::any_of(codes.begin(), codes.end(),
                     [&](const std::string& c) { return lowered(c).rfind(start, 0) == 0; });
}

/// Words of the series' names.
class Names {
 public:
  explicit Names(const SeriesFacts& facts)
      : text_(lowered(facts.description + " " + facts.protocol + " " + facts.sequence_name)) {
    for (const std::string_view word : words(text_)) {
      words_.emplace_back(word);
    }
  }

  /// The first of @p candidates that is a word, or, from four characters on, within one.
  template <std::size_t N>
  std::string_view find(const std::array<std::string_view, N>& candidates) const {
    for (const std::string_view candidate : candidates) {
      if (isWord(candidate) ||
          (candidate.size() >= 4 && text_.find(candidate) != std::string::npos)) {
        return candidate;
      }
    }
    return {};
  }

  bool isWord(std::string_view candidate) const {
    return std::find(words_.begin(), words_.end(), candidate) != words_.end();
  }
  bool contains(std::string_view part) const { return text_.find(part) != std::string::npos; }

 private:
  std::string text_;
  std::vector<std::string> words_;
};

// The vendors' names. Siemens: ci3d (CISS), tfi3d (TrueFISP), spc (SPACE); GE: FIESTA, CUBE;
// Philips: DRIVE, bFFE, bTFE, VISTA; Canon: FASE3D; Fujifilm: BASG; United Imaging: MATRIX.
constexpr std::array<std::string_view, 22> kCisternographyNames = {
    "ciss",   "ci3d",     "fiesta",  "cosmic",  "drive",     "bffe",     "btfe",  "b-ffe",
    "b-tfe",  "balanced", "bssfp",   "ssfp",    "truefisp",  "trufi",    "tfi3d", "cistern",
    "fase3d", "basg",     "t2space", "t2vista", "hypercube", "mrcistern"};
// Names of 3-D spin echoes that exist with T1, T2 and fluid-suppressed contrast.
constexpr std::array<std::string_view, 7> kVolumeSpinEchoNames = {
    "space", "spc", "vista", "cube", "matrix", "brainview", "isofse"};
constexpr std::array<std::string_view, 9> kTofNames = {"tof",   "3di",  "inflow", "inhance", "mra",
                                                       "angio", "s3di", "tofmra", "3dtof"};
constexpr std::array<std::string_view, 19> kT1Names = {
    "mprage", "bravo", "mp2rage", "vibe", "thrive", "lava", "spgr",    "fspgr", "tfl3d",  "tfl",
    "flash",  "t1",    "t1w",     "st1w", "t1tfe",  "3dt1", "vibrant", "disco", "quick3d"};
constexpr std::array<std::string_view, 13> kOtherNames = {
    "flair", "localizer", "localiser", "scout",     "survey", "dwi", "diffusion",
    "swi",   "swan",      "venobold",  "perfusion", "bold",   "fmap"};
constexpr std::array<std::string_view, 12> kAgentNames = {
    "gd",   "gad",          "gado",   "gadolinium", "km",       "contrast",
    "post", "postcontrast", "postgd", "dotarem",    "gadovist", "c+"};
constexpr std::array<std::string_view, 9> kNoAgentNames = {"pre",         "precontrast", "nativ",
                                                           "native",      "ohne",        "without",
                                                           "noncontrast", "unenhanced",  "pregd"};

bool saysAgent(const SeriesFacts& facts, const Names& names) {
  if (!names.find(kNoAgentNames).empty() || names.contains("w/o") ||
      names.contains("non-contrast")) {
    return false;
  }
  for (const char* after_surgery : {"post op", "postop", "post-op", "post_op"}) {
    if (names.contains(after_surgery)) {
      return facts.contrast_agent;
    }
  }
  return facts.contrast_agent || !names.find(kAgentNames).empty() || names.contains("+c") ||
         names.contains("+ c") || names.contains("c+") || names.isWord("ce") ||
         names.contains("+gd");
}

bool isGradientEcho(const SeriesFacts& facts) {
  return has(facts.scanning_sequence, "gr") || lowered(facts.echo_pulse_sequence) == "gradient";
}

bool isSpinEcho(const SeriesFacts& facts) {
  return !isGradientEcho(facts) &&
         (has(facts.scanning_sequence, "se") || lowered(facts.echo_pulse_sequence) == "spin");
}

bool within(const std::optional<double>& value, double least, double most) {
  return value && *value >= least && *value <= most;
}

bool isInverted(const SeriesFacts& facts) {
  return facts.inversion_recovery.value_or(false) || has(facts.scanning_sequence, "ir");
}

/// bSSFP by its numbers: a symmetric echo in a short TR with a large flip angle.
bool isBalanced(const SeriesFacts& facts) {
  if (lowered(facts.steady_state) == "free_precession") {
    return true;
  }
  const bool spoiled = lowered(facts.spoiling) == "rf" ||
                       (has(facts.sequence_variant, "sp") && !has(facts.sequence_variant, "ss"));
  if (spoiled && Names(facts).find(kCisternographyNames).empty()) {
    return false;
  }
  if (!within(facts.flip_angle_deg, 30, 90) || !within(facts.repetition_time_ms, 2.5, 25) ||
      !facts.echo_time_ms) {
    return false;
  }
  const double ratio = *facts.echo_time_ms / *facts.repetition_time_ms;
  return ratio >= 0.3 && ratio <= 0.65;
}

/// An angiogram's voxel: fine in the plane, slices of at most a millimetre and a half.
bool isAngiogramVoxel(const Vec3& voxel) {
  return voxel.x > 0 && voxel.x <= 1.05 && voxel.y <= 1.05 && voxel.z <= 1.6;
}

bool saysTimeOfFlight(const SeriesFacts& facts) {
  return facts.time_of_flight.value_or(false) || hasPart(facts.scan_options, "tof") ||
         lowered(facts.acquisition_contrast) == "tof";
}

Physics gradientEcho(const SeriesFacts& facts) {
  if (facts.echo_time_ms && *facts.echo_time_ms > 9) {
    return isBalanced(facts) ? Physics::bssfp : Physics::other;
  }
  if (saysTimeOfFlight(facts)) {
    return Physics::tof_like;
  }
  if (isInverted(facts) || within(facts.repetition_time_ms, 800, 4000)) {
    return Physics::t1;  // magnetisation prepared: TR is that of the preparation
  }
  if (isBalanced(facts)) {
    return Physics::bssfp;
  }
  if (!facts.repetition_time_ms || !facts.flip_angle_deg || !facts.echo_time_ms) {
    return facts.angio.value_or(false) ? Physics::tof_like : Physics::unknown;
  }
  if (within(facts.repetition_time_ms, 14, 60) && within(facts.flip_angle_deg, 10, 40)) {
    // The range of spoiled T1 echoes at 1.5 T; voxel, angiography flag and names decide.
    return facts.angio.value_or(false) || isAngiogramVoxel(facts.voxel_mm) ? Physics::tof_like
                                                                           : Physics::t1_or_tof;
  }
  return within(facts.repetition_time_ms, 2, 10) ? Physics::t1 : Physics::t1_or_tof;
}

Physics spinEcho(const SeriesFacts& facts) {
  if ((isInverted(facts) && !within(facts.inversion_time_ms, 0, 0)) ||
      within(facts.inversion_time_ms, 1000, 5000)) {
    return Physics::other;  // fluid or fat suppressed
  }
  if (!facts.echo_time_ms || !facts.repetition_time_ms) {
    return Physics::unknown;
  }
  if (*facts.echo_time_ms >= 75 && *facts.repetition_time_ms >= 900) {
    return Physics::t2_spin_echo;
  }
  return *facts.echo_time_ms <= 40 && *facts.repetition_time_ms <= 1300 ? Physics::t1
                                                                        : Physics::other;
}

Physics physicsOf(const SeriesFacts& facts) {
  if (has(facts.scanning_sequence, "ep") || facts.phase_contrast.value_or(false)) {
    return Physics::other;
  }
  if (isGradientEcho(facts)) {
    return gradientEcho(facts);
  }
  return isSpinEcho(facts) ? spinEcho(facts) : Physics::unknown;
}

bool isPhaseImage(const SeriesFacts& facts) {
  const std::string component = lowered(facts.complex_component);
  return component == "phase" || component == "real" || component == "imaginary" ||
         has(facts.image_type, "p") || hasStart(facts.image_type, "phase") ||
         has(facts.image_type, "fat");
}

std::string describe(const SeriesFacts& facts) {
  std::string out;
  const auto add = [&](const char* label, const std::optional<double>& value, const char* unit) {
    if (value) {
      out += (out.empty() ? "" : ", ") + std::string(label) + " " + fixedDecimals(*value, 1) + unit;
    }
  };
  add("TR", facts.repetition_time_ms, " ms");
  add("TE", facts.echo_time_ms, " ms");
  add("flip angle", facts.flip_angle_deg, " degrees");
  return out.empty() ? "" : " (" + out + ")";
}

RoleDecision t2Like(const SeriesFacts& facts, std::string reason) {
  const Vec3& v = facts.voxel_mm;
  const double coarsest = std::max({v.x, v.y, v.z});
  RoleDecision decision{SeriesRole::cisternography, {std::move(reason)}};
  if (resolutionOf(v) == Resolution::too_thick) {
    decision.role = SeriesRole::t2_thick;
    decision.reasons.push_back("voxel of " + fixedDecimals(coarsest, 2) + " mm, more than 1 mm");
  } else {
    decision.reasons.push_back("voxel of " + fixedDecimals(coarsest, 2) + " mm at most");
  }
  return decision;
}

RoleDecision t1Like(const SeriesFacts& facts, const Names& names, std::string reason) {
  if (saysAgent(facts, names)) {
    return {SeriesRole::ce_t1,
            {std::move(reason), facts.contrast_agent ? "contrast agent in the header"
                                                     : "the name speaks of contrast agent"}};
  }
  return {SeriesRole::t1, {std::move(reason)}};
}

/// T1 or TOF, where the numbers fit both.
RoleDecision t1OrTof(const SeriesFacts& facts, const Names& names) {
  const std::string reason = "short gradient echo" + describe(facts);
  if (!names.find(kTofNames).empty() && names.find(kT1Names).empty()) {
    return {SeriesRole::tof, {reason, "named as an angiogram"}};
  }
  return t1Like(facts, names, reason);
}

RoleDecision tofLike(const SeriesFacts& facts, const Names& names) {
  const std::string reason = "time of flight: spoiled gradient echo" + describe(facts);
  const bool named_tof = !names.find(kTofNames).empty();
  // A T1 volume with the numbers of a TOF: the name tells, unless the header says TOF itself.
  if (!saysTimeOfFlight(facts) && !named_tof && !names.find(kT1Names).empty()) {
    return t1Like(facts, names, "spoiled gradient echo" + describe(facts) + " named as T1");
  }
  // With a short TR and contrast agent an angiogram is a contrast-enhanced one.
  if (saysAgent(facts, names) && within(facts.repetition_time_ms, 0, 10)) {
    return t1Like(facts, names, "contrast-enhanced angiogram" + describe(facts));
  }
  return {SeriesRole::tof, {reason}};
}

/// Where the numbers are absent or fit nothing.
RoleDecision byName(const SeriesFacts& facts, const Names& names) {
  const bool t2_named = names.contains("t2");
  const bool t1_named = !names.find(kT1Names).empty();
  if (!names.find(kTofNames).empty()) {
    return {SeriesRole::tof, {"named as a time-of-flight angiogram"}};
  }
  if (!names.find(kCisternographyNames).empty() ||
      (!names.find(kVolumeSpinEchoNames).empty() && !t1_named) || (t2_named && !t1_named)) {
    return t2Like(facts, "named as a T2-like sequence");
  }
  if (t1_named) {
    return t1Like(facts, names, "named as a T1 sequence");
  }
  return {SeriesRole::other, {"neither numbers nor name tell the contrast"}};
}

/// Whether an image called derived was only filtered, normalised or corrected: all that follows
/// DERIVED and PRIMARY says no more than that.
bool isRetouched(const SeriesFacts& facts) {
  constexpr std::array<std::string_view, 19> kHarmless = {
      "",     "m",    "nd",   "norm",  "dis2d", "dis3d", "fil", "filtered",  "other",   "none",
      "pure", "scic", "m_se", "m_ffe", "m_ir",  "ffe",   "se",  "magnitude", "combined"};
  return std::all_of(
      facts.image_type.begin() + 1, facts.image_type.end(), [&](const std::string& c) {
        const std::string code = lowered(c);
        return code == "primary" ||
               std::find(kHarmless.begin(), kHarmless.end(), code) != kHarmless.end();
      });
}

std::optional<RoleDecision> excluded(const SeriesFacts& facts, const Names& names) {
  if (isPhaseImage(facts)) {
    return RoleDecision{SeriesRole::other,
                        {"a phase, real, imaginary or fat image, or a field map"}};
  }
  if (!names.find(kOtherNames).empty()) {
    return RoleDecision{SeriesRole::other, {"named as a sequence of another kind"}};
  }
  return std::nullopt;
}

}  // namespace

RoleDecision classifyRole(const SeriesFacts& facts) {
  const Names names(facts);
  if (const auto decision = excluded(facts, names)) {
    return *decision;
  }
  switch (physicsOf(facts)) {
    case Physics::bssfp:
      return t2Like(facts, "balanced steady state" + describe(facts));
    case Physics::t2_spin_echo:
      return t2Like(facts, "heavily T2-weighted spin echo" + describe(facts));
    case Physics::tof_like:
      return tofLike(facts, names);
    case Physics::t1:
      return t1Like(facts, names, "T1-weighted" + describe(facts));
    case Physics::t1_or_tof:
      return t1OrTof(facts, names);
    case Physics::other:
      return {SeriesRole::other, {"another contrast" + describe(facts)}};
    case Physics::unknown:
      break;
  }
  return byName(facts, names);
}

std::optional<SeriesRole> knownRole(const SeriesFacts& facts) {
  const Names names(facts);
  const SeriesRole role = classifyRole(facts).role;
  if (role == SeriesRole::other) {
    const bool has_numbers = facts.repetition_time_ms && facts.echo_time_ms &&
                             (isSpinEcho(facts) || facts.flip_angle_deg);
    const bool is_told =
        excluded(facts, names) ||
        (physicsOf(facts) == Physics::other && (has_numbers || has(facts.scanning_sequence, "ep")));
    return is_told ? std::optional<SeriesRole>(role) : std::nullopt;
  }
  // Between T1 and TOF the voxel decides, and names where they say so.
  if (physicsOf(facts) == Physics::t1_or_tof && facts.voxel_mm.x == 0 &&
      names.find(kTofNames).empty() && names.find(kT1Names).empty()) {
    return std::nullopt;
  }
  // "T2" alone may be thin or thick; the names of steady states and cisternography are thin ones'.
  const bool may_be_thick = role == SeriesRole::cisternography && facts.voxel_mm.z == 0 &&
                            names.find(kCisternographyNames).empty() &&
                            physicsOf(facts) != Physics::bssfp;
  return may_be_thick ? std::nullopt : std::optional<SeriesRole>(role);
}

bool namesAnAgent(const std::string& text) {
  const std::string agent = lowered(text);
  constexpr std::array<std::string_view, 8> kNone = {"",  "no",      "none", "n",
                                                     "0", "without", "n/a",  "nein"};
  return std::find(kNone.begin(), kNone.end(), agent) == kNone.end();
}

bool isDerived(const SeriesFacts& facts) {
  const std::string technique = lowered(facts.volume_technique);
  if (!technique.empty() && technique != "none") {
    return true;
  }
  constexpr std::array<std::string_view, 8> kComputed = {
      "mip", "minip", "mpr", "projection", "reformat", "map", "subtract", "resampled"};
  const bool computed = std::any_of(kComputed.begin(), kComputed.end(), [&](std::string_view part) {
    return hasPart(facts.image_type, part);
  });
  if (computed) {
    return true;
  }
  if (facts.image_type.empty() || lowered(facts.image_type[0]) != "derived") {
    return false;
  }
  if (has(facts.image_type, "secondary")) {
    return true;
  }
  return !facts.lossy && !isRetouched(facts);
}

}  // namespace neurovasc::dicom
