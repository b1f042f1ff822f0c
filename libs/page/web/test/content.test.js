import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bytesOf, decodeMesh, normalsOf } from '../src/decode.js';
import { unbroken } from '../src/dom.js';
import { createStore } from '../src/store.js';
import { layStrip } from '../src/strip.js';

const base64 = (array) => Buffer.from(array.buffer).toString('base64');

test('bytes come out of Base64 as they went in', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
  assert.deepEqual(bytesOf(base64(bytes)), bytes);
});

test('a surface is put in its place', () => {
  const mesh = decodeMesh({
    origin: [-10, 20, 5],
    step: [0.001, 0.002, 0.5],
    points: base64(Uint16Array.of(0, 0, 0, 1000, 500, 2, 65535, 0, 0)),
    triangles: base64(Uint32Array.of(0, 1, 2)),
  });
  [-10, 20, 5, -9, 21, 6].forEach((x, n) => assert.ok(Math.abs(mesh.points[n] - x) < 1e-4));
  assert.deepEqual([...mesh.triangles], [0, 1, 2]);
});

test('normals point where the triangles turn counter-clockwise', () => {
  const normals = normalsOf({
    points: Float32Array.of(0, 0, 7, 1, 0, 7, 0, 1, 7),
    triangles: Uint32Array.of(0, 1, 2),
  });
  assert.deepEqual([...normals.subarray(0, 3)], [0, 0, 1]);
});

const zone = (name, from_mm, to_mm, status) => ({
  zone: name,
  from_mm,
  to_mm,
  status,
  smallest_vessel_mm: status === 'clear' ? 0.61 : null,
});

test('the strip lays zones and contacts out by arc length', () => {
  const strip = layStrip({
    zones: [zone('RExP', 0, 1, 'clear'), zone('AS', 1, 10, 'contact'), zone('CP', 10, 20, 'clear')],
    contacts: [
      { id: 'L1', arclength_mm: 5, contact_probability: 0.9 },
      { id: 'L2', arclength_mm: null, contact_probability: null },
    ],
  });
  assert.equal(strip.length_mm, 20);
  assert.deepEqual(strip.zones.map((each) => each.from), [0, 0.05, 0.5]);
  assert.deepEqual(strip.zones.map((each) => each.room), ['narrow tight', '', '']);
  assert.equal(strip.zones[2].sight, '≥ 0.7 mm');
  assert.deepEqual(strip.contacts, [{ id: 'L1', at: 0.25, touches: true }]);
  assert.deepEqual(strip.marks.map((mark) => mark.mm), [0, 5, 10, 15, 20]);
});

test('a zone that is not assessable says so and names no vessel', () => {
  const strip = layStrip({ zones: [zone('AS', 0, 9, 'not_assessable')], contacts: [] });
  assert.equal(strip.zones[0].words, 'not assessable');
  assert.equal(strip.zones[0].sight, '');
});

test('zones without a place give no strip', () => {
  assert.equal(layStrip({ zones: [zone('AS', null, null, 'not_assessable')], contacts: [] }), null);
});

test('listeners hear what changed, and nothing where nothing did', () => {
  const store = createStore({ a: 1, b: 2 });
  const heard = [];
  store.listen((state, changed) => heard.push([state.a, [...changed]]));
  store.set({ a: 1 });
  store.set({ a: 3, b: 2 });
  assert.deepEqual(heard, [[3, ['a']]]);
});

test('a figure keeps its doubt and its unit on its line', () => {
  assert.equal(unbroken('2.13 ± 0.57 mm before'), '2.13 ±\u00a00.57\u00a0mm before');
  assert.equal(unbroken('not within 3 mm'), 'not within 3\u00a0mm');
  assert.equal(unbroken('no change'), 'no change');
});
