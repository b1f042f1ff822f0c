// node browser_test.js NODE_MODULES FOLDER: opens the sample pages of FOLDER in a headless Chromium.
// Ends with 77 (skipped) where there is no Chromium.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  cameraOf,
  chromium,
  clickContact,
  isBright,
  isVermillion,
  launch,
  open,
  packages,
  positionOf,
  seen,
  seriousFindings,
  settled,
  tabTo,
  visit,
} from './browser.js';

if (!chromium()) {
  console.log('skipped: no Chromium was found (set NEUROVASC_CHROMIUM to its path)');
  process.exit(77);
}
const [modules, folder] = process.argv.slice(2);
const { puppeteer, axe } = packages(modules);
const SAMPLE = join(folder, 'sample.html');
const CONTACTS = ['L1', 'L2', 'R1'];
const PLANES = { sagittal: 0, coronal: 1, axial: 2 };
const MOST_BYTES = 15e6;


let browser;
before(async () => {
  browser = await launch(puppeteer);
});
after(() => browser.close());

const onPage = (options, body) => visit(browser, options.file ?? SAMPLE, options, body);

const contactPoint = (page, id) =>
  page.evaluate((wanted) => {
    const { assessment } = JSON.parse(document.getElementById('data').textContent);
    const contacts = assessment.sides.flatMap((side) => side.contacts);
    return contacts.find((contact) => contact.id === wanted).nerve_point_lps_mm;
  }, id);

