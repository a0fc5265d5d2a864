import type { AugmentationConfig } from '../../../domain/config/augmentation.js';
import { augmentationConfig } from '../../../domain/config/augmentation.js';
import type { TrialResult } from '../../../domain/methods/search.js';
import { type HalvingConfig, searchConfig } from '../../../domain/methods/search.js';
import type { TrainingState } from '../../../domain/training-state.js';
import { generatePolicies } from '../../../learning/search/policies.js';
import { policyTexts } from '../../../learning/search/policy-text.js';
import { planRungs, rankTrials, selectSurvivors } from '../../../learning/search/rungs.js';
import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { Lab } from '../lab.js';
import type { Recipe } from '../recipe.js';
import { supervised } from '../recipes.js';
import { compare } from '../report/compare.js';
import { NOT_MEASURED, testText, timeText, validationText } from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement } from '../results.js';
import { mostLabels, type Scale } from '../scale.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'search';

/** The default augmentation of a training. */
const DEFAULT: AugmentationConfig = augmentationConfig.parse({});
const HALVING: HalvingConfig = { eta: 3, rungs: 3 };

/** The settings with an effect when recipes were tuned by hand (docs/recipe.md). */
const SPACE = searchConfig.shape.space.parse({
  kind: 'random',
  policies: [
    { kind: 'rand-augment', numOps: [1, 2], magnitude: { from: 0, to: 14 } },
    { kind: 'trivial-augment-wide' },
    { kind: 'none' },
  ],
  shift: [0, 0.05, 0.1],
  mixup: [0, 0.2, 0.4],
  cutout: [0, 0.25, 0.5],
});

const recipeWith = (scale: Scale, augmentation: AugmentationConfig): Recipe =>
  supervised(scale, { labels: mostLabels(scale) }, augmentation);

interface Found {
  readonly augmentation: AugmentationConfig;
  readonly text: string;
  /** Total steps of all trials. */
  readonly steps: number;
}

/** Successive halving, one trial after the other; keeps the training states of paused trials in memory. */
async function search(lab: Lab, scale: Scale, seed: number): Promise<Found> {
  const base = recipeWith(scale, DEFAULT);
  const { trials } = scale;
  const policies = generatePolicies({ seed, space: SPACE, trials, training: base.training });
  const rungs = planRungs(policies.length - 1, base.training.steps, HALVING);
  const states = new Map<number, TrainingState>();
  const { images, classes } = await lab.view(seed, base.view);
  let going = policies.map((_, trial) => trial);
  let results: TrialResult[] = [];
  let steps = 0;
  for (const [number, rung] of rungs.entries()) {
    if (number > 0) going = [...selectSurvivors(results, rung.trials)];
    results = [];
    for (const trial of going) {
      lab.report(`search: rung ${number + 1} of ${rungs.length}, policy ${trial}`);
      const before = states.get(trial)?.step ?? 0;
      const outcome = await lab.run(
        {
          images,
          classes: classes.length,
          model: base.network,
          training: { ...base.training, augmentation: policies[trial]! },
          seed,
          generation: base.generation,
          stopAt: rung.steps,
        },
        {
          loadState: async () => states.get(trial),
          saveState: async (state) => void states.set(trial, state),
        },
      );
      steps += rung.steps - before;
      const { accuracy, loss } = outcome.validation;
      results.push({ trial, validation: { accuracy, loss } });
    }
  }
  const best = rankTrials(results)[0]!;
  return { augmentation: policies[best]!, text: policyTexts(policies)[best]!, steps };
}

async function measure(lab: Lab, scale: Scale, seed: number): Promise<Measurement> {
  const { result: found, seconds } = await lab.timed(() => search(lab, scale, seed));
  // Trains the winner again from the start to store its model; the result is the same.
  const measured = await lab.measure(recipeWith(scale, found.augmentation), seed);
  const { model: _, ...more } = measured.more;
  return { ...measured, seconds, more: { ...more, searchSteps: found.steps, policy: found.text } };
}

function cells({ scale }: Setting): Cell[] {
  const base = recipeWith(scale, DEFAULT);
  const whole = trainingEstimate(base);
  // Each rung has a third of the trials and three times the steps, so all rungs take about as long.
  const rounds = HALVING.rungs * ((scale.trials + 1) / HALVING.eta ** (HALVING.rungs - 1) + 1);
  return scale.seeds.flatMap((seed): Cell[] => [
    modelCell({ experiment: NAME, method: 'default', seed }, base, whole),
    {
      experiment: NAME,
      method: 'found',
      labels: base.view.labels,
      seed,
      settings: { base, space: SPACE, halving: HALVING, trials: scale.trials },
      estimate: whole * (1 + rounds),
      measure: (lab) => measure(lab, scale, seed),
    },
  ]);
}

export const policySearch: Experiment = {
  name: NAME,
  cells,
  section: (table: ResultTable, { scale }) => {
    const labels = mostLabels(scale);
    const base = table.of(NAME, 'default', labels);
    const found = table.of(NAME, 'found', labels);
    const row = (title: string, results: typeof base) => [
      title,
      testText(results),
      validationText(results),
      results.length === 0
        ? NOT_MEASURED
        : timeText(results.reduce((sum, { seconds }) => sum + seconds, 0) / results.length),
    ];
    return {
      title: 'Search for an augmentation policy',
      about: `${scale.trials} random policies and the default one, compared by successive halving on validation (three rungs, a third continues), for supervised training at ${labels} labels a class. The default is RandAugment (2, 9) with a shift of 10 %.`,
      tables: [
        {
          head: ['policy', 'test', 'validation', 'training'],
          rows: [row('default', base), row('found', found)],
        },
      ],
      plots: [],
      verdicts: [
        compare({ method: 'The policy found', baseline: 'the default policy', ours: found, theirs: base }),
      ],
      aims: [],
      notes:
        found.length === 0
          ? []
          : [found.map(({ seed, more }) => `- seed ${seed}: ${more['policy']}`).join('\n')],
    };
  },
};
