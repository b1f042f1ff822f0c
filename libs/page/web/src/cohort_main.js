// The start of a cohort's page: reads the studies out of the document and shows them.

import { createChoices } from './cohort_choices.js';
import { detailElement } from './cohort_detail.js';
import { NO_FILTERS, filterElements } from './cohort_filters.js';
import { ROWS_AT_A_TIME, listElement } from './cohort_list.js';
import { filtered, qcTsv, sorted } from './cohort_model.js';
import { element } from './dom.js';
import { createStore } from './store.js';

const { rows, versions, pictures_left_out: left_out } = JSON.parse(
  document.getElementById('data').textContent,
);
const kept = createChoices(window);
const at = (id) => document.getElementById(id);
const store = createStore({
  ...{ column: 'doubt', falling: true, layout: 'table', most: ROWS_AT_A_TIME },
  filters: NO_FILTERS,
  choices: kept.all(),
  chosen: rows[0]?.study ?? null,
});

/** The studies that pass the filters, in order. */
const passing = ({ filters, choices, column, falling }) =>
  sorted(filtered(rows, filters, choices), { column, falling }, choices);

/** The chosen study, while it is among the shown ones. */
const chosenOf = ({ chosen }) => rows.find((row) => row.study === chosen);

const actions = {
  choose: (study) => store.set({ chosen: study }),
  sortBy: (order) => store.set(order),
  more: () => store.set({ most: store.get().most + ROWS_AT_A_TIME }),
  judge(verdict) {
    const row = chosenOf(store.get());
    if (row) store.set({ choices: kept.judge(row.result, verdict) });
  },
  comment(text) {
    const row = chosenOf(store.get());
    if (row) store.set({ choices: kept.comment(row.result, text), commented: {} });
  },
};

/** The study `step` rows on from the chosen one. */
function move(step) {
  const shown = passing(store.get());
  const from = shown.findIndex((row) => row.study === store.get().chosen);
  const to = Math.min(Math.max(from + step, 0), shown.length - 1);
  if (to < 0) return;
  store.set({ chosen: shown[to].study, most: Math.max(store.get().most, to + 1) });
  document.querySelector(`[data-study="${shown[to].study}"]`)?.scrollIntoView({ block: 'nearest' });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => actions.judge('accept'),
  r: () => actions.judge('reject'),
  u: () => actions.judge('unsure'),
  x: () => actions.judge(''),
  c: () => at('comment')?.focus(),
};

function onKey(event) {
  const is_text = event.target.matches?.('input, textarea, select');
  if (is_text || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
}

const judged = (choices) => rows.filter((row) => choices[row.result]?.verdict).length;

function save() {
  const { choices } = store.get();
  const text = qcTsv(rows, choices);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/tab-separated-values' }));
  element('a', { href: url, download: 'qc.tsv' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  at('status').textContent = `${judged(choices)} verdicts saved`;
}

function sentence(state, shown) {
  const left = left_out > 0 ? `; ${left_out} pictures left out for size` : '';
  const lost = kept.kept ? '' : '; this browser keeps nothing: save before you close the page';
  const judged_here = judged(state.choices);
  return `${shown} of ${rows.length} studies shown, ${judged_here} judged here${left}${lost}`;
}

function showList(state) {
  const shown = passing(state);
  at('list').replaceChildren(...listElement(shown, state, actions));
  at('summary').textContent = sentence(state, shown.length);
  at('as-table').setAttribute('aria-pressed', String(state.layout === 'table'));
  at('as-sheet').setAttribute('aria-pressed', String(state.layout === 'sheet'));
}

function showDetail(state) {
  at('detail').replaceChildren(...detailElement(chosenOf(state), state.choices, actions));
}

function show(state, keys) {
  showList(state);
  // A comment that is being written keeps its field.
  if (!keys.has('commented')) showDetail(state);
}

function setFilters(change) {
  const filters = { ...store.get().filters, ...change };
  const shown = passing({ ...store.get(), filters });
  const { chosen } = store.get();
  const stays = shown.some((row) => row.study === chosen);
  store.set({ filters, most: ROWS_AT_A_TIME, chosen: stays ? chosen : (shown[0]?.study ?? null) });
}

at('filters').replaceChildren(...filterElements(rows, setFilters));
at('as-table').addEventListener('click', () => store.set({ layout: 'table' }));
at('as-sheet').addEventListener('click', () => store.set({ layout: 'sheet' }));
at('save').addEventListener('click', save);
at('versions').textContent = Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ');
document.addEventListener('keydown', onKey);
store.listen(show);
show(store.get(), new Set());
