// The bar of filters above the studies.

import { doubtKinds } from './cohort_model.js';
import { element } from './dom.js';

const FINDINGS = ['compression', 'contact', 'no_contact', 'not_assessable'];
const ORDERS = ['pre', 'post', 'order_unknown'];
const VERDICTS = ['open', 'accept', 'reject', 'unsure'];

const plain = (terms) => terms.map((term) => [term, term.replaceAll('_', ' ')]);

function choice(name, title, options, set) {
  const field = element(
    'select',
    { 'data-filter': name, onchange: () => set({ [name]: field.value }) },
    element('option', { value: '' }, 'all'),
    options.map(([value, text]) => element('option', { value }, text)),
  );
  return element('label', {}, title, field);
}

/** `set` is called with what has changed. */
export function filterElements(rows, set) {
  const search = element('input', {
    type: 'search',
    'data-filter': 'text',
    size: 18,
    oninput: () => set({ text: search.value }),
  });
  const kinds = doubtKinds(rows).map(([kind, count]) => [
    kind,
    `${kind.replaceAll('_', ' ')} (${count})`,
  ]);
  return [
    element('label', {}, 'Key', search),
    choice('doubt', 'Doubt', kinds, set),
    choice('finding', 'Finding', plain(FINDINGS), set),
    choice('order', 'Order', plain(ORDERS), set),
    choice('verdict', 'Verdict', plain(VERDICTS), set),
  ];
}

export const NO_FILTERS = { text: '', doubt: '', finding: '', order: '', verdict: '' };
