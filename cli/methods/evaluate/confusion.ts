import type { FullEvaluation } from '../../../domain/records.js';
import { MARGIN, page } from '../../charts/page.js';
import { rect, text } from '../../charts/svg.js';
import { csvText } from '../../csv-text.js';
import { SVG_FONT } from '../../sheet/font.js';
import type { Svg } from '../../sheet/write-svg.js';
import { table } from '../../table.js';
import { countText } from '../../view/quantities.js';

type Confusion = Pick<FullEvaluation, 'confusion'>;

const CELL = 34;
const LABELS = 120;
const TOP = 70;
/** Numbers in smaller cells are unreadable. */
const MAX_NUMBERED = 30;

/** Rows are true classes, columns predicted ones; zeros are dots. */
export function confusionTable(classNames: readonly string[], { confusion }: Confusion): string[] {
  const rows = confusion.map((row, label) => [
    classNames[label]!,
    ...row.map((count) => (count === 0 ? '·' : countText(count))),
  ]);
  const right = classNames.map((_, column) => column + 1);
  return table(['true, predicted', ...classNames], rows, { right }).split('\n');
}

/** The confusion matrix as CSV. */
export function confusionCsv(classNames: readonly string[], { confusion }: Confusion): string {
  const rows = confusion.map((row, label) => [classNames[label]!, ...row.map(String)]);
  return csvText(['true', ...classNames], rows);
}

/** The confusion matrix as a picture: the darker a cell, the larger its share of the row. */
export function confusionSvg(classNames: readonly string[], { confusion }: Confusion, subtitle: string): Svg {
  const cell = classNames.length > MAX_NUMBERED ? 14 : CELL;
  const side = classNames.length * cell;
  const left = MARGIN + LABELS;
  const top = TOP + LABELS;
  const cells = confusion.flatMap((row, label) => {
    const images = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    return row.map((count, predicted) => {
      const share = count / images;
      const [x, y] = [left + predicted * cell, top + label * cell];
      const fill = predicted === label ? 'f3' : 'f2';
      const square = rect(x, y, cell - 1, cell - 1, { class: fill, opacity: Math.max(0.04, share) });
      if (count === 0 || cell < CELL) return square;
      return `${square}${text(x + cell / 2, y + cell / 2 + 4, countText(count), { class: 'ink', 'text-anchor': 'middle', 'font-size': 10 })}`;
    });
  });
  const names = classNames.flatMap((name, label) => {
    const middle = label * cell + cell / 2;
    const [x, y] = [left + middle + 4, top - 8];
    return [
      text(left - 8, top + middle + 4, name, { class: 'soft', 'text-anchor': 'end', 'font-size': 11 }),
      text(x, y, name, { class: 'soft', 'font-size': 11, transform: `rotate(-60 ${x} ${y})` }),
    ];
  });
  const width = Math.max(420, left + side + LABELS);
  const height = top + side + MARGIN;
  const title = 'Confusion: true classes in rows, predicted in columns';
  const svg = page(
    { width, height, title, subtitle, font: SVG_FONT },
    [...cells, ...names].join(''),
    'light',
  );
  return { svg, width, height };
}
