// What the page shows at the moment, known to all of its parts.

/** A state with listeners: each is called with (state, changed keys) after every change. */
export function createStore(initial) {
  let state = initial;
  const listeners = [];
  return {
    get: () => state,
    set(changes) {
      const keys = Object.keys(changes).filter((key) => changes[key] !== state[key]);
      if (keys.length === 0) return;
      state = { ...state, ...changes };
      for (const listener of listeners) listener(state, new Set(keys));
    },
    listen: (listener) => listeners.push(listener),
  };
}
