// One plane of the images: its canvas, its slider, and what a hand does on them.

import { element, millimetres } from './dom.js';
import { outlineOf } from './outline.js';
import { drawSlice, PLANES, pointAt, reachOf, spotOf } from './slice.js';
import { letters } from './vector.js';

/** Pixels of a slice's own, stretched by the browser to what the page has room for. */
const SIZE = 360;
/** How far a slice may be from a contact that it still marks. */
const MARKED_WITHIN_MM = 0.75;
const SCROLL_STEP_MM = 0.25;
/** Steps of the window, of 255, for each pixel that the mouse is dragged. */
const STEPS_PER_PX = 0.7;
/** A hand that moves less than this has clicked. */
const CLICK_WITHIN_PX = 4;
/** The cross-hair leaves this much free around its middle, where something is to be seen. */
const CROSS_GAP_PX = 14;

/** A colour of the palette, lighter where it would drown on black. */
function onBlack([r, g, b]) {
  const f = r + g + b < 250 ? 0.65 : r + g + b < 384 ? 0.25 : 0;
  return `rgb(${[r, g, b].map((c) => Math.round(c + f * (255 - c))).join(' ')})`;
}

/**
 * `panel` holds what all slices share: window, field, whether there are outlines; `date` what is of
 * one date: {volumes, contacts, outlined, volume()}.
 */
export class SliceView {
  constructor(name, panel, date) {
    this.plane = PLANES[name];
    this.panel = panel;
    this.date = date;
    this.canvas = element('canvas', {
      width: SIZE,
      height: SIZE,
      role: 'img',
      'data-plane': name,
      'aria-label': `${name} slice${date.title ? `, ${date.title}` : ''}`,
    });
    this.context = this.canvas.getContext('2d');
    this.image = this.context.createImageData(SIZE, SIZE);
    this.buffer = element('canvas', { width: SIZE, height: SIZE });
    const [low, high] = reachOf(date.volumes[0], this.plane.axis);
    this.slider = element('input', {
      type: 'range',
      min: low.toFixed(2),
      max: high.toFixed(2),
      step: SCROLL_STEP_MM,
      'data-scroll': name,
      'aria-label': `Position of the ${name} slice${date.title ? `, ${date.title}` : ''}`,
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
    this.canvas.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
    this.canvas.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse') this.canvas.setPointerCapture(event.pointerId);
      this.held = { x: event.clientX, y: event.clientY, dragged: false };
    });
    this.canvas.addEventListener('pointermove', (event) => this.onMove(event));
    this.canvas.addEventListener('pointerup', (event) => {
      if (this.held && !this.held.dragged) this.choose(event);
      this.held = null;
    });
    this.canvas.addEventListener('pointercancel', () => {
      this.held = null;
    });
  }

  onWheel(event) {
    event.preventDefault();
    const [, , position] = this.position();
    const step = SCROLL_STEP_MM * (event.shiftKey ? 4 : 1);
    this.scrollTo(position - Math.sign(event.deltaY) * step);
  }

  /** Changes window and level. A finger does not, for it scrolls the page. */
  onMove(event) {
    if (!this.held || event.pointerType !== 'mouse') return;
    const [dx, dy] = [event.clientX - this.held.x, event.clientY - this.held.y];
    if (!this.held.dragged && Math.hypot(dx, dy) < CLICK_WITHIN_PX) return;
    this.panel.dragWindow(dx * STEPS_PER_PX, dy * STEPS_PER_PX);
    this.held = { x: event.clientX, y: event.clientY, dragged: true };
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
    this.context.fillStyle = '#000';
    this.context.fillRect(0, 0, SIZE, SIZE);
    this.drawImage(middle);
    if (this.panel.outlines) this.drawOutlines(middle, axis, position);
    this.drawCross(middle);
    this.drawContacts(middle, axis, position);
    this.tell(axis, position);
  }

  /** Nothing where this date has no such image. */
  drawImage(middle) {
    const volume = this.date.volume();
    if (!volume) return;
    const { field_mm } = this.panel;
    drawSlice(volume, this.plane, middle, field_mm, SIZE, this.panel.window(), this.image.data);
    this.buffer.getContext('2d').putImageData(this.image, 0, 0);
    this.context.drawImage(this.buffer, 0, 0);
  }

  spot(middle, point) {
    return spotOf(this.plane, middle, this.panel.field_mm, SIZE, point);
  }

  drawOutlines(middle, axis, position) {
    this.context.lineWidth = 1.4;
    for (const part of this.date.outlined) {
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

  drawCross(middle) {
    const [x, y] = this.spot(middle, this.panel.store.get().point);
    this.context.strokeStyle = 'rgb(255 255 255 / 45%)';
    this.context.lineWidth = 1;
    this.context.beginPath();
    for (const [ax, ay, bx, by] of [
      [0, y, x - CROSS_GAP_PX, y],
      [x + CROSS_GAP_PX, y, SIZE, y],
      [x, 0, x, y - CROSS_GAP_PX],
      [x, y + CROSS_GAP_PX, x, SIZE],
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
    for (const { id, point: at } of this.date.contacts) {
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
