import { deviation, mean } from '../../support/statistics.js';
import type { Cell } from '../cell.js';
import type { Lab } from '../lab.js';
import { barChart } from '../plots/bar-chart.js';
import type { Recipe } from '../recipe.js';
import { NO_AUGMENTATION, STRONG, type StudentChanges, student, supervised } from '../recipes.js';
import { compare } from '../report/compare.js';
import { spreadText, testText, validationText } from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement } from '../results.js';
import { mostLabels, type Scale } from '../scale.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'ablation';
const WHOLE = 'whole';

interface Line {
  readonly method: string;
  readonly title: string;
  readonly changes: (scale: Scale) => StudentChanges;
}

const NO_MODEL_NOISE = { dropout: 0, stochasticDepth: 0 };

/** Section 4 and the appendix of the paper: the method with one part removed or changed. */
const LINES: readonly Line[] = [
  { method: WHOLE, title: 'whole method', changes: () => ({}) },
  {
    method: 'no-augmentation',
    title: 'without augmentation',
    changes: () => ({ training: { augmentation: NO_AUGMENTATION } }),
  },
  { method: 'no-model-noise', title: 'without dropout', changes: () => ({ training: NO_MODEL_NOISE }) },
  {
    method: 'no-noise',
    title: 'without both',
    changes: () => ({ training: { ...NO_MODEL_NOISE, augmentation: NO_AUGMENTATION } }),
  },
  { method: 'noised-teacher', title: 'teacher sees augmented images', changes: () => ({ noised: true }) },
  { method: 'soft-labels', title: 'soft labels', changes: () => ({ pseudoLabels: { kind: 'soft' } }) },
  { method: 'equal-size', title: 'student as small as its teacher', changes: ({ network }) => ({ network }) },
  {
    method: 'ratio-1',
    title: '1 unlabelled image per label',
    changes: () => ({ training: { unlabelledRatio: 1 } }),
  },
  {
    method: 'ratio-7',
    title: '7 unlabelled images per label',
    changes: () => ({ training: { unlabelledRatio: 7 } }),
  },
];

/** The recipe of a variant, of `teacher`, or of `alone`: supervised training with the student's size and noise. */
export function recipeOf(scale: Scale, method: string): Recipe {
  const view = { labels: mostLabels(scale) };
  const larger = { ...scale, network: scale.larger };
  const teacher = supervised(scale, view, STRONG);
  if (method === 'teacher') return teacher;
  if (method === 'alone') return supervised(larger, view, STRONG);
  const { changes } = LINES.find((line) => line.method === method)!;
  const steps = { ...scale.steps, student: scale.steps.ablation };
  return student({ ...larger, steps }, [teacher], changes(scale));
}

function cells({ scale }: Setting): Cell[] {
  return scale.seeds.flatMap((seed) =>
    ROWS.map(({ method }) => {
      const recipe = recipeOf(scale, method);
      return modelCell({ experiment: NAME, method, seed }, recipe);
    }),
  );
}

const ROWS = [
  { method: 'teacher', title: 'teacher' },
  { method: 'alone', title: "student's size, labels alone" },
  ...LINES,
];

function differences(table: ResultTable, method: string, labels: number): number[] {
  const whole = table.of(NAME, WHOLE, labels);
  return table.of(NAME, method, labels).flatMap(({ seed, test }) => {
    const other = whole.find((result) => result.seed === seed);
    return other ? [100 * (test - other.test)] : [];
  });
}

export const ablation: Experiment = {
  name: NAME,
  cells,
  section: (table, { scale }) => {
    const labels = mostLabels(scale);
    const results = (method: string) => table.of(NAME, method, labels);
    const bars = ROWS.filter(({ method }) => method !== WHOLE).flatMap(({ method, title }) => {
      const values = differences(table, method, labels);
      if (values.length === 0) return [];
      const reference = method === 'teacher' || method === 'alone';
      return [{ name: title, value: mean(values), deviation: deviation(values), reference }];
    });
    return {
      title: 'Ablation of Noisy Student',
      about: `The ablation of the paper (Xie et al. 2020, section 4) with ${labels} labels per class: one student with four times its teacher's weights, hard labels, 3 unlabelled images per labelled one, RandAugment, mixup and dropout; then the same with one change. The networks are small, so their model noise is a dropout of 0.1, without stochastic depth. The noised teacher predicts augmented images, without dropout.`,
      tables: [
        {
          head: ['', 'test', 'validation', 'points to the whole method'],
          rows: ROWS.map(({ method, title }) => [
            title,
            testText(results(method)),
            validationText(results(method)),
            method === WHOLE ? '' : spreadText(differences(table, method, labels)).replace('-', '−'),
          ]),
        },
      ],
      plots: [
        {
          file: 'ablation',
          alt: 'Points of test accuracy lost or gained when a part of Noisy Student is changed',
          svg: (theme) =>
            barChart(
              {
                title: 'Effect of each part of Noisy Student',
                subtitle: `difference to the whole method at ${labels} labels a class; the whisker is one deviation`,
                axis: 'points of test accuracy',
                signed: true,
                bars,
              },
              theme,
            ),
        },
      ],
      verdicts: [
        compare({
          method: 'The whole method',
          baseline: 'its teacher',
          ours: results(WHOLE),
          theirs: results('teacher'),
        }),
        compare({
          method: 'The whole method',
          baseline: "supervised training of the student's size",
          ours: results(WHOLE),
          theirs: results('alone'),
        }),
        ...LINES.filter(({ method }) => method !== WHOLE).map(({ method, title }) =>
          compare({
            method: 'The whole method',
            baseline: title,
            ours: results(WHOLE),
            theirs: results(method),
          }),
        ),
      ],
      aims: [],
    };
  },
};

/** A cell for each given model of the ablation and each seed, with another measurement. */
export function ablatedCells(
  { scale }: Setting,
  experiment: string,
  methods: readonly string[],
  more: { readonly settings?: object; readonly estimate: number },
  measure: (lab: Lab, recipe: Recipe, seed: number) => Promise<Measurement>,
): Cell[] {
  return scale.seeds.flatMap((seed) =>
    methods.map((method) => {
      const recipe = recipeOf(scale, method);
      return {
        experiment,
        method,
        labels: recipe.view.labels,
        seed,
        settings: { recipe, ...more.settings },
        estimate: more.estimate,
        measure: (lab: Lab) => measure(lab, recipe, seed),
      };
    }),
  );
}
