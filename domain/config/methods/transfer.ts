import { z } from 'zod';
import { methodBase, modelReference } from '../base.js';
import { layersConfig } from '../layers.js';
import { optimizerConfig, teacherTraining } from '../training.js';

/** Gentler than a training from scratch: what the model knows already is to be kept. */
const fineTuning = teacherTraining.safeExtend({
  steps: z.int().min(1).default(400).describe('Optimizer steps.'),
  batchSize: z.int().min(1).max(4096).default(32).describe('Labelled images in a step.'),
  optimizer: optimizerConfig.prefault({ learningRate: 0.05 }),
  layers: layersConfig.prefault({}),
});

/** Everything that a transfer can be told. */
export const transferConfig = z
  .strictObject({
    ...methodBase,
    from: modelReference.describe(
      'The model that goes to new classes; data has them. Pictures are brought to its size, colour and fit unless data.image says otherwise.',
    ),
    mode: z
      .enum(['auto', 'head', 'fine-tune'])
      .default('auto')
      .describe(
        'head: a new last layer on frozen features, in seconds. fine-tune: all layers learn on from there. auto: measured by the amount of labels and how far the model’s features serve.',
      ),
    weightDecays: z
      .array(z.number().positive())
      .min(1)
      .max(100)
      .default([1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001, 0.00001])
      .describe(
        'Of the head alone, on features brought to mean 0 and deviation 1: the best on validation is kept.',
      ),
    training: fineTuning.prefault({}).describe('How all layers are fine-tuned.'),
    compareWithScratch: z
      .boolean()
      .default(false)
      .describe('Also trains the same network from random weights, to see what the model is worth here.'),
    scratch: teacherTraining.prefault({}).describe('How that network is trained.'),
  })
  .superRefine(({ training, scratch }, context) => {
    for (const [key, { consistency }] of Object.entries({ training, scratch })) {
      if (!consistency) continue;
      const message =
        'expected none: a transfer learns from labels; its model may be the teacher of a run afterwards (teacher.from)';
      context.addIssue({ code: 'custom', path: [key, 'consistency'], message });
    }
    if (!scratch.layers) return;
    const message = 'expected none: a network of random weights has nothing to keep';
    context.addIssue({ code: 'custom', path: ['scratch', 'layers'], message });
  })
  .describe('A transfer: a model is brought to other classes.');

export type TransferConfig = z.output<typeof transferConfig>;
