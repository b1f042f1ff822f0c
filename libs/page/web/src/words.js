// Everything that is only text: head, words, quality, limits, how to read, report.txt.

import { element, paragraphs, table } from './dom.js';

const panel = (id) => document.getElementById(id);
const heading = (text) => element('h3', {}, text);

/** "Facial nerve and vessels on MRI, dates compared" of the report's title in capitals. */
const sentenceCase = (title) =>
  title[0] + title.slice(1).toLowerCase().replace(/\bmri\b/g, 'MRI');

function fillHead({ text, versions, label }) {
  document.title = sentenceCase(text.title) + (label ? `: ${label}` : '');
  panel('title').textContent = sentenceCase(text.title);
  panel('author').textContent = text.author;
  panel('label').textContent = text.label;
  panel('versions').textContent =
    'Versions: ' + Object.entries(versions).map(([name, v]) => `${name} ${v}`).join(', ') + '.';
}

function sideWords(side) {
  const list = element('ul', {}, side.contacts.map((each) => element('li', {}, each)));
  return [heading(side.title), ...paragraphs([side.nerve]), list, ...paragraphs(side.pads)];
}

function fillSides({ text }) {
  const clinic = text.clinical.length ? [table(text.clinical, 'Clinical information')] : [];
  panel('words-panel').append(
    heading('IMPRESSION'),
    ...paragraphs(text.impression),
    ...text.sides.flatMap(sideWords),
    heading('COMPARISON OF THE SIDES'),
    element('p', {}, text.comparison.join(' ')),
    heading('CLINICAL INFORMATION'),
    ...clinic,
    ...paragraphs(text.course),
  );
}

function fillComparedSides({ text }) {
  const words = (side) => [
    heading(side.title),
    ...paragraphs([side.outcome]),
    element('ul', {}, side.contacts.map((each) => element('li', {}, each))),
    ...paragraphs(side.pads),
  ];
  panel('words-panel').append(...text.sides.flatMap(words));
}

/** That the sides differ stands above everything. */
function fillBanner({ text }) {
  if (text.banner) panel('sides').before(element('p', { class: 'notice', role: 'note' }, text.banner));
}

function fillDates({ text }) {
  panel('quality-panel').append(...paragraphs(text.dates));
}

function fillQuality({ text }) {
  const target = panel('quality-panel');
  target.append(...paragraphs(text.technique));
  if (text.series.length) target.append(heading('Series'), table(text.series, 'Series'));
  if (text.registration.length) {
    target.append(heading('Registration'), table(text.registration, 'Registration'));
  }
}

function reviewWords({ title, findings, contacts, zones }) {
  const tables = [
    [contacts, 'contacts'],
    [zones, 'zones'],
  ].filter(([cells]) => cells.length);
  return [
    heading(title),
    ...paragraphs(findings),
    ...tables.map(([cells, what]) => table(cells, `${title}: ${what}`)),
  ];
}

/** What readers say stands apart from what the program found. */
function fillReviews({ text }) {
  const reviews = text.reviews ?? [];
  panel('reviews').hidden = reviews.length === 0;
  panel('reviews-panel').append(...reviews.flatMap(reviewWords));
}

/** The clipboard of the browser, or for pages from a file the old way through a selection. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element('textarea', { readonly: true, class: 'hidden' });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

function prepareCopy() {
  const button = panel('copy');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const copied = await copyText(panel('report').textContent);
    panel('copied').textContent = copied ? 'Copied.' : 'Select the text below and copy it.';
    panel('report-details').open ||= !copied;
    button.focus();
  });
}

export function fillWords(study) {
  fillHead(study);
  fillReviews(study);
  if (study.kind === 'comparison') {
    fillBanner(study);
    fillComparedSides(study);
    fillDates(study);
  } else {
    fillSides(study);
    fillQuality(study);
  }
  panel('limits-panel').append(...paragraphs(study.text.limits));
  panel('reading-panel').append(...paragraphs(study.text.reading));
  prepareCopy();
}
