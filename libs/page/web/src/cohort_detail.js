// The chosen study: its pictures, sides, doubts, and the reader's verdict.

import { pictureElement, verdictMark } from './cohort_list.js';
import { verdictOf } from './cohort_model.js';
import { element, table } from './dom.js';

const VERDICTS = [
  ['accept', 'Accept (a)'],
  ['reject', 'Reject (r)'],
  ['unsure', 'Unsure (u)'],
];
const fixed = (value, decimals) => (value === null ? 'not measured' : value.toFixed(decimals));

function sidesTable(row) {
  const titles = ['', ...row.sides.map(({ side, told }) => side + (told ? ', told' : ''))];
  const line = (title, cell) => [title, ...row.sides.map(cell)];
  return table(
    [
      titles,
      line('Finding', (side) => side.finding.replaceAll('_', ' ')),
      line('Nerve', (side) => side.nerve.replaceAll('_', ' ')),
      line('Vessels near, touching', (side) => `${side.contacts}, ${side.touching}`),
      line('Highest probability', (side) => fixed(side.probability, 2)),
      line('Smallest gap, mm', (side) => fixed(side.distance_mm, 2)),
      line('Largest indentation, mm', (side) => fixed(side.indentation_mm, 2)),
      line('Zones not assessable', (side) => side.zones_not_assessable || 'none'),
    ],
    'Sides',
  );
}

function doubtsElement({ doubts }) {
  if (doubts.length === 0) return element('p', {}, 'No doubts.');
  return element(
    'ul',
    { class: 'doubts' },
    doubts.map(({ text, points }) => element('li', {}, `${text} (${points.toFixed(1)})`)),
  );
}

function verdictBar(row, choices, judge) {
  const chosen = verdictOf(row, choices);
  return element(
    'div',
    { class: 'bar' },
    VERDICTS.map(([verdict, title]) =>
      element(
        'button',
        {
          type: 'button',
          'data-verdict': verdict,
          'aria-pressed': String(verdict === chosen),
          onclick: () => judge(verdict),
        },
        title,
      ),
    ),
    verdictMark(row, choices),
  );
}

function commentField(row, choices, comment) {
  const field = element('textarea', {
    id: 'comment',
    'aria-label': 'Comment',
    placeholder: 'Comment (c); Escape ends it',
    oninput: () => comment(field.value),
    onkeydown: (event) => event.key === 'Escape' && field.blur(),
  });
  field.value = choices[row.result]?.reason ?? '';
  return field;
}

/** Of no study: a sentence. */
export function detailElement(row, choices, { judge, comment }) {
  if (!row) return [element('p', {}, 'No study is shown.')];
  const days = row.days_after_surgery;
  const when = days === null ? '' : `, ${days} days after surgery`;
  return [
    element('h3', {}, 'Study ', element('span', { class: 'key' }, row.study)),
    element('p', { class: 'small' }, `patient ${row.patient}, ${row.order.replaceAll('_', ' ')}${when}`),
    verdictBar(row, choices, judge),
    ...(row.reason ? [element('p', { class: 'small' }, `${row.readers}: ${row.reason}`)] : []),
    commentField(row, choices, comment),
    element('div', { class: 'strip-of-pictures' }, row.pictures.map(pictureElement)),
    element('h4', {}, `Doubts: ${row.doubt.toFixed(1)}`),
    doubtsElement(row),
    sidesTable(row),
    element('p', { class: 'small' }, `made by version ${row.version}`),
  ];
}
