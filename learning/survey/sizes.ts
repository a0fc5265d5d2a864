import type { ImageShape } from '../../domain/records.js';

interface Range {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** Sizes of pictures in pixels, after turning them by their EXIF orientation. */
export interface Sizes {
  readonly width: Range;
  readonly height: Range;
  /** Number of different sizes. */
  readonly different: number;
  /** The most frequent sizes, the most frequent first. */
  readonly frequent: ReadonlyArray<{
    readonly width: number;
    readonly height: number;
    readonly pictures: number;
  }>;
}

const FREQUENT = 5;

function rangeOf(values: readonly number[]): Range {
  const sorted = Float64Array.from(values).sort();
  return { least: sorted[0]!, median: sorted[sorted.length >> 1]!, most: sorted.at(-1)! };
}

/** Returns undefined if there are no pictures. */
export function sizesOf(shapes: readonly ImageShape[]): Sizes | undefined {
  if (shapes.length === 0) return undefined;
  const counts = new Map<string, { width: number; height: number; pictures: number }>();
  for (const { width, height } of shapes) {
    const key = `${width} ${height}`;
    const known = counts.get(key);
    if (known) known.pictures++;
    else counts.set(key, { width, height, pictures: 1 });
  }
  return {
    width: rangeOf(shapes.map(({ width }) => width)),
    height: rangeOf(shapes.map(({ height }) => height)),
    different: counts.size,
    frequent: [...counts.values()].sort((a, b) => b.pictures - a.pictures).slice(0, FREQUENT),
  };
}
