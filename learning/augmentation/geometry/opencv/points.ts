import { expectFinite, refuse } from '../../checks.js';

export type Point = readonly [x: number, y: number];

export function expectPoints(argument: string, points: readonly Point[], count: number): void {
  if (points.length !== count) refuse(argument, points, `${count} points [x, y]`);
  points.forEach(([x, y], index) => {
    expectFinite(`${argument}[${index}][0]`, x);
    expectFinite(`${argument}[${index}][1]`, y);
  });
}

/** Twice the area of a triangle, signed. */
function doubleArea([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
}

/** Relative to the triangle's extent: below it, three points count as collinear in double precision. */
const FLAT = 1e-10;

/**
 * Makes sure that no three points are collinear: they would determine no transform.
 * @throws ConfigurationError naming the three
 */
export function expectGeneral(argument: string, points: readonly Point[]): void {
  const count = points.length;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      for (let c = b + 1; c < count; c++) {
        const three = [points[a]!, points[b]!, points[c]!] as const;
        const extent = Math.max(
          ...three.map(([x, y]) => Math.hypot(x - three[0][0], y - three[0][1])),
          Number.MIN_VALUE,
        );
        if (Math.abs(doubleArea(...three)) <= FLAT * extent * extent) {
          refuse(
            argument,
            points,
            `points of which no three lie on one line; ${argument}[${a}], ${argument}[${b}] and ${argument}[${c}] do`,
          );
        }
      }
    }
  }
}
