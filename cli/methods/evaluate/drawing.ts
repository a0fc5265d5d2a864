import type { FullEvaluation } from '../../../domain/records.js';
import { fillOf, GRAY, GREEN, LIGHT, MARGIN, ORANGE, page } from '../../charts/page.js';
import { element, line, rect, text } from '../../charts/svg.js';
import { cutTo, SVG_FONT, widthOf } from '../../sheet/font.js';
import type { Svg } from '../../sheet/write-svg.js';
import { countText } from '../../view/quantities.js';

const TITLE = 'Confusion: true classes in rows, predicted in columns';
const HEAD = 64;
const NAME_SIZE = 11;
const WIDEST_NAME = 150;
const WIDEST_SUBTITLE = 640;
const GAP = 8;
/** Names of columns rise to the right. */
const ANGLE = 60;
const COUNT_SIZE = 10;
/** A side of many small cells is at most so many pixels, as far as a cell can shrink. */
const WIDEST_SIDE = 1600;
const CELL = { numbered: 34, named: 14, least: 3 } as const;
const MOST_NUMBERED = 30;
/** On a darker cell, its number is white. */
const DARK = 0.6;

/**
 * The confusion matrix as a picture: the darker a cell, the larger its share of the row. Hits are green, errors orange.
 * Of many classes, cells have no numbers; of very many, rows have no names.
 */
export async function confusionSvg(
  classNames: readonly string[],
  { confusion }: Pick<FullEvaluation, 'confusion'>,
  subtitle: string,
): Promise<Svg> {
  const cell = await cellSide(confusion);
  const side = confusion.length * cell;
  const isNamed = cell >= CELL.named;
  const names = isNamed
    ? await Promise.all(classNames.map((name) => cutTo(name, WIDEST_NAME, NAME_SIZE)))
    : [];
  const widest = Math.max(0, ...(await Promise.all(names.map((name) => widthOf(name, NAME_SIZE)))));
  const radians = (ANGLE * Math.PI) / 180;
  const left = MARGIN + widest + GAP;
  const top = HEAD + widest * Math.sin(radians) + 2 * GAP;
  const heads = await Promise.all([widthOf(TITLE, 16, 'bold'), widthOf(subtitle, 12)]);
  const width = Math.ceil(
    MARGIN +
      Math.max(
        left + side + widest * Math.cos(radians),
        MARGIN + heads[0],
        MARGIN + Math.min(WIDEST_SUBTITLE, heads[1]),
      ),
  );
  const height = Math.ceil(top + side + MARGIN);
  const body = [
    rect(left, top, side, side, { class: fillOf(GRAY), opacity: 0.06 }),
    ...confusion.flatMap((row, label) => rowCells(row, label, { left, top: top + label * cell, cell })),
    ...(isNamed ? gridLines(left, top, side, cell) : []),
    ...names.flatMap((name, label) => {
      const middle = label * cell + cell / 2;
      const [x, y] = [left + middle + 4, top - GAP];
      return [
        text(left - GAP, top + middle + 4, name, {
          class: 'soft',
          'text-anchor': 'end',
          'font-size': NAME_SIZE,
        }),
        text(x, y, name, {
          class: 'soft',
          'font-size': NAME_SIZE,
          transform: `rotate(-${ANGLE} ${Math.round(x)} ${Math.round(y)})`,
        }),
      ];
    }),
  ];
  const shown = await cutTo(subtitle, width - 2 * MARGIN, 12);
  const sizes = { width, height, title: TITLE, subtitle: shown, font: SVG_FONT };
  return { svg: page(sizes, body.join(''), 'light'), width, height };
}

/** A cell has room for its number, if it has one. */
async function cellSide(confusion: FullEvaluation['confusion']): Promise<number> {
  const classes = confusion.length;
  if (classes > MOST_NUMBERED) {
    return Math.max(CELL.least, Math.min(CELL.named, Math.floor(WIDEST_SIDE / classes)));
  }
  const most = Math.max(...confusion.flat());
  return Math.max(CELL.numbered, GAP + (await widthOf(countText(most), COUNT_SIZE)));
}

function rowCells(
  row: readonly number[],
  label: number,
  { left, top, cell }: { readonly left: number; readonly top: number; readonly cell: number },
): string[] {
  const images = row.reduce((sum, count) => sum + count, 0);
  return row.flatMap((count, predicted) => {
    if (count === 0) return [];
    const x = left + predicted * cell;
    // The square root keeps small shares visible.
    const opacity = Math.sqrt(count / images);
    const square = rect(x, top, cell, cell, { class: fillOf(predicted === label ? GREEN : ORANGE), opacity });
    if (cell < CELL.numbered) return [square];
    const fill = opacity > DARK ? LIGHT.paper : LIGHT.ink;
    const place = { 'text-anchor': 'middle', 'font-size': COUNT_SIZE, fill };
    return [square, text(x + cell / 2, top + cell / 2 + 4, countText(count), place)];
  });
}

/** Lines between the cells. */
function gridLines(left: number, top: number, side: number, cell: number): string[] {
  const places = Array.from({ length: side / cell - 1 }, (_, index) => (index + 1) * cell);
  return [
    element(
      'g',
      { class: 'halo' },
      ...places.flatMap((place) => [
        line(left + place, top, left + place, top + side),
        line(left, top + place, left + side, top + place),
      ]),
    ),
  ];
}
