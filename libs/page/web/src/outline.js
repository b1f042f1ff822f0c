// Where a surface is cut by a slice: sub-voxel outlines.

/** From where to where a surface reaches along each axis: [[low, high], ...]. */
export function boundsOf(points) {
  const bounds = [0, 1, 2].map(() => [Infinity, -Infinity]);
  for (let n = 0; n < points.length; ++n) {
    const bound = bounds[n % 3];
    if (points[n] < bound[0]) bound[0] = points[n];
    if (points[n] > bound[1]) bound[1] = points[n];
  }
  return bounds;
}

/** The point between two corners at which the edge crosses `position` along `axis`. */
function crossing(points, a, b, axis, position) {
  const low = points[a + axis];
  const share = (position - low) / (points[b + axis] - low);
  return [0, 1, 2].map((n) => points[a + n] + share * (points[b + n] - points[a + n]));
}

/**
 * The line pieces [[from, to], ...] in which `{points, triangles}` crosses the plane at `position`
 * across the LPS axis `axis`. A corner that lies in the plane counts as beyond it, so that closed
 * surfaces give closed outlines.
 */
export function outlineOf({ points, triangles }, axis, position) {
  const pieces = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]];
    const beyond = corners.map((c) => points[c + axis] >= position);
    if (beyond[0] === beyond[1] && beyond[1] === beyond[2]) continue;
    const ends = [];
    for (let e = 0; e < 3; ++e) {
      const next = (e + 1) % 3;
      if (beyond[e] !== beyond[next]) {
        ends.push(crossing(points, corners[e], corners[next], axis, position));
      }
    }
    pieces.push(ends);
  }
  return pieces;
}
