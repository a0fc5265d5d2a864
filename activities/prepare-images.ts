import type { DatasetRecord } from '../domain/records.js';
import type { Work } from '../learning/datasets/pack/pack-listing.js';
import { type PrepareRequest, prepareDataset } from '../learning/datasets/prepare.js';
import type { ActivityContext } from './context.js';
import { imageProgress } from './image-progress.js';

/** {@link prepareDataset} with the progress and cancellation of an activity. */
export function prepareImages(
  request: Omit<PrepareRequest, keyof Work>,
  context: ActivityContext,
): Promise<DatasetRecord> {
  return prepareDataset({
    ...request,
    store: context.store,
    signal: context.signal,
    onProgress: imageProgress(context).onProgress,
    onBroken: ({ message }) => console.warn(`made anew: ${message}`),
  });
}
