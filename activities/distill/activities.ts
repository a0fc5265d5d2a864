import { z } from 'zod';
import { distillConfig } from '../../domain/methods/distill.js';
import { onTrainer } from '../activity.js';
import { dataset, key, name, openedModel, storedModel } from '../inputs.js';
import { imagesPredicted } from './images-predicted.js';

const input = { runId: name, config: distillConfig, dataset, teachers: z.array(openedModel).min(1) };

export const distillActivities = {
  /** Evaluates the mean prediction of the teachers; records it for the training images if configured. */
  predictWithTeachers: onTrainer({
    kind: 'evaluate',
    total: ({ dataset, config }) => imagesPredicted(config, dataset),
    input,
    load: async () => (await import('./predict-with-teachers.js')).predictWithTeachers,
  }),
  /** Compares size, speed, accuracy and agreement of student and teachers. */
  measureCompression: onTrainer({
    kind: 'evaluate',
    total: ({ dataset: { counts } }) => counts.validation + counts.test,
    input: {
      ...input,
      student: storedModel,
      teacherPredictions: z.looseObject({
        predictionKeys: z.looseObject({ validation: key.optional(), test: key.optional() }),
      }),
    },
    load: async () => (await import('./measure-compression.js')).measureCompression,
  }),
};
