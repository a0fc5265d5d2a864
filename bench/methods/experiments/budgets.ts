import type { Aim } from '../../support/report.js';
import { mean } from '../../support/statistics.js';
import type { Cell } from '../cell.js';
import { lineChart } from '../plots/line-chart.js';
import type { Recipe } from '../recipe.js';
import { consistent, fixMatch, LEE, STRONG, student, supervised, WEAK } from '../recipes.js';
import { compare } from '../report/compare.js';
import {
  bestOnValidation,
  meanTest,
  moreOf,
  NOT_MEASURED,
  pointAt,
  spreadText,
  testText,
  timeText,
  validationText,
} from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import { mostLabels, type Scale } from '../scale.js';
import { ceilingOf } from './ceiling.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'budgets';

interface Line {
  readonly method: string;
  readonly title: string;
  /** The baseline; by default the better supervised training, chosen on validation. */
  readonly against?: string;
  /** Only with the largest budget. */
  readonly most?: boolean;
  readonly recipe: (scale: Scale, labels: number) => Recipe;
}

type Make = Line['recipe'];
const weak: Make = (scale, labels) => supervised(scale, { labels }, WEAK);
const strong: Make = (scale, labels) => supervised(scale, { labels }, STRONG);
const student1: Make = (scale, labels) => student(scale, [strong(scale, labels)]);
const student2: Make = (scale, labels) => student(scale, [student1(scale, labels)]);
const lee: Make = (scale, labels) => consistent(scale, { labels }, LEE, WEAK);
const matching =
  (...[threshold, alignment]: Parameters<typeof fixMatch>): Make =>
  (scale, labels) =>
    consistent(scale, { labels }, fixMatch(threshold, alignment), STRONG);

const longer = (scale: Scale, steps = scale.steps.long): Scale => ({
  ...scale,
  steps: { ...scale.steps, consistency: steps },
});
const softMatch = matching({ rule: 'softmatch' }, true);

const FIXED = 'fixmatch';
const STUDENTS: readonly Line[] = [
  { method: 'student-1', title: 'Noisy Student 1', recipe: student1 },
  { method: 'student-2', title: 'Noisy Student 2', against: 'student-1', recipe: student2 },
];
/** FreeMatch with its fairness loss and SoftMatch with alignment, as in their papers. */
const MATCHING: readonly Line[] = [
  { method: FIXED, title: 'FixMatch', recipe: matching({ rule: 'fixed' }) },
  { method: 'flexmatch', title: 'FlexMatch', against: FIXED, recipe: matching({ rule: 'flexmatch' }) },
  {
    method: 'freematch',
    title: 'FreeMatch',
    against: FIXED,
    recipe: matching({ rule: 'freematch', fairness: 0.05 }),
  },
  { method: 'softmatch', title: 'SoftMatch', against: FIXED, recipe: softMatch },
  {
    method: 'aligned',
    title: 'FixMatch, aligned',
    against: FIXED,
    recipe: matching({ rule: 'fixed' }, true),
  },
  {
    method: 'softmatch-long',
    title: 'SoftMatch, longer',
    against: 'softmatch',
    most: true,
    recipe: (scale, labels) => softMatch(longer(scale), labels),
  },
];

/** Not candidates for the teacher of the combined student. */
const MORE_MATCHING: readonly Line[] = [
  { method: 'quota', title: 'FixMatch, quota', against: FIXED, recipe: matching({ rule: 'quota' }) },
  {
    method: 'flexmatch-long',
    title: 'FlexMatch, longer',
    against: 'flexmatch',
    most: true,
    recipe: (scale, labels) => matching({ rule: 'flexmatch' })(longer(scale), labels),
  },
  {
    method: 'flexmatch-longest',
    title: 'FlexMatch, longest',
    against: 'flexmatch-long',
    most: true,
    recipe: (scale, labels) => matching({ rule: 'flexmatch' })(longer(scale, scale.steps.longest), labels),
  },
];

/** The methods measured with a budget. */
function under<Of extends Line>(lines: readonly Of[], scale: Scale, labels: number): Of[] {
  return lines.filter(({ most = false }) => !most || labels === mostLabels(scale));
}

