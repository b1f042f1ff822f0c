import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createChoices } from '../src/cohort_choices.js';
import {
  MOST_REASON_BYTES,
  cutReason,
  doubtKinds,
  filtered,
  qcTsv,
  sorted,
  verdictOf,
} from '../src/cohort_model.js';

const side = (name, finding, probability) => ({ side: name, finding, probability });

const ROWS = [
  {
    ...{ study: 'bb', patient: 'p1', order: 'pre', result: 'r1', doubt: 3, verdict: '' },
    registration_error_mm: null,
    sides: [side('left', 'contact', 0.9), side('right', 'no_contact', null)],
    doubts: [{ kind: 'probability' }, { kind: 'probability' }],
  },
  {
    ...{ study: 'aa', patient: 'p2', order: 'post', result: 'r2', doubt: 1, verdict: 'accept' },
    registration_error_mm: 0.2,
    sides: [side('left', 'compression', 0.95), side('right', 'contact', 0.6)],
    doubts: [{ kind: 'registration' }],
  },
  {
    ...{ study: 'cc', patient: 'p2', order: 'pre', result: 'r3', doubt: 0, verdict: '' },
    registration_error_mm: 0.7,
    sides: [side('left', 'no_contact', null), side('right', 'no_contact', null)],
    doubts: [{ kind: 'probability' }],
  },
];
const studies = (rows) => rows.map((row) => row.study);

test('rows are sorted by any column, and what was not measured comes last either way', () => {
  const by = (column, falling) => studies(sorted(ROWS, { column, falling }, {}));
  assert.deepEqual(by('doubt', true), ['bb', 'aa', 'cc']);
  assert.deepEqual(by('study', false), ['aa', 'bb', 'cc']);
  assert.deepEqual(by('registration', true), ['cc', 'aa', 'bb']);
  assert.deepEqual(by('registration', false), ['aa', 'cc', 'bb']);
  assert.deepEqual(by('probability', true), ['aa', 'bb', 'cc']);
});

test('filters take what fulfils all of them', () => {
  const none = { text: '', doubt: '', finding: '', order: '', verdict: '' };
  const by = (filters, choices = {}) =>
    studies(filtered(ROWS, { ...none, ...filters }, choices));
  assert.deepEqual(by({}), ['bb', 'aa', 'cc']);
  assert.deepEqual(by({ text: ' P2' }), ['aa', 'cc']);
  assert.deepEqual(by({ doubt: 'probability' }), ['bb', 'cc']);
  assert.deepEqual(by({ doubt: 'probability', finding: 'contact' }), ['bb']);
  assert.deepEqual(by({ order: 'post' }), ['aa']);
  assert.deepEqual(by({ verdict: 'open' }), ['bb', 'cc']);
  assert.deepEqual(by({ verdict: 'reject' }, { r3: { verdict: 'reject' } }), ['cc']);
});

test('kinds of doubt are counted by study', () => {
  assert.deepEqual(doubtKinds(ROWS), [
    ['probability', 2],
    ['registration', 1],
  ]);
});

test('a choice made here outranks one imported before', () => {
  assert.equal(verdictOf(ROWS[1], {}), 'accept');
  assert.equal(verdictOf(ROWS[1], { r2: { verdict: 'reject' } }), 'reject');
  assert.equal(verdictOf(ROWS[1], { r2: { verdict: '' } }), 'accept');
});

test('saved is what was chosen here, tabs and line ends written out', () => {
  const choices = {
    r1: { verdict: 'reject', time: '2026-11-21T09:00:00Z', reason: 'a\tb\nc\\d' },
    r3: { verdict: '', time: '2026-11-21T09:00:00Z', reason: 'only a remark' },
    other: { verdict: 'accept', time: '2026-11-21T09:00:00Z', reason: '' },
  };
  assert.equal(
    qcTsv(ROWS, choices),
    'study\tresult\tverdict\ttime\treason\nbb\tr1\treject\t2026-11-21T09:00:00Z\ta\\tb\\nc\\\\d\n',
  );
});

test('a comment is cut to what the program takes', () => {
  const long = cutReason('ü'.repeat(900));
  assert.equal(new TextEncoder().encode(long).length, MOST_REASON_BYTES);
  assert.equal(cutReason('a\r\nb'), 'a\nb');
});

function windowWith(kept = new Map()) {
  return {
    localStorage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    },
  };
}

test('choices outlive the page, and taken back are gone', () => {
  const kept = new Map();
  const first = createChoices(windowWith(kept));
  first.judge('r1', 'reject');
  first.comment('r1', 'why');
  const again = createChoices(windowWith(kept));
  assert.equal(again.kept, true);
  assert.equal(again.all().r1.verdict, 'reject');
  assert.equal(again.all().r1.reason, 'why');
  assert.match(again.all().r1.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  again.comment('r1', '');
  assert.equal('r1' in again.judge('r1', ''), false);
});

test('a browser that keeps nothing still takes choices', () => {
  const choices = createChoices({
    get localStorage() {
      throw new Error('denied');
    },
  });
  assert.equal(choices.kept, false);
  assert.equal(choices.judge('r1', 'accept').r1.verdict, 'accept');
});
