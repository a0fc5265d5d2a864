/** The records that rooms hand to each other. All are plain JSON and small: histories carry them. */
import type { ImageFit } from './config/data.js';
import type { RunConfig } from './config.js';
import type { NamedModel } from './methods.js';

/** A key in the artifact store, for example `runs/clothes-7f3a/generation-1/model`. */
export type ArtifactKey = string;

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 (gray) or 3 (rgb). */
  readonly channels: 1 | 3;
}

export type SplitName = 'labelled' | 'validation' | 'unlabelled' | 'test';

/** A prepared, content-hashed data set with its fixed split. */
export interface DatasetRecord {
  /** Names the stored split, see learning/datasets/split. */
  readonly splitKey: ArtifactKey;
  /** First 16 hex digits of the SHA-256 over all decoded pixels and labels; data.answers belong to the split. */
  readonly contentHash: string;
  readonly classes: readonly string[];
  /** Number among `classes` of each class that the pictures have, where a model knows others beside those. */
  readonly classNumbers?: readonly number[];
  readonly image: ImageShape;
  /** How pictures of another aspect ratio were brought to it. */
  readonly fit: ImageFit;
  readonly counts: Readonly<Record<SplitName, number>>;
  /** Pictures that could not be used; the list with reasons is at `rejectedKey`. */
  readonly rejected: number;
  readonly rejectedKey: ArtifactKey;
  /** Pictures left out because the same pixels are in another split already. */
  readonly duplicatesAcrossSplits: number;
}

/** What opens a prepared data set. */
export type DatasetReference = Pick<DatasetRecord, 'splitKey' | 'contentHash' | 'classNumbers'>;

/** How good a model is on one split. All shares are in 0..1. */
export interface Evaluation {
  readonly images: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly loss: number;
  /** Expected calibration error, 15 equal-width bins (Guo et al. 2017, eq. 3). */
  readonly calibrationError: number;
}

/** The same class by class. It grows with the square of the classes, so it is kept in the store. */
export interface FullEvaluation extends Evaluation {
  readonly perClass: ReadonlyArray<{
    readonly precision: number;
    readonly recall: number;
    readonly images: number;
  }>;
  /** Rows are true classes, columns predicted ones. */
  readonly confusion: ReadonlyArray<readonly number[]>;
}

/** What a training left behind. */
export interface TrainedModel {
  readonly modelKey: ArtifactKey;
  readonly generation: number;
  readonly parameters: number;
  readonly steps: number;
  /** Step whose averaged weights were best on validation, and are the ones kept. */
  readonly bestStep: number;
  readonly validation: Evaluation;
  /** Float32 [images, classes] probabilities on validation, in split order: the gate's evidence. */
  readonly validationPredictionsKey: ArtifactKey;
  /** Fitted on validation (Guo et al. 2017), kept with the model; 1 changes nothing. */
  readonly temperature: number;
  /** Calibration error on validation once that is applied. */
  readonly calibratedError: number;
  /** JSON lines of the training's measurements. */
  readonly seriesKey: ArtifactKey;
  /** Seconds inside training, summed over attempts, start-up and waiting left out. */
  readonly trainingSeconds: number;
  /** Of these, spent waiting for augmented images. */
  readonly waitedSeconds: number;
  /** SHA-256 over the kept weights. */
  readonly weightsHash: string;
}

/** Pseudo-labels of one shard before selection. */
export interface PseudoLabelShard {
  readonly key: ArtifactKey;
  readonly first: number;
  readonly images: number;
}

export interface PseudoLabelClassCount {
  readonly className: string;
  /** Images whose most probable class this is. */
  readonly predicted: number;
  /** Of those, how many reach the threshold. */
  readonly confident: number;
  /** Different images kept, and training examples made of them by repeating. */
  readonly kept: number;
  readonly examples: number;
  /** Threshold that balancing arrived at for this class. */
  readonly threshold: number;
  readonly status: 'balanced' | 'missing' | 'taken-below-threshold';
}

/** The selected, balanced pseudo-labels of a generation. */
export interface PseudoLabelRecord {
  readonly key: ArtifactKey;
  readonly images: number;
  readonly kept: number;
  readonly dropped: number;
  readonly examples: number;
  /** All classes; of more than a hundred those that have something to say first. */
  readonly byClass: readonly PseudoLabelClassCount[];
  /** How many classes are not in `byClass`, whose counts lie beside the labels in the store; absent where all are there. */
  readonly unlisted?: Readonly<Record<PseudoLabelClassCount['status'], number>>;
}

