import { z } from 'zod';
import { augmentationConfig } from './augmentation.js';
import { type ConsistencyConfig, consistencyConfig } from './consistency.js';
import { layersConfig } from './layers.js';

const share = z.number().min(0).max(1);

export const optimizerConfig = z
  .strictObject({
    kind: z.enum(['momentum', 'adam', 'rmsprop']).default('momentum'),
    learningRate: z.number().positive().default(0.1).describe('Its highest value, after warm-up.'),
    momentum: z.number().min(0).max(0.999).default(0.9).describe('Of momentum and rmsprop.'),
    nesterov: z.boolean().default(true).describe('Of momentum.'),
  })
  .describe('The optimizer.');

const schedule = z.strictObject({
  kind: z.enum(['cosine', 'exponential', 'constant']).default('cosine'),
  warmup: share.default(0.05).describe('Share of the steps in which the learning rate rises from 0.'),
  decay: share.default(0.97).describe('Of exponential: the factor, applied 60 times in a training.'),
});

const shared = {
  batchSize: z.int().min(1).max(4096).default(64).describe('Labelled images in a step.'),
  optimizer: optimizerConfig.prefault({}),
  schedule: schedule.prefault({}),
  weightDecay: z.number().min(0).default(5e-4).describe('L2 on kernels; biases and batch norm are left out.'),
  labelSmoothing: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.1)
    .describe('On labels and hard pseudo-labels, never on soft ones.'),
  emaDecay: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0.99)
    .describe('Of the averaged weights, which are the ones evaluated and kept.'),
  gradientClip: z.number().positive().optional().describe('Largest global norm of the gradient.'),
  augmentation: augmentationConfig.prefault({}),
  layers: layersConfig.optional(),
  consistency: consistencyConfig.optional(),
  evaluations: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('How often validation is measured, evenly spaced.'),
  eager: z
    .boolean()
    .default(false)
    .describe(
      'Run the step operation by operation instead of as a compiled graph: slower; for networks that do not trace.',
    ),
  precision: z
    .enum(['float32', 'bfloat16'])
    .default('float32')
    .describe(
      'In what convolutions compute; weights stay float32. bfloat16 is faster on processors that have it (AVX-512 BF16, AMX).',
    ),
  replicas: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe(
      'Parts of a step that are computed side by side, each on a GPU of its own where there are as many; batch norm sees its part alone. The images of a step must be a multiple.',
    ),
  lossScale: z
    .number()
    .positive()
    .default(1)
    .describe(
      'The loss is multiplied by it and gradients divided again, so that small ones do not vanish in 16 bits.',
    ),
  checkpointSeconds: z
    .number()
    .min(0)
    .default(30)
    .describe('Seconds between checkpoints; 0 writes one after every step.'),
};

/** Rates of the network's own noise. */
export function modelNoise(rate: number) {
  return {
    dropout: share.default(rate).describe('Before the last layer.'),
    stochasticDepth: share
      .default(rate)
      .describe('Drop rate of the last residual block; earlier ones linearly less.'),
  };
}

/** Training on labelled images alone. */
export const teacherTraining = z
  .strictObject({
    ...shared,
    steps: z.int().min(1).default(600).describe('Optimizer steps.'),
    ...modelNoise(0),
  })
  .superRefine(({ batchSize, replicas }, context) => inReplicas(batchSize, replicas, context))
  .superRefine(expectConsistent);

/** Training on labelled and pseudo-labelled images together, with noise. */
export const studentTraining = z
  .strictObject({
    ...shared,
    steps: z.int().min(1).default(1000).describe('Optimizer steps.'),
    ...modelNoise(0.2),
    unlabelledRatio: z
      .number()
      .min(0)
      .max(32)
      .default(3)
      .describe('Pseudo-labelled images for each labelled one in a step.'),
    lossNormalisation: z
      .enum(['concatenated', 'labelled'])
      .default('concatenated')
      .describe(
        'concatenated: mean over all images of the step (the paper). labelled: sum divided by the labelled ones (the paper’s code; gradients 1 + ratio times larger).',
      ),
  })
  .superRefine(({ batchSize, unlabelledRatio, replicas }, context) =>
    inReplicas(batchSize + Math.round(batchSize * unlabelledRatio), replicas, context),
  )
  .superRefine(expectConsistent);

/** A step is cut into as many like parts as there are replicas. */
function inReplicas(images: number, replicas: number, context: z.RefinementCtx): void {
  if (images % replicas === 0) return;
  const message = `expected a divisor of the ${images} images of a step`;
  context.addIssue({ code: 'custom', path: ['replicas'], message });
}

interface Consistent {
  readonly batchSize: number;
  readonly replicas: number;
  readonly consistency?: ConsistencyConfig | undefined;
}

/** Both views of an image, and what has been learnt of its class, belong into one part of a step. */
function expectConsistent({ batchSize, replicas, consistency }: Consistent, context: z.RefinementCtx): void {
  if (!consistency) return;
  if (replicas > 1) {
    context.addIssue({ code: 'custom', path: ['replicas'], message: 'expected 1 with consistency' });
  }
  const { ratio } = consistency;
  // A ratio of 0 has its own message.
  if (ratio > 0 && Math.round(batchSize * ratio) < 1) {
    const message = `expected enough for one unlabelled image beside ${batchSize} labelled ones`;
    context.addIssue({ code: 'custom', path: ['consistency', 'ratio'], message });
  }
}

export type TeacherTraining = z.output<typeof teacherTraining>;
export type StudentTraining = z.output<typeof studentTraining>;

/** What the trainer is told: a teacher's training is a student's without unlabelled images. */
export type TrainingSpec = StudentTraining;

/** A teacher's settings in the trainer's form. */
export function asTrainingSpec(teacher: TeacherTraining): TrainingSpec {
  return { ...teacher, unlabelledRatio: 0, lossNormalisation: 'concatenated' };
}
