import { scaleLinear } from 'd3-scale';
import { SEVERITIES } from '../../../domain/corruption.js';
import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import { xAxis, yAxis } from '../../charts/axes.js';
import { colourOf, MARGIN, page } from '../../charts/page.js';
import { circle, moved, polyline, rect, text } from '../../charts/svg.js';
import { SVG_FONT } from '../../sheet/font.js';
import type { Svg } from '../../sheet/write-svg.js';
import { countOf } from '../../view/quantities.js';

/** In pixels. */
const COLUMNS = 4;
const PLOT = { width: 150, height: 120 };
const CELL = { width: PLOT.width + 46, height: PLOT.height + 56 };
const LEFT = MARGIN + 30;
const LEGEND_TOP = 76;
const LEGEND_LINE = 18;

const x = scaleLinear([0, SEVERITIES.length], [0, PLOT.width]);
const y = scaleLinear([0, 1], [PLOT.height, 0]);

type Model = RobustnessReport['models'][number];

/** Gray is left for the eighth model. */
const modelColour = (place: number) => colourOf(place + 1);

/** Accuracy by severity; severity 0 is clean images. */
function pointsOf({ clean, corrupted }: Model, corruption: string): (readonly [number, number])[] {
  const points = corrupted
    .filter((one) => one.corruption === corruption)
    .sort((a, b) => a.severity - b.severity);
  return [{ severity: 0, accuracy: clean.accuracy }, ...points].map(
    ({ severity, accuracy }) => [x(severity), y(accuracy)] as const,
  );
}

function plot(models: readonly Model[], corruption: string): string {
  const curves = models.map((model, place) => {
    const points = pointsOf(model, corruption);
    const colour = modelColour(place);
    const dots = points.map(([cx, cy]) => circle(cx, cy, 2.4, { class: `f${colour}` }));
    return polyline(points, { class: `s${colour}`, 'stroke-width': 1.8 }) + dots.join('');
  });
  return [
    text(0, -10, corruption, { class: 'ink', 'font-weight': 600 }),
    yAxis(y, [0, 0.25, 0.5, 0.75, 1], [0, PLOT.width], (share) =>
      share % 0.5 === 0 ? `${100 * share}` : '',
    ),
    xAxis(x, [0, ...SEVERITIES], PLOT.height, (severity) => (severity === 0 ? 'clean' : `${severity}`)),
    ...curves,
  ].join('');
}

/** A small plot for each corruption: accuracy by severity, a line for each model. */
export function curvesSvg({ models, images, split }: RobustnessReport): Svg {
  const corruptions = models[0]!.errors.byCorruption.map(({ corruption }) => corruption);
  const legend = models.map(({ reference, errors, clean }, place) => {
    const mce = errors.meanCorruptionError;
    const words = `${reference}: ${(100 * clean.accuracy).toFixed(1)} clean, ${(100 * (1 - errors.error)).toFixed(1)} corrupted${mce === null ? '' : `, mCE ${(100 * mce).toFixed(1)}`}`;
    const line = LEGEND_TOP + place * LEGEND_LINE;
    return (
      rect(MARGIN, line - 6, 14, 4, { class: `f${modelColour(place)}` }) +
      text(MARGIN + 20, line, words, { class: 'ink' })
    );
  });
  const top = LEGEND_TOP + models.length * LEGEND_LINE + 18;
  const plots = corruptions.map((corruption, at) =>
    moved(
      LEFT + (at % COLUMNS) * CELL.width,
      top + Math.floor(at / COLUMNS) * CELL.height,
      plot(models, corruption),
    ),
  );
  const width = LEFT + Math.max(2, Math.min(COLUMNS, corruptions.length)) * CELL.width - 4;
  const height = top + Math.ceil(corruptions.length / COLUMNS) * CELL.height;
  const words = {
    title: 'Accuracy under corruptions',
    subtitle: `In per cent by severity, on ${countOf(images, `${split} image`)}`,
  };
  const svg = page({ ...words, width, height, font: SVG_FONT }, [...legend, ...plots].join(''), 'light');
  return { svg, width, height };
}