test('the page is one file that names nothing outside itself', async () => {
  assert.ok(statSync(SAMPLE).size < MOST_BYTES);
  await onPage({}, async (page) => {
    const names = await page.$$eval('[src], [href]', (all) =>
      all.map((each) => each.getAttribute('src') ?? each.getAttribute('href')),
    );
    for (const name of names) assert.match(name, /^(#|data:)/);
    assert.equal(await page.evaluate(() => typeof broken), 'undefined');
    assert.match(await page.title(), /<\/script>/);
  });
});

test('every contact stands in a table, on the strip and over the scene', () =>
  onPage({}, async (page) => {
    for (const id of CONTACTS) {
      for (const place of ['[data-row]', '.strip', '#scene', '#look']) {
        const found = await page.$$(`${place} button[data-contact="${id}"]`);
        assert.ok(found.length > 0, `${id} in ${place}`);
      }
    }
  }));

test('a click on a contact takes camera, slices, pictures and words there', () =>
  onPage({}, async (page) => {
    for (const id of CONTACTS) {
      await clickContact(page, id);
      const point = await contactPoint(page, id);
      const { center } = await cameraOf(page);
      assert.ok(Math.hypot(...center.map((c, n) => c - point[n])) < 2, `camera at ${id}`);
      for (const [plane, axis] of Object.entries(PLANES)) {
        const off = Math.abs((await positionOf(page, plane)) - point[axis]);
        assert.ok(off < 0.01, `${plane} at ${id}`);
      }
      const pictures = await page.$$eval('#pictures-panel .screen [data-picture]', (all) =>
        all.map((each) => each.dataset.picture),
      );
      const views = ['', '_slices', '_across'];
      assert.deepEqual(pictures, views.map((view) => `contact_${id}${view}`));
      assert.match(await page.$eval('#shown', (each) => each.textContent), new RegExp(`^${id}: `));
    }
  }));

test('left is left in the scene, from the front and from behind', () =>
  onPage({}, async (page) => {
    // The artery of the fixture is on the left alone.
    await page.click('[data-view="overview"]');
    await settled(page);
    const edge = () => page.$eval('#scene [data-edge="right"]', (each) => each.textContent);
    assert.match(await edge(), /^L/);
    const front = await seen(page, '#scene .drawing', isVermillion);
    assert.ok(front.count > 50 && front.x > 0.5, JSON.stringify(front));
    await page.focus('#scene');
    for (let n = 0; n < 24; ++n) await page.keyboard.press('ArrowRight'); // half a turn
    await settled(page);
    assert.match(await edge(), /^R/);
    const behind = await seen(page, '#scene .drawing', isVermillion);
    assert.ok(behind.count > 50 && behind.x < 0.5, JSON.stringify(behind));
  }));

test('left is left in the slices', () =>
  onPage({}, async (page) => {
    await clickContact(page, 'L1');
    await page.click('#slices-panel [data-toggle="outlines"]');
    for (const plane of ['axial', 'coronal']) {
      const field = `.slice:has([data-plane="${plane}"])`;
      assert.equal(await page.$eval(`${field} [data-edge="right"]`, (e) => e.textContent), 'L');
      assert.equal(await page.$eval(`${field} [data-edge="left"]`, (e) => e.textContent), 'R');
      // The ball lies 4 mm lateral of L1, in the middle of a field of 28 mm.
      const ball = await seen(page, `canvas[data-plane="${plane}"]`, isBright);
      assert.ok(Math.abs(ball.x - (0.5 + 4 / 28)) < 0.04, `${plane} ${JSON.stringify(ball)}`);
    }
    await clickContact(page, 'R1');
    const right = await seen(page, 'canvas[data-plane="axial"]', isBright);
    assert.ok(!(right.count > 600), 'the ball is not on the right');
  }));

test('switches hide and show', () =>
  onPage({}, async (page) => {
    const before_all = await seen(page, '#scene .drawing', isVermillion);
    await page.click('[data-toggle="artery"]');
    await settled(page);
    const without = await seen(page, '#scene .drawing', isVermillion);
    assert.ok(without.count < before_all.count / 10, `${without.count} of ${before_all.count}`);
    const keys = await page.$$eval('.toggles input', (all) => all.map((e) => e.dataset.toggle));
    for (const key of keys) {
      const hidden = () => page.$eval('#scene', (e) => e.dataset.hidden.split(' '));
      const was = (await hidden()).includes(key);
      await page.click(`[data-toggle="${key}"]`);
      assert.equal((await hidden()).includes(key), !was, key);
    }
    assert.deepEqual(new Set(keys).size, 12);
  }));

test('views change the camera, and dragging turns it', () =>
  onPage({}, async (page) => {
    const names = await page.$$eval('#scene-panel button[data-view]', (all) =>
      all.map((button) => button.dataset.view),
    );
    const seen_cameras = new Set();
    for (const name of names) {
      await page.click(`button[data-view="${name}"]`);
      seen_cameras.add(JSON.stringify(await cameraOf(page)));
    }
    assert.equal(seen_cameras.size, 7);
    const before_drag = await cameraOf(page);
    const box = await (await page.$('#scene')).boundingBox();
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 280, box.y + 200, { steps: 4 });
    await page.mouse.up();
    assert.notDeepEqual((await cameraOf(page)).toward, before_drag.toward);
  }));

test('slices scroll by wheel and follow a click, and the window follows the mouse', () =>
  onPage({}, async (page) => {
    await clickContact(page, 'L1');
    const axial = 'canvas[data-plane="axial"]';
    await page.$eval(axial, (canvas) => canvas.scrollIntoView({ block: 'center' }));
    const box = await (await page.$(axial)).boundingBox();
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
    const start = await positionOf(page, 'axial');
    await page.mouse.wheel({ deltaY: -100 });
    await settled(page);
    assert.ok((await positionOf(page, 'axial')) > start, 'wheel up goes up');
    const sagittal = await positionOf(page, 'sagittal');
    await page.mouse.click(box.x + box.width / 4, box.y + box.height / 2);
    await settled(page);
    const moved = (await positionOf(page, 'sagittal')) - sagittal;
    assert.ok(Math.abs(moved + 7) < 0.3, 'a quarter of 28 mm to the right of the patient');
    const level = () => page.$eval('[data-slider="level"]', (e) => Number(e.value));
    const level_before = await level();
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2 + 60, { steps: 5 });
    await page.mouse.up();
    await settled(page);
    assert.ok((await level()) > level_before);
    await page.click('[data-window="standard"]');
    assert.equal(await level(), level_before);
    await page.click('[data-image="TOF"]');
  }));

