import type { RunBase } from '../domain/config/base.js';
import type { GateConfig } from '../domain/config/gate.js';
import type { ArtifactKey, DatasetRecord, TrainedModel, Verdict } from '../domain/records.js';
import { openValidationLabels } from '../learning/datasets/open-labels.js';
import { judge as compare } from '../learning/evaluation/judge.js';
import { readFloats } from '../storage/floats.js';
import type { ActivityContext } from './context.js';
import type { RunActivityInput } from './run-input.js';

/** The predictions of a compared model for each validation image. */
export type Contestant = Pick<TrainedModel, 'validationPredictionsKey'>;

/** The validation images on which models are compared. */
export interface Contest {
  readonly dataset: DatasetRecord;
  /** A second data set with the same class order, whose validation images are added. */
  readonly secondDataset?: DatasetRecord;
  /** Number of leading classes without images; models are compared among the other classes. */
  readonly unseenClasses?: number;
}

export interface JudgeInput extends RunActivityInput<RunBase & { readonly gate: GateConfig }>, Contest {
  readonly champion: Contestant;
  readonly challenger: Contestant;
}

/** Compares champion and challenger on each validation image, among the classes that have images. */
export async function judge(
  { config, dataset, secondDataset, unseenClasses = 0, champion, challenger }: JudgeInput,
  { store }: Pick<ActivityContext, 'store'>,
): Promise<Verdict> {
  const classes = dataset.classes.length;
  const labels = await openValidationLabels([dataset, ...(secondDataset ? [secondDataset] : [])], store);
  const predictionsAt = (key: ArtifactKey) => readFloats(store, key, labels.length * classes);
  const verdict = await compare({
    champion: await predictionsAt(champion.validationPredictionsKey),
    challenger: await predictionsAt(challenger.validationPredictionsKey),
    labels,
    classes,
    unseenClasses,
    gate: config.gate,
    seed: config.seed,
  });
  if (unseenClasses === 0) return verdict;
  const unseen = `among the ${classes - unseenClasses} new classes only: the old ones were not measured`;
  return { ...verdict, reason: `${verdict.reason}; ${unseen}` };
}
