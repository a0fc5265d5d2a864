import { modelKeys, readFloats } from '../../client/local-store.js';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { hashedKeysOf } from '../../domain/hashed-artifact.js';
import type { DatasetRecord, FullEvaluation } from '../../domain/records.js';
import { openLabels } from '../../learning/datasets/open-labels.js';
import { evaluate } from '../../learning/evaluation/evaluate.js';

interface Wanted {
  readonly runId: string;
  /** Its name within the run. */
  readonly model: string;
  readonly split: 'validation' | 'test';
  readonly dataset: DatasetRecord;
}

/**
 * Computes an evaluation from the predictions that are stored beside it, with the same result.
 * @returns undefined if none are stored, or those of several models
 * @throws CorruptArtifactError, ArtifactMissingError if predictions or labels can't be read either
 */
export async function evaluateAgain(
  store: ArtifactStore,
  { runId, model, split, dataset }: Wanted,
): Promise<FullEvaluation | undefined> {
  const { predictions, validationPredictions } = modelKeys(runId, model);
  const names = [...(split === 'validation' ? [validationPredictions] : []), predictions(split)];
  const keys = (await Promise.all(names.map((name) => hashedKeysOf(store, name)))).flat();
  if (keys.length !== 1) return undefined;
  const labels = (await openLabels(dataset, store))[split];
  const classes = dataset.classes.length;
  return evaluate(await readFloats(store, keys[0]!, labels.length * classes), labels, classes);
}
