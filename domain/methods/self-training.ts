import { z } from 'zod';
import { runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { modelSpec } from '../config/model.js';
import { integer } from '../config/numbers.js';
import { pseudoLabelConfig } from '../config/pseudo-labels.js';
import { refuseTrainingBesideFrom, runTeacher } from '../config/run-teacher.js';
import { studentTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { PseudoLabelRecord } from '../pseudo-labels.js';
import type {
  DatasetRecord,
  Evaluation,
  NamedModel,
  OpenedModel,
  TrainedModel,
  Verdict,
} from '../records.js';
import type { GateResult, RunReport } from '../run.js';

/** The configuration of self-training with noisy students (Xie et al. 2020). */
export const selfTrainingConfig = z
  .strictObject({
    ...runBase('self-training'),
    gate: gateConfig.prefault({}),
    generations: integer(0, 100).default(2).describe('Number of students to train after the teacher.'),
    models: z
      .array(modelSpec)
      .min(1)
      .prefault([
        { kind: 'residual', width: 16, blocksPerStage: 1 },
        { kind: 'residual', width: 24, blocksPerStage: 1 },
        { kind: 'residual', width: 32, blocksPerStage: 1 },
      ])
      .describe(
        'Networks by generation, teacher first; later generations use the last one. With teacher.from the first one is not used, unless it is the only one.',
      ),
    teacher: runTeacher
      .prefault({})
      .describe('Training of generation 0, or the existing model that replaces it (from).'),
    student: studentTraining.prefault({}).describe('Training of all later generations.'),
    pseudoLabels: pseudoLabelConfig.prefault({}),
    calibration: z
      .enum(['temperature', 'none'])
      .default('temperature')
      .describe(
        'Confidence of pseudo-labels. temperature: calibrated by the teacher’s temperature, which is fitted on validation (Guo et al. 2017). none: the softmax of the network.',
      ),
  })
  .superRefine(({ teacher }, context) => refuseTrainingBesideFrom(teacher, context))
  .describe('Self-training with noisy students.');

export type SelfTrainingConfig = z.output<typeof selfTrainingConfig>;

/** A completed generation. */
export interface GenerationRecord extends GateResult {
  readonly generation: number;
  readonly role: 'teacher' | 'student';
  readonly model: TrainedModel;
  /** Generation 0 only: the model that the teacher is a copy of, if it was not trained. */
  readonly from?: NamedModel;
  readonly pseudoLabels?: PseudoLabelRecord;
  /** Against the run's champion before it. */
  readonly verdict?: Verdict;
  /** Whether it became the run's champion, which labels for the next generation. */
  readonly promoted: boolean;
  /** Measured at the end of the run. */
  readonly test?: Evaluation;
}

/** The generation in progress. */
export interface CurrentGeneration {
  readonly generation: number;
  readonly pseudoLabels?: PseudoLabelRecord;
  readonly shards?: { readonly done: number; readonly of: number };
  readonly model?: TrainedModel;
  readonly verdict?: Verdict;
}

/** The parts of a generation's stage, in this order. */
export type GenerationPart = 'pseudo-labels' | 'training' | 'gate';

/** The name of the last stage, which measures all generations on the test images. */
export const TEST_STAGE = 'test';

/** The display name of a generation: its stage and its model. */
export function generationName(generation: number): string {
  return generation === 0 ? 'teacher' : `student ${generation}`;
}

/** The folder of a generation's model within its run. */
export function generationFolder(generation: number): string {
  return `generation-${generation}`;
}

export interface SelfTrainingDetails {
  readonly generations: readonly GenerationRecord[];
  readonly current?: CurrentGeneration;
}

export interface SelfTrainingReport extends RunReport, Pick<GateResult, 'version'> {
  readonly dataset: DatasetRecord;
  readonly generations: readonly GenerationRecord[];
  /** The champion: the last promoted generation. `version` is absent if the line kept another run's champion. */
  readonly model: TrainedModel;
  readonly trainingSeconds: number;
}

export const selfTraining = defineMethod<SelfTrainingReport, SelfTrainingDetails>()(
  selfTrainingConfig,
  ({ generations }) => ({ generations }),
);

/** The input of a generation's child workflow. */
export interface GenerationInput {
  readonly runId: string;
  readonly config: SelfTrainingConfig;
  readonly dataset: DatasetRecord;
  readonly generation: number;
  /** The existing model that becomes generation 0, if the teacher is not trained. */
  readonly from?: OpenedModel;
  /** The champion, which labels the images and is compared with the student; absent for generation 0. */
  readonly champion?: TrainedModel;
  readonly paused: boolean;
}

/** The progress of a generation's child workflow: the payload of its signals to the run. */
export interface GenerationAdvance extends CurrentGeneration {
  readonly part: GenerationPart;
}

/** The result of a generation before the decision. */
export type GenerationOutcome = Pick<GenerationRecord, 'model' | 'from' | 'pseudoLabels' | 'verdict'>;
