#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace neurovasc {

/// The field's words, with the spelling that stands in every JSON, file name and table.

enum class Side { left, right };
inline constexpr std::array<Side, 2> kSides = {Side::left, Side::right};

/// Zones of the facial nerve root along arc length s from the root exit point (Tomii 2003;
/// Campos-Benitez & Kaufmann 2008).
enum class Zone {
  root_exit_point,        ///< RExP, at the pontomedullary sulcus
  attached_segment,       ///< AS, adherent to the pons
  root_detachment_point,  ///< RDP, where CSF first separates nerve and pons
  transition_zone,        ///< TZ, central to peripheral myelin
  cisternal_portion,      ///< CP, free in the cistern
  internal_canal,         ///< IAC, beyond the porus
};
inline constexpr std::array<Zone, 6> kZones = {Zone::root_exit_point,       Zone::attached_segment,
                                               Zone::root_detachment_point, Zone::transition_zone,
                                               Zone::cisternal_portion,     Zone::internal_canal};

enum class VesselKind { artery, vein, unknown };
enum class VesselName { vertebral, basilar, aica, pica, sca, vein, unknown };

/// Cranial nerves that are recognised, so that they are not taken for vessels.
enum class NerveName { trigeminal, abducens, facial, vestibulocochlear, lower, unknown };

std::string_view name(Side side);        ///< "left", "right"
std::string_view name(Zone zone);        ///< "RExP", "AS", "RDP", "TZ", "CP", "IAC"
std::string_view name(VesselKind kind);  ///< "artery", "vein", "unknown"
std::string_view name(VesselName name);  ///< "VA", "BA", "AICA", "PICA", "SCA", "vein", "unknown"
std::string_view name(NerveName name);   ///< "V", "VI", "VII", "VIII", "IX-XI", "unknown"

/// The zone in words for a report: "attached segment".
std::string_view words(Zone zone);

std::optional<Side> parseSide(std::string_view text);
std::optional<Zone> parseZone(std::string_view text);
std::optional<VesselKind> parseVesselKind(std::string_view text);
std::optional<VesselName> parseVesselName(std::string_view text);

inline Side opposite(Side side) { return side == Side::left ? Side::right : Side::left; }

/// +1 for left, -1 for right: the sign of LPS x on that side of an upright head.
inline double lateralSign(Side side) { return side == Side::left ? 1.0 : -1.0; }

/// Limits of the zones along the nerve coordinate, mm. With s the arc length from the root exit
/// point, d the detachment point's and p the porus':
///
///     RExP s < exit;  AS to d - before;  RDP to d + after;  TZ to d + transition;  CP to p;  IAC
struct ZoneLimits {
  double exit_mm = 1.5;
  double before_detachment_mm = 1.0;
  double after_detachment_mm = 1.0;
  double transition_mm = 4.0;
};

/// The zone at arc length @p s_mm.
Zone zoneAt(double s_mm, double detachment_mm, double porus_mm, const ZoneLimits& limits = {});

/// From where to where a zone reaches; empty when to_mm <= from_mm. The canal ends at @p end_mm.
struct ZoneRange {
  Zone zone;
  double from_mm = 0;
  double to_mm = 0;
};
std::array<ZoneRange, 6> zoneRanges(double detachment_mm, double porus_mm, double end_mm,
                                    const ZoneLimits& limits = {});

}  // namespace neurovasc
