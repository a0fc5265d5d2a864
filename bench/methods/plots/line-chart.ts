import { scaleLinear, scaleLog } from 'd3-scale';
import { area } from 'd3-shape';
import { centred, niceScale, type Scale, TICKS, xAxis, yAxis } from '../../../cli/charts/axes.js';
import { colourOf, MARGIN, type Page, page } from '../../../cli/charts/page.js';
import { separate } from '../../../cli/charts/separate.js';
import { circle, element, line, polyline, text } from '../../../cli/charts/svg.js';

export interface Point {
  readonly x: number;
  readonly mean: number;
  /** Half the height of the band. */
  readonly deviation: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  readonly dashed?: boolean;
}

export interface LineChart extends Omit<Page, 'width' | 'height'> {
  readonly series: readonly Series[];
  /** Horizontal lines across the whole width, for example a ceiling. */
  readonly levels?: readonly { readonly name: string; readonly y: number }[];
  readonly x: { readonly name: string; readonly scale: 'linear' | 'logarithmic' };
  readonly y: { readonly name: string };
}

const WIDTH = 820;
const HEIGHT = 480;
const PLOT = { left: 64, right: 560, top: 100, bottom: 424 };
const MIDDLE = (PLOT.left + PLOT.right) / 2;
const LABEL_GAP = 16;

/** A line for each series with a band of one deviation, and its name at its end. */
export function lineChart(chart: LineChart, theme?: 'light' | 'dark'): string {
  const { series, levels = [] } = chart;
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const heights = points.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation]);
  const y = niceScale([...heights, ...levels.map((level) => level.y)], [PLOT.bottom, PLOT.top]);
  const x = (chart.x.scale === 'logarithmic' ? scaleLog : scaleLinear)(
    [xs[0] ?? 1, xs.at(-1) ?? 2],
    // Markers keep away from the frame; a single x is in the middle.
    xs.length > 1 ? [PLOT.left + 20, PLOT.right - 8] : [MIDDLE, MIDDLE],
  );
  return page(
    { ...chart, width: WIDTH, height: HEIGHT },
    [
      yAxis(y, y.ticks(TICKS), [PLOT.left, PLOT.right]),
      xAxis(x, xs, PLOT.bottom),
      line(PLOT.left, PLOT.bottom, PLOT.right, PLOT.bottom, { class: 'axis' }),
      centred(MIDDLE, PLOT.bottom + 42, chart.x.name),
      text(MARGIN, PLOT.top - 18, chart.y.name, { class: 'soft' }),
      ...levels.map((level) =>
        line(PLOT.left, y(level.y), PLOT.right, y(level.y), { class: 'axis', 'stroke-dasharray': '2 4' }),
      ),
      ...series.map((one, place) => band(one, colourOf(place), x, y)),
      ...series.map((one, place) => stroke(one, colourOf(place), x, y)),
      ...names(chart, y),
    ].join(''),
    theme,
  );
}

function band({ points }: Series, colour: number, x: Scale, y: Scale): string {
  const shape = area<Point>((point) => x(point.x))
    .y0(({ mean, deviation }) => y(mean - deviation))
    .y1(({ mean, deviation }) => y(mean + deviation))
    .digits(2);
  return element('path', { d: shape([...points]) ?? '', class: `f${colour}`, 'fill-opacity': 0.11 });
}

function stroke({ points, dashed }: Series, colour: number, x: Scale, y: Scale): string {
  const at = points.map((point) => [x(point.x), y(point.mean)] as const);
  const dots = at.map(([cx, cy]) => circle(cx, cy, 3.6, { class: `f${colour} halo`, 'stroke-width': 1.5 }));
  const path = polyline(at, {
    class: `s${colour}`,
    'stroke-width': 2,
    'stroke-linejoin': 'round',
    'stroke-dasharray': dashed ? '6 4' : undefined,
  });
  return path + dots.join('');
}

/** The names at the right, each as near to the end of its line as the other names allow. */
function names({ series, levels = [] }: LineChart, y: Scale): string[] {
  const named = [
    ...series.flatMap(({ name, points }, place) => {
      const colour = colourOf(place);
      return points
        .slice(-1)
        .map(({ mean }) => ({ name, value: mean, stroke: `s${colour}`, fill: `f${colour}` }));
    }),
    ...levels.map((level) => ({ name: level.name, value: level.y, stroke: 'axis', fill: 'soft' })),
  ];
  const separated = separate(
    named.map(({ value }) => y(value)),
    LABEL_GAP,
    [PLOT.top - 6, PLOT.bottom],
  );
  return named.map(({ name, value, stroke, fill }, index) => {
    const at = separated[index]!;
    return (
      line(PLOT.right + 2, y(value), PLOT.right + 14, at, { class: stroke, 'stroke-opacity': 0.6 }) +
      text(PLOT.right + 19, at + 4, `${value.toFixed(1)}  ${name}`, { class: fill, 'font-weight': 500 })
    );
  });
}
