import { expectFinite, refuse } from '../../checks.js';
import { expectGeneral, expectPoints, type Point } from './points.js';
import { solve } from './solve.js';

type Row = readonly [number, number, number];
/** Two rows of three: (x, y) becomes (m00 x + m01 y + m02, m10 x + m11 y + m12). */
export type Matrix23 = readonly [Row, Row];
/** Three rows of three, in homogeneous coordinates. */
export type Matrix33 = readonly [Row, Row, Row];

/**
 * Affine transform that maps three points to three others (OpenCV `getAffineTransform`).
 * @throws ConfigurationError naming collinear points of `src`
 */
export function getAffineTransform(src: readonly Point[], dst: readonly Point[]): Matrix23 {
  expectPoints('src', src, 3);
  expectPoints('dst', dst, 3);
  expectGeneral('src', src);
  const row = (axis: 0 | 1): Row =>
    solve(src.map(([x, y], index) => [x, y, 1, dst[index]![axis]])) as unknown as Row;
  return [row(0), row(1)];
}

/**
 * Perspective transform that maps four points to four others; its last element is 1 (OpenCV
 * `getPerspectiveTransform`, including 32-bit products of coordinates).
 * @throws ConfigurationError naming three collinear points of `src` or `dst`
 */
export function getPerspectiveTransform(src: readonly Point[], dst: readonly Point[]): Matrix33 {
  expectPoints('src', src, 4);
  expectPoints('dst', dst, 4);
  expectGeneral('src', src);
  expectGeneral('dst', dst);
  const rows = src.flatMap(([x, y], index) => {
    const [u, v] = dst[index]!;
    return [
      [x, y, 1, 0, 0, 0, Math.fround(-x * u), Math.fround(-y * u), u],
      [0, 0, 0, x, y, 1, Math.fround(-x * v), Math.fround(-y * v), v],
    ];
  });
  const [a, b, c, d, e, f, g, h] = solve(rows) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    [a, b, c],
    [d, e, f],
    [g, h, 1],
  ];
}

export function expectMatrix(argument: string, matrix: readonly Row[], rows: 2 | 3): void {
  if (matrix.length !== rows || matrix.some((row) => row.length !== 3)) {
    refuse(argument, matrix, `${rows} rows of 3 numbers`);
  }
  matrix.forEach((row, y) => {
    row.forEach((value, x) => {
      expectFinite(`${argument}[${y}][${x}]`, value);
    });
  });
}

/** Inverse of an affine matrix; zeros for a singular one (OpenCV `invertAffineTransform`). */
export function invertAffineTransform([[a, b, c], [d, e, f]]: Matrix23): Matrix23 {
  const determinant = a * e - b * d;
  const scale = determinant === 0 ? 0 : 1 / determinant;
  const [p, q, r, s] = [e * scale, -b * scale, -d * scale, a * scale];
  return [
    [p, q, -p * c - q * f],
    [r, s, -r * c - s * f],
  ];
}

/** Inverse of a perspective matrix; zeros for a singular one. */
export function invertPerspective([[a, b, c], [d, e, f], [g, h, i]]: Matrix33): Matrix33 {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const scale = determinant === 0 ? 0 : 1 / determinant;
  return [
    [(e * i - f * h) * scale, (c * h - b * i) * scale, (b * f - c * e) * scale],
    [(f * g - d * i) * scale, (a * i - c * g) * scale, (c * d - a * f) * scale],
    [(d * h - e * g) * scale, (b * g - a * h) * scale, (a * e - b * d) * scale],
  ];
}
