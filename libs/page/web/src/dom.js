// Making elements. Text is always set as text, never as markup.

/** `element('button', { class: 'x', onclick }, 'text', child)`. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export const paragraphs = (texts) => texts.map((text) => element('p', {}, text));

/** A table of text rows, the first being its titles, the first cell of a row its name. */
export function table(rows, caption) {
  const cell = (text, n) => element(n === 0 ? 'th' : 'td', n === 0 ? { scope: 'row' } : {}, text);
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'hidden' }, caption),
      element('thead', {}, titleRow(rows[0])),
      element('tbody', {}, rows.slice(1).map((row) => element('tr', {}, row.map(cell)))),
    ),
  );
}

export const titleRow = (titles) =>
  element('tr', {}, titles.map((title) => element('th', { scope: 'col' }, title)));

/** Small text in the middle dot style of units: "12.5 mm". */
export const millimetres = (value, decimals = 1) => `${value.toFixed(decimals)} mm`;
