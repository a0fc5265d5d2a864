import { linear, ticks } from './scale.js';
import { element, line, type Page, page, text } from './svg.js';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Half the length of the whisker. */
  readonly deviation: number;
  /** Painted as what all others are held against. */
  readonly reference?: boolean;
}

export interface BarChart extends Omit<Page, 'width' | 'height'> {
  readonly bars: readonly Bar[];
  readonly axis: string;
  /** Digits after the point of the numbers at the bars. */
  readonly digits?: number;
  /** Differences: numbers carry their sign. */
  readonly signed?: boolean;
}

const WIDTH = 780;
const ROW = 30;
const TOP = 76;
const RIGHT = 690;
/** Of a letter, about, in pixels. */
const LETTER = 6.9;

const WHISKER = { class: 'whisker', 'stroke-width': 1.5 };

/** Horizontal bars from zero, one below the other, with whiskers of the deviation. */
export function barChart(chart: BarChart, theme?: 'light' | 'dark'): string {
  const { bars, axis, digits = 2, signed = false } = chart;
  const left = 44 + LETTER * Math.max(16, ...bars.map(({ name }) => name.length));
  const ends = bars.flatMap(({ value, deviation }) => [value - deviation, value + deviation]);
  const marks = ticks(Math.min(0, ...ends), Math.max(0, ...ends), 6);
  const along = linear([marks[0]!, marks.at(-1)!], [left, RIGHT]);
  const bottom = TOP + ROW * bars.length;
  const number = (value: number) =>
    `${signed && value > 0 ? '+' : ''}${value.toFixed(digits)}`.replace('-', '−');

  const grid = marks.map(
    (mark) =>
      line(along(mark), TOP, along(mark), bottom, { class: mark === 0 ? 'axis' : 'grid' }) +
      text(along(mark), bottom + 18, markText(mark), { class: 'soft', 'text-anchor': 'middle' }),
  );
  const rows = bars.map(({ name, value, deviation, reference }, index) => {
    const y = TOP + ROW * index + ROW / 2;
    const [from, to] = [along(Math.min(0, value)), along(Math.max(0, value))];
    const colour = reference ? 0 : value < 0 ? 2 : 1;
    const whisker = deviation > 0 ? whiskerAt(along(value - deviation), along(value + deviation), y) : '';
    return (
      text(left - 12, y + 4, name, {
        class: 'ink',
        'text-anchor': 'end',
        ...(reference && { 'font-weight': 600 }),
      }) +
      element('rect', {
        x: from,
        y: y - 9,
        width: Math.max(1, to - from),
        height: 18,
        rx: 2,
        class: `f${colour}`,
        'fill-opacity': 0.85,
      }) +
      whisker +
      text(WIDTH - 24, y + 4, number(value), { class: 'ink', 'text-anchor': 'end' })
    );
  });
  const name = text((left + RIGHT) / 2, bottom + 40, axis, {
    class: 'soft',
    'text-anchor': 'middle',
  });
  return page({ ...chart, width: WIDTH, height: bottom + 60 }, [...grid, ...rows, name].join(''), theme);
}

/** A line with a cap at each end. */
function whiskerAt(from: number, to: number, y: number): string {
  const cap = 4;
  const ends = [from, to].map((x) => line(x, y - cap, x, y + cap, WHISKER));
  return line(from, y, to, y, WHISKER) + ends.join('');
}

function markText(mark: number): string {
  return String(mark).replace('-', '−');
}
