/**
 * Moves labels apart until neighbours are `gap` pixels from each other, with the least squared movement that keeps their order:
 * isotonic regression by pooling adjacent violators (Ayer et al. 1955), clamped to the range.
 * @returns the new positions, in the order given
 */
export function separate(
  positions: readonly number[],
  gap: number,
  [start, end]: readonly [number, number],
): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
  const pools: { mean: number; size: number }[] = [];
  for (const [rank, index] of order.entries()) {
    // Without the gaps before it, a position only must not be less than the one before.
    let pool = { mean: positions[index]! - rank * gap, size: 1 };
    while (pools.length > 0 && pools.at(-1)!.mean > pool.mean) {
      const { mean, size } = pools.pop()!;
      const total = size + pool.size;
      pool = { mean: (mean * size + pool.mean * pool.size) / total, size: total };
    }
    pools.push(pool);
  }
  const last = end - (positions.length - 1) * gap;
  const means = pools.flatMap(({ mean, size }) => new Array<number>(size).fill(mean));
  const separated = new Array<number>(positions.length);
  for (const [rank, index] of order.entries()) {
    separated[index] = Math.max(start, Math.min(means[rank]!, last)) + rank * gap;
  }
  return separated;
}
