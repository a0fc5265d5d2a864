import type { Run } from '../../client/run.js';
import { ArtifactMissingError } from '../../domain/errors.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { RejectedPicture } from '../../domain/rejected-pictures.js';
import { harmless } from '../harmless.js';

/** `--json` lists all. */
const SHOWN = 20;

/** Reads the pictures of a run that could not be used; none if the store has no list of them. */
export async function rejectedPictures(
  run: Pick<Run, 'rejected'>,
  dataset: DatasetRecord | undefined,
): Promise<readonly RejectedPicture[]> {
  if (!dataset?.rejected) return [];
  try {
    return await run.rejected();
  } catch (error) {
    // The run's artifacts were deleted.
    if (error instanceof ArtifactMissingError) return [];
    throw error;
  }
}

/** A line for each picture with its reason, and the number of omitted ones. */
export function rejectedText(pictures: readonly RejectedPicture[]): string {
  const more = pictures.length - SHOWN;
  return [
    ...pictures.slice(0, SHOWN).map(({ path, reason }) => `  ${harmless(path)}: ${harmless(reason)}`),
    ...(more > 0 ? [`  and ${more} more (--json lists all)`] : []),
  ].join('\n');
}
