import type { StatisticGap } from '../../../domain/methods/gap.js';
import { GRID, TOLD_APART } from '../../sheet/colours.js';
import { FADED, svgText as text } from '../../sheet/svg-text.js';

export const [TRAINING, REAL, AUGMENTED] = TOLD_APART;
export const REFERENCE = '#8c8c8c';

/** In pixels. */
export const PLOT = { width: 220, height: 96 } as const;

/** Three digits, or a whole number: 0.0123, 4.57, 188. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value === 0 ? '0' : value.toPrecision(3);
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly colour: string;
}

/** Bars from 0, one below the other, with their values. */
export function bars(title: string, all: readonly Bar[], show: (value: number) => string = figure): string {
  const left = 92;
  const room = PLOT.width - left - 44;
  const most = Math.max(...all.map(({ value }) => value), Number.MIN_VALUE);
  const rows = all.map(({ name, value, colour }, place) => {
    const y = 8 + place * 22;
    const width = Math.max(0, (value / most) * room);
    return [
      text(left - 6, y + 10, name, { anchor: 'end', colour: FADED }),
      `<rect x="${left}" y="${y}" width="${width.toFixed(1)}" height="13" fill="${colour}"/>`,
      text(left + width + 5, y + 10, show(value)),
    ].join('');
  });
  return [text(0, -4, title, { bold: true }), ...rows].join('');
}

/** Shares in bins of equal width as an outline that is filled. */
function outline(shares: readonly number[], width: number, most: number, colour: string): string {
  const step = width / shares.length;
  const points = shares.flatMap((share, bin) => {
    const y = (PLOT.height * (1 - share / most)).toFixed(1);
    return [`${(bin * step).toFixed(1)},${y}`, `${((bin + 1) * step).toFixed(1)},${y}`];
  });
  const closed = [`0,${PLOT.height}`, ...points, `${width.toFixed(1)},${PLOT.height}`].join(' ');
  return `<polygon points="${closed}" fill="${colour}" fill-opacity="0.25" stroke="${colour}" stroke-width="1.2"/>`;
}

/** Two distributions over each other. */
export function histogram(
  title: string,
  remark: string,
  { from, to, training, real }: StatisticGap['histogram'],
  width: number,
): string {
  const most = Math.max(...training, ...real);
  return [
    text(0, -18, title, { bold: true }),
    text(0, -5, remark, { colour: FADED }),
    outline(training, width, most, TRAINING),
    outline(real, width, most, REAL),
    `<line x1="0" x2="${width.toFixed(1)}" y1="${PLOT.height}" y2="${PLOT.height}" stroke="${GRID}"/>`,
    text(0, PLOT.height + 13, figure(from), { colour: FADED }),
    text(width, PLOT.height + 13, figure(to), { colour: FADED, anchor: 'end' }),
  ].join('');
}

/** Two shares for each class, side by side. */
export function classBars(
  names: readonly string[],
  labelled: readonly number[],
  expected: readonly number[],
  width: number,
): string {
  const most = Math.max(...labelled, ...expected);
  const step = width / names.length;
  const bar = Math.min(14, step * 0.38);
  const one = (share: number, x: number, colour: string) => {
    const height = (share / most) * PLOT.height;
    return `<rect x="${x.toFixed(1)}" y="${(PLOT.height - height).toFixed(1)}" width="${bar.toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
  };
  const groups = names.map((name, index) => {
    const middle = (index + 0.5) * step;
    // Long names would run into each other.
    const letters = Math.max(1, Math.floor(step / 6));
    const shown = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
    return [
      one(labelled[index]!, middle - bar, TRAINING),
      one(expected[index]!, middle, REAL),
      text(middle, PLOT.height + 13, shown, { anchor: 'middle', colour: FADED }),
    ].join('');
  });
  return groups.join('');
}
