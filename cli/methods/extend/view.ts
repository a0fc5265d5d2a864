import { type ExtendReport, type ExtensionName, reportedSplit } from '../../../domain/methods/extend.js';
import { table } from '../../table.js';
import { entryLine } from '../../view/entry-line.js';
import { failedLines } from '../../view/failed-lines.js';
import { percentText } from '../../view/quantities.js';
import type { MethodView } from '../method-view.js';

const NAMES: Readonly<Record<ExtensionName, string>> = {
  retention: 'without forgetting',
  'fine-tuning': 'fine-tuning',
  'head-only': 'new outputs only',
  joint: 'old and new pictures',
};

const percent = (share: number | undefined) => (share === undefined ? '' : percentText(share));
/** 0.0123 -> "1.23" */
const points = (share: number | undefined) => (share === undefined ? '' : (100 * share).toFixed(2));

/** Each approach on both tasks: among the task's classes, then among all. */
function reportLines(report: ExtendReport): readonly string[] {
  const { results, failed, before, oldClasses, newClasses, from } = report;
  const split = reportedSplit(results);
  const beforeOn = before?.[split];
  const head = ['', 'new', 'old', 'forgotten', 'new of all', 'old of all', 'forgotten'];
  const rows = [
    ...(beforeOn ? [[`${from} before`, '', percent(beforeOn.within), '', '', '', '']] : []),
    ...results.map((result) => {
      const { new: learnt, old, forgetting } = result[split]!;
      return [
        NAMES[result.name],
        percent(learnt.within),
        percent(old?.within),
        points(forgetting?.within),
        percent(learnt.overall),
        percent(old?.overall),
        points(forgetting?.overall),
      ];
    }),
  ];
  return [
    `${oldClasses.join(', ')}; new: ${newClasses.join(', ')}`,
    '',
    ...table(head, rows, { right: [1, 2, 3, 4, 5, 6] }),
    '',
    `On ${split} images: accuracy among the task’s classes, then among all; forgotten in points.`,
    ...failedLines(failed, NAMES),
    entryLine(report),
  ];
}

export const view: MethodView<'extend'> = { report: reportLines };
