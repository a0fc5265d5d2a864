import type { SearchReport } from '../../../domain/methods/search.js';
import { commandName } from '../../command-name.js';
import { textOf } from '../../view/line.js';
import { countText } from '../../view/quantities.js';
import type { ViewOptions } from '../../view/view-options.js';
import type { MethodView } from '../method-view.js';
import { saveBest } from './save.js';
import { rowsOfReport, searchLines, trialLines } from './table.js';

const MAX_TRIALS = 40;

/** The table of trials and the number of optimizer steps. */
function reportLines(report: SearchReport, { columns }: ViewOptions): string[] {
  const { taken, without } = report.steps;
  return [
    ...trialLines(rowsOfReport(report), report.rungs, { columns, most: MAX_TRIALS }).map((line) =>
      textOf(line, { columns: Number.POSITIVE_INFINITY, colour: false }),
    ),
    '',
    `${countText(taken)} optimizer steps; without stopping trials early: ${countText(without)}.`,
  ];
}

function outputHint({ bestKey }: SearchReport): string {
  return `The best policy as a file: ${bestKey} in the store (\`${commandName()} search --out FILE\` writes it to a file).`;
}

export const view: MethodView<'search'> = {
  report: reportLines,
  outputHint,
  details: searchLines,
  save: saveBest,
};
