import { type TransferReport, type TransferResult, WAY_NAMES } from '../../../domain/methods/transfer.js';
import { percentText } from '../../../domain/quantities.js';
import { table } from '../../table.js';
import { entryLine } from '../../view/entry-line.js';
import { failedLines } from '../../view/failed-lines.js';
import { countOf } from '../../view/quantities.js';
import type { MethodView } from '../method-view.js';

function reportLines(report: TransferReport): string[] {
  const { choice, results, failed, from, dataset, measures } = report;
  const row = ({ way, model, test }: TransferResult) => [
    `${way === choice.mode ? '*' : ' '} ${WAY_NAMES[way]}`,
    percentText(model.validation.accuracy),
    test ? percentText(test.accuracy) : '',
    `${model.trainingSeconds.toFixed(1)} s`,
  ];
  return [
    `${from.reference} (${from.outputs} classes) to ${dataset.classes.join(', ')}: ${countOf(measures.labelsPerClass, 'label')} of the rarest class`,
    '',
    ...table(['', 'validation', 'test', 'training'], results.map(row), { right: [1, 2, 3] }),
    '',
    `Similarity ${measures.similarity.toFixed(2)}: the share of the errors with an untrained network’s features (accuracy ${percentText(measures.untrainedAccuracy)}; guessing ${percentText(measures.chance)}) that the model’s features avoid.`,
    ...(measures.distance
      ? [
          `Far from all of the model’s training images: ${percentText(measures.distance.beyond)} of the new images, ${percentText(measures.distance.ownBeyond)} of its own validation images.`,
        ]
      : []),
    `Weight decay of the head: ${report.weightDecay}, the best of ${report.trials.length} on validation.`,
    ...failedLines(failed, WAY_NAMES),
    entryLine(report),
  ];
}

export const view: MethodView<'transfer'> = { report: reportLines };
