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

/** A figure keeps its doubt and its unit on its line. */
export const unbroken = (text) =>
  text.replace(/± (?=\d)/g, '±\u00a0').replace(/(?<=\d) (?=mm)/g, '\u00a0');

const cellOf = (content) => (typeof content === 'string' ? unbroken(content) : content);

/**
 * A row of a table: `name` is a text or an element. Roles are spelled out because narrow screens
 * stack the cells, which would take their meaning from them.
 */
export function row(titles, name, cells, attributes = {}) {
  return element(
    'tr',
    { role: 'row', ...attributes },
    element('th', { scope: 'row', role: 'rowheader' }, name),
    cells.map((cell, n) =>
      element('td', { role: 'cell', 'data-title': titles[n + 1] }, cellOf(cell)),
    ),
  );
}

/** A table below its titles. */
export function tableOf(titles, rows, caption, kind = '') {
  const head = titles.map((title) =>
    element('th', { scope: 'col', role: 'columnheader' }, title),
  );
  return element(
    'div',
    { class: `table ${kind}`, role: 'region', tabindex: 0, 'aria-label': caption },
    element(
      'table',
      { role: 'table' },
      element('caption', { class: 'hidden' }, caption),
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, head)),
      element('tbody', { role: 'rowgroup' }, rows),
    ),
  );
}

/** A table of texts, the first row being its titles, the first cell of a row its name. */
export function table([titles, ...rows], caption) {
  return tableOf(titles, rows.map(([name, ...cells]) => row(titles, name, cells)), caption);
}

/** Small text in the middle dot style of units: "12.5 mm". */
export const millimetres = (value, decimals = 1) => `${value.toFixed(decimals)} mm`;
