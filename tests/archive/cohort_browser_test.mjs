// node cohort_browser_test.mjs NODE_MODULES PROGRAM FOLDER: analyses two small phantoms with the
// program in FOLDER, judges the results on their page in a headless Chromium, and sees that the
// program obeys. Ends with 77 (skipped) where there is no Chromium.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { chromium, launch, open, packages, seriousFindings, settled } from '../page/browser.js';

if (!chromium()) {
  console.log('skipped: no Chromium was found (set NEUROVASC_CHROMIUM to its path)');
  process.exit(77);
}
const [modules, program, folder] = process.argv.slice(2);
const { puppeteer, axe } = packages(modules);
const at = (name) => join(folder, name);
const catalog = ['--catalog', at('c.db')];
const PHANTOMS = [
  ['contact', 1],
  ['contact', 2],
];

function run(...words) {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  assert.equal(status, 0, `${words.join(' ')}: ${stderr}`);
  return stdout;
}

/** The rows of a table as objects. */
function rowsOf(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const titles = head.split('\t');
  return lines.map((line) =>
    Object.fromEntries(line.split('\t').map((cell, n) => [titles[n], cell])),
  );
}

const report = () =>
  run('archive', 'report', ...catalog, '--results', at('out'), '-o', at('page'), '--overwrite');

let browser;
let session;

before(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [scenario, seed] of PHANTOMS) {
    const output = at(`${scenario}${seed}`);
    run('phantom', '--scenario', scenario, '--seed', String(seed), '--size', 'small', '-o', output);
  }
  run('archive', 'index', ...PHANTOMS.map(([name, seed]) => at(`${name}${seed}/dicom`)), ...catalog);
  run('archive', 'run', ...catalog, '-o', at('out'));
  report();
  browser = await launch(puppeteer, { webgl: false });
  session = await open(browser, at('page/index.html'));
});
after(() => browser?.close());

const shown = () =>
  session.page.$$eval('#list [data-study]', (all) => all.map((each) => each.dataset.study));
const chosen = () => session.page.$eval('#list .chosen', (each) => each.dataset.study);
const verdicts = () =>
  session.page.$$eval('#list [data-study]', (all) =>
    Object.fromEntries(
      all.map((each) => [
        each.dataset.study,
        each.querySelector('[data-title="Verdict"]').textContent,
      ]),
    ),
  );
const press = async (key) => {
  await session.page.keyboard.press(key);
  await settled(session.page);
};
const doubts = () =>
  session.page.$$eval('#list tbody th', (all) => all.map((each) => Number(each.textContent)));

test('the page is one file that makes no request', () => {
  assert.deepEqual(session.complaints, []);
  assert.equal(session.requests.length, 1);
});

test('the most doubtful study comes first, and titles sort', async () => {
  const falling = await doubts();
  assert.equal(falling.length, 2);
  assert.ok(falling[0] >= falling[1], String(falling));
  await session.page.click('[data-sort="study"]');
  const rising = await shown();
  assert.deepEqual(rising, [...rising].sort());
  await session.page.click('[data-sort="study"]');
  assert.deepEqual(await shown(), [...rising].reverse());
});

test('filters leave what they ask for', async () => {
  const [first, second] = await shown();
  await session.page.type('[data-filter="text"]', second);
  await settled(session.page);
  assert.deepEqual(await shown(), [second]);
  assert.equal(await chosen(), second);
  await session.page.$eval('[data-filter="text"]', (field) => {
    field.value = '';
    field.dispatchEvent(new Event('input'));
    field.blur();
  });
  assert.deepEqual(await shown(), [first, second]);
  await session.page.select('[data-filter="verdict"]', 'reject');
  assert.deepEqual(await shown(), []);
  await session.page.select('[data-filter="verdict"]', '');
  await session.page.$eval('[data-filter="verdict"]', (field) => field.blur());
});

test('pictures of both sides are there', async () => {
  const widths = await session.page.$$eval('#detail img', (all) =>
    Promise.all(all.map((image) => image.decode().then(() => image.naturalWidth))),
  );
  assert.ok(widths.length >= 2, String(widths));
  for (const width of widths) assert.ok(width > 100 && width <= 360);
  await session.page.click('#as-sheet');
  assert.equal((await session.page.$$('.sheet .card')).length, 2);
  await session.page.click('#as-table');
});

test('nothing serious for axe-core', async () => {
  assert.deepEqual(await seriousFindings(session.page, axe), []);
});

test('keys accept, reject and comment, and choices outlive the page', async () => {
  await session.page.click('#list tbody tr');
  const [first, second] = await shown();
  assert.equal(await chosen(), first);
  await press('r');
  await press('c');
  await session.page.keyboard.type('wrong nerve, j\tand r');
  await press('Escape');
  await press('j');
  assert.equal(await chosen(), second);
  await press('u');
  await press('x');
  await press('a');
  await press('k');
  assert.equal(await chosen(), first);
  assert.deepEqual(await verdicts(), { [first]: 'reject', [second]: 'accept' });
  await session.page.reload();
  await settled(session.page);
  const after_reload = await verdicts();
  assert.equal(after_reload[first], 'reject');
  assert.equal(after_reload[second], 'accept');
  await session.page.screenshot({ path: at('cohort.png') });
});

test('saved verdicts are taken by the program and obeyed by run and export', async () => {
  const client = await session.page.createCDPSession();
  await client.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  await session.page.click('#save');
  for (let n = 0; n < 100 && !existsSync(at('qc.tsv')); ++n) await wait(100);
  const saved = rowsOf(at('qc.tsv'));
  assert.equal(saved.length, 2);
  const rejected = saved.find(({ verdict }) => verdict === 'reject');
  const accepted = saved.find(({ verdict }) => verdict === 'accept');
  assert.match(rejected.reason, /^wrong nerve, j/);

  run('archive', 'qc', 'import', at('qc.tsv'), ...catalog, '--reader', 'Reader A');
  run('archive', 'export', ...catalog, '-o', at('all'));
  const qc = new Map(rowsOf(at('all/sides.tsv')).map((row) => [row.study, row.qc]));
  assert.deepEqual([qc.get(rejected.study), qc.get(accepted.study)], ['reject', 'accept']);
  run('archive', 'export', ...catalog, '-o', at('accepted'), '--accepted-only');
  const left = new Set(rowsOf(at('accepted/sides.tsv')).map((row) => row.study));
  assert.deepEqual([...left], [accepted.study]);

  const states = new Map(rowsOf(at('all/studies.tsv')).map((row) => [row.study, row.state]));
  assert.deepEqual([states.get(rejected.study), states.get(accepted.study)], ['rejected', 'done']);
  const result = at(`out/results/${rejected.study}/assessment.json`);
  const { mtimeMs } = statSync(result);
  run('archive', 'run', ...catalog, '-o', at('out'));
  assert.equal(statSync(result).mtimeMs, mtimeMs, 'the same program would say the same again');
  run('archive', 'run', ...catalog, '-o', at('out'), '--outputs', 'minimal');
  assert.notEqual(statSync(result).mtimeMs, mtimeMs, 'other options make it anew');
  const kept = statSync(at(`out/results/${accepted.study}/report.html`));
  assert.ok(kept.size > 0, 'what was accepted is left as it is');
});
