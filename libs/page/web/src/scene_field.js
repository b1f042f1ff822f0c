// The scene of one date: its drawing, and what stands over it.

import { element } from './dom.js';
import { listenToHands } from './gestures.js';
import { Overlay } from './overlay.js';
import { Stage } from './stage.js';

const KEYS = 'Arrow keys turn, with Shift they move, plus and minus magnify.';

export class SceneField {
  /** `change(camera => camera)` is called for what a hand does. */
  constructor(date, id, show, change) {
    const name = date.title ? `, ${date.title}` : '';
    this.target = element('div', {
      id,
      class: 'scene',
      tabindex: 0,
      role: 'application',
      'aria-label': `View in three dimensions${name}. ${KEYS}`,
    });
    const drawing = element('div', { class: 'drawing' });
    this.target.append(drawing);
    this.element = date.title
      ? element('figure', {}, element('figcaption', {}, date.title), this.target)
      : this.target;
    this.stage = new Stage(drawing, date.parts);
    this.overlay = new Overlay(date.contacts, this.target, show);
    listenToHands(this.target, change);
  }

  aspect() {
    return Math.max(this.target.clientWidth, 1) / Math.max(this.target.clientHeight, 1);
  }

  resize() {
    const dense = Math.min(devicePixelRatio || 1, 2);
    const { clientWidth: width, clientHeight: height } = this.target;
    if (width === 0 || height === 0) return;
    this.stage.resize(Math.round(width * dense), Math.round(height * dense));
  }

  draw(camera, withNumbers) {
    const style = getComputedStyle(this.target).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255];
    this.stage.draw(camera, style.slice(0, 3).map((each) => each / 255));
    const { clientWidth: width, clientHeight: height, dataset } = this.target;
    this.overlay.place(camera, width, height, withNumbers);
    dataset.drawn = String(Number(dataset.drawn ?? 0) + 1);
  }
}
