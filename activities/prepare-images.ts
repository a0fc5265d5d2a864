import type { DatasetRecord } from '../domain/records.js';
import { type PrepareRequest, prepareDataset } from '../learning/datasets/prepare.js';
import { ProgressMeter } from '../learning/training/progress-meter.js';
import type { RunningStep } from './step-context.js';

/** Decodes, packs and splits images as a step, which tells how far it is. */
export function prepareImages(
  {
    data,
    seed,
    keys: { split, rejected },
    classesNeeded,
    unlabelledOfAnyClass,
  }: Pick<PrepareRequest, 'data' | 'seed' | 'keys' | 'classesNeeded' | 'unlabelledOfAnyClass'>,
  { store, signal, report }: RunningStep,
): Promise<DatasetRecord> {
  const meter = new ProgressMeter();
  return prepareDataset({
    data,
    seed,
    store,
    keys: { split, rejected },
    ...(classesNeeded && { classesNeeded }),
    ...(unlabelledOfAnyClass && { unlabelledOfAnyClass }),
    signal,
    onProgress: (done, total) =>
      report({ activity: 'prepare-dataset', generation: 0, done, total, rate: meter.rate(done) }),
  });
}
