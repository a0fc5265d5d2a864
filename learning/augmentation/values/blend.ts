/**
 * Pillow's `Image.blend(degenerate, picture, factor)` for single levels, in its arithmetic: 32-bit floats, cut
 * off. A factor below 1 goes towards the degenerate picture, above 1 away from it.
 */
export function blended(degenerate: number, level: number, factor: number): number {
  const value = Math.fround(degenerate + Math.fround(Math.fround(factor) * (level - degenerate)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}

/** All blends of one factor: [level - degenerate + 255, degenerate]. */
export type BlendTable = Uint8Array;

/** A policy has few factors (TrivialAugmentWide 61), each used for thousands of pictures. */
const MOST_TABLES = 64;
const tables = new Map<number, BlendTable>();
const spare = new Uint8Array(511 * 256);

function fillBlend(table: BlendTable, factor: number): BlendTable {
  const alpha = Math.fround(factor);
  for (let difference = -255; difference <= 255; difference++) {
    const part = Math.fround(alpha * difference);
    const row = (difference + 255) << 8;
    // The level must be one: outside of these the table is never read.
    const last = Math.min(255, 255 - difference);
    for (let degenerate = Math.max(0, -difference); degenerate <= last; degenerate++) {
      const value = Math.fround(degenerate + part);
      table[row | degenerate] = value <= 0 ? 0 : value >= 255 ? 255 : value;
    }
  }
  return table;
}

/**
 * The table of a factor; remembered for the first factors, and for others good until the next call. One look-up then
 * replaces the float arithmetic of each level.
 */
export function blendTable(factor: number): BlendTable {
  const known = tables.get(factor);
  if (known) return known;
  if (tables.size === MOST_TABLES) return fillBlend(spare, factor);
  const table = fillBlend(new Uint8Array(511 * 256), factor);
  tables.set(factor, table);
  return table;
}
