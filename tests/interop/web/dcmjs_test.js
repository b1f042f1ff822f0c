// dcmjs reads the segmentation's voxels and the report's values as they were written.
// Usage: dcmjs_test.js FOLDER, as viewer_test.js.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const modules = join(folder, 'node_modules');
const fixture = (name) => join(folder, 'fixture', name);
const json = (name) => JSON.parse(readFileSync(fixture(name), 'utf8'));

if (!existsSync(modules)) {
  console.log('skipped: needs the packages of tests/interop/web');
  process.exit(77);
}
const dcmjs = createRequire(join(modules, 'x.js'))('dcmjs');

function read(name) {
  const bytes = readFileSync(fixture(name));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return dcmjs.data.DicomMetaDictionary.naturalizeDataset(dcmjs.data.DicomMessage.readFile(buffer).dict);
}

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const first = (value) => list(value)[0];

/** Voxels of each segment by its number. */
function voxelCounts(seg) {
  const frames = list(seg.PerFrameFunctionalGroupsSequence);
  const bits = dcmjs.data.BitArray.unpack(first(seg.PixelData));
  const size = seg.Rows * seg.Columns;
  const counts = {};
  frames.forEach((frame, n) => {
    const number = first(frame.SegmentIdentificationSequence).ReferencedSegmentNumber;
    const frame_bits = bits.slice(n * size, (n + 1) * size);
    counts[number] = frame_bits.reduce((sum, bit) => sum + (bit ? 1 : 0), counts[number] ?? 0);
  });
  return counts;
}

function checkSegmentation() {
  const seg = read('seg.dcm');
  const counts = voxelCounts(seg);
  for (const segment of json('segments.json')) {
    const item = list(seg.SegmentSequence)[segment.number - 1];
    assert.equal(item.SegmentLabel, segment.name);
    assert.equal(counts[segment.number], segment.voxels, segment.name);
  }
}

const children = (item, code) =>
  list(item.ContentSequence).filter((c) => first(c.ConceptNameCodeSequence)?.CodeValue === code);
const value = (item) => {
  const measured = first(item.MeasuredValueSequence);
  return measured ? Number(first(measured.NumericValue)) : null;
};

const MEASURES = {
  121206: (c) => c.distance_mm,
  'contact-prob': (c) => c.contact_probability,
  'arc-length': (c) => c.arclength_mm,
  'contact-area': (c) => c.area_mm2,
  indentation: (c) => c.indentation_mm,
  81827009: (c) => c.vessel.diameter_mm,
};

function checkContact(groups, contact) {
  const group = groups.find((g) => first(children(g, '112039')).TextValue === `contact ${contact.id}`);
  for (const [code, wanted] of Object.entries(MEASURES)) {
    assert.equal(value(first(children(group, code))), wanted(contact), `${contact.id} ${code}`);
  }
}

function checkReport() {
  const groups = children(first(children(read('sr.dcm'), '126010')), '125007');
  let checked = 0;
  for (const side of json('assessment.json').sides) {
    for (const contact of side.contacts) {
      checkContact(groups, contact);
      checked += 1;
    }
  }
  assert.ok(checked >= 2);
  return checked;
}

checkSegmentation();
console.log(`dcmjs reads the segments and ${checkReport()} contacts alike`);
