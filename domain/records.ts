/** The records that rooms hand to each other. All are plain JSON and small: histories carry them. */
import type { ImageFit } from './config/data.js';

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
  /** Calibration error on validation once the temperature is applied. */
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

/** The model was not promoted: this version is the champion now, and the model was not compared with it. */
export interface Superseded {
  readonly supersededBy: number;
}

/** A model that existed before the run. */
export interface OpenedModel {
  /** As the configuration names it. */
  readonly reference: string;
  /** The model it stood for: `clothes@3`, or the folder. */
  readonly name: string;
  readonly modelKey: ArtifactKey;
  /** Unknown for a model that was made elsewhere. */
  readonly classes?: readonly string[];
  /** The first so many classes never learnt to compete with the others, see taskBoundaryOf. */
  readonly taskBoundary?: number;
  readonly outputs: number;
  readonly image: ImageShape;
  /** How pictures of another aspect ratio are brought to that shape. */
  readonly fit: ImageFit;
  readonly parameters: number;
  readonly weightsHash: string;
}

/** The model that a name stood for: next week the line may have another champion. */
export type NamedModel = Pick<OpenedModel, 'reference' | 'name' | 'modelKey' | 'weightsHash'>;

/** How far an activity on a trainer is: its heartbeat details. They follow real progress, never a timer. */
export interface ActivityProgress {
  readonly activity: 'prepare-dataset' | 'train' | 'pseudo-label' | 'evaluate';
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