test('the keyboard alone is enough', () =>
  onPage({}, async (page) => {
    await tabTo(page, '[data-row="R1"] button');
    await page.keyboard.press('Enter');
    await settled(page);
    assert.equal(await page.$eval('#scene', (e) => e.dataset.view), 'contact_R1');
    await tabTo(page, 'button[data-view="overview"]');
    await page.keyboard.press('Space');
    assert.equal(await page.$eval('#scene', (e) => e.dataset.view), 'overview');
    await tabTo(page, '#scene');
    const before_keys = await cameraOf(page);
    await page.keyboard.press('ArrowUp');
    assert.notDeepEqual((await cameraOf(page)).toward, before_keys.toward);
    await page.keyboard.press('+');
    assert.ok((await cameraOf(page)).height < before_keys.height);
    await tabTo(page, '[data-toggle="brain"]');
    await page.keyboard.press('Space');
    assert.match(await page.$eval('#scene', (e) => e.dataset.hidden), /brain/);
    await tabTo(page, '[data-scroll="coronal"]');
    const start = await positionOf(page, 'coronal');
    await page.keyboard.press('ArrowRight');
    await settled(page);
    assert.notEqual(await positionOf(page, 'coronal'), start);
  }));

test('the report can be copied', () =>
  onPage({}, async (page) => {
    await page.click('#copy');
    await page.waitForFunction(() => document.getElementById('copied').textContent !== '');
    assert.equal(await page.$eval('#copied', (e) => e.textContent), 'Copied.');
    const text = await page.$eval('#report', (e) => e.textContent);
    assert.match(text, /^FACIAL NERVE AND VESSELS ON MRI\nResearch use only/);
  }));

for (const [scheme, width] of [['light', 1300], ['dark', 1300], ['light', 400]]) {
  test(`axe-core finds nothing serious (${scheme}, ${width} px)`, () =>
    onPage({ scheme, width }, async (page) => {
      await clickContact(page, 'L1');
      assert.deepEqual(await seriousFindings(page, axe), []);
    }));
}

test('nothing is wider than a narrow screen', () =>
  onPage({ width: 400 }, async (page) => {
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 400);
  }));

test('it prints without what only works on a screen', () =>
  onPage({}, async (page) => {
    await page.emulateMediaType('print');
    const shown = (selector) =>
      page.$eval(selector, (e) => e.getClientRects().length > 0);
    assert.equal(await shown('#scene'), false);
    assert.equal(await shown('#findings .finding'), true);
    assert.equal(await shown('.figures.print [data-picture="contact_L1"]'), true);
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-');
  }));

test('a study that shows nothing gives a page all the same', () =>
  onPage({ file: join(folder, 'unseen.html') }, async (page) => {
    assert.match(await page.$eval('#words-panel', (e) => e.textContent), /Left: whether a vessel touches the facial nerve could not be assessed/);
  }));

test('without WebGL the pictures of the views are shown', async () => {
  const plain = await launch(puppeteer, { webgl: false });
  try {
    const { page, complaints } = await open(plain, SAMPLE);
    await settled(page);
    assert.equal(await page.$eval('#scene [data-picture]', (e) => e.dataset.picture), 'overview');
    await page.click('button[data-view="end_on_left"]');
    assert.equal(await page.$eval('#scene [data-picture]', (e) => e.dataset.picture), 'end_on_left');
    await clickContact(page, 'R1');
    assert.equal(await page.$eval('#scene [data-picture]', (e) => e.dataset.picture), 'contact_R1');
    const drawn = await page.$eval('#scene img', (e) => e.complete && e.naturalWidth > 0);
    assert.ok(drawn);
    assert.deepEqual(complaints, []);
  } finally {
    await plain.close();
  }
});
