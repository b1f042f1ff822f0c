// The sides with their findings: sentence, strip of zones, tables of zones and contacts.

import { element, table, titleRow } from './dom.js';
import { layStrip } from './strip.js';

const FINDING_WORDS = {
  compression: 'compression',
  contact: 'contact',
  no_contact: 'no contact',
  not_assessable: 'not assessable',
};

const percent = (share) => `${(100 * share).toFixed(2)}%`;

function zoneElement(zone) {
  return element(
    'div',
    {
      class: `zone ${zone.status}`,
      style: `left:${percent(zone.from)};width:${percent(zone.to - zone.from)}`,
    },
    element('b', {}, zone.name),
    element('span', {}, zone.words),
    element('span', {}, zone.sight),
  );
}

function contactButton(contact, show, extra = {}) {
  return element(
    'button',
    {
      type: 'button',
      class: `contact${contact.touches ? ' touches' : ''}`,
      'data-contact': contact.id,
      'aria-pressed': 'false',
      'aria-label': `Show contact ${contact.id}`,
      onclick: () => show(contact.id),
      ...extra,
    },
    contact.id,
  );
}

/** Contacts near each other stand in rows above each other. */
function raised(contacts) {
  const ends = [];
  const width = 0.09;
  return [...contacts]
    .sort((a, b) => a.at - b.at)
    .map((contact) => {
      let row = ends.findIndex((end) => contact.at - end >= width);
      if (row < 0) row = ends.length;
      ends[row] = contact.at;
      return { ...contact, row };
    });
}

/** The zones as a picture; the table below it says the same and more in words. */
function stripElement(side, show) {
  const strip = layStrip(side);
  if (!strip) return null;
  const contacts = raised(strip.contacts);
  const rows = Math.max(1, ...contacts.map((each) => each.row + 1));
  const place = (each) => ({ style: `left:${percent(each.at)};bottom:${1.9 * each.row}rem` });
  return element(
    'div',
    { class: 'strip', role: 'group', 'aria-label': `Zones along the ${side.side} facial nerve` },
    element(
      'div',
      { class: 'pins', style: `height:${1.9 * rows}rem` },
      contacts.map((each) => contactButton(each, show, place(each))),
    ),
    element('div', { class: 'zones' }, strip.zones.map(zoneElement)),
    element(
      'div',
      { class: 'scale', 'aria-hidden': 'true' },
      strip.marks.map((mark) =>
        element('span', { style: `left:${percent(mark.at)}` }, String(mark.mm)),
      ),
      element('i', {}, 'mm from the root exit point'),
    ),
  );
}

function contactRow(row, contact, show) {
  const touches = (contact.contact_probability ?? 0) >= 0.5;
  const [, ...cells] = row;
  return element(
    'tr',
    { 'data-row': contact.id, onclick: (event) => event.target.closest('button') || show(contact.id) },
    element('th', { scope: 'row' }, contactButton({ id: contact.id, touches }, show)),
    cells.map((cell) => element('td', {}, cell)),
  );
}

function contactTable(text, side, show) {
  const rows = text.contact_table;
  if (rows.length === 0) return element('p', {}, text.contacts.join(' '));
  const caption = `Contacts of the ${side.side} facial nerve`;
  return element(
    'div',
    { class: 'table contacts', role: 'region', tabindex: 0, 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'hidden' }, caption),
      element('thead', {}, titleRow(rows[0])),
      element('tbody', {}, rows.slice(1).map((row, n) => contactRow(row, side.contacts[n], show))),
    ),
  );
}

function zoneWords(text, side) {
  if (text.zones_reason) return element('p', {}, text.zones_reason);
  if (text.zones.length === 0) return null;
  return element(
    'details',
    { open: true },
    element('summary', {}, 'Zones in words'),
    table(text.zones, `Zones of the ${side.side} facial nerve`),
  );
}

function sideElement(text, side, show) {
  const title = `finding-${side.side}`;
  return element(
    'article',
    { class: 'side', 'aria-labelledby': title, 'data-side': side.side },
    element(
      'h3',
      { id: title },
      element('span', { class: 'letter', 'aria-hidden': 'true' }, side.side === 'left' ? 'L' : 'R'),
      `${side.side === 'left' ? 'Left' : 'Right'} facial nerve`,
      element('span', { class: `chip ${side.finding}` }, FINDING_WORDS[side.finding]),
    ),
    element('p', { class: 'finding' }, text.finding),
    stripElement(side, show),
    contactTable(text, side, show),
    zoneWords(text, side),
  );
}

/** Marks the chosen contact wherever it has a button or a row. */
function markChosen(id) {
  for (const button of document.querySelectorAll('button[data-contact]')) {
    button.setAttribute('aria-pressed', String(button.dataset.contact === id));
  }
  for (const row of document.querySelectorAll('[data-row]')) {
    row.classList.toggle('chosen', row.dataset.row === id);
  }
}

export function createFindings(study, store, show) {
  const { text, assessment } = study;
  document
    .getElementById('sides')
    .append(...assessment.sides.map((side, n) => sideElement(text.sides[n], side, show)));
  store.listen((state, changed) => changed.has('contact') && markChosen(state.contact));
}
