// What the page shows, the same for one study and for dates compared.
//
// study = {kind: 'study' | 'comparison', text, versions, label, views, pictures,
//   pictures_left_out,
//   contacts: [{id, point, touches, likelihood}], of all dates, `point` null without a place
//   dates: [{title, parts, volumes, contacts: [{id, point, touches}]}], one for a study
//   start: point at which slices begin without a contact
//   sides: [{side, finding, contacts: [{id, touches}], strips: [{title, zones, contacts}]}]}

import { decodeMesh, decodeVolume } from './decode.js';

const LIKELY = 0.5;

const decoded = ({ parts, volumes }) => ({
  parts: parts.map((part) => ({ ...part, mesh: decodeMesh(part.mesh) })),
  volumes: volumes.map(decodeVolume),
});

const touches = ({ contact_probability }) => (contact_probability ?? 0) >= LIKELY;

/** A point on a nerve of the study, where there is no contact to begin at. */
function startOf(sides) {
  for (const { nerve } of sides) {
    const line = nerve.centerline_lps_mm;
    const point = nerve.landmarks.detachment_point ?? line[Math.floor(line.length / 2)];
    if (point) return point;
  }
  return [0, 0, 0];
}

function ofStudy({ assessment, scene }) {
  const contacts = assessment.sides.flatMap((side) =>
    side.contacts.map((contact) => ({
      id: contact.id,
      point: contact.nerve_point_lps_mm,
      touches: touches(contact),
      likelihood: contact.contact_probability ?? -1,
    })),
  );
  return {
    label: assessment.label,
    views: scene.views,
    contacts,
    dates: [{ title: '', contacts, ...decoded(scene) }],
    start: startOf(assessment.sides),
    sides: assessment.sides.map((side) => ({
      side: side.side,
      finding: side.finding,
      contacts: side.contacts.map((each) => ({ id: each.id, touches: touches(each) })),
      strips: [{ title: '', zones: side.zones, contacts: side.contacts }],
    })),
  };
}

/** A contact as it was at date `n`, under the number that it has through all dates. */
const sighting = (tracked, n) => ({ ...tracked.dates[n], id: tracked.id });

const everTouches = (tracked) => tracked.dates.some(touches);

function dateOf(date, n, tracked, places) {
  const contacts = tracked.map((each) => ({
    id: each.id,
    point: date.places[each.id] ?? places[each.id] ?? null,
    touches: touches(each.dates[n]),
  }));
  return { title: date.title, contacts, ...decoded(date) };
}

function comparedSide({ side, outcome, contacts }, dates) {
  return {
    side,
    finding: outcome,
    contacts: contacts.map((each) => ({ id: each.id, touches: everTouches(each) })),
    strips: dates.map((date, n) => ({
      title: date.title,
      zones: date.sides.find((each) => each.side === side)?.zones ?? [],
      contacts: contacts.filter((each) => each.dates[n].contact_id).map((each) => sighting(each, n)),
    })),
  };
}

function ofComparison({ comparison, dates, places, views }) {
  const tracked = comparison.sides.flatMap((side) => side.contacts);
  return {
    label: comparison.label,
    views,
    contacts: tracked.map((each) => ({
      id: each.id,
      point: places[each.id] ?? null,
      touches: everTouches(each),
      likelihood: Math.max(...each.dates.map((date) => date.contact_probability ?? -1)),
    })),
    dates: dates.map((date, n) => dateOf(date, n, tracked, places)),
    start: views[0]?.center ?? [0, 0, 0],
    sides: comparison.sides.map((side) => comparedSide(side, dates)),
  };
}

/** The page's data as the rest of the script uses it. */
export function modelOf(data) {
  const { kind, text, versions, pictures, pictures_left_out } = data;
  const own = kind === 'comparison' ? ofComparison(data) : ofStudy(data);
  return { kind, text, versions, pictures, pictures_left_out, ...own };
}
