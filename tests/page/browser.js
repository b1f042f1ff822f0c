// What the browser test needs of a browser: starting one, opening a page, reading its state.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** A software renderer, so that the test needs no graphics card. */
const WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NO_WEBGL = ['--disable-3d-apis'];

export const chromium = () =>
  [process.env.NEUROVASC_CHROMIUM, ...PROGRAMS].find((path) => path && existsSync(path));

/** The packages that the test stands on, from where the build has put them. */
export function packages(modules) {
  const require = createRequire(join(modules, 'x.js'));
  return { puppeteer: require('puppeteer-core'), axe: require.resolve('axe-core/axe.min.js') };
}

export function launch(puppeteer, { webgl = true } = {}) {
  return puppeteer.launch({
    executablePath: chromium(),
    headless: true,
    args: ['--no-sandbox', ...(webgl ? WEBGL : NO_WEBGL)],
    protocolTimeout: 300000,
  });
}

/** Opens a file and keeps note of everything that went wrong: {page, complaints, requests}. */
export async function open(browser, file, { width = 1300, scheme = 'light' } = {}) {
  const page = await browser.newPage();
  const complaints = [];
  const requests = [];
  page.on('console', (message) => {
    if (['error', 'warn', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load', timeout: 120000 });
  return { page, complaints, requests };
}

/** Opens a page, does `body(page)`, and closes it, when nothing may have gone wrong in it. */
export async function visit(browser, file, options, body) {
  const { page, complaints, requests } = await open(browser, file, options);
  try {
    await settled(page);
    await body(page);
    assert.deepEqual(complaints, []);
    assert.equal(requests.length, 1, `requests beside the page itself: ${requests.slice(1)}`);
  } finally {
    await page.close();
  }
}

/** What axe-core, a file, finds to be serious. */
export async function seriousFindings(page, axe) {
  await page.evaluate(readFileSync(axe, 'utf8'));
  const { violations } = await page.evaluate(() => axe.run());
  const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  return serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3)}`);
}

/** Presses Tab until an element that `selector` takes has the focus. */
export async function tabTo(page, selector) {
  for (let n = 0; n < 200; ++n) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

/** Waits until what was asked for is drawn. */
export const settled = (page) =>
  page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)));
  }));

/** Of a date's scene: "#scene" is the first's, "#scene-2" the second's. */
export const cameraOf = (page, scene = '#scene') =>
  page.$eval(scene, (each) => JSON.parse(each.dataset.camera));

/** Where the slices of a plane are, of the first or of another date. */
export const positionOf = (page, plane, date = 0) =>
  page.$$eval(`canvas[data-plane="${plane}"]`, (all, n) => Number(all[n].dataset.position), date);

/** Arteries, and what is nearly white. */
export const isVermillion = (r, g, b) => r > 90 && g > 0.25 * r && g < 0.6 * r && b < 0.2 * r;
export const isBright = (r, g, b) => r > 235 && g > 235 && b > 235;

export async function clickContact(page, id) {
  await page.click(`#findings [data-row="${id}"] button`);
  await settled(page);
}

/**
 * Looks at an element as it appears: {count, x, y}, the number of pixels that `test` (a function of
 * r, g, b) takes, and their mean place as shares of the width and height.
 */
export async function seen(page, selector, test) {
  const target = await page.$(selector);
  const picture = await target.screenshot({ encoding: 'base64' });
  // As text, because the page's own policy forbids making functions from text inside it.
  return page.evaluate(`(${countPixels})(${JSON.stringify(picture)}, ${test})`);
}

/** Runs in the browser. */
async function countPixels(picture, test) {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data: rgba } = context.getImageData(0, 0, image.width, image.height);
  const sum = { count: 0, x: 0, y: 0 };
  for (let at = 0; at < rgba.length; at += 4) {
    if (!test(rgba[at], rgba[at + 1], rgba[at + 2])) continue;
    ++sum.count;
    sum.x += ((at / 4) % image.width) / image.width;
    sum.y += Math.floor(at / 4 / image.width) / image.height;
  }
  return { count: sum.count, x: sum.x / sum.count, y: sum.y / sum.count };
}
