/** A resampling kernel and how far it reaches, in pixels of the larger of the two grids. */
export interface Kernel {
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

/** Fractional bits of weights: 8 for the level and 2 against overflow are left of 32. As in assembly/resample.ts. */
const PRECISION = 22;

/** A part of a line: places from `start` on. */
export interface Part {
  readonly start: number;
  readonly length: number;
}

/** What each target place takes from the source. */
export interface Contributions {
  /** The source pixels that are read at all. */
  readonly read: Part;
  /** [places, entry]: the first pixel, counted from that part's start; how many; their weights in fixed point. */
  readonly table: Int32Array;
  /** Numbers for each place. */
  readonly entry: number;
}

/**
 * Pillow's weights for scaling a line of `length` to `wanted` pixels, of which a part is made. Where it gets shorter
 * the kernel is widened.
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
