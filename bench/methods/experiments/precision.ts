import { mean } from '../../support/statistics.js';
import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { Recipe } from '../recipe.js';
import { consistent, fixMatch, STRONG, supervised } from '../recipes.js';
import { NOT_MEASURED, testText, timeText, validationText } from '../report/figures.js';
import { mostLabels, type Scale } from '../scale.js';
import { type Experiment, modelCell, type Setting } from './experiment.js';

const NAME = 'precision';
const PRECISIONS = ['float32', 'bfloat16'] as const;

interface Line {
  readonly method: string;
  readonly title: string;
  readonly recipe: (scale: Scale) => Recipe;
}

const view = (scale: Scale) => ({ labels: mostLabels(scale) });

const LINES: readonly Line[] = [
  {
    method: 'supervised',
    title: 'Supervised, strong noise',
    recipe: (scale) => supervised(scale, view(scale), STRONG),
  },
  {
    method: 'fixmatch',
    title: 'FixMatch',
    recipe: (scale) => consistent(scale, view(scale), fixMatch({ rule: 'fixed' }), STRONG),
  },
];

const methodOf = (line: Line, precision: string) => `${line.method}-${precision}`;

/** Only a bfloat16 bench has cells to compare. */
function cells({ scale }: Setting): Cell[] {
  if (scale.precision === 'float32') return [];
  return scale.seeds.flatMap((seed) =>
    LINES.flatMap((line) =>
      PRECISIONS.map((precision) => {
        const recipe = line.recipe({ ...scale, precision });
        const estimate = precision === scale.precision ? 5 : trainingEstimate(recipe);
        return modelCell({ experiment: NAME, method: methodOf(line, precision), seed }, recipe, estimate);
      }),
    ),
  );
}

/** Compares bfloat16 with float32. */
export const precision: Experiment = {
  name: NAME,
  cells,
  section: (table, { scale }) => {
    const { labels } = view(scale);
    return {
      title: 'bfloat16',
      about: `This bench trains with \`precision: bfloat16\`: convolutions and matrix products in 16 bits, weights and small operations in 32. The same trainings with float32, ${labels} labels per class:`,
      tables: [
        {
          head: ['', 'precision', 'test', 'validation', 'training'],
          rows: LINES.flatMap((line) =>
            PRECISIONS.map((one) => {
              const results = table.of(NAME, methodOf(line, one), labels);
              return [
                line.title,
                one,
                testText(results),
                validationText(results),
                results.length === 0 ? NOT_MEASURED : timeText(mean(results.map(({ seconds }) => seconds))),
              ];
            }),
          ),
        },
      ],
      plots: [],
      verdicts: [],
      aims: [],
    };
  },
};
