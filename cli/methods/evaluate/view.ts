import { openStore, readEvaluation } from '../../../client/local-store.js';
import type { EvaluateReport } from '../../../domain/methods/evaluate.js';
import { classTable } from '../../show/class-table.js';
import { readable } from '../../show/readable.js';
import { table } from '../../table.js';
import { widthOf } from '../../view/line.js';
import { percentText } from '../../view/quantities.js';
import type { ViewOptions } from '../../view/view-options.js';
import type { MethodView, ReportLine } from '../method-view.js';
import { confusionTable } from './confusion.js';
import { saveEvaluation } from './save.js';

async function reportLines(
  { runId, split, classNames, evaluation, calibratedError }: EvaluateReport,
  { storeUrl, columns }: Pick<ViewOptions, 'storeUrl' | 'columns'>,
): Promise<readonly ReportLine[]> {
  const full = await readable(() => readEvaluation(openStore(storeUrl), runId, 'model', split));
  const { accuracy, balancedAccuracy, loss, calibrationError } = evaluation;
  const matrix = full ? confusionTable(classNames, full) : [];
  const fits = matrix.every((line) => widthOf(line) <= columns);
  return [
    ...table(
      ['accuracy', 'balanced', 'loss', 'calibration error', 'calibrated'],
      [
        [
          percentText(accuracy),
          percentText(balancedAccuracy),
          loss.toFixed(4),
          percentText(calibrationError),
          percentText(calibratedError),
        ],
      ],
      { right: [0, 1, 2, 3, 4] },
    ),
    ...(full ? ['', ...classTable(classNames, full)] : []),
    ...(full && fits ? ['', ...matrix] : []),
  ];
}

export const view: MethodView<'evaluate'> = { report: reportLines, save: saveEvaluation };
