// Slices in the patient's axes through an oblique image.

/**
 * The three planes as a radiologist looks at them: the patient's right at the viewer's left, the
 * front at the left of sagittal slices. `axis` is the LPS axis that the slices lie across.
 */
export const PLANES = {
  axial: { axis: 2, right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { axis: 1, right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { axis: 0, right: [0, 1, 0], down: [0, 0, -1] },
};

/** The continuous voxel index of an LPS point. */
export function indexOf(volume, point) {
  const d = point.map((x, axis) => x - volume.origin[axis]);
  return stepOf(volume, d);
}

/** How far the index moves when the position moves by `vector`. */
function stepOf(volume, vector) {
  const m = volume.direction;
  return [0, 1, 2].map(
    (c) => (m[c] * vector[0] + m[3 + c] * vector[1] + m[6 + c] * vector[2]) / volume.spacing[c],
  );
}

/** The LPS position of a continuous index. */
export function positionOf(volume, index) {
  const m = volume.direction;
  const s = index.map((i, c) => i * volume.spacing[c]);
  return [0, 1, 2].map(
    (r) => volume.origin[r] + m[3 * r] * s[0] + m[3 * r + 1] * s[1] + m[3 * r + 2] * s[2],
  );
}

/** From where to where an image reaches along an LPS axis, mm. */
export function reachOf(volume, axis) {
  let low = Infinity;
  let high = -Infinity;
  for (let corner = 0; corner < 8; ++corner) {
    const index = volume.size.map((n, a) => ((corner >> a) & 1 ? n - 1 : 0));
    const at = positionOf(volume, index)[axis];
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  return [low, high];
}

/** The value at a continuous index, trilinear; -1 outside. */
export function valueAt(volume, x, y, z) {
  const [nx, ny, nz] = volume.size;
  if (!(x >= 0 && y >= 0 && z >= 0 && x <= nx - 1 && y <= ny - 1 && z <= nz - 1)) return -1;
  const i = Math.min(Math.floor(x), Math.max(nx - 2, 0));
  const j = Math.min(Math.floor(y), Math.max(ny - 2, 0));
  const k = Math.min(Math.floor(z), Math.max(nz - 2, 0));
  const di = nx > 1 ? 1 : 0;
  const dj = ny > 1 ? nx : 0;
  const dk = nz > 1 ? nx * ny : 0;
  const [fx, fy, fz] = [x - i, y - j, z - k];
  const v = volume.values;
  const at = i + nx * (j + ny * k);
  const line = (n) => v[n] + fx * (v[n + di] - v[n]);
  const sheet = (n) => line(n) + fy * (line(n + dj) - line(n));
  return sheet(at) + fz * (sheet(at + dk) - sheet(at));
}

/** What is shown as black and white, over the whole of the eight bits. */
export function grey(value, window) {
  const share = (value - window.black) / Math.max(window.white - window.black, 1);
  return Math.round(255 * Math.min(Math.max(share, 0), 1));
}

/**
 * Fills `rgba` (size * size * 4 bytes) with the slice across `plane` whose middle is `center`, an
 * LPS point, and which is `field_mm` wide. Outside of the image pixels are transparent.
 */
export function drawSlice(volume, plane, center, field_mm, size, window, rgba) {
  const mm = field_mm / size;
  const half = (size - 1) / 2;
  const dx = stepOf(volume, plane.right.map((x) => x * mm));
  const dy = stepOf(volume, plane.down.map((x) => x * mm));
  const middle = indexOf(volume, center);
  for (let row = 0; row < size; ++row) {
    let [x, y, z] = middle.map((m, a) => m - half * dx[a] + (row - half) * dy[a]);
    for (let column = 0; column < size; ++column) {
      const value = valueAt(volume, x, y, z);
      const at = 4 * (row * size + column);
      const shade = value < 0 ? 0 : grey(value, window);
      rgba[at] = rgba[at + 1] = rgba[at + 2] = shade;
      rgba[at + 3] = value < 0 ? 0 : 255;
      x += dx[0];
      y += dx[1];
      z += dx[2];
    }
  }
}

/** Where an LPS point appears in a slice, px from its top left corner. */
export function spotOf(plane, center, field_mm, size, point) {
  const d = point.map((x, axis) => x - center[axis]);
  const along = (v) => d[0] * v[0] + d[1] * v[1] + d[2] * v[2];
  return [
    size / 2 + (along(plane.right) * size) / field_mm,
    size / 2 + (along(plane.down) * size) / field_mm,
  ];
}

/** The LPS point under a pixel of a slice. */
export function pointAt(plane, center, field_mm, size, [x, y]) {
  const across = ((x - size / 2) * field_mm) / size;
  const along = ((y - size / 2) * field_mm) / size;
  return center.map((c, axis) => c + across * plane.right[axis] + along * plane.down[axis]);
}
