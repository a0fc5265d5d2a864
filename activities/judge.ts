import type { ArtifactStore } from '../domain/artifact-store.js';
import type { Verdict } from '../domain/records.js';
import { openLabels } from '../learning/datasets/open-labels.js';
import { judge as compare } from '../learning/evaluation/judge.js';
import { readFloats } from '../storage/floats.js';
import type { JudgeInput } from './contract.js';

/** Compares champion and challenger on validation, image by image. */
export async function judge(
  { config, dataset, champion, challenger }: JudgeInput,
  store: ArtifactStore,
): Promise<Verdict> {
  const classes = dataset.classes.length;
  const predictions = dataset.counts.validation * classes;
  return compare({
    champion: await readFloats(store, champion.validationPredictionsKey, predictions),
    challenger: await readFloats(store, challenger.validationPredictionsKey, predictions),
    labels: (await openLabels(dataset, store)).validation,
    classes,
    gate: config.gate,
    seed: config.seed,
  });
}
