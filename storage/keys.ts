import { ConfigurationError } from '../domain/errors.js';
import { generationFolder } from '../domain/methods/self-training.js';
import type { ArtifactKey } from '../domain/records.js';

/** Keys of a run's own records. */
export function runKeys(runId: string) {
  const run = `runs/${runId}`;
  return {
    ...datasetKeys(runId),
    report: `${run}/report`,
    /** Number of TensorFlow's threads, see threads.ts. */
    threads: `${run}/threads`,
    /** Predictions of another run's champion on this run's validation images. */
    reigningPredictions: `${run}/reigning-predictions`,
    reigningEvaluation: `${run}/reigning-evaluation`,
    /** Content hash of a file that defines a network, at its first use. */
    network: (specHash: string) => `${run}/networks/${specHash}`,
    /** The images that label-next chose. */
    chosen: `${run}/label-next`,
  };
}

/** Keys of a prepared data set. @param name of an additional data set: `old`, `real` */
export function datasetKeys(runId: string, name?: string) {
  const folder = name === undefined ? `runs/${runId}` : `runs/${runId}/${name}`;
  return {
    /** Which image belongs to which split. */
    split: `${folder}/split`,
    /** The names of all packed pictures, in order. */
    names: `${folder}/names`,
    /** What was left out, with examples. */
    leftOut: `${folder}/left-out`,
  };
}

/**
 * Keys of a model of a run and of its training. The names of binary content are followed by its hash, see
 * domain/hashed-artifact.ts; records are sealed, see domain/sealed-record.ts.
 */
export function modelKeys(runId: string, name: string) {
  const folder = `runs/${runId}/${name}`;
  return {
    /** A folder in tfjs layers format: model.json and weights.bin. The model's hash follows. */
    model: `${folder}/model`,
    /** Predictions at the end of its training. */
    validationPredictions: `${folder}/validation-predictions`,
    /** Predictions of a later measurement. */
    predictions: (split: 'validation' | 'test') => `${folder}/predictions-${split}`,
    /** Recorded predictions of teachers on training images. */
    responses: (split: 'labelled' | 'unlabelled') => `${folder}/responses-${split}`,
    series: `${folder}/series`,
    evaluation: (split: 'validation' | 'test') => `${folder}/evaluation-${split}`,
    /** The existing model that a reference resolved to at its first use. */
    opened: `${folder}/opened`,
    /** Exists if the model was removed on purpose; its results stay. */
    dropped: `${folder}/dropped`,
    /** The training's result; written last. */
    trained: `${folder}/trained`,
    /** A folder, see checkpoints.ts. */
    checkpoints: `${folder}/checkpoint`,
  };
}

/** Keys of a generation's model and pseudo-labels. */
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
 * Checks that a key is plain and relative. Segments can't start with a dot: this excludes `..` and allows a file store
 * to have private files.
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
