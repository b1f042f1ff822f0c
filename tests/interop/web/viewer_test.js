// A web viewer that other people wrote, Cornerstone3D, shows the fixture's segment, which lies on the
// patient's left alone, on the left. Usage: viewer_test.js FOLDER, with FOLDER/node_modules (see
// tests/interop/CMakeLists.txt) and FOLDER/fixture. The picture is left in FOLDER/viewer.png.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize, resolve } from 'node:path';
import { chromium, launch } from '../../page/browser.js';
import { bundle } from './bundle.js';

const folder = resolve(process.argv[2]);
const modules = join(folder, 'node_modules');
const SKIPPED = 77;
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm' };

function serve(root) {
  const server = createServer((request, response) => {
    const file = join(root, normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    return response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function shown(browser, base, segments) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('page:', error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error('console:', message.text());
  });
  await page.setViewport({ width: 600, height: 600 });
  await page.goto(`${base}/viewer/index.html`);
  await page.waitForFunction('window.ready', { timeout: 60000 });
  const t2 = readdirSync(join(folder, 'fixture/t2')).sort().map((name) => `/fixture/t2/${name}`);
  const result = await page.evaluate((job) => window.show(job), {
    t2, seg: '/fixture/seg.dcm', point: segments[0].middle_lps_mm,
  });
  await page.screenshot({ path: join(folder, 'viewer.png') });
  return result;
}

function check(result, segments) {
  assert.deepEqual(result.names, segments.map((s) => s.name));
  for (const segment of segments) {
    assert.equal(result.counts[segment.number], segment.voxels, segment.name);
  }
  assert.ok(result.count > 100, `${result.count} coloured pixels`);
  // LPS: the patient's left is where x grows; in these images it is on the reader's right.
  assert.ok(result.world.every(([x]) => x > 5), 'all that is coloured lies on the left');
  assert.ok(result.meanX > result.middleX, 'and right of the midline on the screen');
  const mean = [0, 1].map((axis) => result.world.reduce((sum, p) => sum + p[axis], 0) / result.count);
  assert.ok(Math.abs(mean[0] - segments[0].middle_lps_mm[0]) < 1.5, `x of what is shown: ${mean[0]}`);
}

async function main() {
  if (!existsSync(modules) || !chromium()) {
    console.log('skipped: needs the packages of tests/interop/web and Chromium');
    process.exit(SKIPPED);
  }
  const segments = JSON.parse(readFileSync(join(folder, 'fixture/segments.json'), 'utf8'));
  await bundle(modules, join(folder, 'viewer'));
  const server = await serve(folder);
  const browser = await launch(createRequire(join(modules, 'x.js'))('puppeteer-core'));
  try {
    const result = await shown(browser, `http://127.0.0.1:${server.address().port}`, segments);
    check(result, segments);
    console.log(`${result.count} pixels shown, all on the patient's left`);
  } finally {
    await browser.close();
    server.close();
  }
}

await main();
