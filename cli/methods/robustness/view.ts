import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import { table } from '../../table.js';
import { countOf, percentText } from '../../view/quantities.js';
import type { MethodView } from '../method-view.js';
import { saveRobustness } from './save.js';

const ceText = (ratio: number | null) => (ratio === null ? '–' : percentText(ratio, 1));

/** A row for each corruption: the accuracy of each model, and its error relative to the baseline. */
function reportLines({ models, images, split, baseline }: RobustnessReport): readonly string[] {
  const shown = models.map(({ reference }) => reference.split(/[\\/]/).at(-1) ?? reference);
  // A single model is its own baseline: every ratio is 1.
  const isAlone = models.length === 1;
  const head = ['accuracy', ...shown.flatMap((name, place) => (place === 0 ? [name] : [name, 'ce']))];
  const rowOf = (
    name: string,
    cells: (model: RobustnessReport['models'][number]) => readonly [string, string],
  ) => [name, ...models.flatMap((model, place) => cells(model).slice(0, place === 0 ? 1 : 2))];
  const corruptions = models[0]!.errors.byCorruption.map(({ corruption }) => corruption);
  const rows = [
    rowOf('clean', ({ clean }) => [percentText(clean.accuracy, 1), '']),
    ...corruptions.map((corruption, at) =>
      rowOf(corruption, ({ errors }) => {
        const { error, corruptionError } = errors.byCorruption[at]!;
        return [percentText(1 - error, 1), ceText(corruptionError)];
      }),
    ),
    rowOf(isAlone ? 'mean' : 'mean, mce', ({ errors }) => [
      percentText(1 - errors.error, 1),
      ceText(errors.meanCorruptionError),
    ]),
    ...(isAlone
      ? []
      : [rowOf('relative mce', ({ errors }) => ['', ceText(errors.relativeMeanCorruptionError)])]),
    rowOf('calibration error, clean', ({ clean }) => [percentText(clean.calibrationError, 1), '']),
    rowOf('calibration error, corrupted', ({ corrupted }) => [
      percentText(corrupted.reduce((sum, one) => sum + one.calibrationError, 0) / corrupted.length, 1),
      '',
    ]),
  ];
  const right = head.map((_, column) => column).slice(1);
  const relation = isAlone ? '' : `; ce is the error divided by the error of ${baseline}`;
  return [
    ...table(head, rows, { right }),
    '',
    `On ${countOf(images, `${split} image`)}, means over severities${relation}.`,
  ];
}

export const view: MethodView<'robustness'> = { report: reportLines, save: saveRobustness };
