// node comparison_browser_test.js NODE_MODULES FOLDER: opens FOLDER/comparison.html, dates compared,
// in a headless Chromium. Ends with 77 (skipped) where there is no Chromium.

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
const SAMPLE = join(folder, 'comparison.html');
const SCENES = ['#scene', '#scene-2'];
const CONTACTS = ['L1', 'L2', 'R1'];
const PLANES = { sagittal: 0, coronal: 1, axial: 2 };
const MOST_BYTES = 15e6;

let browser;
before(async () => {
  browser = await launch(puppeteer);
});
after(() => browser.close());

const onPage = (options, body) => visit(browser, SAMPLE, options, body);

const textOf = (page, selector) => page.$eval(selector, (each) => each.textContent);

test('the page is one file that names nothing outside itself', async () => {
  assert.ok(statSync(SAMPLE).size < MOST_BYTES);
  await onPage({}, async (page) => {
    const names = await page.$$eval('[src], [href]', (all) =>
      all.map((each) => each.getAttribute('src') ?? each.getAttribute('href')),
    );
    for (const name of names) assert.match(name, /^(#|data:)/);
    assert.equal(await page.evaluate(() => typeof broken), 'undefined');
  });
});

test('what became of a side comes first, in the words of the report', () =>
  onPage({}, async (page) => {
    const outcome = await textOf(page, '[data-side="left"] .finding');
    const report = (await textOf(page, '#report')).replace(/\s+/g, ' ');
    assert.match(outcome, /^Left: no vessel contact seen; a vessel touched at the first date\./);
    assert.ok(report.includes(outcome));
    assert.equal(await textOf(page, '[data-side="left"] .chip'), 'decompressed');
    assert.match(await textOf(page, 'h1'), /^Facial nerve and vessels on MRI, dates compared$/);
  }));

test('contacts stand in a table with the gap at each date, and on a strip of each date', () =>
  onPage({}, async (page) => {
    const cells = await page.$$eval('[data-row="L1"] td', (all) => all.map((e) => e.textContent));
    assert.equal(cells.filter((cell) => /^-?\d+\.\d\d ±\s\d\.\d\d\smm$/.test(cell)).length, 3);
    assert.equal(cells.at(-1), 'touches no more');
    const pins = await page.$$('[data-side="left"] .strip [data-contact="L1"]');
    assert.equal(pins.length, 2);
  }));

test('a click on a contact takes the cameras and slices of both dates there', () =>
  onPage({}, async (page) => {
    for (const id of CONTACTS) {
      await clickContact(page, id);
      const point = await page.evaluate(
        (wanted) => JSON.parse(document.getElementById('data').textContent).places[wanted],
        id,
      );
      for (const [date, scene] of SCENES.entries()) {
        const { center } = await cameraOf(page, scene);
        // A view looks between nerve and vessel.
        assert.ok(Math.hypot(...center.map((c, n) => c - point[n])) < 3, `${scene} at ${id}`);
        for (const [plane, axis] of Object.entries(PLANES)) {
          const off = Math.abs((await positionOf(page, plane, date)) - point[axis]);
          assert.ok(off < 0.01, `${plane} of date ${date + 1} at ${id}`);
        }
      }
      assert.match(await textOf(page, '#shown'), new RegExp(`^${id}: `));
    }
  }));

test('dragging one date turns the other', () =>
  onPage({}, async (page) => {
    await page.$eval('#scene', (e) => e.scrollIntoView({ block: 'center' }));
    const before_drag = await cameraOf(page, '#scene-2');
    const box = await (await page.$('#scene')).boundingBox();
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 280, box.y + 200, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    const after_drag = await cameraOf(page, '#scene-2');
    assert.notDeepEqual(after_drag.toward, before_drag.toward);
    assert.deepEqual(after_drag, await cameraOf(page, '#scene'));
  }));

test('each date shows its own vessels and images', () =>
  onPage({}, async (page) => {
    await clickContact(page, 'L1');
    await page.click('[data-toggle="outlines"]');
    const [first, later] = await page.$$('canvas[data-plane="axial"]');
    await first.evaluate((e) => e.setAttribute('data-which', 'first'));
    await later.evaluate((e) => e.setAttribute('data-which', 'later'));
    const ball = await seen(page, '[data-which="first"]', isBright);
    const gone = await seen(page, '[data-which="later"]', isBright);
    assert.ok(ball.count > gone.count + 500, `${ball.count} and ${gone.count}`);
    await page.click('[data-view="overview"]');
    await settled(page);
    const [before_cut, after_cut] = await Promise.all(
      SCENES.map((scene) => seen(page, `${scene} .drawing`, isVermillion)),
    );
    // The artery lies 4 mm lower at the second date.
    assert.ok(before_cut.count > 50 && after_cut.count > 50);
    assert.ok(after_cut.y > before_cut.y + 0.01, JSON.stringify([before_cut, after_cut]));
  }));

test('scrolling and windowing one date does so to the other', () =>
  onPage({}, async (page) => {
    await clickContact(page, 'L1');
    await page.$eval('canvas[data-plane="axial"]', (e) => e.scrollIntoView({ block: 'center' }));
    const box = await (await page.$('canvas[data-plane="axial"]')).boundingBox();
    const start = await positionOf(page, 'axial', 1);
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
    await page.mouse.wheel({ deltaY: -100 });
    await settled(page);
    assert.ok((await positionOf(page, 'axial', 1)) > start);
    assert.equal(await positionOf(page, 'axial', 1), await positionOf(page, 'axial', 0));
    await page.click('[data-window="dark tissue"]');
    await page.click('[data-image="TOF"]');
    const pressed = await page.$eval('[data-image="TOF"]', (e) => e.getAttribute('aria-pressed'));
    assert.equal(pressed, 'true');
  }));

test('switches hide and show in both dates', () =>
  onPage({}, async (page) => {
    const keys = await page.$$eval('.toggles input', (all) => all.map((e) => e.dataset.toggle));
    assert.ok(keys.includes('pad'), 'a pad of the later date alone is offered');
    for (const key of keys) {
      await page.click(`[data-toggle="${key}"]`);
      for (const scene of SCENES) {
        const hidden = await page.$eval(scene, (e) => e.dataset.hidden.split(' '));
        assert.ok(hidden.includes(key), `${key} in ${scene}`);
      }
    }
  }));

test('the keyboard alone is enough', () =>
  onPage({}, async (page) => {
    await tabTo(page, '[data-row="R1"] button');
    await page.keyboard.press('Enter');
    await settled(page);
    assert.equal(await page.$eval('#scene-2', (e) => e.dataset.view), 'contact_R1');
    await tabTo(page, '#scene-2');
    const before_keys = await cameraOf(page, '#scene');
    await page.keyboard.press('ArrowUp');
    assert.notDeepEqual((await cameraOf(page, '#scene')).toward, before_keys.toward);
  }));

for (const [scheme, width] of [['light', 1300], ['dark', 1300], ['light', 400]]) {
  test(`axe-core finds nothing serious (${scheme}, ${width} px)`, () =>
    onPage({ scheme, width }, async (page) => {
      await clickContact(page, 'L1');
      assert.deepEqual(await seriousFindings(page, axe), []);
      if (width > 400) return;
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    }));
}

test('it prints without what only works on a screen', () =>
  onPage({}, async (page) => {
    await page.emulateMediaType('print');
    const shown = (selector) => page.$eval(selector, (e) => e.getClientRects().length > 0);
    assert.equal(await shown('#scene'), false);
    assert.equal(await shown('#findings .finding'), true);
    assert.equal(await shown('.figures.print [data-picture="dates_L1_slices"]'), true);
  }));

test('a page of three dates shows and moves all three', async () => {
  const file = join(folder, 'three_dates.html');
  assert.ok(statSync(file).size < MOST_BYTES);
  await visit(browser, file, {}, async (page) => {
    const scenes = [...SCENES, '#scene-3'];
    const cells = await page.$$eval('[data-row="L1"] td', (all) => all.map((e) => e.textContent));
    assert.equal(cells.filter((cell) => /^-?\d+\.\d\d ±\s\d\.\d\d\smm$/.test(cell)).length, 4);
    await clickContact(page, 'L1');
    const cameras = await Promise.all(scenes.map((scene) => cameraOf(page, scene)));
    assert.deepEqual(cameras[1], cameras[0]);
    assert.deepEqual(cameras[2], cameras[0]);
    for (const plane of Object.keys(PLANES)) {
      assert.equal(await positionOf(page, plane, 2), await positionOf(page, plane, 0));
    }
    assert.deepEqual(await seriousFindings(page, axe), []);
  });
});

test('without WebGL the pictures of both dates are shown', async () => {
  const plain = await launch(puppeteer, { webgl: false });
  try {
    const { page, complaints } = await open(plain, SAMPLE);
    await settled(page);
    const shown = () => page.$eval('#scene [data-picture]', (e) => e.dataset.picture);
    assert.equal(await shown(), 'dates_overview');
    await clickContact(page, 'L1');
    assert.equal(await shown(), 'dates_L1_slices');
    assert.deepEqual(complaints, []);
  } finally {
    await plain.close();
  }
});
