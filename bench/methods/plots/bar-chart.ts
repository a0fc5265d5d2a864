import { scaleLinear } from 'd3-scale';
import { centred, niceScale, signedText, TICKS, xAxis } from '../../../cli/charts/axes.js';
import { BLUE, GRAY, MARGIN, ORANGE, type Page, page } from '../../../cli/charts/page.js';
import { line, rect, text } from '../../../cli/charts/svg.js';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Half the length of the whisker. */
  readonly deviation: number;
  /** The baseline of the others: gray, with a bold name. */
  readonly reference?: boolean;
}

export interface BarChart extends Omit<Page, 'width' | 'height'> {
  readonly bars: readonly Bar[];
  readonly axis: string;
  /** Digits after the point of the numbers at the bars. */
  readonly digits?: number;
  /** Numbers are differences: positive ones get a plus. */
  readonly signed?: boolean;
  /** The values that are possible, for example 0 to 100 %. A whisker that reaches beyond them ends there, open. */
  readonly limits?: readonly [number, number];
}

const WIDTH = 780;
const ROW = 30;
const TOP = 76;
const RIGHT = 690;
/** The approximate width of a letter in pixels. */
const LETTER = 6.9;

const WHISKER = { class: 'whisker', 'stroke-width': 1.5 };

/** Horizontal bars from zero, one below the other, with whiskers of one deviation. */
export function barChart(chart: BarChart, theme?: 'light' | 'dark'): string {
  const { bars, axis, digits = 2, signed = false, limits } = chart;
  const left = 44 + LETTER * Math.max(16, ...bars.map(({ name }) => name.length));
  const ends = bars.flatMap(({ value, deviation }) => [value - deviation, value + deviation]);
  const x = limits ? scaleLinear(limits, [left, RIGHT]) : niceScale([0, ...ends], [left, RIGHT]);
  const bottom = TOP + ROW * bars.length;
  const number = (value: number) => signedText((signed && value > 0 ? '+' : '') + value.toFixed(digits));
  const ticks = x.ticks(TICKS);

  const grid = ticks.map((tick) =>
    line(x(tick), TOP, x(tick), bottom, { class: tick === 0 ? 'axis' : 'grid' }),
  );
  const rows = bars.map(({ name, value, deviation, reference }, index) => {
    const y = TOP + ROW * index + ROW / 2;
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
    const colour = reference ? GRAY : value < 0 ? ORANGE : BLUE;
    return [
      text(left - 12, y + 4, name, {
        class: 'ink',
        'text-anchor': 'end',
        ...(reference && { 'font-weight': 600 }),
      }),
      rect(from, y - 9, Math.max(1, to - from), 18, { rx: 2, class: `f${colour}`, 'fill-opacity': 0.85 }),
      deviation > 0 ? whisker(x(value - deviation), x(value + deviation), y, x.range()) : '',
      text(WIDTH - MARGIN, y + 4, number(value), { class: 'ink', 'text-anchor': 'end' }),
    ].join('');
  });
  return page(
    { ...chart, width: WIDTH, height: bottom + 60 },
    [...grid, xAxis(x, ticks, bottom), ...rows, centred((left + RIGHT) / 2, bottom + 40, axis)].join(''),
    theme,
  );
}

/** A line with a cap at each end that lies within the plot. */
function whisker(from: number, to: number, y: number, [left, right]: readonly number[]): string {
  const [start, end] = [Math.max(from, left!), Math.min(to, right!)];
  const caps = [from, to]
    .filter((x) => x >= left! && x <= right!)
    .map((x) => line(x, y - 4, x, y + 4, WHISKER));
  return line(start, y, end, y, WHISKER) + caps.join('');
}
