// A parallel camera: it looks at `center` from the unit vector `toward`, with `up` upwards, and
// shows `height` millimetres.

import { add, cross, dot, letters, normalized, rotated, scale, subtract } from './vector.js';

export const rightOf = (camera) => cross(camera.up, camera.toward);

/** The camera of one of the page's views in a field `aspect` times as wide as high. */
export function cameraOf(view, aspect) {
  return {
    center: view.center,
    toward: normalized(view.toward_viewer),
    up: normalized(view.up),
    height: Math.max(view.height_mm, view.width_mm / aspect),
  };
}

/** Turned like a ball under the hand: `dx` to the right, `dy` downwards, radians. */
export function turned(camera, dx, dy) {
  const right = rightOf(camera);
  const turn = (v) => rotated(rotated(v, camera.up, -dx), right, -dy);
  const toward = normalized(turn(camera.toward));
  const up = turn(camera.up);
  return { ...camera, toward, up: normalized(subtract(up, scale(toward, dot(up, toward)))) };
}

/** Moved so that the scene goes `dx` to the right and `dy` downwards, mm. */
export function moved(camera, dx, dy) {
  const center = add(add(camera.center, scale(rightOf(camera), -dx)), scale(camera.up, dy));
  return { ...camera, center };
}

const NEAREST_MM = 3;
const FARTHEST_MM = 400;

/** Magnified by `factor`. */
export function zoomed(camera, factor) {
  const height = Math.min(Math.max(camera.height / factor, NEAREST_MM), FARTHEST_MM);
  return { ...camera, height };
}

/** Where an LPS point appears in a field of width x height px. */
export function spotOf(camera, point, width, height) {
  const d = subtract(point, camera.center);
  const perPixel = camera.height / height;
  const across = dot(d, rightOf(camera)) / perPixel;
  const upwards = dot(d, camera.up) / perPixel;
  return [width / 2 + across, height / 2 - upwards];
}

/** The anatomical letters at the field's edges. */
export function edgeLetters(camera) {
  const right = rightOf(camera);
  return {
    right: letters(right),
    left: letters(scale(right, -1)),
    top: letters(camera.up),
    bottom: letters(scale(camera.up, -1)),
  };
}
