// Axial, coronal and sagittal slices of every date: scrolled and windowed together, with the contact
// marked.

import { element } from './dom.js';
import { boundsOf } from './outline.js';
import { PLANES } from './slice.js';
import { SliceView } from './slice_view.js';

const FIELDS_MM = [14, 28, 56];
const FIRST_FIELD_MM = 28; // as in the pictures

const OUTLINED = new Set([
  'facial_nerve',
  'other_nerve',
  'artery',
  'vein',
  'unknown_vessel',
  'pad',
]);

/** Named windows, as shares of the study's own black (0) and white (1). */
const WINDOWS = [
  ['standard', 0, 1],
  ['bright fluid', 0.2, 1.5],
  ['dark tissue', 0, 0.6],
];

function windowOf(volume, low, high) {
  const width = volume.white - volume.black;
  return { black: volume.black + low * width, white: volume.black + high * width };
}

/** What the slices of one date show; `panel` knows which image is chosen. */
class DateSlices {
  constructor({ title, volumes, contacts, parts }, panel) {
    this.title = title;
    this.volumes = volumes;
    this.contacts = contacts.filter((each) => each.point);
    this.outlined = parts
      .filter((part) => OUTLINED.has(part.kind))
      .map((part) => ({ ...part, bounds: boundsOf(part.mesh.points) }));
    this.panel = panel;
    this.views = Object.keys(PLANES).map((name) => new SliceView(name, panel, this));
  }

  volume() {
    return this.volumes.find((each) => each.name === this.panel.image) ?? null;
  }

  element() {
    const slices = this.views.map((view) => view.element);
    const row = { class: 'slices', 'data-date': this.title };
    return element('div', row, this.title ? element('h3', {}, this.title) : null, slices);
  }
}

class SlicesPanel {
  constructor(study, store, target) {
    this.store = store;
    this.target = target;
    this.volumes = study.dates.flatMap((date) => date.volumes);
    this.images = [...new Set(this.volumes.map((each) => each.name))];
    [this.image] = this.images;
    this.windows = new Map(this.images.map((name) => [name, this.windowOf(name, 0, 1)]));
    this.outlines = true;
    this.field_mm = FIRST_FIELD_MM;
    this.dates = study.dates
      .filter((date) => date.volumes.length > 0)
      .map((date) => new DateSlices(date, this));
    target.append(this.bar(), ...this.dates.map((date) => date.element()), this.foot());
    store.listen((state, changed) => {
      if (['point', 'center', 'contact'].some((key) => changed.has(key))) this.request();
    });
    this.draw();
  }

  /**
   * Named windows are shares of an image's own black and white, which stand at the same steps in
   * all images, so that one window is the same for all dates.
   */
  windowOf(name, low, high) {
    return windowOf(this.volumes.find((each) => each.name === name), low, high);
  }

  foot() {
    const hint = element('p', { class: 'small' }, this.hint());
    return element('div', { class: 'slices-foot' }, this.windowSliders(), hint);
  }

  hint() {
    const coarse = this.volumes.some((each) => each.coarsened)
      ? ' Images are coarser here than in the folder volumes/.'
      : '';
    return (
      'Wheel or slider scrolls, a click moves the cross-hair, dragging changes window (sideways) ' +
      `and level (up and down). Right is R, left is L.${coarse}`
    );
  }

  /** A row of buttons; each option is [text, act]. */
  choice(label, key, options) {
    const button = ([text, act]) => {
      const made = element('button', { type: 'button', [`data-${key}`]: text }, text);
      made.addEventListener('click', () => {
        act();
        this.draw();
      });
      return made;
    };
    const bar = { class: 'bar', role: 'group', 'aria-label': label };
    return element('div', bar, options.map(button));
  }

  imageChoice() {
    const use = (name) => () => {
      this.image = name;
    };
    return this.choice('Image', 'image', this.images.map((each) => [each, use(each)]));
  }

  windowChoice() {
    const use = (low, high) => () => {
      this.windows.set(this.image, this.windowOf(this.image, low, high));
    };
    const options = WINDOWS.map(([text, low, high]) => [text, use(low, high)]);
    return this.choice('Window', 'window', options);
  }

  fieldChoice() {
    const use = (mm) => () => {
      this.field_mm = mm;
    };
    return this.choice('Field of view', 'field', FIELDS_MM.map((mm) => [`${mm} mm`, use(mm)]));
  }

  bar() {
    const box = element('input', { type: 'checkbox', 'data-toggle': 'outlines', checked: true });
    box.addEventListener('change', () => {
      this.outlines = box.checked;
      this.draw();
    });
    return element(
      'div',
      { class: 'bars' },
      this.imageChoice(),
      this.windowChoice(),
      this.fieldChoice(),
      element('label', {}, box, 'outlines'),
    );
  }

  /** Buttons show what is in use, however it came to be. */
  markChoices() {
    const { black, white } = this.window();
    const named = WINDOWS.find(([, low, high]) => {
      const window = this.windowOf(this.image, low, high);
      return Math.abs(window.black - black) + Math.abs(window.white - white) < 1;
    });
    const used = { image: this.image, field: `${this.field_mm} mm`, window: named?.[0] };
    for (const [key, text] of Object.entries(used)) {
      for (const button of this.target.querySelectorAll(`[data-${key}]`)) {
        button.setAttribute('aria-pressed', String(button.dataset[key] === text));
      }
    }
  }

  windowSliders() {
    const slider = (label, key) => {
      const input = element('input', {
        type: 'range',
        min: 0,
        max: 255,
        step: 1,
        'data-slider': key,
        'aria-label': label,
      });
      input.addEventListener('input', () => {
        const { black, white } = this.window();
        const level = key === 'level' ? Number(input.value) : (black + white) / 2;
        const width = key === 'width' ? Math.max(Number(input.value), 4) : white - black;
        this.setWindow(level, width);
      });
      this[`${key}_slider`] = input;
      return element('label', {}, `${label} `, input);
    };
    return element('div', { class: 'bar' }, slider('window', 'width'), slider('level', 'level'));
  }

  window() {
    return this.windows.get(this.image);
  }

  setWindow(level, width) {
    this.windows.set(this.image, { black: level - width / 2, white: level + width / 2 });
    this.request();
  }

  dragWindow(wider, darker) {
    const { black, white } = this.window();
    this.setWindow((black + white) / 2 + darker, Math.max(white - black + wider, 4));
  }

  request() {
    if (this.requested) return;
    this.requested = requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.requested = 0;
    for (const { views } of this.dates) {
      for (const view of views) view.draw();
    }
    const { black, white } = this.window();
    this.width_slider.value = String(white - black);
    this.level_slider.value = String((black + white) / 2);
    this.markChoices();
  }
}

export function createSlicesPanel(study, store) {
  const target = document.getElementById('slices-panel');
  if (study.dates.every((date) => date.volumes.length === 0)) {
    target.append(element('p', {}, 'There are no images.'));
    return;
  }
  new SlicesPanel(study, store, target);
}
