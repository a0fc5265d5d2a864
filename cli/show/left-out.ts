import type { Run } from '../../client/run.js';
import type { LeftOut } from '../../domain/left-out.js';
import type { DatasetRecord } from '../../domain/records.js';
import { readable } from './readable.js';

/** Reads what a run's data set left out; the record's few examples if the list was deleted, or is damaged. */
export async function leftOutOf(
  run: Pick<Run, 'leftOut'>,
  dataset: DatasetRecord | undefined,
): Promise<readonly LeftOut[]> {
  if (!dataset || dataset.leftOut.length === 0) return [];
  return (await readable(() => run.leftOut())) ?? dataset.leftOut;
}
