// node bundle.js NODE_MODULES OUTPUT: bundles src/ with the packages it stands on into one HTML
// template for each kind of page, and writes them as a C++ file that defines the functions of
// page_template.h.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), 'src');
/** Longer literals are no trouble for compilers, but for people who look at the file. */
const LITERAL_LENGTH = 8000;
/** What a page is made of, and where it is filled in. */
const PAGES = [
  {
    name: 'pageTemplate',
    script: 'main.js',
    style: 'page.css',
    markup: 'page.html',
    markers: ['@REPORT@', '@DATA@'],
  },
  {
    name: 'cohortTemplate',
    script: 'cohort_main.js',
    style: 'cohort.css',
    markup: 'cohort.html',
    markers: ['@FLOW@', '@DATA@'],
  },
];

async function bundle(modules, page) {
  const { build } = createRequire(join(modules, 'x.js'))('esbuild');
  const common = { bundle: true, minify: true, write: false, legalComments: 'none' };
  const script = await build({
    ...common,
    entryPoints: [join(source, page.script)],
    format: 'iife',
    target: 'es2020',
    nodePaths: [modules],
    metafile: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const style = await build({ ...common, entryPoints: [join(source, page.style)] });
  return {
    script: script.outputFiles[0].text,
    style: style.outputFiles[0].text,
    inputs: Object.keys(script.metafile.inputs),
  };
}

/** The folders of the packages that made it into the bundle. */
function packagesOf(inputs, modules) {
  const folders = new Set();
  for (const input of inputs) {
    const path = relative(modules, input).replaceAll('\\', '/');
    const name = path.match(/^((?:@[^/]+\/)?[^/]+)\//);
    if (name && !path.startsWith('..')) folders.add(name[1]);
  }
  return [...folders].sort();
}

/** Name, version and licence of each package with the text of its licence. */
function licencesOf(names, modules) {
  return names.map((name) => {
    const folder = join(modules, name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}`;
  });
}

function escapedHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function filledPage({ markup, markers }, { script, style, licences }) {
  const fill = { '@STYLE@': style, '@SCRIPT@': script, '@LICENCES@': escapedHtml(licences) };
  const text = readFileSync(join(source, markup), 'utf8');
  const filled = text.replace(/@(STYLE|SCRIPT|LICENCES)@/g, (marker) => fill[marker]);
  for (const marker of markers) {
    if (filled.split(marker).length !== 2) throw new Error(`${marker} must stand in the page once`);
  }
  return filled;
}

function asCpp(name, text) {
  const literals = [];
  for (let at = 0; at < text.length; at += LITERAL_LENGTH) {
    literals.push(`R"~page~(${text.slice(at, at + LITERAL_LENGTH)})~page~"`);
  }
  if (text.includes(')~page~"')) throw new Error('the page holds the end of a literal');
  return `std::string_view ${name}() {
  static constexpr char kText[] =
${literals.join('\n')};
  return {kText, sizeof(kText) - 1};
}
`;
}

async function template(modules, page) {
  const { script, style, inputs } = await bundle(modules, page);
  const licences = licencesOf(packagesOf(inputs, modules), modules).join('\n\n\n');
  return asCpp(page.name, filledPage(page, { script, style, licences }));
}

const [modules, output] = process.argv.slice(2);
if (!modules || !output || !existsSync(modules)) {
  console.error('usage: node bundle.js NODE_MODULES OUTPUT');
  process.exit(2);
}
const functions = await Promise.all(PAGES.map((page) => template(modules, page)));
writeFileSync(
  output,
  `// Made by libs/page/web/bundle.js.
#include "page_template.h"

namespace neurovasc::page {

${functions.join('\n')}
}  // namespace neurovasc::page
`,
);
