// Axial, coronal and sagittal slices: scrolled, windowed, with the contact marked.

import { element, millimetres } from './dom.js';
import { boundsOf, outlineOf } from './outline.js';
import { drawSlice, PLANES, pointAt, reachOf, spotOf } from './slice.js';
import { letters } from './vector.js';

/** Pixels of a slice's own, stretched by the browser to what the page has room for. */
const SIZE = 360;
const FIELDS_MM = [14, 28, 56];
const FIRST_FIELD_MM = 28; // as in the pictures
/** How far a slice may be from a contact that it still marks. */
const MARKED_WITHIN_MM = 0.75;
const SCROLL_STEP_MM = 0.25;
/** How much of the window's range the width of a slice is when dragged over. */
const STEPS_PER_PX = 0.7;

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

/** A colour of the palette, lighter where it would drown on black. */
function onBlack([r, g, b]) {
  const f = r + g + b < 250 ? 0.65 : r + g + b < 384 ? 0.25 : 0;
  return `rgb(${[r, g, b].map((c) => Math.round(c + f * (255 - c))).join(' ')})`;
}

/** One plane: its canvas, its slider and what they do. */
class SliceView {
  constructor(name, panel) {
    this.plane = PLANES[name];
    this.panel = panel;
    this.canvas = element('canvas', {
      width: SIZE,
      height: SIZE,
      role: 'img',
      'data-plane': name,
      'aria-label': `${name} slice`,
    });
    this.context = this.canvas.getContext('2d');
    this.image = this.context.createImageData(SIZE, SIZE);
    this.buffer = element('canvas', { width: SIZE, height: SIZE });
    const [low, high] = reachOf(panel.volumes[0], this.plane.axis);
    this.slider = element('input', {
      type: 'range',
      min: low.toFixed(2),
      max: high.toFixed(2),
      step: SCROLL_STEP_MM,
      'data-scroll': name,
      'aria-label': `Position of the ${name} slice`,
    });
    this.place = element('span', { class: 'place' });
    this.element = element(
      'figure',
      { class: 'slice' },
      element('div', { class: 'field' }, this.canvas, this.letterElements()),
      element('figcaption', {}, element('b', {}, name), this.place),
      this.slider,
    );
    this.listen();
  }

  letterElements() {
    const { right, down } = this.plane;
    const back = (v) => v.map((x) => -x);
    const edges = { right, left: back(right), bottom: down, top: back(down) };
    return Object.entries(edges).map(([edge, direction]) =>
      element('span', { class: `letter ${edge}`, 'data-edge': edge }, letters(direction)),
    );
  }

  listen() {
    this.slider.addEventListener('input', () => this.scrollTo(Number(this.slider.value)));
    this.canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const [, , position] = this.position();
        const step = SCROLL_STEP_MM * (event.shiftKey ? 4 : 1);
        this.scrollTo(position - Math.sign(event.deltaY) * step);
      },
      { passive: false },
    );
    let from = null;
    this.canvas.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse') this.canvas.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY, dragged: false };
    });
    this.canvas.addEventListener('pointermove', (event) => {
      if (!from || event.pointerType !== 'mouse') return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.dragged && Math.hypot(dx, dy) < 4) return;
      this.panel.dragWindow(dx * STEPS_PER_PX, dy * STEPS_PER_PX);
      from = { x: event.clientX, y: event.clientY, dragged: true };
    });
    this.canvas.addEventListener('pointerup', (event) => {
      if (from && !from.dragged) this.choose(event);
      from = null;
    });
  }

  /** [x, y] of a mouse event in the canvas's own pixels. */
  pixelOf(event) {
    const box = this.canvas.getBoundingClientRect();
    const along = (at, low, length) => ((at - low) * SIZE) / length;
    return [along(event.clientX, box.left, box.width), along(event.clientY, box.top, box.height)];
  }

  /** The middle of the slice, and where it lies along its axis. */
  position() {
    const { center, point } = this.panel.store.get();
    const { axis } = this.plane;
    const middle = [...center];
    middle[axis] = point[axis];
    return [middle, axis, point[axis]];
  }

  choose(event) {
    const [middle] = this.position();
    const point = pointAt(this.plane, middle, this.panel.field_mm, SIZE, this.pixelOf(event));
    this.panel.store.set({ point });
  }

  scrollTo(position) {
    const point = [...this.panel.store.get().point];
    const [low, high] = [Number(this.slider.min), Number(this.slider.max)];
    point[this.plane.axis] = Math.min(Math.max(position, low), high);
    this.panel.store.set({ point });
  }

  draw() {
    const [middle, axis, position] = this.position();
    const { volume, field_mm } = this.panel;
    drawSlice(volume, this.plane, middle, field_mm, SIZE, this.panel.window(), this.image.data);
    this.buffer.getContext('2d').putImageData(this.image, 0, 0);
    this.context.fillStyle = '#000';
    this.context.fillRect(0, 0, SIZE, SIZE);
    this.context.drawImage(this.buffer, 0, 0);
    if (this.panel.outlines) this.drawOutlines(middle, axis, position);
    this.drawCross(middle);
    this.drawContacts(middle, axis, position);
    this.tell(axis, position);
  }

  spot(middle, point) {
    return spotOf(this.plane, middle, this.panel.field_mm, SIZE, point);
  }

  drawOutlines(middle, axis, position) {
    this.context.lineWidth = 1.4;
    for (const part of this.panel.outlined) {
      const [low, high] = part.bounds[axis];
      if (position < low || position > high) continue;
      this.context.strokeStyle = onBlack(part.color);
      this.context.beginPath();
      for (const [from, to] of outlineOf(part.mesh, axis, position)) {
        this.context.moveTo(...this.spot(middle, from));
        this.context.lineTo(...this.spot(middle, to));
      }
      this.context.stroke();
    }
  }

  /** Leaves the middle free, where something is to be seen. */
  drawCross(middle) {
    const [x, y] = this.spot(middle, this.panel.store.get().point);
    this.context.strokeStyle = 'rgb(255 255 255 / 45%)';
    this.context.lineWidth = 1;
    this.context.beginPath();
    for (const [ax, ay, bx, by] of [
      [0, y, x - 14, y],
      [x + 14, y, SIZE, y],
      [x, 0, x, y - 14],
      [x, y + 14, x, SIZE],
    ]) {
      this.context.moveTo(ax, ay);
      this.context.lineTo(bx, by);
    }
    this.context.stroke();
  }

  drawContacts(middle, axis, position) {
    const chosen = this.panel.store.get().contact;
    const { context } = this;
    context.font = 'bold 15px sans-serif';
    context.lineJoin = 'round';
    for (const { id, nerve_point_lps_mm: at } of this.panel.contacts) {
      if (Math.abs(at[axis] - position) > MARKED_WITHIN_MM) continue;
      const [x, y] = this.spot(middle, at);
      // Dark below light, so that both fluid and tissue let it stand out.
      for (const [color, width] of [['#000', 5], [id === chosen ? '#ffe838' : '#fff', 2]]) {
        context.strokeStyle = context.fillStyle = color;
        context.lineWidth = width;
        context.beginPath();
        context.arc(x, y, 10, 0, 2 * Math.PI);
        context.stroke();
        if (color === '#000') context.strokeText(id, x + 12, y - 10);
        else context.fillText(id, x + 12, y - 10);
      }
    }
  }

  tell(axis, position) {
    const direction = [0, 1, 2].map((a) => (a === axis ? Math.sign(position) || 1 : 0));
    const words = `${millimetres(Math.abs(position), 2)} ${letters(direction)}`;
    this.slider.value = String(position);
    this.slider.setAttribute('aria-valuetext', words);
    this.place.textContent = words;
    this.canvas.dataset.position = position.toFixed(2);
    this.canvas.dataset.middle = JSON.stringify(this.position()[0]);
  }
}

