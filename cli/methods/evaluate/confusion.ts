import type { FullEvaluation } from '../../../domain/records.js';
import { csvText } from '../../csv-text.js';
import { table } from '../../table.js';
import { countText } from '../../view/quantities.js';

type Confusion = Pick<FullEvaluation, 'confusion'>;

/** Rows are true classes, columns predicted ones by their numbers; zeros are dots. */
export function confusionTable(classNames: readonly string[], { confusion }: Confusion): string[] {
  const rows = confusion.map((row, label) => [
    String(label + 1),
    classNames[label]!,
    ...row.map((count) => (count === 0 ? '·' : countText(count))),
  ]);
  const numbers = classNames.map((_, label) => label + 1);
  const right = [0, ...numbers.map((number) => number + 1)];
  return table(['', 'true, predicted', ...numbers.map(String)], rows, { right });
}

/** The confusion matrix as CSV. */
export function confusionCsv(classNames: readonly string[], { confusion }: Confusion): string {
  const rows = confusion.map((row, label) => [classNames[label]!, ...row.map(String)]);
  return csvText(['true', ...classNames], rows);
}
