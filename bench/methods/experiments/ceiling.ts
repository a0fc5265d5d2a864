import type { Cell } from '../cell.js';
import type { Recipe } from '../recipe.js';
import { STRONG, supervised, WEAK } from '../recipes.js';
import { bestOnValidation, moreOf, NOT_MEASURED, testText, validationText } from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Scale } from '../scale.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'ceiling';
const LARGER = 'larger';

interface Line {
  readonly method: string;
  readonly title: string;
  readonly recipe: (scale: Scale) => Recipe;
}

const ALL = { labels: 'all' } as const;

const LINES: readonly Line[] = [
  { method: 'weak', title: 'moved and mirrored', recipe: (scale) => supervised(scale, ALL, WEAK) },
  { method: 'strong', title: 'RandAugment and mixup', recipe: (scale) => supervised(scale, ALL, STRONG) },
  {
    method: LARGER,
    title: 'RandAugment and mixup, four times the weights',
    recipe: (scale) => supervised({ ...scale, network: scale.larger }, ALL, STRONG),
  },
];

/**
 * The training on all labels with the highest validation accuracy.
 * @param equal only networks of the size that methods are compared with
 */
export function ceilingOf(table: ResultTable, { equal = false } = {}) {
  return bestOnValidation(
    LINES.filter(({ method }) => !equal || method !== LARGER).map(({ method, title }) => ({
      method,
      title,
      results: table.of(NAME, method, 'all'),
    })),
  );
}

function cells({ scale }: Setting): Cell[] {
  return scale.seeds.flatMap((seed) =>
    LINES.map(({ method, recipe }) => {
      const made = recipe(scale);
      return modelCell({ experiment: NAME, method, seed }, made);
    }),
  );
}

export const ceiling: Experiment = {
  name: NAME,
  cells,
  section: (table) => {
    const best = ceilingOf(table);
    return {
      title: 'All labels',
      about: 'Supervised training with all labels: the upper bound for methods with fewer labels.',
      tables: [
        {
          head: ['noise', 'parameters', 'test', 'validation'],
          rows: LINES.map(({ method, title }) => {
            const results = table.of(NAME, method, 'all');
            return [
              best?.method === method ? `**${title}**` : title,
              moreOf(results, 'parameters')[0]?.toLocaleString('en') ?? NOT_MEASURED,
              testText(results),
              validationText(results),
            ];
          }),
        },
      ],
      plots: [],
      verdicts: [],
      aims: [],
    };
  },
};
