/** A resampling kernel and its radius, in pixels of the larger of the two grids. */
export interface Kernel {
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

/** Fractional bits of weights: of 32 bits, 8 are for the level and 2 against overflow. As in assembly/resample.ts. */
const PRECISION = 22;

/** A part of a line. */
export interface Part {
  readonly start: number;
  readonly length: number;
}

/** Source pixels and weights of each target pixel. */
export interface Contributions {
  /** Range of the source pixels that are read. */
  readonly read: Part;
  /** [pixels, entry]: first source pixel, relative to the range's start; number of them; their fixed-point weights. */
  readonly table: Int32Array;
  /** Length of an entry. */
  readonly entry: number;
}

/**
 * Pillow's weights for scaling a line of `length` to `wanted` pixels, for a part of the result. Downscaling widens the
 * kernel.
 */
export function contributions(length: number, wanted: number, part: Part, kernel: Kernel): Contributions {
  const scale = length / wanted;
  const widening = Math.max(scale, 1);
  const reach = kernel.reach * widening;
  const narrowing = 1 / widening;
  const firstOf = (centre: number) => Math.max(0, Math.trunc(centre - reach + 0.5));
  const endOf = (centre: number) => Math.min(length, Math.trunc(centre + reach + 0.5));
  const start = firstOf((part.start + 0.5) * scale);
  const end = endOf((part.start + part.length - 0.5) * scale);
  const most = Math.ceil(reach) * 2 + 1;
  const entry = 2 + most;
  const table = new Int32Array(part.length * entry);
  const exact = new Float64Array(most);
  for (let place = 0; place < part.length; place++) {
    const centre = (part.start + place + 0.5) * scale;
    const from = firstOf(centre);
    const pixels = endOf(centre) - from;
    let sum = 0;
    for (let index = 0; index < pixels; index++) {
      exact[index] = kernel.weight((index + from - centre + 0.5) * narrowing);
      sum += exact[index]!;
    }
    const at = place * entry;
    table[at] = from - start;
    table[at + 1] = pixels;
    for (let index = 0; index < pixels; index++) {
      const weight = (sum === 0 ? exact[index]! : exact[index]! / sum) * (1 << PRECISION);
      table[at + 2 + index] = weight < 0 ? weight - 0.5 : weight + 0.5;
    }
  }
  return { read: { start, length: end - start }, table, entry };
}
