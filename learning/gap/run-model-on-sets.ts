import type { StoredModel } from '../../domain/stored-model.js';
import type { ImageSet } from '../datasets/image-set.js';
import { type Features, featuresOf } from '../models/features.js';
import type { BatchedRequest } from '../models/in-batches.js';
import { predict } from '../models/predict.js';

type Sets = Readonly<Record<'training' | 'augmented' | 'validation' | 'real', ImageSet>>;

export interface ModelOutputs {
  /** [count * classes] of the real images. */
  readonly probabilities: Float32Array;
  readonly features: Readonly<Record<keyof Sets, Features>>;
}

interface ModelOptions extends Pick<BatchedRequest, 'signal' | 'onProgress'> {
  readonly model: StoredModel;
  readonly temperature: number;
}

/** Images that the model processes: those of all sets, the real ones twice (probabilities and features). */
export function countModelInputs(sets: Sets): number {
  return Object.values(sets).reduce((sum, { count }) => sum + count, sets.real.count);
}

/** Runs a model on all sets, with one progress over them. */
export async function runModelOnSets(
  sets: Sets,
  { model, temperature, signal, onProgress }: ModelOptions,
): Promise<ModelOutputs> {
  const total = countModelInputs(sets);
  let before = 0;
  const run = async <T>(
    images: ImageSet,
    infer: (part: BatchedRequest & { readonly model: StoredModel }) => Promise<T>,
  ) => {
    const first = before;
    const outputs = await infer({
      model,
      images,
      onProgress: (done) => onProgress?.(first + done, total),
      signal,
    });
    before += images.count;
    return outputs;
  };
  return {
    probabilities: await run(sets.real, (part) => predict({ ...part, temperature })),
    features: {
      training: await run(sets.training, featuresOf),
      augmented: await run(sets.augmented, featuresOf),
      validation: await run(sets.validation, featuresOf),
      real: await run(sets.real, featuresOf),
    },
  };
}
