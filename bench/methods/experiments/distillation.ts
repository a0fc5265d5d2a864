import { labelsOf } from '../../../learning/datasets/image-set.js';
import { compressionOf } from '../../../learning/distillation/compression.js';
import { measureSpeeds } from '../../../learning/distillation/speed.js';
import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { KeptModel } from '../kept-models.js';
import type { Lab } from '../lab.js';
import type { Recipe } from '../recipe.js';
import { distilled, STRONG, student, supervised } from '../recipes.js';
import { compare } from '../report/compare.js';
import {
  bestOnValidation,
  meanTest,
  moreOf,
  spreadText,
  testText,
  validationText,
} from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement } from '../results.js';
import { mostLabels, type Scale } from '../scale.js';
import { largestOf } from './budgets.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'distillation';
const TEACHER = 'teacher';

interface Line {
  readonly method: string;
  readonly title: string;
  readonly recipe: (scale: Scale) => Recipe;
}

const view = (scale: Scale) => ({ labels: mostLabels(scale) });
const teacherOf = (scale: Scale) => largestOf(scale, view(scale).labels);

/** The same number of steps for all small networks. */
const asLong = (scale: Scale): Scale => ({
  ...scale,
  network: scale.smaller,
  steps: { ...scale.steps, supervised: scale.steps.consistency, student: scale.steps.consistency },
});

const SMALL: readonly Line[] = [
  {
    method: 'alone',
    title: 'supervised',
    recipe: (scale) => supervised(asLong(scale), view(scale), STRONG),
  },
  {
    method: 'pseudo-labels',
    title: "on the teacher's hard pseudo-labels",
    recipe: (scale) => student(asLong(scale), [teacherOf(scale)]),
  },
  { method: 'soft', title: 'distilled', recipe: (scale) => distilled(scale, teacherOf(scale)) },
  {
    method: 'soft-1',
    title: 'distilled at temperature 1',
    recipe: (scale) => distilled(scale, teacherOf(scale), { temperature: 1 }),
  },
];

/** Compares the student with its teacher on test. */
async function measure(lab: Lab, recipe: Recipe, teacher: Recipe, seed: number): Promise<Measurement> {
  const large = await lab.model(teacher, seed);
  const small = await lab.model(recipe, seed);
  const measured = await lab.tested(small, seed, recipe.view);
  const { images, classes } = await lab.view(seed, recipe.view);
  const speeds = await measureSpeeds([large.model, small.model], {
    image: images.test.shape,
    signal: lab.signal,
  });
  const compared = async ({ model, parameters }: KeptModel, place: 0 | 1) => ({
    parameters,
    bytes: model.weights.byteLength,
    imagesPerSecond: speeds[place]!,
    predictions: await lab.predict(model, images.test),
  });
  const compression = compressionOf(
    await compared(large, 0),
    await compared(small, 1),
    labelsOf(images.test),
    classes.length,
  );
  const { parameterRatio, sizeRatio, speedRatio, agreement, accuracyKept } = compression;
  return {
    ...measured,
    more: { ...measured.more, parameterRatio, sizeRatio, speedRatio, agreement, accuracyKept },
  };
}

function cells({ scale }: Setting): Cell[] {
  return scale.seeds.flatMap((seed) => {
    const teacher = teacherOf(scale);
    const students = SMALL.map(({ method, recipe: make }): Cell => {
      const recipe = make(scale);
      return {
        experiment: NAME,
        method,
        labels: recipe.view.labels,
        seed,
        settings: { recipe, teacher },
        estimate: trainingEstimate(recipe) * (recipe.taughtBy ? 2 : 1),
        measure: (lab) => measure(lab, recipe, teacher, seed),
      };
    });
    return [modelCell({ experiment: NAME, method: TEACHER, seed }, teacher, 5), ...students];
  });
}

export const distillation: Experiment = {
  name: NAME,
  cells,
  section: (table: ResultTable, { scale }) => {
    const { labels } = view(scale);
    const results = (method: string) => table.of(NAME, method, labels);
    const best = bestOnValidation(
      SMALL.filter(({ method }) => method.startsWith('soft')).map((line) => ({
        ...line,
        results: results(line.method),
      })),
    );
    const teachers = results(TEACHER);
    const lost = best && teachers.length > 0 ? meanTest(teachers) - meanTest(best.results) : Number.NaN;
    return {
      title: 'Distillation',
      about: `The largest student of "Few labels" (${labels} labels a class) is the teacher of a network of less than a tenth of its weights, which learns from its predictions of the augmented images, labelled and not (Hinton et al. 2015; α 0.1, T 4), all small networks with the same number of steps.`,
      tables: [
        {
          head: ['small network', 'test', 'validation', 'times fewer weights', 'times faster', 'agreement %'],
          rows: [
            ['(the teacher)', testText(teachers), validationText(teachers), '', '', ''],
            ...SMALL.map(({ method, title }) => [
              title,
              testText(results(method)),
              validationText(results(method)),
              spreadText(moreOf(results(method), 'parameterRatio').slice(0, 1), 1),
              spreadText(moreOf(results(method), 'speedRatio'), 1),
              spreadText(
                moreOf(results(method), 'agreement').map((share) => 100 * share),
                1,
              ),
            ]),
          ],
        },
      ],
      plots: [],
      verdicts: [
        compare({
          method: `Distillation${best ? ` (${best.title}, chosen on validation)` : ''}`,
          baseline: 'the small network, supervised',
          ours: best?.results ?? [],
          theirs: results('alone'),
        }),
        compare({
          method: `Distillation${best ? ` (${best.title})` : ''}`,
          baseline: "the small network on the teacher's hard pseudo-labels",
          ours: best?.results ?? [],
          theirs: results('pseudo-labels'),
        }),
      ],
      aims: [
        {
          name: `student of a tenth of the weights below its teacher, ${labels} labels a class, points`,
          aim: 1,
          measured: Number(lost.toFixed(2)),
          better: 'lower',
        },
      ],
    };
  },
};
