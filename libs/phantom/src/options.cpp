#include "neurovasc/phantom/options.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"

namespace neurovasc::phantom {
namespace {

constexpr std::array<std::pair<Scenario, std::string_view>, 18> kScenarioNames = {{
    {Scenario::contact, "contact"},
    {Scenario::clear, "clear"},
    {Scenario::va, "va"},
    {Scenario::near, "near"},
    {Scenario::vein, "vein"},
    {Scenario::distal, "distal"},
    {Scenario::two, "two"},
    {Scenario::both, "both"},
    {Scenario::tandem, "tandem"},
    {Scenario::sandwich, "sandwich"},
    {Scenario::post_ok, "post_ok"},
    {Scenario::post_residual, "post_residual"},
    {Scenario::post_new, "post_new"},
    {Scenario::post_second, "post_second"},
    {Scenario::thick, "thick"},
    {Scenario::truncated, "truncated"},
    {Scenario::destroyed, "destroyed"},
    {Scenario::left_marker, "left_marker"},
}};

constexpr std::array<std::pair<Sequence, std::string_view>, 4> kSequenceNames = {{
    {Sequence::ciss, "ciss"},
    {Sequence::fiesta_c, "fiesta_c"},
    {Sequence::drive, "drive"},
    {Sequence::space, "space"},
}};

constexpr std::array<std::pair<Variety, std::string_view>, 2> kVarietyNames = {{
    {Variety::usual, "usual"},
    {Variety::varied, "varied"},
}};

constexpr std::array<std::pair<Decoy, std::string_view>, 6> kDecoyNames = {{
    {Decoy::flocculus, "flocculus"},
    {Decoy::choroid, "choroid"},
    {Decoy::lower_nerves, "lower_nerves"},
    {Decoy::csf_void, "csf_void"},
    {Decoy::gibbs, "gibbs"},
    {Decoy::banding, "banding"},
}};

/// The first of every pair.
template <typename T, std::size_t N>
std::vector<T> keysOf(const std::array<std::pair<T, std::string_view>, N>& table) {
  std::vector<T> keys;
  for (const auto& entry : table) {
    keys.push_back(entry.first);
  }
  return keys;
}

template <typename T, std::size_t N>
std::string_view nameIn(const std::array<std::pair<T, std::string_view>, N>& table, T value) {
  for (const auto& [entry, text] : table) {
    if (entry == value) {
      return text;
    }
  }
  throw Error(ErrorCode::internal, "a value of an enumeration without a name");
}

template <typename T, std::size_t N>
std::optional<T> findIn(const std::array<std::pair<T, std::string_view>, N>& table,
                        std::string_view text) {
  for (const auto& [entry, known] : table) {
    if (known == text) {
      return entry;
    }
  }
  return std::nullopt;
}

void require(bool holds, const char* option, const char* allowed) {
  if (!holds) {
    throw Error(ErrorCode::usage, std::string("phantom option ") + option + " is out of range",
                std::string("give ") + allowed);
  }
}

void requireWithin(double value, double low, double high, const char* option, const char* allowed) {
  require(value >= low && value <= high, option, allowed);  // false for NaN
}

void requireVoxel(const Vec3& voxel, const char* option) {
  for (int a = 0; a < 3; ++a) {
    requireWithin(voxel[a], 0.2, 3, option, "0.2 to 3 mm for each side of the voxel");
  }
}

void validateScenario(const PhantomOptions& o) {
  require(!o.zone || *o.zone != Zone::internal_canal, "zone", "a zone medial of the canal");
  require(o.scenario != Scenario::clear || (!o.zone && !o.gap_mm), "scenario",
          "zone and gap_mm only where a vessel is placed");
  require(o.scenario != Scenario::distal || !o.zone || *o.zone == Zone::cisternal_portion, "zone",
          "CP or none with the scenario distal");
  require(o.scenario != Scenario::tandem || !o.zone || *o.zone == Zone::attached_segment, "zone",
          "AS or none with the scenario tandem");
  require(o.scenario != Scenario::sandwich || !o.zone || *o.zone == Zone::transition_zone ||
              *o.zone == Zone::cisternal_portion,
          "zone", "TZ, CP or none with the scenario sandwich");
  require(o.scenario != Scenario::both || !o.one_sided, "one_sided",
          "a field of both sides with the scenario both");
}

void validateAnatomy(const PhantomOptions& o) {
  if (o.gap_mm) {
    requireWithin(*o.gap_mm, -0.6, 3, "gap_mm", "-0.6 to 3 mm");
  }
  if (o.diameter_mm) {
    requireWithin(*o.diameter_mm, 0.3, 6, "diameter_mm", "0.3 to 6 mm");
  }
  require(o.pad_count >= 1 && o.pad_count <= 3, "pad_count", "1 to 3");
  require(o.session >= 0 && o.session <= 9, "session", "0 to 9");
  if (o.head_rotation_deg) {
    for (int a = 0; a < 3; ++a) {
      requireWithin((*o.head_rotation_deg)[a], -30, 30, "head_rotation_deg", "-30 to 30 deg");
    }
  }
}

void validateImaging(const PhantomOptions& o) {
  requireVoxel(o.voxel_mm, "voxel_mm");
  const bool balanced = o.sequence == Sequence::ciss || o.sequence == Sequence::fiesta_c;
  require(balanced || !has(o, Decoy::banding), "decoys", "banding with ciss or fiesta_c only");
  requireVoxel(o.tof_voxel_mm, "tof_voxel_mm");
  requireVoxel(o.ce_t1_voxel_mm, "ce_t1_voxel_mm");
  require(o.interpolation >= 1 && o.interpolation <= 3, "interpolation", "1, 2 or 3");
  if (o.field_of_view_mm) {
    for (int a = 0; a < 3; ++a) {
      requireWithin((*o.field_of_view_mm)[a], 10, 260, "field_of_view_mm", "10 to 260 mm");
    }
  }
  requireWithin(o.csf_snr, 2, 1000, "csf_snr", "2 to 1000");
  requireWithin(o.tof_snr, 2, 1000, "tof_snr", "2 to 1000");
  requireWithin(o.ce_t1_snr, 2, 1000, "ce_t1_snr", "2 to 1000");
  requireWithin(o.bias_fraction, 0, 1, "bias_fraction", "0 to 1");
  requireWithin(o.flow_factor, 0, 3, "flow_factor", "0 to 3");
  requireWithin(o.slices_follow, 0, 1, "slices_follow", "0 to 1");
  requireWithin(o.tof_motion_mm, 0, 10, "tof_motion_mm", "0 to 10 mm");
  requireWithin(o.tof_motion_deg, 0, 10, "tof_motion_deg", "0 to 10 deg");
  require(o.threads >= 0, "threads", "0 (all) or more");
}

}  // namespace

std::string_view name(Scenario scenario) { return nameIn(kScenarioNames, scenario); }

std::optional<Scenario> parseScenario(std::string_view text) {
  return findIn(kScenarioNames, text);
}

const std::vector<Scenario>& allScenarios() {
  static const std::vector<Scenario> all = keysOf(kScenarioNames);
  return all;
}

std::string_view name(Sequence sequence) { return nameIn(kSequenceNames, sequence); }

std::optional<Sequence> parseSequence(std::string_view text) {
  return findIn(kSequenceNames, text);
}

std::string_view name(Variety variety) { return nameIn(kVarietyNames, variety); }

std::optional<Variety> parseVariety(std::string_view text) { return findIn(kVarietyNames, text); }

std::string_view name(Decoy decoy) { return nameIn(kDecoyNames, decoy); }

std::optional<Decoy> parseDecoy(std::string_view text) { return findIn(kDecoyNames, text); }

const std::vector<Decoy>& allDecoys() {
  static const std::vector<Decoy> all = keysOf(kDecoyNames);
  return all;
}

bool has(const PhantomOptions& options, Decoy decoy) {
  return std::find(options.decoys.begin(), options.decoys.end(), decoy) != options.decoys.end();
}

void validate(const PhantomOptions& options) {
  validateScenario(options);
  validateAnatomy(options);
  validateImaging(options);
}

}  // namespace neurovasc::phantom
