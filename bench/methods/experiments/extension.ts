import { type ExtensionName, forgettingOf, type TaskAccuracy } from '../../../domain/methods/extend.js';
import { keyedRandom } from '../../../domain/random.js';
import { labelsOf } from '../../../learning/datasets/image-set.js';
import { taskAccuracy } from '../../../learning/extension/task-accuracy.js';
import { deviation, mean } from '../../support/statistics.js';
import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { Lab } from '../lab.js';
import { barChart } from '../plots/bar-chart.js';
import type { View } from '../recipe.js';
import { extended, STRONG, supervised } from '../recipes.js';
import { compare } from '../report/compare.js';
import { spreadText } from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement, Result } from '../results.js';
import { mostLabels } from '../scale.js';
import type { Experiment, Setting } from './experiment.js';

const NAME = 'extension';

const WAYS: readonly { readonly method: ExtensionName; readonly title: string }[] = [
  { method: 'retention', title: 'learning without forgetting' },
  { method: 'fine-tuning', title: 'plain fine-tuning' },
  { method: 'head-only', title: 'new outputs only' },
  { method: 'joint', title: 'all classes together' },
];

interface Tasks {
  readonly old: readonly number[];
  readonly new: readonly number[];
}

/** Splits the seed's class order in two halves: known classes and new ones. */
function tasksOf(classes: number, seed: number): Tasks {
  const order = [...keyedRandom(seed, 'bench-extension').permutation(classes)];
  const half = Math.ceil(classes / 2);
  const ascending = (some: readonly number[]) => [...some].sort((a, b) => a - b);
  return { old: ascending(order.slice(0, half)), new: ascending(order.slice(half)) };
}

function recipesOf({ scale, classes }: Setting, seed: number, way: ExtensionName) {
  const labels = mostLabels(scale);
  const tasks = tasksOf(classes.length, seed);
  const before = supervised(scale, { labels, classes: tasks.old }, STRONG);
  const view: View =
    way === 'joint'
      ? { labels, classes: [...tasks.old, ...tasks.new] }
      : { labels, classes: tasks.new, after: tasks.old };
  return { tasks, before, after: extended(scale, before, view, way) };
}

/** Evaluates both tasks on test, before and after. */
interface Kept {
  readonly before: TaskAccuracy;
  readonly old: TaskAccuracy;
  readonly new: TaskAccuracy;
}

async function measure(lab: Lab, setting: Setting, seed: number, way: ExtensionName): Promise<Measurement> {
  const { tasks, before: known, after: recipe } = recipesOf(setting, seed, way);
  const before = await lab.model(known, seed);
  const kept = await lab.model(recipe, seed);
  const { labels } = recipe.view;
  const count = { old: tasks.old.length, new: tasks.new.length };
  const oldImages = (await lab.view(seed, { labels, classes: tasks.old })).images.test;
  const newImages = (await lab.view(seed, { labels, classes: tasks.new, after: tasks.old })).images.test;
  const task = { old: { first: 0, count: count.old }, new: { first: count.old, count: count.new } };
  const classes = count.old + count.new;
  const accuracy = async (images: typeof oldImages, own: (typeof task)['old']) =>
    taskAccuracy(await lab.predict(kept.model, images), labelsOf(images), classes, own);
  const measured: Kept = {
    before: taskAccuracy(
      await lab.predict(before.model, oldImages),
      labelsOf(oldImages),
      count.old,
      task.old,
    ),
    old: await accuracy(oldImages, task.old),
    new: await accuracy(newImages, task.new),
  };
  const { images: oldCount } = measured.old;
  const { images: newCount } = measured.new;
  return {
    steps: kept.steps,
    seconds: kept.seconds,
    validation: kept.validation.accuracy,
    test: (measured.old.overall * oldCount + measured.new.overall * newCount) / (oldCount + newCount),
    more: { model: kept.hash, parameters: kept.parameters, testImages: oldCount, kept: measured },
  };
}

/** At least two known and two new classes: a single class needs no classifier. */
const FEWEST_CLASSES = 4;

