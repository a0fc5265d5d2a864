import type { DatasetRecord } from '../domain/records.js';
import { type PrepareRequest, prepareDataset } from '../learning/datasets/prepare.js';
import type { ActivityContext } from './context.js';
import { imageProgress } from './image-progress.js';

/** {@link prepareDataset} with the progress and cancellation of an activity. */
export function prepareImages(
  request: Omit<PrepareRequest, 'store' | 'signal' | 'onProgress'>,
  context: ActivityContext,
): Promise<DatasetRecord> {
  return prepareDataset({
    ...request,
    store: context.store,
    signal: context.signal,
    onProgress: imageProgress(context).onProgress,
  });
}
