// From the page's JSON to typed arrays.

/** The bytes of a Base64 text. */
export function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; ++n) bytes[n] = text.charCodeAt(n);
  return bytes;
}

/** A surface: points as x, y, z in LPS mm, triangles as three indices each. */
export function decodeMesh(mesh) {
  const steps = new Uint16Array(bytesOf(mesh.points).buffer);
  const points = new Float32Array(steps.length);
  for (let n = 0; n < steps.length; ++n) {
    points[n] = mesh.origin[n % 3] + steps[n] * mesh.step[n % 3];
  }
  return { points, triangles: new Uint32Array(bytesOf(mesh.triangles).buffer) };
}

/**
 * An image on an oblique grid: position = origin + direction * diag(spacing) * (i, j, k), with the
 * direction row by row.
 */
export function decodeVolume(volume) {
  return {
    name: volume.name,
    size: volume.size,
    spacing: volume.spacing_mm,
    origin: volume.origin_mm,
    direction: volume.direction,
    black: volume.black,
    white: volume.white,
    coarsened: volume.coarsened,
    values: bytesOf(volume.values),
  };
}

/** Unit normals of a surface's points: the mean of the triangles around each, by their area. */
export function normalsOf({ points, triangles }) {
  const normals = new Float32Array(points.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]];
    const ux = points[b] - points[a];
    const uy = points[b + 1] - points[a + 1];
    const uz = points[b + 2] - points[a + 2];
    const vx = points[c] - points[a];
    const vy = points[c + 1] - points[a + 1];
    const vz = points[c + 2] - points[a + 2];
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    for (const corner of [a, b, c]) {
      for (let axis = 0; axis < 3; ++axis) normals[corner + axis] += n[axis];
    }
  }
  for (let p = 0; p < normals.length; p += 3) {
    const length = Math.hypot(normals[p], normals[p + 1], normals[p + 2]) || 1;
    for (let axis = 0; axis < 3; ++axis) normals[p + axis] /= length;
  }
  return normals;
}
