/** Names on the wire between clients, workflows and workers. Changing one breaks runs in flight. */
import type { RunConfig } from './config.js';
import type { NamedModel, OpenedModel } from './methods.js';
import type {
  DatasetRecord,
  Decision,
  GenerationRecord,
  PseudoLabelRecord,
  RunProgress,
  TrainedModel,
  Verdict,
} from './records.js';

/** Workflows and quick activities. */
export const ORCHESTRATION_QUEUE = 'apprentice';
/** Activities that need TensorFlow, a lot of memory, or the data. */
export const TRAINING_QUEUE = 'apprentice-training';

/** What is asked on that queue: steps that take their time and tell how far they are. */
export const TRAINING_STEPS = [
  'prepareDataset',
  'trainModel',
  'adoptTeacher',
  'pseudoLabelShard',
  'evaluateModel',
  'measureReigning',
  'fitModel',
  'openModel',
  'measureModel',
  'transferHead',
  'measureRobustness',
  'askTeachers',
  'measureCompression',
  'prepareExtension',
  'measureTasks',
  'prepareReal',
  'measureGap',
  'chooseImages',
] as const;

export const RUN_WORKFLOW = 'noisyStudentRun';
export const GENERATION_WORKFLOW = 'generation';

export const PROGRESS_QUERY = 'progress';
export const PAUSE_SIGNAL = 'pause';
export const RESUME_SIGNAL = 'resume';
/** Answers an open question of the gate; refused by its validator when nothing waits for an answer. */
export const DECIDE_UPDATE = 'decide';

/** Search attributes, registered with the server by `apprentice up` and the workers. */
export const SEARCH_ATTRIBUTES = {
  status: { name: 'ApprenticeStatus', type: 'KEYWORD' },
  dataset: { name: 'ApprenticeDataset', type: 'KEYWORD' },
  generation: { name: 'ApprenticeGeneration', type: 'INT' },
  accuracy: { name: 'ApprenticeAccuracy', type: 'DOUBLE' },
} as const;

/** By which a generation tells its run how far it is. */
export const ADVANCED_SIGNAL = 'advanced';

/** The workflow of one generation of a run. A run's own workflow has the run's id. */
export function generationWorkflowId(runId: string, generation: number): string {
  return `${runId}/generation-${generation}`;
}

/** What the run workflow starts from; the second half is there after continue-as-new only. */
export interface RunInput {
  readonly config: RunConfig;
  readonly continued?: {
    readonly generations: readonly GenerationRecord[];
    readonly dataset: DatasetRecord;
    readonly startedAt: string;
    readonly paused: boolean;
  };
  /** Continue as new when the history is longer; the server's own suggestion where absent. */
  readonly continueAsNewAfterEvents?: number;
}

export interface DecideInput extends Decision {
  readonly generation: number;
}

/** What one generation's child workflow starts from. */
export interface GenerationInput {
  readonly runId: string;
  readonly config: RunConfig;
  readonly dataset: DatasetRecord;
  readonly generation: number;
  /** The model that is generation 0, where that is not trained. */
  readonly from?: OpenedModel;
  /** The model that labels; absent for generation 0. */
  readonly teacher?: TrainedModel;
  /** The model to beat; absent for generation 0. */
  readonly champion?: TrainedModel;
  readonly paused: boolean;
}

/** Where a generation is. */
export interface GenerationAdvance extends NonNullable<RunProgress['current']> {
  readonly status: 'pseudo-labelling' | 'training' | 'judging';
}

/** What a generation came to, before anyone decides on it. */
export interface GenerationOutcome {
  readonly model: TrainedModel;
  /** The model that generation 0 is a copy of, where it was not trained. */
  readonly from?: NamedModel;
  /** Absent for generation 0, as is the verdict. */
  readonly pseudoLabels?: PseudoLabelRecord;
  readonly verdict?: Verdict;
}
