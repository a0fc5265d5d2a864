import type { Run } from '../../client/run.js';
import { ArtifactMissingError } from '../../domain/errors.js';
import type { LeftOut } from '../../domain/left-out.js';
import type { DatasetRecord } from '../../domain/records.js';

/** Reads what a run's data set left out; the record's few examples if the run's artifacts were deleted. */
export async function leftOutOf(
  run: Pick<Run, 'leftOut'>,
  dataset: DatasetRecord | undefined,
): Promise<readonly LeftOut[]> {
  if (!dataset || dataset.leftOut.length === 0) return [];
  try {
    return await run.leftOut();
  } catch (error) {
    if (error instanceof ArtifactMissingError) return dataset.leftOut;
    throw error;
  }
}
