/** Mean and standard deviation of each feature. */
export interface Scales {
  readonly means: Float64Array;
  /** 1 for a constant feature. */
  readonly deviations: Float64Array;
}

/** @param features [rows * width], row by row */
export function scalesOf(features: Float32Array, width: number): Scales {
  const rows = features.length / width;
  const means = new Float64Array(width);
  features.forEach((value, index) => {
    means[index % width]! += value / rows;
  });
  const variances = new Float64Array(width);
  features.forEach((value, index) => {
    variances[index % width]! += (value - means[index % width]!) ** 2 / rows;
  });
  return { means, deviations: variances.map((variance) => (variance > 1e-12 ? Math.sqrt(variance) : 1)) };
}

/** Standardises features to mean 0 and deviation 1, if the scales are their own. */
export function standardised(features: Float32Array, { means, deviations }: Scales): Float32Array {
  const width = means.length;
  return features.map((value, index) => (value - means[index % width]!) / deviations[index % width]!);
}

/** Converts weights for standardised features to weights for the raw features, with the same outputs. */
export function forRawFeatures(
  { kernel, bias }: { readonly kernel: Float64Array; readonly bias: Float64Array },
  { means, deviations }: Scales,
): { readonly kernel: Float32Array; readonly bias: Float32Array } {
  const classes = bias.length;
  const shifted = bias.slice();
  const scaled = kernel.map((weight, index) => {
    const feature = Math.floor(index / classes);
    const raw = weight / deviations[feature]!;
    shifted[index % classes]! -= raw * means[feature]!;
    return raw;
  });
  return { kernel: Float32Array.from(scaled), bias: Float32Array.from(shifted) };
}
