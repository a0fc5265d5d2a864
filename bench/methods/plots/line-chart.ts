import { linear, logarithmic, spread, ticks } from './scale.js';
import { colourOf, element, line, type Page, page, path, text } from './svg.js';

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
  /** Lines across the whole width, for example a ceiling. */
  readonly levels?: readonly { readonly name: string; readonly y: number }[];
  readonly x: { readonly name: string; readonly scale: 'linear' | 'logarithmic' };
  readonly y: { readonly name: string };
}

const WIDTH = 820;
const HEIGHT = 480;
const PLOT = { left: 64, right: 560, top: 100, bottom: 424 };
const LABEL_GAP = 16;

/** One line for each series with a band of its deviation, named at its end. */
export function lineChart(chart: LineChart, theme?: 'light' | 'dark'): string {
  const { series, levels = [], x, y } = chart;
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const heights = [
    ...points.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation]),
    ...levels.map((level) => level.y),
  ];
  const marks = heights.length === 0 ? [0, 1] : ticks(Math.min(...heights), Math.max(...heights), 6);
  const up = linear([marks[0]!, marks.at(-1)!], [PLOT.bottom, PLOT.top]);
  const along = (x.scale === 'logarithmic' ? logarithmic : linear)(
    [xs[0] ?? 1, xs.at(-1) ?? 2],
    // A little inside the frame, lest the markers stick to it; one x alone stands in the middle.
    xs.length > 1 ? [PLOT.left + 20, PLOT.right - 8] : [(PLOT.left + PLOT.right) / 2, PLOT.right],
  );

  const grid = marks.map(
    (mark) =>
      line(PLOT.left, up(mark), PLOT.right, up(mark), { class: 'grid' }) +
      text(PLOT.left - 10, up(mark) + 4, String(mark), { class: 'soft', 'text-anchor': 'end' }),
  );
  const below = xs.map((value) =>
    text(along(value), PLOT.bottom + 20, String(value), { class: 'soft', 'text-anchor': 'middle' }),
  );
  const middle = (PLOT.left + PLOT.right) / 2;
  const frame = [
    line(PLOT.left, PLOT.bottom, PLOT.right, PLOT.bottom, { class: 'axis' }),
    text(middle, PLOT.bottom + 42, x.name, { class: 'soft', 'text-anchor': 'middle' }),
    text(24, PLOT.top - 18, y.name, { class: 'soft' }),
  ];
  const flat = levels.map((level) =>
    line(PLOT.left, up(level.y), PLOT.right, up(level.y), { class: 'axis', 'stroke-dasharray': '2 4' }),
  );
  const drawn = series.map((one, place) => drawSeries(one, colourOf(place), along, up));
  return page(
    { ...chart, width: WIDTH, height: HEIGHT },
    [
      ...grid,
      ...below,
      ...frame,
      ...flat,
      ...drawn.map(({ band }) => band),
      ...drawn.map(({ stroke }) => stroke),
      ...names(chart, up),
    ].join(''),
    theme,
  );
}

function drawSeries(
  { points, dashed }: Series,
  colour: number,
  along: (x: number) => number,
  up: (y: number) => number,
) {
  const at = points.map(({ x, mean }) => [along(x), up(mean)] as const);
  const upper = points.map(({ x, mean, deviation }) => [along(x), up(mean + deviation)] as const);
  const lower = points.map(({ x, mean, deviation }) => [along(x), up(mean - deviation)] as const).reverse();
  const dots = at.map(([cx, cy]) =>
    element('circle', { cx, cy, r: 3.6, class: `f${colour} halo`, 'stroke-width': 1.5 }),
  );
  const dash = dashed ? { 'stroke-dasharray': '6 4' } : {};
  return {
    band: path([...upper, ...lower], { class: `f${colour}`, 'fill-opacity': 0.11 }, true),
    stroke:
      path(at, {
        class: `s${colour}`,
        fill: 'none',
        'stroke-width': 2,
        'stroke-linejoin': 'round',
        ...dash,
      }) + dots.join(''),
  };
}

/** The names at the right, each as near to its line's end as its neighbours let it be. */
function names({ series, levels = [] }: LineChart, up: (y: number) => number): string[] {
  const named = [
    ...series.flatMap(({ name, points }, place) =>
      points.length === 0
        ? []
        : [{ name, y: up(points.at(-1)!.mean), value: points.at(-1)!.mean, colour: colourOf(place) }],
    ),
    ...levels.map(({ name, y }) => ({ name, y: up(y), value: y, colour: undefined })),
  ];
  const placed = spread(
    named.map(({ y }) => y),
    LABEL_GAP,
    [PLOT.top - 6, PLOT.bottom],
  );
  return named.map(({ name, y, value, colour }, index) => {
    const at = placed[index]!;
    const lead = path(
      [
        [PLOT.right + 2, y],
        [PLOT.right + 14, at],
      ],
      {
        class: colour === undefined ? 'axis' : `s${colour}`,
        fill: 'none',
        'stroke-opacity': 0.6,
      },
    );
    const ink = colour === undefined ? 'soft' : `t${colour}`;
    return (
      lead + text(PLOT.right + 19, at + 4, `${value.toFixed(1)}  ${name}`, { class: ink, 'font-weight': 500 })
    );
  });
}
