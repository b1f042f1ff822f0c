// The nerve laid out straight: its zones along the arc length, with what was found in each.

/** Millimetres between the marks of the scale. */
const MARK_MM = 5;
/** Shares of the strip below which a name has to stand upright, and a text has no room. */
const ROOM_FOR_NAME = 0.06;
const ROOM_FOR_STATUS = 0.13;

const STATUS_WORDS = { contact: 'contact', clear: 'clear', not_assessable: 'not assessable' };

/** What would still have been seen in a zone, in a few signs: "≥ 0.6 mm". */
const sight = (zone) =>
  zone.status === 'not_assessable' || zone.smallest_vessel_mm === null
    ? ''
    : `≥ ${(Math.ceil(zone.smallest_vessel_mm * 10 - 1e-9) / 10).toFixed(1)} mm`;

/** The style of a zone that takes `share` of the strip. */
const roomOf = (share) =>
  share <= ROOM_FOR_NAME ? 'narrow tight' : share <= ROOM_FOR_STATUS ? 'tight' : '';

/**
 * Where zones, contacts and the scale's marks stand, as shares 0 to 1 of the strip's length:
 * {length_mm, zones: [{zone, status, from, to, room, words, sight}],
 * contacts: [{id, at, touches}], marks: [{mm, at}]}. Empty zones are left out; null where the zones
 * have no place.
 */
export function layStrip(side) {
  const zones = side.zones.filter((z) => z.from_mm !== null && z.to_mm > z.from_mm);
  if (zones.length === 0) return null;
  const length_mm = Math.max(...zones.map((z) => z.to_mm));
  const at = (mm) => Math.min(Math.max(mm / length_mm, 0), 1);
  return {
    length_mm,
    zones: zones.map((z) => {
      const share = at(z.to_mm) - at(z.from_mm);
      return {
        zone: z.zone,
        status: z.status,
        from: at(z.from_mm),
        to: at(z.to_mm),
        room: roomOf(share),
        words: share > ROOM_FOR_STATUS ? STATUS_WORDS[z.status] : '',
        sight: share > ROOM_FOR_STATUS ? sight(z) : '',
      };
    }),
    contacts: side.contacts
      .filter((c) => c.arclength_mm !== null)
      .map((c) => ({
        id: c.id,
        at: at(c.arclength_mm),
        touches: (c.contact_probability ?? 0) >= 0.5,
      })),
    marks: Array.from({ length: Math.floor(length_mm / MARK_MM) + 1 }, (_, n) => ({
      mm: n * MARK_MM,
      at: at(n * MARK_MM),
    })),
  };
}
