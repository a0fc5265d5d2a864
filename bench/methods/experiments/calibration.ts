import { reliabilityDiagram } from '../../../cli/charts/reliability.js';
import { labelsOf } from '../../../learning/datasets/image-set.js';
import { type Calibration, measureCalibration } from '../../../learning/evaluation/calibration.js';
import { mean } from '../../support/statistics.js';
import type { Lab } from '../lab.js';
import type { Recipe } from '../recipe.js';
import { compare } from '../report/compare.js';
import { moreOf, spreadText } from '../report/figures.js';
import type { ResultTable } from '../report/result-table.js';
import type { Measurement, Result } from '../results.js';
import { mostLabels } from '../scale.js';
import { ablatedCells } from './ablation.js';
import type { Experiment } from './experiment.js';

const NAME = 'calibration';

/** Models of the ablation: some overconfident, some underconfident. */
const MODELS = [
  { method: 'teacher', title: 'teacher' },
  { method: 'whole', title: 'student' },
  { method: 'no-augmentation', title: 'student without augmentation' },
  { method: 'soft-labels', title: 'student of soft labels' },
];
/** The model of the diagram. */
const SHOWN = 'no-augmentation';

async function measure(lab: Lab, recipe: Recipe, seed: number): Promise<Measurement> {
  const kept = await lab.model(recipe, seed);
  const measured = await lab.tested(kept, seed, recipe.view);
  const { images, classes } = await lab.view(seed, recipe.view);
  const probabilities = await lab.predict(kept.model, images.test);
  const calibration = measureCalibration(
    probabilities,
    labelsOf(images.test),
    classes.length,
    kept.temperature,
  );
  return { ...measured, more: { ...measured.more, calibration } };
}

const calibrationIn = ({ more }: Result) => more['calibration'] as Calibration;
type Side = 'before' | 'after';
const errors = (results: readonly Result[], side: Side) =>
  results.map((result) => 100 * calibrationIn(result)[side].calibrationError);

/** Merges the bins of all seeds. */
function binsOf(results: readonly Result[], side: Side) {
  const bySeed = results.map((result) => calibrationIn(result)[side].bins);
  return (bySeed[0] ?? []).map((_, place) => {
    const bins = bySeed.map((bins) => bins[place]!);
    const images = bins.reduce((sum, bin) => sum + bin.images, 0);
    const weighted = (of: 'confidence' | 'accuracy') =>
      images === 0 ? 0 : bins.reduce((sum, bin) => sum + bin.images * bin[of], 0) / images;
    return { images, confidence: weighted('confidence'), accuracy: weighted('accuracy') };
  });
}

export const calibration: Experiment = {
  name: NAME,
  cells: (setting) =>
    ablatedCells(
      setting,
      NAME,
      MODELS.map(({ method }) => method),
      { estimate: 5 },
      measure,
    ),
  section: (table: ResultTable, { scale }) => {
    const labels = mostLabels(scale);
    const results = (method: string) => table.of(NAME, method, labels);
    const shown = results(SHOWN);
    const panel = (name: string, side: Side) => ({
      name,
      bins: binsOf(shown, side),
      error: shown.length === 0 ? 0 : mean(errors(shown, side)) / 100,
    });
    return {
      title: 'Calibration',
      about: `Models of the ablation (${labels} labels a class): expected calibration error on test in percent, 15 bins, before and after temperature scaling (Guo et al. 2017). The temperature is fitted on validation. The predicted classes stay the same.`,
      tables: [
        {
          head: ['', 'ECE before', 'ECE after', 'loss before', 'loss after'],
          rows: MODELS.map(({ method, title }) => [
            title,
            spreadText(errors(results(method), 'before')),
            spreadText(errors(results(method), 'after')),
            spreadText(
              results(method).map((result) => calibrationIn(result).before.loss),
              3,
            ),
            spreadText(
              results(method).map((result) => calibrationIn(result).after.loss),
              3,
            ),
          ]),
        },
      ],
      plots: [
        {
          file: 'reliability',
          alt: 'Accuracy against confidence before and after temperature scaling',
          svg: (theme) =>
            reliabilityDiagram(
              [panel('before', 'before'), panel('after', 'after')],
              {
                title: 'Temperature scaling: confidence and accuracy',
                subtitle: `student without augmentation, ${labels} labels a class; on the dashed line confidence is right`,
              },
              theme,
            ).svg,
        },
      ],
      verdicts: MODELS.map(({ method, title }) =>
        compare({
          method: `${title}, calibrated`,
          baseline: 'itself before',
          ours: results(method),
          theirs: results(method),
          difference: (result) =>
            100 *
            (calibrationIn(result).before.calibrationError - calibrationIn(result).after.calibrationError),
          unit: 'points of calibration error',
          noise: 0.5,
        }),
      ),
      aims: [],
      notes:
        moreOf(shown, 'testImages').length === 0
          ? []
          : ['A calibration error of half a point is within chance on so many images.'],
    };
  },
};
