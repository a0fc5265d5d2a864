import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { rowsOf } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';

function meanOf({ features, width }: Features): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < features.length; at++) mean[at % width]! += features[at]!;
  const rows = features.length / width;
  return mean.map((sum) => sum / rows);
}

/** Returns A = (rows - mean) / sqrt(rows - 1), so that the covariance is AᵀA. */
function centred(features: Features, mean: Float64Array): Matrix {
  const { width } = features;
  const rows = rowsOf(features);
  const scale = 1 / Math.sqrt(rows - 1);
  const centre = Matrix.zeros(rows, width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      centre.set(row, column, (features.features[row * width + column]! - mean[column]!) * scale);
    }
  }
  return centre;
}

function eigenvaluesOf(symmetric: Matrix): number[] {
  return new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;
}

/** Rounding errors can make eigenvalues slightly negative; they count as 0. */
function sumOfRoots(eigenvalues: readonly number[]): number {
  return eigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}

function squareRoot(covariance: Matrix): Matrix {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const roots = Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))));
  return eigenvectorMatrix.mmul(roots).mmul(eigenvectorMatrix.transpose());
}

function sumOfSquares(matrix: Matrix): number {
  return matrix.dot(matrix);
}

/**
 * Trace of the square root of the product of the covariances AᵀA and BᵀB: the sum of the singular values of A Bᵀ,
 * computed from the eigenvalues of the smaller of two equivalent matrices.
 */
function traceOfRoot(a: Matrix, b: Matrix): number {
  if (Math.min(a.rows, b.rows) < a.columns) {
    const product = a.rows < b.rows ? a.mmul(b.transpose()) : b.mmul(a.transpose());
    return sumOfRoots(eigenvaluesOf(product.mmul(product.transpose())));
  }
  const root = squareRoot(a.transpose().mmul(a));
  return sumOfRoots(eigenvaluesOf(root.mmul(b.transpose().mmul(b)).mmul(root)));
}

/**
 * Fréchet distance of the Gaussians with the samples' means and covariances (Dowson and Landau 1982; on network
 * features: Heusel et al. 2017, eq. 6): |m - n|² + trace(C + D - 2 (C D)^½). The estimate is biased upwards, more so
 * with fewer rows: compare only values of equal sample sizes.
 * @throws RangeError when a sample has fewer than two rows
 */
export function frechetDistance(one: Features, other: Features): number {
  const [m, n] = [rowsOf(one), rowsOf(other)];
  if (m < 2 || n < 2) throw new RangeError(`samples: received ${m} and ${n} rows, expected at least 2 each`);
  const [first, second] = [meanOf(one), meanOf(other)];
  const between = first.reduce((sum, value, at) => sum + (value - second[at]!) ** 2, 0);
  const [a, b] = [centred(one, first), centred(other, second)];
  return Math.max(0, between + sumOfSquares(a) + sumOfSquares(b) - 2 * traceOfRoot(a, b));
}
