// A viewer in the smallest form that Cornerstone3D allows: the images of an MR series with a DICOM
// Segmentation over them. It runs in the browser; viewer_test.js bundles and drives it.

import * as core from '@cornerstonejs/core';
import * as tools from '@cornerstonejs/tools';
import { adaptersSEG } from '@cornerstonejs/adapters';
import imageLoader from '@cornerstonejs/dicom-image-loader';
import dcmjs from 'dcmjs';

const VIEW = 'images';
const ENGINE = 'engine';
const SEGMENTATION = 'seg';
const { MetadataModules } = core.Enums;

/** What the SEG adapter asks of an image's header beyond what the loader gives. */
function provideHeaders(datasets) {
  core.metaData.addProvider((type, imageId) => {
    const dataset = datasets.get(imageId);
    if (!dataset) return undefined;
    if (type === 'instance') return dataset;
    if (type === MetadataModules.GENERAL_IMAGE) {
      return { sopInstanceUID: dataset.SOPInstanceUID, instanceNumber: Number(dataset.InstanceNumber) };
    }
    return undefined;
  }, 10000);
}

async function fetched(url) {
  return (await fetch(url)).arrayBuffer();
}

function datasetOf(buffer) {
  const file = dcmjs.data.DicomMessage.readFile(buffer);
  return dcmjs.data.DicomMetaDictionary.naturalizeDataset(file.dict);
}

async function loadSeries(urls) {
  const imageIds = urls.map((url) => `wadouri:${new URL(url, location.href).href}`);
  const datasets = new Map();
  for (const [n, url] of urls.entries()) datasets.set(imageIds[n], datasetOf(await fetched(url)));
  provideHeaders(datasets);
  for (const imageId of imageIds) await core.imageLoader.loadAndCacheImage(imageId);
  return imageIds;
}

async function showSeries(imageIds) {
  const engine = new core.RenderingEngine(ENGINE);
  engine.enableElement({
    viewportId: VIEW,
    type: core.Enums.ViewportType.STACK,
    element: document.getElementById('view'),
  });
  const viewport = engine.getViewport(VIEW);
  await viewport.setStack(imageIds, Math.floor(imageIds.length / 2));
  viewport.setProperties({ voiRange: { lower: 0, upper: 200 } });
  viewport.render();
  return viewport;
}

async function showSegmentation(imageIds, url) {
  const read = await adaptersSEG.Cornerstone3D.Segmentation.createFromDICOMSegBuffer(
    imageIds, await fetched(url), { metadataProvider: core.metaData, tolerance: 1e-3 });
  const images = read.labelMapImages.flat();
  const segments = read.segMetadata.data.filter(Boolean);
  tools.segmentation.addSegmentations([{
    segmentationId: SEGMENTATION,
    config: {
      segments: Object.fromEntries(segments.map((s) => [s.SegmentNumber, { label: s.SegmentLabel }])),
    },
    representation: {
      type: tools.Enums.SegmentationRepresentations.Labelmap,
      data: { imageIds: images.map((image) => image.imageId) },
    },
  }]);
  await tools.segmentation.addLabelmapRepresentationToViewportMap({
    [VIEW]: [{ segmentationId: SEGMENTATION, type: tools.Enums.SegmentationRepresentations.Labelmap }],
  });
  return { images, names: segments.map((s) => s.SegmentLabel) };
}

/** How many voxels each segment has, as the viewer holds them. */
function voxelCounts(images) {
  const counts = {};
  for (const image of images) {
    for (const value of image.voxelManager.getScalarData()) {
      if (value > 0) counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  return counts;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The pixels of the canvas that have a colour, and where they lie in the patient. */
function coloured(viewport) {
  const canvas = viewport.getCanvas();
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const shown = [];
  for (let n = 0; n < data.length; n += 4) {
    const grey = Math.max(data[n], data[n + 1], data[n + 2]) - Math.min(data[n], data[n + 1], data[n + 2]) < 30;
    if (!grey) shown.push([(n / 4) % width, Math.floor(n / 4 / width)]);
  }
  const ratio = width / canvas.clientWidth;
  return {
    width,
    count: shown.length,
    meanX: shown.reduce((sum, [x]) => sum + x, 0) / shown.length,
    world: shown.map(([x, y]) => viewport.canvasToWorld([x / ratio, y / ratio])),
    middleX: viewport.worldToCanvas([0, viewport.getCamera().focalPoint[1], viewport.getCamera().focalPoint[2]])[0] * ratio,
  };
}

/** Shows the image that lies nearest to `point` (LPS mm), and waits until it is drawn. */
async function goTo(viewport, imageIds, point) {
  const away = imageIds.map((id) => {
    const { imagePositionPatient: p, rowCosines: r, columnCosines: c } = core.metaData.get('imagePlaneModule', id);
    const normal = [r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]];
    return Math.abs(normal.reduce((sum, n, axis) => sum + n * (point[axis] - p[axis]), 0));
  });
  await viewport.setImageIdIndex(away.indexOf(Math.min(...away)));
  tools.segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(SEGMENTATION);
  await pause(2000);
}

window.show = async ({ t2, seg, point }) => {
  await core.init();
  await tools.init();
  imageLoader.init({ maxWebWorkers: 1 });
  const imageIds = await loadSeries(t2);
  const viewport = await showSeries(imageIds);
  const { images, names } = await showSegmentation(imageIds, seg);
  await goTo(viewport, imageIds, point);
  return { names, counts: voxelCounts(images), ...coloured(viewport) };
};
window.ready = true;
