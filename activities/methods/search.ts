import { stringify } from 'yaml';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { asTrainingSpec, type TrainingSpec } from '../../domain/config/training.js';
import { type ClosedRung, type Finalist, type SearchPlan, trialName } from '../../domain/methods/search.js';
import { policiesOf } from '../../learning/search/policies.js';
import { policyTexts } from '../../learning/search/policy-text.js';
import { ranked, rungsOf, survivorsOf } from '../../learning/search/rungs.js';
import { stepsTaken, trialsOf } from '../../learning/search/trials.js';
import { expectPictures } from '../../learning/training/batches/expect-augmentable.js';
import { modelKeys } from '../../storage/keys.js';
import {
  dropTrial,
  readPolicies,
  readRung,
  searchKeys,
  writeBest,
  writePolicies,
  writeRung,
} from '../../storage/search.js';
import { judge } from '../judge.js';
import type {
  CloseRungInput,
  ConcludeSearchInput,
  PlanSearchInput,
  SearchFinding,
  TrialStepInput,
} from './search-contract.js';
import { summaryOf } from './search-summary.js';

/** @throws ConfigurationError when the space has nothing to try, or a policy doesn't suit the pictures */
export async function planSearch(
  { runId, config, dataset }: PlanSearchInput,
  store: ArtifactStore,
): Promise<SearchPlan> {
  const policies = policiesOf(config);
  const texts = policyTexts(policies);
  policies.forEach((augmentation, trial) => {
    expectPictures({ augmentation }, dataset.image, `trial ${trial} (${texts[trial]}): `);
  });
  await writePolicies(store, runId, policies);
  return { rungs: rungsIn(config, policies), texts };
}

function rungsIn({ training, halving }: PlanSearchInput['config'], policies: readonly AugmentationConfig[]) {
  return rungsOf(policies.length - 1, training.steps, halving);
}

export async function trainingOfTrial(
  { runId, config, trial }: TrialStepInput,
  store: ArtifactStore,
): Promise<TrainingSpec> {
  const augmentation = (await readPolicies(store, runId))[trial]!;
  return asTrainingSpec({ ...config.training, augmentation });
}

/** Of the last rung the best alone goes on. */
export async function closeRung(
  { runId, config, rung, results }: CloseRungInput,
  store: ArtifactStore,
): Promise<ClosedRung> {
  const rungs = rungsIn(config, await readPolicies(store, runId));
  const next = rungs[rung + 1];
  const inOrder = [...results].sort((a, b) => a.trial - b.trial);
  const survivors = next ? survivorsOf(inOrder, next.trials) : ranked(inOrder).slice(0, 1);
  await writeRung(store, runId, { rung, steps: rungs[rung]!.steps, results: inOrder, survivors });
  for (const { trial } of inOrder) {
    // The base is measured beside the best in the end.
    if (trial !== 0 && !survivors.includes(trial)) await dropTrial(store, runId, trial);
  }
  if (next) return { survivors, finalists: [] };
  const base = ranked(inOrder).filter((trial) => trial === 0 && !survivors.includes(trial));
  return { survivors, finalists: [...survivors, ...base].map((trial) => finalist(runId, trial)) };
}

function finalist(runId: string, trial: number): Finalist {
  const { model, validationPredictions } = modelKeys(runId, trialName(trial));
  return { trial, modelKey: model, validationPredictionsKey: validationPredictions };
}

export async function concludeSearch(
  { runId, config, dataset, best, base }: ConcludeSearchInput,
  store: ArtifactStore,
): Promise<SearchFinding> {
  const policies = await readPolicies(store, runId);
  const rungs = rungsIn(config, policies);
  const records = await Promise.all(rungs.map((_, rung) => readRung(store, runId, rung)));
  const trials = trialsOf(policyTexts(policies), records, rungs);
  const verdict = base && (await judge({ runId, config, dataset, champion: base, challenger: best }, store));
  const test = best.test && { best: best.test, ...(base?.test && { base: base.test }) };
  const found = {
    rungs,
    steps: stepsTaken(trials, rungs),
    trials,
    best: { trial: best.trial, augmentation: policies[best.trial]! },
    ...(verdict && { verdict }),
    ...(test && { test }),
  };
  const summary = summaryOf(found);
  const bestKey = await writeBest(store, runId, yamlOf(runId, summary, found.best.augmentation));
  return { summary, ...found, policiesKey: searchKeys(runId).policies, bestKey };
}

/** A file that `run` takes beside its own: every setting, so that none of the run's stays by its side. */
function yamlOf(runId: string, summary: string, augmentation: AugmentationConfig): string {
  const comment = `# Found by the search ${runId}. ${summary}\n`;
  return comment + stringify({ student: { augmentation } });
}