/** The gate's answer, with its evidence. */
export interface Verdict {
  readonly passes: boolean;
  readonly reason: string;
  readonly images: number;
  readonly championAccuracy: number;
  readonly challengerAccuracy: number;
  readonly difference: number;
  /** Paired bootstrap interval of the difference (percentile method, Efron 1979). */
  readonly interval: readonly [number, number];
  readonly confidence: number;
  readonly margin: number;
}

/** The champion that an earlier run left in the line, measured on this run's validation images. */
export interface ReigningChampion {
  readonly version: number;
  readonly modelKey: ArtifactKey;
  readonly validation: Evaluation;
  readonly validationPredictionsKey: ArtifactKey;
}

export interface Decision {
  readonly promote: boolean;
  readonly by: string;
  readonly reason: string;
}

/** One generation, as far as it has come. */
export interface GenerationRecord {
  readonly generation: number;
  readonly role: 'teacher' | 'student';
  readonly model: TrainedModel;
  /** Of a teacher that was not trained: the model that it is a copy of. */
  readonly from?: NamedModel;
  readonly pseudoLabels?: PseudoLabelRecord;
  readonly verdict?: Verdict;
  readonly decision?: Decision;
  /** Whether it became the run's champion, which labels for the next generation. */
  readonly promoted: boolean;
  /** Against the line's champion of an earlier run, where there is one to beat. */
  readonly reigning?: Verdict & { readonly version: number };
  /** Version number in the model registry, when it has entered that. */
  readonly version?: number;
  /** Measured once, at the end of the run. */
  readonly test?: Evaluation;
}

/** A promoted model in the registry's log. */
export interface ModelVersion {
  readonly line: string;
  readonly version: number;
  readonly modelKey: ArtifactKey;
  readonly runId: string;
  readonly generation: number;
  readonly promotedAt: string;
  readonly validationAccuracy: number;
  readonly classes: readonly string[];
  readonly image: ImageShape;
  readonly parameters: number;
  readonly datasetHash: string;
}

/** A model was not promoted: this version reigns, which is another than it was compared with and is to be met first. */
export interface Superseded {
  readonly supersededBy: number;
}

export interface RunReport {
  readonly runId: string;
  readonly name: string;
  readonly dataset: DatasetRecord;
  readonly generations: readonly GenerationRecord[];
  readonly champion: {
    readonly generation: number;
    readonly modelKey: ArtifactKey;
    /** Absent where the line's champion of an earlier run was not beaten. */
    readonly version?: number;
  };
  readonly startedAt: string;
  readonly endedAt: string;
  readonly trainingSeconds: number;
  readonly reportKey: ArtifactKey;
}

export type RunStatus =
  | 'preparing'
  | 'training'
  | 'pseudo-labelling'
  | 'judging'
  | 'awaiting-approval'
  | 'paused'
  | 'testing'
  | 'completed'
  | 'cancelled'
  | 'failed';

/** What the progress query answers. */
export interface RunProgress {
  readonly runId: string;
  readonly config: RunConfig;
  readonly status: RunStatus;
  readonly paused: boolean;
  readonly generation: number;
  readonly dataset?: DatasetRecord;
  readonly generations: readonly GenerationRecord[];
  /** Of the generation in progress. */
  readonly current?: {
    readonly generation: number;
    readonly pseudoLabels?: PseudoLabelRecord;
    readonly shards?: { readonly done: number; readonly of: number };
    readonly model?: TrainedModel;
    readonly verdict?: Verdict;
  };
  readonly startedAt: string;
}

/** A trainer's heartbeat details: follows real progress, never a timer. */
export interface StepProgress {
  readonly activity: 'prepare-dataset' | 'train' | 'pseudo-label' | 'evaluate';
  readonly generation: number;
  /** Units done so far of the total: steps of a training, images of anything else. */
  readonly done: number;
  readonly total: number;
  /** Units a second, averaged over the last seconds. */
  readonly rate: number;
  readonly loss?: number;
  readonly validationAccuracy?: number;
  readonly bestValidationAccuracy?: number;
  /** Share of a training's time that its steps waited for augmented images, from 0 to 1. */
  readonly waited?: number;
  /** The last checkpoint's step: a hint, storage is the truth. */
  readonly checkpointStep?: number;
  readonly attempt: number;
}
