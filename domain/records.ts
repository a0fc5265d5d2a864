/** The shared records. All are plain JSON and small, because histories contain them. */
import type { ImageFit } from './config/data.js';
import type { LeftOut } from './left-out.js';

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
  /** Index in `classes` of each stored label; present if the order is a model's. */
  readonly classNumbers?: readonly number[];
  readonly image: ImageShape;
  /** How pictures of another aspect ratio were resized. */
  readonly fit: ImageFit;
  readonly counts: Readonly<Record<SplitName, number>>;
  /** Everything that was left out or changed, with a few examples; `leftOutKey` has more of them. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutKey: ArtifactKey;
}

/** The fields that are needed to open a prepared data set. */
export type DatasetReference = Pick<DatasetRecord, 'splitKey' | 'contentHash' | 'classNumbers'>;

/** The evaluation of a model on one split. All shares are in 0..1. */
export interface Evaluation {
  readonly images: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly loss: number;
  /** Expected calibration error, 15 equal-width bins (Guo et al. 2017, eq. 3). */
  readonly calibrationError: number;
}

/** An evaluation with details by class. It grows with the square of the classes, so it is kept in the store. */
export interface FullEvaluation extends Evaluation {
  readonly perClass: ReadonlyArray<{
    readonly precision: number;
    readonly recall: number;
    readonly images: number;
  }>;
  /** Rows are true classes, columns predicted ones. */
  readonly confusion: ReadonlyArray<readonly number[]>;
}

/** The result of a training. */
export interface TrainedModel {
  readonly modelKey: ArtifactKey;
  readonly generation: number;
  readonly parameters: number;
  readonly steps: number;
  /** The step with the best averaged weights on validation, which are kept. */
  readonly bestStep: number;
  readonly validation: Evaluation;
  /** Float32 [images, classes] probabilities on validation, in split order; the gate compares them. */
  readonly validationPredictionsKey: ArtifactKey;
  /** Fitted on validation (Guo et al. 2017); stored in the model's card. */
  readonly temperature: number;
  /** Calibration error on validation at the temperature. */
  readonly calibratedError: number;
  /** JSON lines of the training's measurements. */
  readonly seriesKey: ArtifactKey;
  /** Seconds of training, summed over attempts, without start-up and pauses. */
  readonly trainingSeconds: number;
  /** The part of these seconds spent waiting for augmented images. */
  readonly waitedSeconds: number;
  /** TensorFlow's threads, on which the weights depend; absent for a model that was not trained. */
  readonly threads?: number;
  /** SHA-256 of the kept weights. */
  readonly weightsHash: string;
}

/** The result of the gate's comparison. */
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

/** The line's champion of another run, measured on this run's validation images. */
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

/** The model was not promoted, because it was not compared with the current champion, which is this version. */
export interface Superseded {
  readonly supersededBy: number;
}

/** A model that existed before the run. */
export interface OpenedModel {
  /** As in the configuration. */
  readonly reference: string;
  /** The model that the reference resolved to: `clothes@3`, or the folder. */
  readonly name: string;
  readonly modelKey: ArtifactKey;
  /** Unknown for a model that Apprentice did not make. */
  readonly classes?: readonly string[];
  /** Number of leading classes that are a separate task, see taskBoundaryOf. */
  readonly taskBoundary?: number;
  readonly outputs: number;
  readonly image: ImageShape;
  /** How pictures of another aspect ratio are resized. */
  readonly fit: ImageFit;
  readonly parameters: number;
  readonly weightsHash: string;
}

/** The model that a reference resolved to; later the line may have another champion. */
export type NamedModel = Pick<OpenedModel, 'reference' | 'name' | 'modelKey' | 'weightsHash'>;

/** The progress of a trainer activity: its heartbeat details. Sent after real progress, never by a timer. */
export interface ActivityProgress {
  readonly activity: 'prepare-dataset' | 'train' | 'pseudo-label' | 'evaluate';
  /** Steps of a training, images of other activities. */
  readonly done: number;
  readonly total: number;
  /** Units per second, averaged over the last seconds. */
  readonly rate: number;
  readonly loss?: number;
  readonly validationAccuracy?: number;
  readonly bestValidationAccuracy?: number;
  /** Share of a training's time spent waiting for augmented images, from 0 to 1. */
  readonly waited?: number;
  /** The step of the last checkpoint, for display. */
  readonly checkpointStep?: number;
  readonly attempt: number;
}
