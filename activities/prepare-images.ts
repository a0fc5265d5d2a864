import type { DatasetRecord } from '../domain/records.js';
import { type PrepareRequest, prepareDataset } from '../learning/datasets/prepare.js';
import type { ActivityContext } from './context.js';
import { imageProgress } from './image-progress.js';

/** Decodes, packs and splits images, with the progress and cancellation of an activity. */
export function prepareImages(
  {
    data,
    seed,
    keys: { split, rejected, names },
    classesNeeded,
    unlabelledOfAnyClass,
  }: Pick<PrepareRequest, 'data' | 'seed' | 'keys' | 'classesNeeded' | 'unlabelledOfAnyClass'>,
  context: ActivityContext,
): Promise<DatasetRecord> {
  return prepareDataset({
    data,
    seed,
    store: context.store,
    keys: { split, rejected, ...(names && { names }) },
    ...(classesNeeded && { classesNeeded }),
    ...(unlabelledOfAnyClass && { unlabelledOfAnyClass }),
    signal: context.signal,
    onProgress: imageProgress(context).onProgress,
  });
}
