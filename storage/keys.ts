import { ConfigurationError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';

/** Where the artifacts of a run lie. */
export function runKeys(runId: string) {
  const run = `runs/${runId}`;
  return {
    /** Which image belongs to which split. */
    split: `${run}/split`,
    /** The names of all packed pictures, in their order. */
    names: `${run}/names`,
    /** Pictures that could not be used, with reasons. */
    rejected: `${run}/rejected`,
    report: `${run}/report`,
    lineage: `${run}/lineage`,
    /** What the line's champion of an earlier run says of this run's validation images. */
    reigningPredictions: `${run}/reigning-predictions`,
    reigningEvaluation: `${run}/reigning-evaluation`,
  };
}

/** Where a model of a run lies, with all that belongs to its training. */
export function modelKeys(runId: string, name: string) {
  const folder = `runs/${runId}/${name}`;
  return {
    /** A folder in tfjs layers format: model.json and weights.bin. */
    model: `${folder}/model`,
    validationPredictions: `${folder}/validation-predictions`,
    /** What it says of each image of a split, where that is measured apart from its training. */
    predictions: (split: 'validation' | 'test') => `${folder}/predictions-${split}`,
    /** What models that were there before say of the images that it learns on. */
    responses: (split: 'labelled' | 'unlabelled') => `${folder}/responses-${split}`,
    series: `${folder}/series`,
    /** What the model is worth on a split, class by class. */
    evaluation: (split: 'validation' | 'test') => `${folder}/evaluation-${split}`,
    /** Which model its name stood for, of one that was there before and is to stay the same. */
    opened: `${folder}/opened`,
    /** What the training came to; written last. */
    trained: `${folder}/trained`,
    /** A folder, see checkpoints.ts. */
    checkpoints: `${folder}/checkpoint`,
  };
}

/** Where the artifacts of one generation lie. */
export function generationKeys(runId: string, generation: number) {
  const name = `generation-${generation}`;
  const folder = `runs/${runId}/${name}`;
  return {
    ...modelKeys(runId, name),
    pseudoLabels: `${folder}/pseudo-labels/selected`,
    /** What came of each class, of all of them. */
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