class SlicesPanel {
  constructor(study, store, target) {
    this.store = store;
    this.volumes = study.volumes;
    this.volume = study.volumes[0];
    this.windows = new Map(study.volumes.map((v) => [v, windowOf(v, 0, 1)]));
    this.contacts = study.contacts.filter((each) => each.nerve_point_lps_mm);
    this.outlined = study.parts
      .filter((part) => OUTLINED.has(part.kind))
      .map((part) => ({ ...part, bounds: boundsOf(part.mesh.points) }));
    this.outlines = true;
    this.field_mm = FIRST_FIELD_MM;
    this.views = Object.keys(PLANES).map((name) => new SliceView(name, this));
    target.append(
      this.bar(),
      element(
        'div',
        { class: 'slices' },
        this.views.map((view) => view.element),
        element('div', {}, this.windowSliders(), element('p', { class: 'small' }, this.hint())),
      ),
    );
    store.listen((state, changed) => {
      if (['point', 'center', 'contact'].some((key) => changed.has(key))) this.request();
    });
    this.draw();
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

  choice(label, key, options) {
    const buttons = options.map(([text, chosen, act]) => {
      const button = element(
        'button',
        { type: 'button', [`data-${key}`]: text, 'aria-pressed': String(chosen) },
        text,
      );
      button.addEventListener('click', () => {
        for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
        act();
        this.draw();
      });
      return button;
    });
    return element('div', { class: 'bar', role: 'group', 'aria-label': label }, buttons);
  }

  bar() {
    const images = this.volumes.map((volume, n) => [
      volume.name,
      n === 0,
      () => {
        this.volume = volume;
      },
    ]);
    const fields = FIELDS_MM.map((mm) => [
      `${mm} mm`,
      mm === FIRST_FIELD_MM,
      () => {
        this.field_mm = mm;
      },
    ]);
    const windows = WINDOWS.map(([text, low, high], n) => [
      text,
      n === 0,
      () => this.windows.set(this.volume, windowOf(this.volume, low, high)),
    ]);
    const box = element('input', { type: 'checkbox', 'data-toggle': 'outlines', checked: true });
    box.addEventListener('change', () => {
      this.outlines = box.checked;
      this.draw();
    });
    return element(
      'div',
      { class: 'bars' },
      this.choice('Image', 'image', images),
      this.choice('Window', 'window', windows),
      this.choice('Field of view', 'field', fields),
      element('label', {}, box, 'outlines'),
    );
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
    return this.windows.get(this.volume);
  }

  setWindow(level, width) {
    this.windows.set(this.volume, { black: level - width / 2, white: level + width / 2 });
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
    for (const view of this.views) view.draw();
    const { black, white } = this.window();
    this.width_slider.value = String(white - black);
    this.level_slider.value = String((black + white) / 2);
  }
}

export function createSlicesPanel(study, store) {
  const target = document.getElementById('slices-panel');
  if (study.volumes.length === 0) {
    target.append(element('p', {}, 'There are no images.'));
    return;
  }
  new SlicesPanel(study, store, target);
}
