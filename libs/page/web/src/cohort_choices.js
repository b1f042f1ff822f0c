// A reader's choices, kept in the browser: by result, so that a result made anew is judged anew.

import { cutReason } from './cohort_model.js';

const PLACE = 'neurovasc.qc/1';

function read(storage) {
  try {
    return JSON.parse(storage.getItem(PLACE) ?? '{}');
  } catch {
    return {};
  }
}

/** Where browsers keep nothing for files, choices live as long as the page. */
function storageOf(window) {
  try {
    const storage = window.localStorage;
    storage.setItem(`${PLACE}/try`, '');
    storage.removeItem(`${PLACE}/try`);
    return storage;
  } catch {
    return null;
  }
}

const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** `kept` tells whether choices outlive the page. */
export function createChoices(window) {
  const storage = storageOf(window);
  let choices = storage ? read(storage) : {};
  const put = (result, change) => {
    const before = choices[result] ?? { verdict: '', reason: '' };
    // Another window with this page may have chosen meanwhile.
    choices = { ...(storage ? read(storage) : choices) };
    choices[result] = { ...before, ...change, time: now() };
    if (!choices[result].verdict && !choices[result].reason) delete choices[result];
    storage?.setItem(PLACE, JSON.stringify(choices));
    return choices;
  };
  return {
    kept: storage !== null,
    all: () => choices,
    judge: (result, verdict) => put(result, { verdict }),
    comment: (result, reason) => put(result, { reason: cutReason(reason) }),
  };
}
