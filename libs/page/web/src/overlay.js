// What stands over the scene's drawing: letters at the edges, numbers of contacts, a scale bar.

import { edgeLetters, spotOf } from './camera.js';
import { element } from './dom.js';
import { contactButton } from './findings.js';

const BAR_MM = 5;

export class Overlay {
  constructor(contacts, target, show) {
    this.contacts = contacts.filter((each) => each.point);
    // The bar above offers the same to the keyboard.
    this.labels = this.contacts.map((each) => contactButton(each, show, { tabindex: -1 }));
    this.letters = ['right', 'left', 'top', 'bottom'].map((edge) =>
      element('span', { class: `letter ${edge}`, 'data-edge': edge }),
    );
    this.bar = element('span', { class: 'scale-bar' }, `${BAR_MM} mm`);
    target.append(...this.letters, this.bar, ...this.labels);
  }

  place(camera, width, height, withNumbers) {
    const letters = edgeLetters(camera);
    for (const span of this.letters) span.textContent = letters[span.dataset.edge];
    this.bar.style.width = `${(BAR_MM * height) / camera.height}px`;
    this.labels.forEach((label, n) => {
      const [x, y] = spotOf(camera, this.contacts[n].point, width, height);
      const inside = x > 0 && y > 0 && x < width && y < height;
      label.hidden = !withNumbers || !inside;
      label.style.left = `${x}px`;
      label.style.top = `${y}px`;
    });
  }
}
