// Vectors are arrays [x, y, z] in LPS millimetres: +x to the patient's left, +y to the back, +z up.

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a, factor) => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const norm = (a) => Math.sqrt(dot(a, a));
export const normalized = (a) => scale(a, 1 / (norm(a) || 1));

/** `v` turned by `angle` (radians, counter-clockwise seen against the unit vector `axis`). */
export function rotated(v, axis, angle) {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return add(add(scale(v, c), scale(cross(axis, v), s)), scale(axis, dot(axis, v) * (1 - c)));
}

const LETTERS = [
  ['L', 'R'],
  ['P', 'A'],
  ['S', 'I'],
];
/** A share below this is not worth a letter: 20 degrees off an axis. */
const LEAST_SHARE = 0.35;

/** The anatomical letters of a direction, largest share first: "L", "LP". */
export function letters(direction) {
  return normalized(direction)
    .map((share, axis) => ({ size: Math.abs(share), letter: LETTERS[axis][share > 0 ? 0 : 1] }))
    .filter((each) => each.size > LEAST_SHARE)
    .sort((a, b) => b.size - a.size)
    .slice(0, 2)
    .map((each) => each.letter)
    .join('');
}
