import { scaleBand, scaleLinear } from 'd3-scale';
import { area, curveStepAfter } from 'd3-shape';
import type { StatisticGap } from '../../../domain/methods/gap.js';
import { centred, niceScale, signedText, yAxis } from '../../charts/axes.js';
import { BLUE, ORANGE } from '../../charts/page.js';
import { element, line, rect, text } from '../../charts/svg.js';

export const TRAINING = BLUE;
export const REAL = ORANGE;

/** In pixels. */
export const PLOT_HEIGHT = 96;
const BAR_ROW = 22;
const BAR_NAME = 84;
const BAR_VALUE = 50;
const LETTER = 6;

/** Three significant digits, or a whole number: 0.0123, 4.57, 188. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value === 0 ? '0' : value.toPrecision(3);
}

function heading(words: string, y: number): string {
  return text(0, y, words, { class: 'ink', 'font-weight': 600 });
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly colour: number;
}

/** Horizontal bars from zero with their values; a negative one, for example of MMD², goes to the left. */
export function bars(
  title: string,
  all: readonly Bar[],
  width: number,
  show: (value: number) => string = figure,
): string {
  const values = all.map(({ value }) => value);
  const high = Math.max(...values, Number.MIN_VALUE);
  const x = scaleLinear([Math.min(0, ...values), high], [BAR_NAME, width - BAR_VALUE]);
  const rows = all.map(({ name, value, colour }, place) => {
    const y = 8 + place * BAR_ROW;
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
    return [
      text(BAR_NAME - 8, y + 11, name, { class: 'soft', 'text-anchor': 'end' }),
      rect(from, y, to - from, 13, { class: `f${colour}` }),
      text(to + 5, y + 11, signedText(show(value)), { class: 'ink' }),
    ].join('');
  });
  const zero = line(x(0), 4, x(0), 4 + all.length * BAR_ROW, { class: 'axis' });
  return heading(title, -4) + rows.join('') + zero;
}

/** Two distributions over each other, each an outline of its bins. */
export function histogram(
  { name, statistic, training, real, histogram }: StatisticGap,
  width: number,
): string {
  const { from, to, training: labelledShares, real: realShares } = histogram;
  const x = scaleLinear([0, labelledShares.length], [0, width]);
  const y = scaleLinear([0, Math.max(...labelledShares, ...realShares)], [PLOT_HEIGHT, 0]);
  const shape = area<number>((_, bin) => x(bin))
    .y0(PLOT_HEIGHT)
    .y1(y)
    .curve(curveStepAfter)
    .digits(2);
  const outline = (shares: readonly number[], colour: number) =>
    element('path', {
      // The last bin needs an end.
      d: shape([...shares, shares.at(-1)!]) ?? '',
      class: `f${colour} s${colour}`,
      'fill-opacity': 0.25,
      'stroke-width': 1.2,
    });
  const soft = { class: 'soft' };
  const right = { ...soft, 'text-anchor': 'end' };
  return [
    heading(name, -22),
    text(width, -22, `KS ${statistic.toFixed(2)}`, right),
    text(0, -7, `mean ${figure(training.mean)} to ${figure(real.mean)}`, soft),
    outline(labelledShares, TRAINING),
    outline(realShares, REAL),
    line(0, PLOT_HEIGHT, width, PLOT_HEIGHT, { class: 'axis' }),
    text(0, PLOT_HEIGHT + 16, figure(from), soft),
    text(width, PLOT_HEIGHT + 16, figure(to), right),
  ].join('');
}

/** Two shares for each class, side by side. */
export function classBars(
  names: readonly string[],
  labelled: readonly number[],
  expected: readonly number[],
  width: number,
): string {
  const left = 34;
  const y = niceScale([0, ...labelled, ...expected], [PLOT_HEIGHT, 0]);
  const places = names.map((_, index) => index);
  const x = scaleBand(places, [left, width]);
  const bar = Math.min(14, x.step() * 0.38);
  const one = (share: number, at: number, colour: number) =>
    rect(at, y(share), bar, PLOT_HEIGHT - y(share), { class: `f${colour}` });
  const letters = Math.max(1, Math.floor(x.step() / LETTER));
  const groups = names.map((name, index) => {
    const middle = x(index)! + x.bandwidth() / 2;
    const shown = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
    return [
      one(labelled[index]!, middle - bar, TRAINING),
      one(expected[index]!, middle, REAL),
      centred(middle, PLOT_HEIGHT + 18, shown),
    ].join('');
  });
  return [
    yAxis(y, y.ticks(4), [left, width], (share) => `${Number((100 * share).toPrecision(3))}%`),
    ...groups,
    line(left, PLOT_HEIGHT, width, PLOT_HEIGHT, { class: 'axis' }),
  ].join('');
}
