import type { SearchReport } from '../../../domain/methods/search.js';
import { commandName } from '../../command-name.js';
import { textOf } from '../../view/line.js';
import { countText } from '../../view/quantities.js';
import { rowsOfReport, trialLines } from './table.js';

const MOST = 40;

/** What `follow` and `show` print of a search. */
export function lines(report: SearchReport, columns: number): string[] {
  const { taken, without } = report.steps;
  return [
    ...trialLines(rowsOfReport(report), report.rungs, { columns, most: MOST }).map((line) =>
      textOf(line, { columns: Number.POSITIVE_INFINITY, colour: false }),
    ),
    '',
    `${countText(taken)} steps; every trial to its end would have been ${countText(without)}.`,
  ];
}

export function takeaway({ bestKey }: SearchReport): string {
  return `The best policy as a file: ${bestKey} in the store (--out of \`${commandName()} search\` writes it where you like).`;
}
