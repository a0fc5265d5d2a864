import { z } from 'zod';
import { selfTrainingConfig } from '../../domain/methods/self-training.js';
import { onTrainer } from '../activity.js';
import { count, dataset, datasetReference, key, name, openedModel, storedModel } from '../inputs.js';

const run = { runId: name, config: selfTrainingConfig };

export const selfTrainingActivities = {
  /** Copies an existing model as generation 0 and measures it on validation. */
  adoptTeacher: onTrainer({
    kind: 'evaluate',
    total: ({ dataset: { counts } }) => counts.validation,
    input: { runId: name, dataset, from: openedModel },
    load: async () => (await import('./adopt-teacher.js')).adoptTeacher,
  }),
  /** Predicts a range of the unlabelled images with the teacher. */
  pseudoLabelShard: onTrainer({
    kind: 'pseudo-label',
    total: ({ images }) => images,
    input: {
      ...run,
      dataset: datasetReference,
      generation: count,
      teacher: storedModel,
      first: count,
      images: z.int().min(1),
    },
    load: async () => (await import('./pseudo-label-shard.js')).pseudoLabelShard,
  }),
  /** Applies thresholds and balances the classes over all shards: on a trainer, for it holds all probabilities at once. */
  selectPseudoLabels: onTrainer({
    kind: 'pseudo-label',
    total: ({ dataset: { counts } }) => counts.unlabelled,
    input: {
      ...run,
      dataset,
      generation: count,
      shards: z.array(z.looseObject({ key, first: count, images: z.int().min(1) })),
    },
    load: async () => (await import('./select-pseudo-labels.js')).selectPseudoLabels,
  }),
};
