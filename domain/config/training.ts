import { z } from 'zod';
import { augmentationConfig } from './augmentation.js';
import { type ConsistencyConfig, consistencyConfig } from './consistency.js';
import { layersConfig } from './layers.js';
import { integer, number } from './numbers.js';

const share = number(0, 1);

export const optimizerConfig = z
  .strictObject({
    kind: z.enum(['momentum', 'adam', 'rmsprop']).default('momentum'),
    learningRate: z.number().positive().default(0.1).describe('Peak learning rate, after warm-up.'),
    momentum: number(0, 0.999).default(0.9).describe('Momentum; kinds momentum and rmsprop only.'),
    nesterov: z.boolean().default(true).describe('Nesterov momentum; kind momentum only.'),
  })
  .describe('The optimizer.');

const schedule = z.strictObject({
  kind: z.enum(['cosine', 'exponential', 'constant']).default('cosine'),
  warmup: share.default(0.05).describe('Share of the steps in which the learning rate rises from 0.'),
  decay: share
    .default(0.97)
    .describe('Kind exponential only: the decay factor, applied 60 times in a training.'),
});

const shared = {
  batchSize: integer(1, 4096).default(64).describe('Labelled images in a step.'),
  optimizer: optimizerConfig.prefault({}),
  schedule: schedule.prefault({}),
  weightDecay: number(0).default(5e-4).describe('L2 penalty on kernels, not on biases and batch norm.'),
  labelSmoothing: number(0, 0.9)
    .default(0.1)
    .describe('Applies to labels and hard pseudo-labels, not to soft ones.'),
  emaDecay: number(0, 0.99999)
    .default(0.99)
    .describe('Decay of the exponential moving average of the weights, which is evaluated and kept.'),
  gradientClip: z.number().positive().optional().describe('Clips gradients to this global norm.'),
  augmentation: augmentationConfig.prefault({}),
  layers: layersConfig.optional(),
  consistency: consistencyConfig.optional(),
  evaluations: integer(1, 1000).default(10).describe('Number of evaluations on validation, evenly spaced.'),
  eager: z
    .boolean()
    .default(false)
    .describe(
      'Runs the step eagerly instead of as a compiled graph: slower; for networks that can’t be traced.',
    ),
  precision: z
    .enum(['float32', 'bfloat16'])
    .default('float32')
    .describe(
      'Data type of convolutions; weights stay float32. bfloat16 is faster on processors that support it (AVX-512 BF16, AMX).',
    ),
  replicas: integer(1, 64)
    .default(1)
    .describe(
      'Data-parallel replicas, each on its own GPU if there are enough; batch norm uses the statistics of its replica. The number of images in a step must be a multiple.',
    ),
  lossScale: z
    .number()
    .positive()
    .default(1)
    .describe(
      'Multiplies the loss and divides the gradients, so that small gradients do not underflow in 16 bits.',
    ),
  checkpointSeconds: number(0)
    .default(30)
    .describe('Seconds between checkpoints; 0 writes one after every step.'),
};

/** Dropout and stochastic depth with a default rate. */
export function modelNoise(rate: number) {
  return {
    dropout: share.default(rate).describe('Dropout rate before the last layer.'),
    stochasticDepth: share
      .default(rate)
      .describe('Drop rate of the last residual block; it falls linearly towards the first.'),
  };
}

/** Training on labelled images only. */
export const teacherTraining = z
  .strictObject({
    ...shared,
    steps: integer(1).default(600).describe('Optimizer steps.'),
    ...modelNoise(0),
  })
  .superRefine(({ batchSize, replicas }, context) => expectDivisible(batchSize, replicas, context))
  .superRefine(expectConsistencyFits);

/** Training on labelled and pseudo-labelled images together, with noise. */
export const studentTraining = z
  .strictObject({
    ...shared,
    steps: integer(1).default(1000).describe('Optimizer steps.'),
    ...modelNoise(0.2),
    unlabelledRatio: number(0, 32)
      .default(3)
      .describe('Pseudo-labelled images for each labelled one in a step.'),
    lossNormalisation: z
      .enum(['concatenated', 'labelled'])
      .default('concatenated')
      .describe(
        'concatenated: mean over all images of the step (the paper). labelled: sum divided by the number of labelled images (the paper’s code; gradients 1 + ratio times larger).',
      ),
  })
  .superRefine(({ batchSize, unlabelledRatio, replicas }, context) =>
    expectDivisible(batchSize + Math.round(batchSize * unlabelledRatio), replicas, context),
  )
  .superRefine(expectConsistencyFits);

/** All replicas must get the same number of images. */
function expectDivisible(images: number, replicas: number, context: z.RefinementCtx): void {
  if (images % replicas === 0) return;
  const message = `expected a divisor of the ${images} images of a step`;
  context.addIssue({ code: 'custom', path: ['replicas'], message });
}

interface ConsistencyTraining {
  readonly batchSize: number;
  readonly replicas: number;
  readonly consistency?: ConsistencyConfig | undefined;
}

/** Both views of an image, and the threshold's statistics, must be in one replica. */
function expectConsistencyFits(
  { batchSize, replicas, consistency }: ConsistencyTraining,
  context: z.RefinementCtx,
): void {
  if (!consistency) return;
  if (replicas > 1) {
    context.addIssue({ code: 'custom', path: ['replicas'], message: 'expected 1 with consistency' });
  }
  const { ratio } = consistency;
  // The schema refuses a ratio of 0 with its own message.
  if (ratio > 0 && Math.round(batchSize * ratio) < 1) {
    const message = `expected enough for one unlabelled image with ${batchSize} labelled ones`;
    context.addIssue({ code: 'custom', path: ['consistency', 'ratio'], message });
  }
}

export type TeacherTraining = z.output<typeof teacherTraining>;
export type StudentTraining = z.output<typeof studentTraining>;

/** The trainer's input: a teacher's training is a student's without unlabelled images. */
export type TrainingSpec = StudentTraining;

/** Converts a teacher's training to the trainer's input. */
export function asTrainingSpec(teacher: TeacherTraining): TrainingSpec {
  return { ...teacher, unlabelledRatio: 0, lossNormalisation: 'concatenated' };
}
