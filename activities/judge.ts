import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ArtifactKey, Verdict } from '../domain/records.js';
import { openLabels } from '../learning/datasets/open-labels.js';
import { judge as compare } from '../learning/evaluation/judge.js';
import { newClassesOnly } from '../learning/extension/new-classes-only.js';
import { readFloats } from '../storage/floats.js';
import type { JudgeInput } from './contract.js';

/**
 * Compares champion and challenger on validation, image by image. Among all classes, unless some have no images there:
 * a model that has forgotten those would win by it.
 */
export async function judge(
  { config, dataset, more, unseenClasses = 0, champion, challenger }: JudgeInput,
  store: ArtifactStore,
): Promise<Verdict> {
  const classes = dataset.classes.length;
  const labels = await Promise.all(
    [dataset, ...(more ? [more] : [])].map(async (of) => (await openLabels(of, store)).validation),
  );
  const images = labels.reduce((sum, { length }) => sum + length, 0);
  const answers = async (key: ArtifactKey) => {
    const predictions = await readFloats(store, key, images * classes);
    return unseenClasses === 0 ? predictions : newClassesOnly(predictions, classes, unseenClasses);
  };
  const verdict = compare({
    champion: await answers(champion.validationPredictionsKey),
    challenger: await answers(challenger.validationPredictionsKey),
    labels: Int32Array.from(labels.flatMap((of) => [...of])),
    classes,
    gate: config.gate,
    seed: config.seed,
  });
  if (unseenClasses === 0) return verdict;
  const unseen = `among the ${classes - unseenClasses} new classes alone: what is left of the old ones was not looked at`;
  return { ...verdict, reason: `${verdict.reason}; ${unseen}` };
}
