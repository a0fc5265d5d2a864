import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { encodeSealed, readSealed } from '../domain/sealed-record.js';
import { runKeys } from './keys.js';

const threadsRecord = z.object({ threads: z.int().min(1) });

/** Nobody makes it anew unasked: another number would change the bits of a run halfway. */
const REMEDY =
  'Restore it from a backup, or delete it and start the run again with its id: its first trainer then decides the number anew, unless `execution.threads` sets it.';

/**
 * The number of TensorFlow's threads in all steps of a run. TensorFlow splits the sums of a convolution's gradient among
 * its threads, so another number rounds them differently: the first trainer decides, and later ones use its number.
 * @param own of the calling trainer
 */
export async function threadsOfRun(store: ArtifactStore, runId: string, own: number): Promise<number> {
  const key = runKeys(runId).threads;
  // Only the first trainer creates it.
  if (!(await store.has(key))) await store.create(key, encodeSealed(key, { threads: own }));
  return (await readSealed(store, key, threadsRecord, { remedy: REMEDY })).threads;
}
