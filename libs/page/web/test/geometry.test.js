import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cameraOf, edgeLetters, moved, rightOf, spotOf, turned, zoomed } from '../src/camera.js';
import { cameraAfterKey } from '../src/gestures.js';
import { dot, letters, norm } from '../src/vector.js';

/** From the front, as in the overview: the patient's left is at the viewer's right. */
const front = { center: [3, -20, 41], toward: [0, -1, 0], up: [0, 0, 1], height: 60 };

const near = (a, b, within = 1e-6) =>
  a.forEach((x, n) => assert.ok(Math.abs(x - b[n]) < within, `${a} is not ${b}`));

test('letters name the largest share of a direction first', () => {
  assert.equal(letters([1, 0, 0]), 'L');
  assert.equal(letters([-2, 0, 0.1]), 'R');
  assert.equal(letters([0.6, 0.8, 0]), 'PL');
  assert.equal(letters([0, -0.5, -0.9]), 'IA');
});

test('seen from the front left is right, and from behind left is left', () => {
  assert.equal(edgeLetters(front).right, 'L');
  const [x] = spotOf(front, [13, -20, 41], 400, 300);
  assert.ok(x > 200);
  const behind = turned(front, Math.PI, 0);
  assert.equal(edgeLetters(behind).right, 'R');
  assert.ok(spotOf(behind, [13, -20, 41], 400, 300)[0] < 200);
});

test('a turned camera stays upright in itself and keeps its centre', () => {
  let camera = front;
  for (let n = 0; n < 50; ++n) camera = turned(camera, 0.3, 0.17);
  near([norm(camera.toward), norm(camera.up), dot(camera.toward, camera.up)], [1, 1, 0], 1e-9);
  assert.deepEqual(camera.center, front.center);
});

test('dragging to the right takes the scene to the right', () => {
  const [before] = spotOf(front, front.center, 400, 300);
  const [after] = spotOf(moved(front, 5, 0), front.center, 400, 300);
  near([after - before], [5 * (300 / 60)]);
  const facing = [3, -30, 41]; // on the ball's near side
  assert.ok(spotOf(turned(front, 0.2, 0), facing, 400, 300)[0] > 200);
});

test('dragging downwards takes the near side of the scene downwards', () => {
  assert.ok(spotOf(turned(front, 0, 0.2), [3, -30, 41], 400, 300)[1] > 150);
  assert.ok(spotOf(moved(front, 0, 5), front.center, 400, 300)[1] > 150);
});

test('magnifying stops at what makes sense', () => {
  assert.equal(zoomed(front, 2).height, 30);
  assert.ok(zoomed(front, 1e6).height >= 1);
  assert.ok(zoomed(front, 1e-6).height <= 1000);
});

test('a view fits into a field of any shape', () => {
  const look = { center: [0, 0, 0], toward_viewer: [0, 0, 2], up: [0, 1, 0] };
  const view = { ...look, width_mm: 40, height_mm: 30 };
  assert.equal(cameraOf(view, 4 / 3).height, 30);
  assert.equal(cameraOf(view, 1).height, 40);
  near([norm(cameraOf(view, 1).toward)], [1]);
});

test('keys turn, move and magnify, and others are left alone', () => {
  assert.notDeepEqual(cameraAfterKey(front, { key: 'ArrowLeft' }).toward, front.toward);
  const shifted = cameraAfterKey(front, { key: 'ArrowLeft', shiftKey: true });
  assert.ok(dot(rightOf(front), shifted.center) > dot(rightOf(front), front.center));
  assert.ok(cameraAfterKey(front, { key: '+' }).height < 60);
  assert.ok(cameraAfterKey(front, { key: '-' }).height > 60);
  assert.equal(cameraAfterKey(front, { key: 'Tab' }), null);
});
