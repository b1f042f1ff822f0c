#include "neurovasc/core/terms.h"

#include <algorithm>

#include "neurovasc/core/enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<Side, 2> kSideNames{{{{Side::left, "left"}, {Side::right, "right"}}}};

constexpr EnumNames<Zone, 6> kZoneNames{{{{Zone::root_exit_point, "RExP"},
                                          {Zone::attached_segment, "AS"},
                                          {Zone::root_detachment_point, "RDP"},
                                          {Zone::transition_zone, "TZ"},
                                          {Zone::cisternal_portion, "CP"},
                                          {Zone::internal_canal, "IAC"}}}};

constexpr EnumNames<Zone, 6> kZoneWords{{{{Zone::root_exit_point, "root exit point"},
                                          {Zone::attached_segment, "attached segment"},
                                          {Zone::root_detachment_point, "root detachment point"},
                                          {Zone::transition_zone, "transition zone"},
                                          {Zone::cisternal_portion, "cisternal portion"},
                                          {Zone::internal_canal, "internal auditory canal"}}}};

constexpr EnumNames<VesselKind, 3> kVesselKindNames{{{{VesselKind::artery, "artery"},
                                                      {VesselKind::vein, "vein"},
                                                      {VesselKind::unknown, "unknown"}}}};

constexpr EnumNames<VesselName, 7> kVesselNames{{{{VesselName::vertebral, "VA"},
                                                  {VesselName::basilar, "BA"},
                                                  {VesselName::aica, "AICA"},
                                                  {VesselName::pica, "PICA"},
                                                  {VesselName::sca, "SCA"},
                                                  {VesselName::vein, "vein"},
                                                  {VesselName::unknown, "unknown"}}}};

constexpr EnumNames<NerveName, 6> kNerveNames{{{{NerveName::trigeminal, "V"},
                                                {NerveName::abducens, "VI"},
                                                {NerveName::facial, "VII"},
                                                {NerveName::vestibulocochlear, "VIII"},
                                                {NerveName::lower, "IX-XI"},
                                                {NerveName::unknown, "unknown"}}}};

}  // namespace

std::string_view name(Side side) { return kSideNames.name(side); }
std::string_view name(Zone zone) { return kZoneNames.name(zone); }
std::string_view name(VesselKind kind) { return kVesselKindNames.name(kind); }
std::string_view name(VesselName name) { return kVesselNames.name(name); }
std::string_view name(NerveName name) { return kNerveNames.name(name); }
std::string_view words(Zone zone) { return kZoneWords.name(zone); }

std::optional<Side> parseSide(std::string_view text) { return kSideNames.parse(text); }
std::optional<Zone> parseZone(std::string_view text) { return kZoneNames.parse(text); }
std::optional<VesselKind> parseVesselKind(std::string_view text) {
  return kVesselKindNames.parse(text);
}
std::optional<VesselName> parseVesselName(std::string_view text) {
  return kVesselNames.parse(text);
}

Zone zoneAt(double s_mm, double detachment_mm, double porus_mm, const ZoneLimits& limits) {
  const auto ranges = zoneRanges(detachment_mm, porus_mm, porus_mm, limits);
  for (std::size_t i = 0; i + 1 < ranges.size(); ++i) {
    if (s_mm < ranges[i].to_mm) {
      return ranges[i].zone;
    }
  }
  return Zone::internal_canal;
}

std::array<ZoneRange, 6> zoneRanges(double detachment_mm, double porus_mm, double end_mm,
                                    const ZoneLimits& limits) {
  const std::array<double, 6> ends = {limits.exit_mm,
                                      detachment_mm - limits.before_detachment_mm,
                                      detachment_mm + limits.after_detachment_mm,
                                      detachment_mm + limits.transition_mm,
                                      porus_mm,
                                      end_mm};
  std::array<ZoneRange, 6> ranges{};
  double from = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    // A short root can put a limit before the one it follows; no zone then runs backwards, and
    // none but the canal reaches beyond the porus.
    const double cap = i + 1 < ends.size() ? std::min(ends[i], porus_mm) : ends[i];
    const double to = std::max(from, cap);
    ranges[i] = {kZones[i], from, to};
    from = to;
  }
  return ranges;
}

}  // namespace neurovasc
