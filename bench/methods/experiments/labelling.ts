import type { Cell } from '../cell.js';
import type { LabelQuery, Recipe } from '../recipe.js';
import { STRONG, supervised } from '../recipes.js';
import { compare } from '../report/compare.js';
import { testText, validationText } from '../report/figures.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'labelling';

const WAYS: readonly { readonly method: LabelQuery['by']; readonly title: string }[] = [
  { method: 'random', title: 'at random' },
  { method: 'badge', title: 'uncertain and diverse (BADGE)' },
  { method: 'margin', title: 'the most uncertain (margin)' },
  { method: 'coverage', title: 'the farthest from the labelled ones (core-set)' },
];

/** Queries as many labels as there are already, over all classes. */
function recipeOf({ scale, classes }: Setting, by: LabelQuery['by']): Recipe {
  const labels = scale.budgets[0]!;
  const model = supervised(scale, { labels }, STRONG);
  return supervised(scale, { labels, asked: { by, count: labels * classes.length, model } }, STRONG);
}

function cells(setting: Setting): Cell[] {
  return setting.scale.seeds.flatMap((seed) =>
    WAYS.map(({ method }) => modelCell({ experiment: NAME, method, seed }, recipeOf(setting, method))),
  );
}

/** Measures the strategies of `label-next`. */
export const labelling: Experiment = {
  name: NAME,
  cells,
  section: (table, { scale, classes }) => {
    const labels = scale.budgets[0]!;
    const results = (method: LabelQuery['by']) => table.of(NAME, method, labels);
    return {
      title: 'Which images to label next',
      about: `A supervised model with ${labels} labels per class chooses ${labels * classes.length} images to label, as label-next does; then a new model is trained on all labels. The choice need not be balanced over the classes.`,
      tables: [
        {
          head: ['chosen', 'test', 'validation'],
          rows: WAYS.map(({ method, title }) => [
            title,
            testText(results(method)),
            validationText(results(method)),
          ]),
        },
      ],
      plots: [],
      verdicts: WAYS.filter(({ method }) => method !== 'random').map(({ method, title }) =>
        compare({
          method: `Labels for the images that are ${title}`,
          baseline: 'as many at random',
          ours: results(method),
          theirs: results('random'),
        }),
      ),
      aims: [],
    };
  },
};
