import assert from 'node:assert/strict';
import { test } from 'node:test';

import { boundsOf, outlineOf } from '../src/outline.js';
import {
  drawSlice,
  grey,
  indexOf,
  PLANES,
  pointAt,
  positionOf,
  reachOf,
  spotOf,
  valueAt,
} from '../src/slice.js';

/** Oblique by 0.3 radians about z, anisotropic, off zero; each value is its LPS x position + 100. */
function obliqueVolume() {
  const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
  const volume = {
    size: [60, 50, 20],
    spacing: [0.5, 0.6, 0.8],
    origin: [-31.5, 12.25, 47.75],
    direction: [c, -s, 0, s, c, 0, 0, 0, 1],
    values: new Float32Array(60 * 50 * 20),
  };
  let at = 0;
  for (let k = 0; k < 20; ++k) {
    for (let j = 0; j < 50; ++j) {
      for (let i = 0; i < 60; ++i) volume.values[at++] = positionOf(volume, [i, j, k])[0] + 100;
    }
  }
  return volume;
}

const near = (a, b, within = 1e-4) => assert.ok(Math.abs(a - b) < within, `${a} is not ${b}`);

test('index and position are each other reversed on an oblique grid', () => {
  const volume = obliqueVolume();
  const index = indexOf(volume, positionOf(volume, [11.5, 3.25, 7]));
  [11.5, 3.25, 7].forEach((x, n) => near(index[n], x));
});

test('values are interpolated where they lie in the patient', () => {
  const volume = obliqueVolume();
  for (const index of [[5, 5, 5], [20.3, 30.7, 9.9], [59, 49, 19], [0, 0, 0]]) {
    near(valueAt(volume, ...index), positionOf(volume, index)[0] + 100, 1e-3);
  }
  assert.equal(valueAt(volume, -0.1, 5, 5), -1);
  assert.equal(valueAt(volume, 5, 49.1, 5), -1);
});

test('left of the patient is at the right of axial and coronal slices', () => {
  const volume = obliqueVolume();
  const center = positionOf(volume, [30, 25, 10]);
  const window = { black: center[0] + 90, white: center[0] + 110 };
  for (const name of ['axial', 'coronal']) {
    const rgba = new Uint8ClampedArray(4 * 20 * 20);
    drawSlice(volume, PLANES[name], center, 6, 20, window, rgba);
    const row = 4 * 20 * 10;
    assert.ok(rgba[row + 4 * 18] > rgba[row + 4 * 2] + 30, name);
  }
});

test('the front is at the left of sagittal slices and up is up', () => {
  const volume = { ...obliqueVolume(), origin: [0, 0, 0] };
  const { right, down } = PLANES.sagittal;
  assert.deepEqual(right, [0, 1, 0]);
  assert.deepEqual(down, [0, 0, -1]);
  const [low, high] = reachOf(volume, 2);
  near(low, 0);
  near(high, 19 * 0.8);
});

test('a pixel and its point are each other reversed', () => {
  for (const plane of Object.values(PLANES)) {
    const center = [5, -7, 30];
    const point = pointAt(plane, center, 40, 360, [100, 250]);
    const [x, y] = spotOf(plane, center, 40, 360, point);
    near(x, 100);
    near(y, 250);
    near(point[plane.axis], center[plane.axis]);
  }
});

test('outside of the image a slice is transparent', () => {
  const rgba = new Uint8ClampedArray(4 * 4 * 4);
  drawSlice(obliqueVolume(), PLANES.axial, [500, 0, 0], 4, 4, { black: 0, white: 1 }, rgba);
  assert.ok(rgba.every((value) => value === 0));
});

test('grey values are held between black and white', () => {
  assert.equal(grey(10, { black: 20, white: 40 }), 0);
  assert.equal(grey(30, { black: 20, white: 40 }), 128);
  assert.equal(grey(99, { black: 20, white: 40 }), 255);
});

/** A tetrahedron with its corner at the origin. */
const corner = {
  points: new Float32Array([0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2]),
  triangles: new Uint32Array([0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]),
};

test('the outline of a closed surface is closed and lies in the plane', () => {
  const pieces = outlineOf(corner, 2, 0.5);
  assert.equal(pieces.length, 3);
  const ends = new Map();
  for (const point of pieces.flat()) {
    near(point[2], 0.5);
    const key = point.map((x) => x.toFixed(4)).join();
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
  assert.ok([...ends.values()].every((count) => count === 2));
});

test('a plane beside a surface gives no outline', () => {
  assert.deepEqual(outlineOf(corner, 0, 2.5), []);
  assert.deepEqual(outlineOf(corner, 0, -0.5), []);
  assert.deepEqual(boundsOf(corner.points), [[0, 2], [0, 2], [0, 2]]);
});
