import { ConfigurationError } from '../domain/errors.js';
import { generationFolder } from '../domain/methods/self-training.js';
import type { ArtifactKey } from '../domain/records.js';

/** Keys of a run's own records. */
export function runKeys(runId: string) {
  const run = `runs/${runId}`;
  return {
    ...datasetKeys(runId),
    report: `${run}/report`,
    /** Predictions of the line's champion of another run on this run's validation images. */
    reigningPredictions: `${run}/reigning-predictions`,
    reigningEvaluation: `${run}/reigning-evaluation`,
    /** Content hash of a network that a user's file describes, as it was when the run first read it. */
    network: (specHash: string) => `${run}/networks/${specHash}`,
    /** The images that label-next chose. */
    chosen: `${run}/label-next`,
  };
}

/** Keys of a prepared data set. @param name of a second one in the same run: `old`, `real` */
export function datasetKeys(runId: string, name?: string) {
  const folder = name === undefined ? `runs/${runId}` : `runs/${runId}/${name}`;
  return {
    /** Which image belongs to which split. */
    split: `${folder}/split`,
    /** The names of all packed pictures, in their order. */
    names: `${folder}/names`,
    /** Pictures that could not be used, with reasons. */
    rejected: `${folder}/rejected`,
  };
}

/** Keys of a model of a run, and of all that belongs to its training. */
export function modelKeys(runId: string, name: string) {
  const folder = `runs/${runId}/${name}`;
  return {
    /** A folder in tfjs layers format: model.json and weights.bin. */
    model: `${folder}/model`,
    /** Of its training. */
    validationPredictions: `${folder}/validation-predictions`,
    /** Of a measurement apart from the training. */
    predictions: (split: 'validation' | 'test') => `${folder}/predictions-${split}`,
    /** Predictions of existing models on the images that this one learns from. */
    responses: (split: 'labelled' | 'unlabelled') => `${folder}/responses-${split}`,
    series: `${folder}/series`,
    /** Evaluation class by class. */
    evaluation: (split: 'validation' | 'test') => `${folder}/evaluation-${split}`,
    /** Which existing model a name stood for when the run first opened it. */
    opened: `${folder}/opened`,
    /** The training's result; written last. */
    trained: `${folder}/trained`,
    /** A folder, see checkpoints.ts. */
    checkpoints: `${folder}/checkpoint`,
  };
}

/** Keys of a generation: those of its model, and of its pseudo-labels. */
export function generationKeys(runId: string, generation: number) {
  const name = generationFolder(generation);
  const folder = `runs/${runId}/${name}`;
  return {
    ...modelKeys(runId, name),
    pseudoLabels: `${folder}/pseudo-labels/selected`,
    /** Counts of every class. */
    pseudoLabelCounts: `${folder}/pseudo-labels/by-class`,
    shard: (first: number) => `${folder}/pseudo-labels/shard-${String(first).padStart(9, '0')}`,
  };
}

/**
 * Refuses what is not a plain relative key. A segment may not begin with a dot: that keeps `..` out, and
 * lets a store on a disk have files of its own.
 * @throws ConfigurationError
 */
export function assertKey(key: ArtifactKey): void {
  const isPlain = key.split('/').every((segment) => segment !== '' && !segment.startsWith('.'));
  if (!isPlain || /[\\\0]/.test(key)) {
    throw new ConfigurationError(
      `artifact key: received ${JSON.stringify(key)}, expected names joined by "/", none of them empty or beginning with a dot, and no backslash`,
    );
  }
}
