import type { DatasetRecord } from '../domain/records.js';
import { type PrepareRequest, prepareDataset } from '../learning/datasets/prepare.js';
import type { RunningStep } from './step-context.js';
import { toldProgress } from './told-progress.js';

/** Decodes, packs and splits images as a step, which tells how far it is. */
export function prepareImages(
  {
    data,
    seed,
    keys: { split, rejected, names },
    classesNeeded,
    unlabelledOfAnyClass,
    fields,
  }: Pick<PrepareRequest, 'data' | 'seed' | 'keys' | 'classesNeeded' | 'unlabelledOfAnyClass' | 'fields'>,
  step: RunningStep,
): Promise<DatasetRecord> {
  return prepareDataset({
    data,
    seed,
    store: step.store,
    keys: { split, rejected, ...(names && { names }) },
    ...(classesNeeded && { classesNeeded }),
    ...(unlabelledOfAnyClass && { unlabelledOfAnyClass }),
    ...(fields && { fields }),
    signal: step.signal,
    onProgress: toldProgress(step, { activity: 'prepare-dataset' }).onProgress,
  });
}
