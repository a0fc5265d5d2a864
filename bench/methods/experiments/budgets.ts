import { mean } from '../../support/statistics.js';
import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import { lineChart } from '../plots/line-chart.js';
import type { Recipe } from '../recipe.js';
import { STRONG, student, supervised, WEAK } from '../recipes.js';
import { compare } from '../report/compare.js';
import { bestOnValidation, meanTest, moreOf, NOT_MEASURED, pointAt, spreadText, testText, timeText } from '../report/figures.js';
import type { Table } from '../report/table-of.js';
import type { Scale } from '../scale.js';
import { ceilingOf } from './ceiling.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'budgets';

interface Line {
  readonly method: string;
  readonly title: string;
  /** What it must beat; the better supervised training, chosen on validation, unless given. */
  readonly against?: string;
  readonly recipe: (scale: Scale, labels: number) => Recipe;
}

const weak: Line['recipe'] = (scale, labels) => supervised(scale, { labels }, WEAK);
const strong: Line['recipe'] = (scale, labels) => supervised(scale, { labels }, STRONG);
const student1: Line['recipe'] = (scale, labels) => student(scale, strong(scale, labels));
const student2: Line['recipe'] = (scale, labels) => student(scale, student1(scale, labels));

/** All at the same size. */
export const LINES: readonly Line[] = [
  { method: 'supervised', title: 'Supervised', recipe: weak },
  { method: 'supervised-strong', title: 'Supervised, strong noise', recipe: strong },
  { method: 'student-1', title: 'Noisy Student 1', recipe: student1 },
  { method: 'student-2', title: 'Noisy Student 2', against: 'student-1', recipe: student2 },
];

const SUPERVISED = ['supervised', 'supervised-strong'];

function cells({ scale }: Setting): Cell[] {
  return scale.seeds.flatMap((seed) =>
    scale.budgets.flatMap((labels) =>
      LINES.map(({ method, recipe }) => {
        const made = recipe(scale, labels);
        return modelCell({ experiment: NAME, method, seed }, made, trainingEstimate(made.network, made.training));
      }),
    ),
  );
}

const titleOf = (method: string) => LINES.find((line) => line.method === method)!.title;

/** The stronger of the supervised trainings under a budget, by validation. */
export function bestSupervised(table: Table, labels: number) {
  return bestOnValidation(
    SUPERVISED.map((method) => ({ method, title: titleOf(method), results: table.of(NAME, method, labels) })),
  );
}

/** The strongest method that uses unlabelled images, by validation. */
export function bestSemiSupervised(table: Table, labels: number) {
  return bestOnValidation(
    LINES.filter(({ method }) => !SUPERVISED.includes(method)).map(({ method, title }) => ({
      method,
      title,
      results: table.of(NAME, method, labels),
    })),
  );
}

function tableRows(table: Table, { scale }: Setting): string[][] {
  const most = scale.budgets.at(-1)!;
  return LINES.map(({ method, title }) => {
    const last = table.of(NAME, method, most);
    return [
      title,
      ...scale.budgets.map((labels) => testText(table.of(NAME, method, labels))),
      spreadText(last.map(({ validation }) => 100 * validation)),
      spreadText(moreOf(last, 'calibrationError'), 3),
      last.length === 0 ? NOT_MEASURED : timeText(mean(last.map(({ seconds }) => seconds))),
    ];
  });
}

function plotOf(table: Table, setting: Setting, methods: readonly string[], words: { title: string; subtitle: string }) {
  const ceiling = ceilingOf(table, setting);
  return (theme?: 'light' | 'dark') =>
    lineChart(
      {
        ...words,
        x: { name: 'labelled images of each class', scale: 'logarithmic' },
        y: { name: 'test accuracy, %' },
        series: methods.map((method) => ({
          name: titleOf(method),
          dashed: method === 'supervised-strong',
          points: setting.scale.budgets.flatMap((labels) => pointAt(labels, table.of(NAME, method, labels))),
        })),
        levels: ceiling ? [{ name: 'all labels', y: meanTest(ceiling.results) }] : [],
      },
      theme,
    );
}

function verdicts(table: Table, { scale }: Setting) {
  return LINES.filter(({ method }) => method !== 'supervised').flatMap(({ method, title, against }) =>
    scale.budgets.map((labels) => {
      const other = method === 'supervised-strong' ? 'supervised' : against;
      const theirs = other
        ? { title: titleOf(other), results: table.of(NAME, other, labels) }
        : (bestSupervised(table, labels) ?? { title: titleOf('supervised'), results: [] });
      return compare({
        method: `${title} at ${labels} labels a class`,
        baseline: theirs.title,
        ours: table.of(NAME, method, labels),
        theirs: theirs.results,
      });
    }),
  );
}

function aims(table: Table, setting: Setting) {
  const labels = setting.scale.budgets.at(-1)!;
  const floor = bestSupervised(table, labels);
  const best = bestSemiSupervised(table, labels);
  const ceiling = ceilingOf(table, setting);
  const difference = (upper: typeof best, lower: typeof best) =>
    upper && lower ? Number((meanTest(upper.results) - meanTest(lower.results)).toFixed(2)) : Number.NaN;
  return [
    {
      name: `the best of Noisy Student and FixMatch over the better supervised training of equal size, ${labels} labels a class, points`,
      aim: 5,
      measured: difference(best, floor),
      better: 'higher' as const,
    },
    {
      name: `the best combination below training on all labels, ${labels} labels a class, points`,
      aim: 3,
      measured: difference(ceiling, best),
      better: 'lower' as const,
    },
  ];
}

export const budgets: Experiment = {
  name: NAME,
  cells,
  section: (table, setting) => ({
    title: 'Few labels',
    about:
      'All methods at the same size on the same labels; those below the second line use the unlabelled images too. Each is held against the better of the two supervised trainings, chosen on validation.',
    tables: [
      {
        head: ['method', ...setting.scale.budgets.map((labels) => `${labels} a class`), 'validation', 'ECE', 'training'],
        rows: tableRows(table, setting),
      },
    ],
    plots: [
      {
        file: 'accuracy',
        alt: 'Test accuracy against labels a class, a line for each method',
        svg: plotOf(table, setting, LINES.map(({ method }) => method), {
          title: 'Accuracy against labels',
          subtitle: 'mean over the seeds, the band is one deviation',
        }),
      },
    ],
    verdicts: verdicts(table, setting),
    aims: aims(table, setting),
    notes: [
      'Validation has 100 images of each class under every budget, more than the labels themselves where those are few. It chooses the same way for all methods, so comparisons are fair; but with 10 labels nobody has such a validation set.',
    ],
  }),
};