/** A student of the method with the highest validation accuracy. */
const combined: Make = (scale, labels) => {
  const candidates = under([...MATCHING, ...STUDENTS], scale, labels);
  const [first, ...others] = candidates.map(({ recipe }) => recipe(scale, labels));
  return student(scale, [first!, ...others]);
};
/** One more generation, and four times the weights. */
const combinedLarger: Make = (scale, labels) => ({
  ...student(scale, [combined(scale, labels)]),
  network: scale.larger,
});
const COMBINED: readonly Line[] = [
  { method: 'combined', title: 'Student of the best', against: 'best', recipe: combined },
  {
    method: 'combined-larger',
    title: 'Larger student of the student',
    against: 'combined',
    most: true,
    recipe: combinedLarger,
  },
];

/** Shows whether size and steps alone replace generations. */
const LARGE: Line = {
  method: 'softmatch-larger',
  title: 'SoftMatch, longer and larger',
  against: 'softmatch-long',
  most: true,
  recipe: (scale, labels) => softMatch({ ...longer(scale), network: scale.larger }, labels),
};

const SUPERVISED: readonly Line[] = [
  { method: 'supervised', title: 'Supervised', recipe: weak },
  { method: 'supervised-strong', title: 'Supervised, strong noise', against: 'supervised', recipe: strong },
];
const LEE_LINE: Line = {
  method: 'lee',
  title: 'Pseudo-labels (Lee)',
  against: 'supervised',
  recipe: lee,
};

/** All at the same size, except the last two. */
const LINES: readonly Line[] = [
  ...SUPERVISED,
  LEE_LINE,
  ...MATCHING,
  ...MORE_MATCHING,
  ...STUDENTS,
  ...COMBINED,
  LARGE,
];

function cells({ scale }: Setting): Cell[] {
  return scale.seeds.flatMap((seed) =>
    scale.budgets.flatMap((labels) =>
      under(LINES, scale, labels).map(({ method, recipe }) => {
        const made = recipe(scale, labels);
        return modelCell({ experiment: NAME, method, seed }, made);
      }),
    ),
  );
}

const titleOf = (method: string) => LINES.find((line) => line.method === method)!.title;

/** The method with the highest validation accuracy for a budget. */
function bestOf(lines: readonly Line[], table: ResultTable, labels: number) {
  return bestOnValidation(
    lines.map(({ method, title }) => ({ method, title, results: table.of(NAME, method, labels) })),
  );
}

function tableRows(table: ResultTable, { scale }: Setting): string[][] {
  const most = mostLabels(scale);
  return LINES.map(({ method, title }) => {
    const last = table.of(NAME, method, most);
    return [
      title,
      ...scale.budgets.map((labels) => testText(table.of(NAME, method, labels))),
      validationText(last),
      spreadText(moreOf(last, 'calibrationError'), 3),
      last.length === 0 ? NOT_MEASURED : timeText(mean(last.map(({ seconds }) => seconds))),
    ];
  });
}

const SUBTITLE = 'mean over the seeds, the band is one deviation';

function plotOf(
  table: ResultTable,
  setting: Setting,
  lines: readonly Line[],
  words: { title: string; subtitle: string },
) {
  const ceiling = ceilingOf(table);
  return (theme?: 'light' | 'dark') =>
    lineChart(
      {
        ...words,
        x: { name: 'labelled images of each class', scale: 'logarithmic' },
        y: { name: 'test accuracy, %' },
        series: lines.map(({ method, title }) => ({
          name: title,
          dashed: method === 'supervised-strong',
          points: setting.scale.budgets.flatMap((labels) => pointAt(labels, table.of(NAME, method, labels))),
        })),
        levels: ceiling ? [{ name: 'all labels', y: meanTest(ceiling.results) }] : [],
      },
      theme,
    );
}

/** The results of a method's baseline for a budget. */
function baselineOf({ against }: Line, table: ResultTable, labels: number) {
  const best = against === undefined ? bestOf(SUPERVISED, table, labels) : undefined;
  const teacher = against === 'best' ? bestOf([...MATCHING, ...STUDENTS], table, labels) : undefined;
  if (best ?? teacher) return (best ?? teacher)!;
  const method = against === undefined || against === 'best' ? 'supervised' : against;
  return { method, title: titleOf(method), results: table.of(NAME, method, labels) };
}

