import { openStore, readEvaluation } from '../../../client/local-store.js';
import type { EvaluateReport } from '../../../domain/methods/evaluate.js';
import { classesText } from '../../show/classes-text.js';
import { table } from '../../table.js';
import { percentText } from '../../view/quantities.js';
import type { MethodView, ReportLine } from '../method-view.js';
import { confusionTable } from './confusion.js';
import { saveEvaluation } from './save.js';

/** A wider confusion matrix does not fit a terminal. */
const MAX_CLASSES = 12;

async function reportLines(
  { runId, split, classNames, evaluation, calibratedError }: EvaluateReport,
  { storeUrl }: { readonly storeUrl: string },
): Promise<readonly ReportLine[]> {
  const full = await readEvaluation(openStore(storeUrl), runId, 'model', split);
  const { accuracy, balancedAccuracy, loss, calibrationError } = evaluation;
  return [
    ...table(
      ['accuracy', 'balanced', 'loss', 'calibration error', 'at its temperature'],
      [
        [
          percentText(accuracy),
          percentText(balancedAccuracy),
          loss.toFixed(4),
          calibrationError.toFixed(3),
          calibratedError.toFixed(3),
        ],
      ],
      { right: [0, 1, 2, 3, 4] },
    ).split('\n'),
    '',
    ...classesText(classNames, full).split('\n'),
    ...(classNames.length <= MAX_CLASSES ? ['', ...confusionTable(classNames, full)] : []),
  ];
}

export const view: MethodView<'evaluate'> = { report: reportLines, save: saveEvaluation };
