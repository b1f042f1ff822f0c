// Bundles viewer.js and the worker that decodes images into one folder that a browser can open.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const PAGE = `<!doctype html><meta charset="utf-8"><title>Cornerstone3D</title>
<body style="margin:0;background:#000"><div id="view" style="width:600px;height:600px"></div>
<script type="module" src="viewer.js"></script></body>`;

export async function bundle(modules, folder) {
  const require = createRequire(join(modules, 'x.js'));
  const esbuild = require('esbuild');
  const loader = join(modules, '@cornerstonejs/dicom-image-loader/dist/esm');
  mkdirSync(folder, { recursive: true });
  const empty = join(folder, 'empty.js');
  writeFileSync(empty, 'export default {};');
  await esbuild.build({
    entryPoints: { viewer: join(here, 'viewer.js'), decodeImageFrameWorker: join(loader, 'decodeImageFrameWorker.js') },
    outdir: folder,
    bundle: true,
    format: 'esm',
    logLevel: 'error',
    nodePaths: [modules],
    // What emscripten's code asks of Node.js alone.
    alias: { fs: empty, path: empty, zlib: empty, stream: empty, crypto: empty, url: empty },
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    loader: { '.wasm': 'file' },
  });
  writeFileSync(join(folder, 'index.html'), PAGE);
}
