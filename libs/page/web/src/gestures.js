// Mouse, finger and keyboard on the scene, as changes of its camera.

import { moved, turned, zoomed } from './camera.js';

const RADIANS_PER_PX = 0.008;
const RADIANS_PER_KEY = Math.PI / 24;
const ZOOM_PER_KEY = 1.2;
const ZOOM_PER_WHEEL_PX = 0.0015;
const SHARE_PER_KEY = 0.05;

/** What a key does to a camera, or null. With Shift the arrows move instead of turning. */
export function cameraAfterKey(camera, { key, shiftKey }) {
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (arrows[key]) {
    const [x, y] = arrows[key];
    const mm = SHARE_PER_KEY * camera.height;
    return shiftKey
      ? moved(camera, x * mm, y * mm)
      : turned(camera, x * RADIANS_PER_KEY, y * RADIANS_PER_KEY);
  }
  if (key === '+' || key === '=') return zoomed(camera, ZOOM_PER_KEY);
  if (key === '-') return zoomed(camera, 1 / ZOOM_PER_KEY);
  return null;
}

/** Left button or one finger turns; Shift, middle or right button moves; two fingers magnify. */
function cameraAfterDrag(camera, event, dx, dy, height_px) {
  const moves = event.shiftKey || (event.buttons & 6) !== 0;
  const mm = camera.height / height_px;
  return moves
    ? moved(camera, dx * mm, dy * mm)
    : turned(camera, dx * RADIANS_PER_PX, dy * RADIANS_PER_PX);
}

const distance = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y);

/** Calls `change(camera => camera)` for everything a hand does on `target`. */
export function listenToHands(target, change) {
  const held = new Map();
  target.addEventListener('pointerdown', (event) => {
    target.setPointerCapture(event.pointerId);
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  target.addEventListener('pointermove', (event) => {
    const last = held.get(event.pointerId);
    if (!last) return;
    const before = held.size === 2 ? distance([...held.values()]) : 0;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (before > 0) {
      const factor = distance([...held.values()]) / before;
      change((camera) => zoomed(camera, factor));
    } else {
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
      change((camera) => cameraAfterDrag(camera, event, dx, dy, target.clientHeight));
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    target.addEventListener(end, (event) => held.delete(event.pointerId));
  }
  target.addEventListener('contextmenu', (event) => event.preventDefault());
  target.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      change((camera) => zoomed(camera, Math.exp(-event.deltaY * ZOOM_PER_WHEEL_PX)));
    },
    { passive: false },
  );
  target.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    change((camera) => {
      const next = cameraAfterKey(camera, event);
      if (next) event.preventDefault();
      return next ?? camera;
    });
  });
}
