import { CORRUPTIONS, SEVERITIES } from '../../../domain/corruption.js';
import type { ModelRobustness, Robustness } from '../../../domain/methods/robustness.js';
import { drawPositions } from '../../../learning/corruptions/draw-positions.js';
import { corruptionErrors } from '../../../learning/evaluation/corruption-errors.js';
import { measureRobustness } from '../../../learning/evaluation/robustness.js';
import { openClassifier } from '../../../learning/models/predict.js';
import { deviation, mean } from '../../support/statistics.js';
import type { Cell } from '../cell.js';
import type { Lab } from '../lab.js';
import { lineChart } from '../plots/line-chart.js';
import type { Recipe } from '../recipe.js';
import { compare } from '../report/compare.js';
import { spreadText } from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement, Result } from '../results.js';
import { mostLabels } from '../scale.js';
import { ablatedCells } from './ablation.js';
import type { Experiment, Setting } from './experiment.js';

const NAME = 'robustness';
const TEACHER = 'teacher';

/** Models of the ablation. */
const MODELS = [
  { method: TEACHER, title: 'teacher' },
  { method: 'alone', title: "student's size, labels alone" },
  { method: 'whole', title: 'student' },
  { method: 'no-augmentation', title: 'student without augmentation' },
];

/** Estimated seconds for 1,000 images with all corruptions and severities. */
const SECONDS_A_THOUSAND = 30;

async function measure(lab: Lab, recipe: Recipe, seed: number, images: number): Promise<Measurement> {
  const kept = await lab.model(recipe, seed);
  const measured = await lab.tested(kept, seed, recipe.view);
  const { images: split } = await lab.view(seed, recipe.view);
  const model = await openClassifier(kept.model, split.test.shape);
  const positions = drawPositions(split.test, images, seed);
  const common = { model, temperature: kept.temperature, images: split.test, positions, signal: lab.signal };
  try {
    const clean = await measureRobustness(common);
    const corrupted: ModelRobustness['corrupted'][number][] = [];
    for (const corruption of CORRUPTIONS) {
      for (const severity of SEVERITIES) {
        lab.report(`${corruption}, severity ${severity}`);
        const found: Robustness = await measureRobustness({
          ...common,
          plan: { corruption, severity, seed },
        });
        corrupted.push({ corruption, severity, ...found });
      }
    }
    const robustness: ModelRobustness = { clean, corrupted };
    return { ...measured, more: { ...measured.more, robustness } };
  } finally {
    model.dispose();
  }
}

function cells(setting: Setting): Cell[] {
  const images = setting.scale.corrupted;
  const more = {
    settings: { images, corruptions: CORRUPTIONS, severities: SEVERITIES },
    estimate: 5 + (SECONDS_A_THOUSAND * images) / 1000,
  };
  const methods = MODELS.map(({ method }) => method);
  return ablatedCells(setting, NAME, methods, more, (lab, recipe, seed) =>
    measure(lab, recipe, seed, images),
  );
}

const robustnessOf = (result: Result) => result.more['robustness'] as ModelRobustness;
const corruptedAccuracy = (result: Result) =>
  100 * mean(robustnessOf(result).corrupted.map(({ accuracy }) => accuracy));

/** Mean corruption error, relative to the teacher of the same seed. */
function relativeErrors(results: readonly Result[], teachers: readonly Result[]): number[] {
  return results.flatMap((result) => {
    const teacher = teachers.find(({ seed }) => seed === result.seed);
    const errors = teacher && corruptionErrors(robustnessOf(result), robustnessOf(teacher));
    return errors?.meanCorruptionError == null ? [] : [errors.meanCorruptionError];
  });
}

function bySeverity(results: readonly Result[]) {
  return [0, ...SEVERITIES].flatMap((x) => {
    const values = results.map((result) => {
      const { clean, corrupted } = robustnessOf(result);
      const seen = x === 0 ? [clean] : corrupted.filter(({ severity }) => severity === x);
      return 100 * mean(seen.map(({ accuracy }) => accuracy));
    });
    return values.length === 0 ? [] : [{ x, mean: mean(values), deviation: deviation(values) }];
  });
}

function byCorruption(results: readonly Result[]): string[] {
  return CORRUPTIONS.map((name) =>
    spreadText(
      results.map(
        (result) =>
          100 *
          mean(
            robustnessOf(result).corrupted.flatMap((one) => (one.corruption === name ? [one.accuracy] : [])),
          ),
      ),
      1,
    ),
  );
}

export const robustness: Experiment = {
  name: NAME,
  cells,
  section: (table: ResultTable, { scale }) => {
    const labels = mostLabels(scale);
    const results = (method: string) => table.of(NAME, method, labels);
    const teachers = results(TEACHER);
    return {
      title: 'Corrupted images',
      about: `Models of the ablation (${labels} labels a class) on ${scale.corrupted.toLocaleString('en')} test images under ${CORRUPTIONS.length} corruptions at ${SEVERITIES.length} severities (Hendrycks and Dietterich 2019). mCE: mean corruption error, the teacher's being 1; lower is better.`,
      tables: [
        {
          head: ['', 'clean', 'corrupted', 'mCE'],
          rows: MODELS.map(({ method, title }) => [
            title,
            spreadText(results(method).map((result) => 100 * robustnessOf(result).clean.accuracy)),
            spreadText(results(method).map(corruptedAccuracy)),
            spreadText(relativeErrors(results(method), teachers)),
          ]),
        },
        {
          head: ['accuracy under', ...MODELS.map(({ title }) => title)],
          rows: CORRUPTIONS.map((name, place) => [
            name.replace('-', ' '),
            ...MODELS.map(({ method }) => byCorruption(results(method))[place]!),
          ]),
        },
      ],
      plots: [
        {
          file: 'corruption',
          alt: 'Test accuracy against the severity of corruptions, a line for each model',
          svg: (theme) =>
            lineChart(
              {
                title: 'Accuracy under corruptions',
                subtitle: 'mean over all corruptions and seeds, the band is one deviation; 0 is clean',
                x: { name: 'severity', scale: 'linear' },
                y: { name: 'test accuracy, %' },
                series: MODELS.map(({ method, title }) => ({
                  name: title,
                  points: bySeverity(results(method)),
                })),
              },
              theme,
            ),
        },
      ],
      verdicts: [
        compare({
          method: 'The student under corruptions',
          baseline: 'its teacher',
          ours: results('whole'),
          theirs: teachers,
          value: corruptedAccuracy,
        }),
        compare({
          method: 'The student under corruptions',
          baseline: 'the student without augmentation',
          ours: results('whole'),
          theirs: results('no-augmentation'),
          value: corruptedAccuracy,
        }),
      ],
      aims: [],
    };
  },
};
