// The sides with their findings: sentence, strip of zones, tables of zones and contacts.

import { element, row, table, tableOf } from './dom.js';
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
      class: `zone ${zone.status} ${zone.room}`,
      style: `left:${percent(zone.from)};width:${percent(zone.to - zone.from)}`,
    },
    element('b', {}, zone.zone),
    element('span', {}, zone.words),
    element('span', {}, zone.sight),
  );
}

export function contactButton(contact, show, extra = {}) {
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
export function stripElement(laid, label, show) {
  const strip = layStrip(laid);
  if (!strip) return null;
  const contacts = raised(strip.contacts);
  const rows = Math.max(1, ...contacts.map((each) => each.row + 1));
  const place = (each) => ({ style: `left:${percent(each.at)};bottom:${1.9 * each.row}rem` });
  return element(
    'div',
    { class: 'strip', role: 'group', 'aria-label': label },
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

function contactRow(titles, [, ...cells], contact, show) {
  return row(titles, contactButton(contact, show), cells, {
    'data-row': contact.id,
    onclick: (event) => event.target.closest('button') || show(contact.id),
  });
}

export function contactTable(text, side, show) {
  const [titles, ...cells] = text.contact_table;
  if (!titles) return element('p', {}, text.contacts.join(' '));
  const rows = cells.map((each, n) => contactRow(titles, each, side.contacts[n], show));
  return tableOf(titles, rows, `Contacts of the ${side.side} facial nerve`, 'contacts');
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

/** The title of a side, with its finding in a word. */
export function sideHead(id, { side, finding }, word) {
  return element(
    'h3',
    { id },
    element('span', { class: 'letter', 'aria-hidden': 'true' }, side === 'left' ? 'L' : 'R'),
    `${side === 'left' ? 'Left' : 'Right'} facial nerve`,
    element('span', { class: `chip ${finding}` }, word),
  );
}

export function sideElement(study, text, side, show) {
  const title = `finding-${side.side}`;
  const [strip] = side.strips;
  return element(
    'article',
    { class: 'side', 'aria-labelledby': title, 'data-side': side.side },
    sideHead(title, side, FINDING_WORDS[side.finding]),
    element('p', { class: 'finding' }, text.finding),
    stripElement(strip, `Zones along the ${side.side} facial nerve`, show),
    contactTable(text, side, show),
    side.contacts.length ? element('p', { class: 'small' }, study.text.probability_note) : null,
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

/** What was chosen among the findings is shown further down. */
function bringIntoSight() {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.getElementById('look').scrollIntoView({ behavior: still ? 'auto' : 'smooth' });
}

/** `elementOf(study, text, side, show)` makes a side's article. */
export function createFindings(study, store, elementOf, show) {
  const articles = study.sides.map((side, n) => elementOf(study, study.text.sides[n], side, show));
  document.getElementById('sides').append(...articles);
  store.listen((state, changed) => changed.has('contact') && markChosen(state.contact));
  document.getElementById('findings').addEventListener('click', (event) => {
    if (event.target.closest('[data-contact], [data-row]')) bringIntoSight();
  });
}
