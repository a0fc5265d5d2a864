import { notableFirst } from '../../../domain/pseudo-label-counts.js';
import type { PseudoLabelClassCount } from '../../../domain/pseudo-labels.js';
import { bar } from '../../view/bar.js';
import { dim, fill, type Line, type Span, styled, widthOf } from '../../view/line.js';
import { countText } from '../../view/quantities.js';

const MIN_CELL = 56;
const MAX_BAR = 24;
const MAX_NAME = 18;
const GAP = 2;

/**
 * A bar for each class: the number of pictures that the teacher predicted and the share of them that was kept. If not
 * all classes fit, notable ones come first.
 * @param rows maximum number of lines
 * @param unlisted number of classes besides these
 */
export function classLines(
  classes: readonly PseudoLabelClassCount[],
  columns: number,
  rows: number,
  unlisted = 0,
): Line[] {
  const perRow = Math.max(1, Math.floor(columns / MIN_CELL));
  const room = rows * perRow;
  if (room < 1 || classes.length === 0) return [];
  const isCut = unlisted > 0 || classes.length > room;
  const shown = isCut ? notableFirst(classes).slice(0, Math.max(0, (rows - 1) * perRow)) : classes;
  const cells = cellsOf(shown, classes, Math.floor((columns - GAP) / perRow) - GAP);
  // Ordered by column.
  const height = Math.ceil(cells.length / perRow);
  const lines = Array.from({ length: height }, (_, row) =>
    Array.from({ length: perRow }, (_, column) => cells[column * height + row] ?? []).flatMap((cell) => [
      ' '.repeat(GAP),
      ...cell,
    ]),
  );
  return isCut
    ? [...lines, [dim(`    … and ${countText(classes.length + unlisted - shown.length)} more classes`)]]
    : lines;
}

/** Cells of equal width, for columns. */
function cellsOf(
  shown: readonly PseudoLabelClassCount[],
  all: readonly PseudoLabelClassCount[],
  columns: number,
): Line[] {
  const most = Math.max(1, ...all.map(({ predicted }) => predicted));
  const digits = countText(most).length;
  const name = Math.min(MAX_NAME, Math.max(...all.map(({ className }) => widthOf(className))));
  const remarks = shown.map(remarkOf);
  const remark = Math.max(0, ...remarks.map(({ text }) => widthOf(text)));
  const rest = columns - GAP - name - 1 - 1 - digits - 4 - digits - 2 - remark;
  const width = Math.max(4, Math.min(MAX_BAR, rest));
  return shown.map(({ className, predicted, kept }, index) => {
    const whole = Math.round((predicted / most) * width);
    const { filled, rest: dropped } = bar(predicted === 0 ? 0 : kept / predicted, whole);
    const { text, style } = remarks[index]!;
    const numbers = `${countText(kept).padStart(digits)} of ${countText(predicted).padStart(digits)}`;
    return [
      `${' '.repeat(GAP)}${fill(className, name)} `,
      styled('green', filled),
      dim(dropped),
      ' '.repeat(width - whole),
      ` ${numbers}  `,
      { text: fill(text, remark), ...(style && { style }) },
    ];
  });
}

function remarkOf({ status, kept, examples }: PseudoLabelClassCount): Span {
  if (status === 'missing') return styled('red', 'missing');
  if (status === 'taken-below-threshold') return styled('yellow', 'below threshold');
  const times = (examples / kept).toFixed(1);
  if (kept > 0 && Number(times) > 1) return dim(`repeated ×${times}`);
  return { text: '' };
}
