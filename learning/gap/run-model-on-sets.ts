import type { StoredModel } from '../../domain/stored-model.js';
import type { ImageSet } from '../datasets/image-set.js';
import { type Features, featuresOf } from '../models/features.js';
import type { LookRequest } from '../models/in-batches.js';
import { predict } from '../models/predict.js';

type Sets = Readonly<Record<'training' | 'augmented' | 'validation' | 'real', ImageSet>>;

export interface ModelOutputs {
  /** [count * classes] of the real images. */
  readonly probabilities: Float32Array;
  readonly features: Readonly<Record<keyof Sets, Features>>;
}

interface ModelOptions extends Pick<LookRequest, 'signal' | 'onProgress'> {
  readonly model: StoredModel;
  readonly temperature: number;
}

/** Looks at images: those of all sets, and the real ones twice. */
export function countModelInputs(sets: Sets): number {
  return Object.values(sets).reduce((sum, { count }) => sum + count, sets.real.count);
}

/** What a model sees in all sets, with one progress over them. */
export async function runModelOnSets(
  sets: Sets,
  { model, temperature, signal, onProgress }: ModelOptions,
): Promise<ModelOutputs> {
  const total = countModelInputs(sets);
  let before = 0;
  const look = async <T>(
    images: ImageSet,
    by: (part: LookRequest & { readonly model: StoredModel }) => Promise<T>,
  ) => {
    const first = before;
    const seen = await by({
      model,
      images,
      onProgress: (done) => onProgress?.(first + done, total),
      signal,
    });
    before += images.count;
    return seen;
  };
  return {
    probabilities: await look(sets.real, (part) => predict({ ...part, temperature })),
    features: {
      training: await look(sets.training, featuresOf),
      augmented: await look(sets.augmented, featuresOf),
      validation: await look(sets.validation, featuresOf),
      real: await look(sets.real, featuresOf),
    },
  };
}
