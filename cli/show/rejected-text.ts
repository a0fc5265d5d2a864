import type { Run } from '../../client/run.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { RejectedPicture } from '../../domain/rejected-pictures.js';
import { readable } from './readable.js';

/** `--json` lists all. */
const SHOWN = 20;

/** Reads the pictures of a run that could not be used; none if the store has no list of them, or a damaged one. */
export async function rejectedPictures(
  run: Pick<Run, 'rejected'>,
  dataset: DatasetRecord | undefined,
): Promise<readonly RejectedPicture[]> {
  if (!dataset?.rejected) return [];
  return (await readable(() => run.rejected())) ?? [];
}

/** A line for each picture with its reason, and the number of omitted ones. */
export function rejectedText(pictures: readonly RejectedPicture[]): string {
  const more = pictures.length - SHOWN;
  return [
    ...pictures.slice(0, SHOWN).map(({ path, reason }) => `  ${path}: ${reason}`),
    ...(more > 0 ? [`  and ${more} more (--json lists all)`] : []),
  ].join('\n');
}
