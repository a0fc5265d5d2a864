import { keyedRandom } from '../../../domain/random.js';
import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { Lab } from '../lab.js';
import { barChart } from '../plots/bar-chart.js';
import type { Recipe, View } from '../recipe.js';
import { fineTuned, STRONG, supervised, WEAK } from '../recipes.js';
import { compare } from '../report/compare.js';
import {
  bestOnValidation,
  moreOf,
  pointAt,
  spreadText,
  testText,
  validationText,
} from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement } from '../results.js';
import type { Scale } from '../scale.js';
import { fittedHead } from '../training-job.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'transfer';

interface Target {
  readonly name: string;
  readonly title: string;
  /** The known classes of the source model, and the new ones. */
  readonly views: (setting: Setting, seed: number) => { readonly source: View; readonly target: View };
}

/** Splits the seed's class order: a fifth of the classes, at least two, are new. */
function sharedOut(classes: number, seed: number) {
  const order = [...keyedRandom(seed, 'bench-transfer').permutation(classes)];
  const wanted = Math.max(2, Math.round(classes / 5));
  const ascending = (some: readonly number[]) => [...some].sort((a, b) => a - b);
  return { known: ascending(order.slice(wanted)), wanted: ascending(order.slice(0, wanted)) };
}

/** At least two known and two new classes. */
const FEWEST_CLASSES = 4;

const targetsOf = ({ classes }: Setting): readonly Target[] =>
  TARGETS.filter(({ name }) => name !== 'classes' || classes.length >= FEWEST_CLASSES);

const leastLabels = ({ budgets }: Scale) => budgets[0]!;

const TARGETS: readonly Target[] = [
  {
    name: 'classes',
    title: 'other classes',
    views: ({ scale, classes }, seed) => {
      const { known, wanted } = sharedOut(classes.length, seed);
      return {
        source: { labels: 'all', classes: known },
        target: { labels: leastLabels(scale), classes: wanted },
      };
    },
  },
  {
    name: 'inverted',
    title: 'inverted images',
    views: ({ scale }) => ({
      source: { labels: 'all' },
      target: { labels: leastLabels(scale), change: 'inverted' },
    }),
  },
  {
    name: 'rotated',
    title: 'images turned by 90 degrees',
    views: ({ scale }) => ({
      source: { labels: 'all' },
      target: { labels: leastLabels(scale), change: 'rotated' },
    }),
  },
];

const WAYS = [
  { name: 'scratch', title: 'from scratch' },
  { name: 'head', title: 'last layer only' },
  { name: 'fine', title: 'all layers' },
] as const;

/** Fits the last layer on fixed features, and records the choice of `--mode auto`. */
async function measureHead(lab: Lab, source: Recipe, view: View, seed: number): Promise<Measurement> {
  await lab.model(source, seed);
  const { result, seconds } = await lab.timed(() => fittedHead(lab, source, view, seed));
  const { head, model, parameters, choice, measures } = result;
  const { images, classes } = await lab.view(seed, view);
  const test = await lab.evaluate(model, images.test, classes.length);
  return {
    steps: 0,
    seconds,
    validation: head.validation.accuracy,
    test: test.accuracy,
    more: {
      parameters,
      testImages: images.test.count,
      weightDecay: head.weightDecay,
      mode: choice.mode,
      similarity: measures.similarity,
    },
  };
}

function cells(setting: Setting): Cell[] {
  const { scale } = setting;
  return scale.seeds.flatMap((seed) =>
    targetsOf(setting).flatMap((target): Cell[] => {
      const { source: known, target: view } = target.views(setting, seed);
      const source = supervised(scale, known, STRONG);
      const place = (way: string) => ({ experiment: NAME, method: `${target.name}-${way}`, seed });
      const small = { ...scale, steps: { ...scale.steps, supervised: scale.steps.small } };
      const scratch = supervised(small, view, WEAK);
      const fine = fineTuned(scale, source, view);
      return [
        modelCell(place('scratch'), scratch),
        {
          ...place('head'),
          labels: view.labels,
          settings: { source, view },
          // ceiling.ts trains the models of all classes already.
          estimate: known.classes ? trainingEstimate(source) : 5,
          measure: (lab) => measureHead(lab, source, view, seed),
        },
        modelCell(place('fine'), fine),
      ];
    }),
  );
}

export const transfer: Experiment = {
  name: NAME,
  cells,
  section: (table: ResultTable, setting) => {
    const labels = leastLabels(setting.scale);
    const targets = targetsOf(setting);
    const results = (target: string, way: string) => table.of(NAME, `${target}-${way}`, labels);
    const { wanted, known } = sharedOut(setting.classes.length, 0);
    /** The result of `--mode auto` for a seed: its choice, unless fine-tuning is worse on validation. */
    const automatic = (target: string) =>
      results(target, 'head').flatMap((head) => {
        const fine = results(target, 'fine').find(({ seed }) => seed === head.seed);
        if (head.more['mode'] === 'head') return [head];
        return fine ? [fine.validation >= head.validation ? fine : head] : [];
      });
    const bestWay = (target: string) =>
      bestOnValidation(
        WAYS.filter(({ name }) => name !== 'scratch').map((way) => ({
          ...way,
          results: results(target, way.name),
        })),
      );
    return {
      title: 'Transfer',
      about: `A model trained on all labels of ${known.length} classes learns ${wanted.length} others (drawn by the seed), and one trained on all classes learns the same classes of transformed images, from ${labels} labels per class: only its last layer (logistic regression on fixed features), or all layers after that. From scratch: the same labels without the model. Similarity: the share of the errors with an untrained network's features that the model's features avoid.`,
      tables: [
        {
          head: ['target', ...WAYS.map(({ title }) => title), '`--mode auto`', 'similarity'],
          rows: targets.map(({ name, title }) => [
            title,
            ...WAYS.map((way) => testText(results(name, way.name))),
            testText(automatic(name)),
            spreadText(moreOf(results(name, 'head'), 'similarity')),
          ]),
        },
        {
          head: ['validation', ...WAYS.map(({ title }) => title)],
          rows: targets.map(({ name, title }) => [
            title,
            ...WAYS.map((way) => validationText(results(name, way.name))),
          ]),
        },
      ],
      plots: [
        {
          file: 'transfer',
          alt: 'Test accuracy from scratch and by transfer, for each target',
          svg: (theme) =>
            barChart(
              {
                title: 'Learning from a model that is there',
                subtitle: `${labels} labels a class; the whisker is one deviation, open where it reaches beyond 100 %`,
                axis: 'test accuracy, %',
                digits: 1,
                limits: [0, 100],
                bars: targets.flatMap(({ name, title }) =>
                  WAYS.flatMap((way) =>
                    pointAt(0, results(name, way.name)).map(({ mean, deviation }) => ({
                      name: `${title}, ${way.title}`,
                      value: mean,
                      deviation,
                      reference: way.name === 'scratch',
                    })),
                  ),
                ),
              },
              theme,
            ),
        },
      ],
      verdicts: targets.map(({ name, title }) => {
        const best = bestWay(name);
        return compare({
          method: `Transfer to ${title}${best ? ` (${best.title}, chosen on validation)` : ''}`,
          baseline: 'training from scratch',
          ours: best?.results ?? [],
          theirs: results(name, 'scratch'),
        });
      }),
      aims: [],
    };
  },
};