function verdicts(table: ResultTable, { scale }: Setting) {
  return LINES.filter(({ method }) => method !== 'supervised').flatMap((one) =>
    scale.budgets.flatMap((labels) => {
      if (under([one], scale, labels).length === 0) return [];
      const { title, results } = baselineOf(one, table, labels);
      return compare({
        method: `${one.title} at ${labels} labels a class`,
        baseline: title,
        ours: table.of(NAME, one.method, labels),
        theirs: results,
      });
    }),
  );
}

function aims(table: ResultTable, setting: Setting): Aim[] {
  const labels = mostLabels(setting.scale);
  const equal = bestOf([...MATCHING, ...MORE_MATCHING, ...STUDENTS, COMBINED[0]!], table, labels);
  const best = bestOf(LINES, table, labels);
  const named = (line: typeof best) => line?.title ?? 'none yet';
  const difference = (upper: typeof best, lower: typeof best) =>
    upper && lower ? Number((meanTest(upper.results) - meanTest(lower.results)).toFixed(2)) : Number.NaN;
  // Against plain supervised training and against the better one, since strong noise helps supervised training, too.
  const floors = [bestOf(SUPERVISED, table, labels), bestOf([SUPERVISED[0]!], table, labels)];
  return [
    ...floors.map((floor, place) => ({
      name: `Noisy Student or FixMatch (${named(equal)}) over ${place === 0 ? 'the better' : 'plain'} supervised training of equal size (${named(floor)}) at ${labels} labels a class, points`,
      aim: 5,
      measured: difference(equal, floor),
      better: 'higher' as const,
    })),
    {
      name: `the best combination (${named(best)}) below the best training on all labels at ${labels} labels a class, points`,
      aim: 3,
      measured: difference(ceilingOf(table), best),
      better: 'lower',
    },
    {
      name: `the same at equal size (${named(equal)})`,
      aim: 3,
      measured: difference(ceilingOf(table, { equal: true }), equal),
      better: 'lower',
    },
  ];
}

function about({ steps }: Scale): string {
  const count = (number: number) => number.toLocaleString('en');
  return [
    `All methods except the last two have the same size and the same labels; those below the second line also use the unlabelled images. Supervised and consistency trainings take ${count(steps.supervised)} steps (the longer ones ${count(steps.long)}, the longest ${count(steps.longest)}), students ${count(steps.student)}; the weights with the best validation accuracy are kept.`,
    'Lee’s method has the noise of plain supervised training, which is its baseline. FreeMatch has its fairness loss (0.05) and SoftMatch distribution alignment, as in their papers; neither is on by default. FixMatch’s labelled images have the strong noise (RandAugment, mixup); its baseline, and the first student’s, is the better of the two supervised trainings on validation. The baseline of each threshold rule is the fixed threshold, and that of each later student its teacher.',
  ].join(' ');
}

export const budgets: Experiment = {
  name: NAME,
  cells,
  section: (table, setting) => ({
    title: 'Few labels',
    about: about(setting.scale),
    tables: [
      {
        head: [
          'method',
          ...setting.scale.budgets.map((labels) => `${labels} a class`),
          'validation',
          'ECE',
          'training',
        ],
        rows: tableRows(table, setting),
      },
    ],
    plots: [
      {
        file: 'accuracy',
        alt: 'Test accuracy against labels a class, a line for each method',
        svg: plotOf(table, setting, [...SUPERVISED, LEE_LINE, MATCHING[0]!, ...STUDENTS, ...COMBINED], {
          title: 'Accuracy against labels',
          subtitle: SUBTITLE,
        }),
      },
      {
        file: 'thresholds',
        alt: 'Test accuracy of FixMatch against labels a class, a line for each threshold rule',
        svg: plotOf(table, setting, [SUPERVISED[1]!, ...MATCHING, ...MORE_MATCHING], {
          title: 'Threshold rules of FixMatch',
          subtitle: SUBTITLE,
        }),
      },
    ],
    verdicts: verdicts(table, setting),
    aims: aims(table, setting),
    notes: [
      'Validation has 100 images per class with every budget, more than the training labels of small budgets. It is the same for all methods, so comparisons are fair; but in practice nobody with 10 labels has such a validation set.',
    ],
  }),
};

/** The recipe of the largest student, the teacher of the distillation. */
export function largestOf(scale: Scale, labels: number): Recipe {
  return COMBINED.at(-1)!.recipe(scale, labels);
}
