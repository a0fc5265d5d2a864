import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import { GRID, TOLD_APART } from '../../sheet/colours.js';
import { svgPage } from '../../sheet/svg-page.js';
import { FADED, svgText as text } from '../../sheet/svg-text.js';
import type { Svg } from '../../sheet/write-svg.js';
import { countOf } from '../../view/quantities.js';

/** In pixels. */
const MARGIN = 20;
const ACROSS = 4;
const PLOT = { width: 150, height: 120 };
const CELL = { width: PLOT.width + 44, height: PLOT.height + 54 };
const LEGEND_LINE = 18;

type Model = RobustnessReport['models'][number];

const colourOf = (place: number) => TOLD_APART[place % TOLD_APART.length]!;

/** Accuracy by severity, clean pictures at 0. */
function pointsOf({ clean, corrupted }: Model, corruption: string): [severity: number, accuracy: number][] {
  const points = corrupted
    .filter((one) => one.corruption === corruption)
    .map(({ severity, accuracy }): [number, number] => [severity, accuracy]);
  return [[0, clean.accuracy], ...points.sort(([a], [b]) => a - b)];
}

function plot(models: readonly Model[], corruption: string): string {
  const x = (severity: number) => (severity / 5) * PLOT.width;
  const y = (accuracy: number) => (1 - accuracy) * PLOT.height;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const label =
      share % 0.5 === 0 ? text(-5, y(share) + 4, `${100 * share}`, { colour: FADED, anchor: 'end' }) : '';
    return `<line x1="0" x2="${PLOT.width}" y1="${y(share)}" y2="${y(share)}" stroke="${GRID}"/>${label}`;
  });
  const ticks = [0, 1, 2, 3, 4, 5].map((severity) =>
    text(x(severity), PLOT.height + 14, severity === 0 ? 'clean' : `${severity}`, {
      colour: FADED,
      anchor: 'middle',
    }),
  );
  const curves = models.map((model, place) => {
    const points = pointsOf(model, corruption).map(([a, b]) => [x(a), y(b)] as const);
    const line = points.map((point) => point.map((value) => value.toFixed(1)).join(',')).join(' ');
    const dots = points.map(
      ([a, b]) => `<circle cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="2.2" fill="${colourOf(place)}"/>`,
    );
    return `<polyline points="${line}" fill="none" stroke="${colourOf(place)}" stroke-width="1.6"/>${dots.join('')}`;
  });
  return [text(0, -8, corruption, { bold: true }), ...grid, ...ticks, ...curves].join('');
}

/** A small plot for each corruption: accuracy by severity, a line for each model. */
export function curvesSvg({ models, images, split }: RobustnessReport): Svg {
  const corruptions = models[0]!.errors.byCorruption.map(({ corruption }) => corruption);
  const head = 58 + models.length * LEGEND_LINE;
  const width = 2 * MARGIN + Math.min(ACROSS, corruptions.length) * CELL.width;
  const height = MARGIN + head + Math.ceil(corruptions.length / ACROSS) * CELL.height;
  const legend = models.map(({ reference, errors, clean }, place) => {
    const y = MARGIN + 46 + place * LEGEND_LINE;
    const mce = errors.meanCorruptionError;
    const words = `${reference}: ${(100 * clean.accuracy).toFixed(1)} clean, ${(100 * (1 - errors.error)).toFixed(1)} corrupted${mce === null ? '' : `, mCE ${(100 * mce).toFixed(1)}`}`;
    return `<rect x="${MARGIN}" y="${y - 8}" width="14" height="4" fill="${colourOf(place)}"/>${text(MARGIN + 20, y, words)}`;
  });
  const plots = corruptions.map((corruption, at) => {
    const x = MARGIN + 28 + (at % ACROSS) * CELL.width;
    const y = MARGIN + head + 6 + Math.floor(at / ACROSS) * CELL.height;
    return `<g transform="translate(${x} ${y})">${plot(models, corruption)}</g>`;
  });
  return svgPage(width, height, [
    text(MARGIN, MARGIN + 12, 'Accuracy under corruptions', { size: 17, bold: true }),
    text(MARGIN, MARGIN + 28, `In per cent by severity, on ${countOf(images, `${split} image`)}.`, {
      colour: FADED,
    }),
    ...legend,
    ...plots,
  ]);
}