function cells(setting: Setting): Cell[] {
  if (setting.classes.length < FEWEST_CLASSES) return [];
  return setting.scale.seeds.flatMap((seed) =>
    WAYS.map(({ method }): Cell => {
      const { before, after } = recipesOf(setting, seed, method);
      const first = method === WAYS[0]!.method ? trainingEstimate(before) : 0;
      return {
        experiment: NAME,
        method,
        labels: after.view.labels,
        seed,
        settings: { before, after },
        estimate: first + trainingEstimate(after),
        measure: (lab) => measure(lab, setting, seed, method),
      };
    }),
  );
}

const keptIn = ({ more }: Result) => more['kept'] as Kept;
type Among = 'within' | 'overall';

/** Lost accuracy on the old classes, in points. */
function forgotten(results: readonly Result[], among: Among): number[] {
  return results.map((result) => {
    const { before, old } = keptIn(result);
    return 100 * forgettingOf(before, old)[among];
  });
}

function row(title: string, results: readonly Result[]): string[] {
  const on = (task: 'old' | 'new', among: Among) =>
    spreadText(results.map((result) => 100 * keptIn(result)[task][among]));
  return [
    title,
    on('old', 'within'),
    on('new', 'within'),
    spreadText(forgotten(results, 'within')).replaceAll('-', '−'),
    on('old', 'overall'),
    on('new', 'overall'),
  ];
}

export const extension: Experiment = {
  name: NAME,
  cells,
  section: (table: ResultTable, { scale, classes }) => {
    const labels = mostLabels(scale);
    const tasks = tasksOf(classes.length, 0);
    const results = (method: ExtensionName) => table.of(NAME, method, labels);
    const ours = results('retention');
    const plain = results('fine-tuning');
    const before = ours.map((result) => 100 * keptIn(result).before.within);
    const aimOf = (among: Among, where: string) => ({
      name: `what learning without forgetting forgets ${where}, as a share of what plain fine-tuning forgets`,
      aim: 0.33,
      measured:
        ours.length > 0 && plain.length > 0
          ? Number((mean(forgotten(ours, among)) / mean(forgotten(plain, among))).toFixed(2))
          : Number.NaN,
      better: 'lower' as const,
    });
    return {
      title: 'Learning without forgetting',
      about: `A model of ${tasks.old.length} classes (drawn by the seed; ${spreadText(before)} % before) learns the other ${tasks.new.length} from ${labels} labels each, without images of the old ones (Li and Hoiem 2016; λ 1, T 2). Within: predictions among the classes of the image's task, as in the paper, which assumes that the task is known. Among all: predictions among all classes; only joint training learns to separate old and new classes. Joint training also has the old images, and is the upper bound.`,
      tables: [
        {
          head: ['', 'old, within', 'new, within', 'forgotten', 'old, among all', 'new, among all'],
          rows: WAYS.map(({ method, title }) => row(title, results(method))),
        },
      ],
      plots: [
        {
          file: 'forgetting',
          alt: 'Points of accuracy on the old classes that each way of learning new ones loses',
          svg: (theme) =>
            barChart(
              {
                title: 'Forgetting',
                subtitle: 'accuracy on the old classes before minus after; the whisker is one deviation',
                axis: 'points of test accuracy on the old classes, within the task',
                bars: WAYS.flatMap(({ method, title }) => {
                  const values = forgotten(results(method), 'within');
                  const reference = method !== 'retention';
                  return values.length === 0
                    ? []
                    : [{ name: title, value: mean(values), deviation: deviation(values), reference }];
                }),
              },
              theme,
            ),
        },
      ],
      verdicts: [
        compare({
          method: 'Learning without forgetting, on the old classes',
          baseline: 'plain fine-tuning',
          ours,
          theirs: plain,
          value: (result) => 100 * keptIn(result).old.within,
        }),
        compare({
          method: 'Learning without forgetting, on the new classes',
          baseline: 'new outputs only',
          ours,
          theirs: results('head-only'),
          value: (result) => 100 * keptIn(result).new.within,
        }),
      ],
      aims: [
        aimOf('within', 'among the classes of its task (as the paper measures)'),
        aimOf('overall', 'among all classes'),
      ],
    };
  },
};
