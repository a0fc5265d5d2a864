import type { ArtifactStore } from '../../domain/artifact-store.js';
import { joinLeftOut, type LeftOut } from '../../domain/left-out.js';
import type { ArtifactKey } from '../../domain/records.js';
import { writeSealed } from '../../domain/sealed-record.js';
import { LeftOutCollector, STORED_EXAMPLES } from './collect-left-out.js';
import type { Rejection } from './pack/pack-listing.js';
import type { Split } from './split/draw-split.js';

/** Pictures that can't be read, with reasons. */
export function unreadableOf(rejected: readonly Rejection[]): LeftOut[] {
  const found = new LeftOutCollector();
  for (const { path, reason } of rejected) found.add('unreadable', path, reason);
  return found.list();
}

/**
 * Pictures that no split has, and pictures that lost their label.
 * @param names by packed position
 * @param labelOf label of a packed position
 */
export function leftOutOfSplit(
  { copies, contradictory }: Pick<Split, 'copies' | 'contradictory'>,
  names: readonly string[],
  labelOf: (image: number) => string | undefined,
): LeftOut[] {
  const found = new LeftOutCollector();
  for (const image of contradictory) found.add('contradictory', names[image]!, `label "${labelOf(image)}"`);
  for (const image of copies) found.add('copy', names[image]!);
  return found.list();
}

/** Stores what was left out; written before the split too, so that a preparation that fails explains itself. */
export async function writeLeftOut(
  store: ArtifactStore,
  key: ArtifactKey,
  leftOut: readonly LeftOut[],
): Promise<void> {
  await writeSealed(store, key, joinLeftOut([leftOut], STORED_EXAMPLES));
}
