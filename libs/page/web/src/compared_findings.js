// The sides of a comparison: what became of each, then strips of all dates and tables.

import { element, paragraphs, table } from './dom.js';
import { contactTable, sideHead, stripElement } from './findings.js';

const list = (texts) =>
  texts.length ? element('ul', {}, texts.map((text) => element('li', {}, text))) : null;

/** Images and course in one sentence, set apart. */
const banner = (text) => (text ? element('p', { class: 'banner' }, text) : null);

function stripsOf(side, show) {
  return side.strips.map((strip) => {
    const drawn = stripElement(strip, `${strip.title}: zones along the ${side.side} nerve`, show);
    return drawn ? element('div', {}, element('h4', {}, strip.title), drawn) : null;
  });
}

export function comparedSideElement({ text: { course_none } }, text, side, show) {
  const title = `finding-${side.side}`;
  return element(
    'article',
    { class: 'side', 'aria-labelledby': title, 'data-side': side.side },
    sideHead(title, side, side.finding.replaceAll('_', ' ')),
    element('p', { class: 'finding' }, text.outcome),
    banner(text.joint),
    list(text.findings),
    contactTable(text, side, show),
    stripsOf(side, show),
    text.pads.length ? element('h4', {}, 'Pads') : null,
    paragraphs(text.pads),
    element('h4', {}, 'Clinical course'),
    list(text.course) ?? element('p', {}, course_none || 'None is told of this side.'),
    text.zones.length
      ? element(
          'details',
          { open: true },
          element('summary', {}, 'Zones in words'),
          table(text.zones, `Zones of the ${side.side} facial nerve`),
        )
      : null,
  );
}
