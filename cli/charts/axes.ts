import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { line, text } from './svg.js';

/** Maps a value to pixels. */
export type Scale = (value: number) => number;

/** About so many ticks of an axis. */
export const TICKS = 6;

/** A linear scale over all values, widened to round numbers. */
export function niceScale(
  values: readonly number[],
  range: readonly [number, number],
): ScaleLinear<number, number> {
  const low = values.length === 0 ? 0 : Math.min(...values);
  const high = values.length === 0 ? 1 : Math.max(...values);
  return scaleLinear([low, high > low ? high : low + 1], range).nice(TICKS);
}

/** A number with a minus sign instead of a hyphen. */
export function signedText(number: number | string): string {
  return String(number).replace('-', '−');
}

/** Grid lines across a plot, with the values at the left. */
export function yAxis(
  y: Scale,
  ticks: readonly number[],
  [left, right]: readonly [number, number],
  show: (tick: number) => string = signedText,
): string {
  const marks = ticks.map(
    (tick) =>
      line(left, y(tick), right, y(tick), { class: 'grid' }) +
      text(left - 8, y(tick) + 4, show(tick), { class: 'soft', 'text-anchor': 'end' }),
  );
  return marks.join('');
}

/** Values below a plot. */
export function xAxis(
  x: Scale,
  ticks: readonly number[],
  bottom: number,
  show: (tick: number) => string = signedText,
): string {
  return ticks.map((tick) => centred(x(tick), bottom + 18, show(tick))).join('');
}

/** A text in the middle of x, for example the name of an axis. */
export function centred(x: number, y: number, words: string): string {
  return text(x, y, words, { class: 'soft', 'text-anchor': 'middle' });
}
