// The studies as a table or as a contact sheet.

import { COLUMNS, findingOf, verdictOf } from './cohort_model.js';
import { element, row as tableRow } from './dom.js';

/** More at a time would make a browser slow. */
export const ROWS_AT_A_TIME = 200;

const words = (term) => term.replaceAll('_', ' ');
const fixed = (value, decimals) => (value === null ? '' : value.toFixed(decimals));
const TITLES = COLUMNS.map(({ title }) => title);

export function verdictMark(row, choices) {
  const verdict = verdictOf(row, choices);
  if (!verdict) return 'open';
  const imported = !choices[row.result]?.verdict;
  const by = imported ? ` (${row.readers})` : '';
  return element('span', { class: `mark ${verdict}${imported ? ' imported' : ''}` }, verdict + by);
}

export function pictureElement({ title, jpeg }) {
  return element('img', { src: `data:image/jpeg;base64,${jpeg}`, alt: title, title });
}

function rowElement(row, { chosen, choices }, choose) {
  const probability = COLUMNS.find(({ key }) => key === 'probability').value(row);
  const cells = [
    verdictMark(row, choices),
    element('span', { class: 'key' }, row.study),
    element('span', { class: 'key' }, row.patient),
    words(row.order),
    words(findingOf(row, 'left')),
    words(findingOf(row, 'right')),
    fixed(probability, 2),
    fixed(row.registration_error_mm, 2),
  ];
  return tableRow(TITLES, row.doubt.toFixed(1), cells, {
    'data-study': row.study,
    class: row.study === chosen ? 'chosen' : null,
    'aria-selected': row.study === chosen ? 'true' : null,
    onclick: () => choose(row.study),
  });
}

function headOf({ key, title, falling }, state, sortBy) {
  const is_sorted = state.column === key;
  const direction = state.falling ? 'descending' : 'ascending';
  const arrow = state.falling ? ' ▼' : ' ▲';
  const onclick = () =>
    sortBy({ column: key, falling: is_sorted ? !state.falling : Boolean(falling) });
  return element(
    'th',
    { scope: 'col', role: 'columnheader', 'aria-sort': is_sorted ? direction : null },
    element(
      'button',
      { type: 'button', 'data-sort': key, onclick },
      title + (is_sorted ? arrow : ''),
    ),
  );
}

function tableElement(rows, state, { choose, sortBy }) {
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-label': 'Studies' },
    element(
      'table',
      { role: 'table' },
      element('caption', { class: 'hidden' }, 'Studies'),
      element(
        'thead',
        { role: 'rowgroup' },
        element(
          'tr',
          { role: 'row' },
          COLUMNS.map((column) => headOf(column, state, sortBy)),
        ),
      ),
      element(
        'tbody',
        { role: 'rowgroup' },
        rows.map((row) => rowElement(row, state, choose)),
      ),
    ),
  );
}

function cardElement(row, { chosen, choices }, choose) {
  const pictures = row.pictures.map(pictureElement);
  return element(
    'div',
    {
      class: row.study === chosen ? 'card chosen' : 'card',
      'data-study': row.study,
      onclick: () => choose(row.study),
    },
    element(
      'div',
      { class: 'thumbs' },
      pictures.length > 0 ? pictures : element('p', { class: 'small' }, 'no pictures'),
    ),
    element(
      'p',
      { class: 'small' },
      element('span', { class: 'key' }, row.study),
      ` doubt ${row.doubt.toFixed(1)} `,
      verdictMark(row, choices),
    ),
  );
}

/** `rows` as far as the state shows them, with a button for more. */
export function listElement(rows, state, actions) {
  const shown = rows.slice(0, state.most);
  const list =
    state.layout === 'sheet'
      ? element(
          'div',
          { class: 'sheet' },
          shown.map((row) => cardElement(row, state, actions.choose)),
        )
      : tableElement(shown, state, actions);
  const left = rows.length - shown.length;
  const more =
    left > 0
      ? element('button', { type: 'button', onclick: actions.more }, `Show more (${left} left)`)
      : null;
  return [list, ...(more ? [more] : [])];
}
