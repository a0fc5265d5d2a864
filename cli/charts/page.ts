import { element, escaped, rect, text } from './svg.js';

export interface Theme {
  readonly paper: string;
  readonly edge: string;
  readonly ink: string;
  readonly soft: string;
  readonly grid: string;
  readonly series: readonly string[];
}

/** Gray, then seven hues that colour-blind readers can distinguish. */
export const LIGHT: Theme = {
  paper: '#ffffff',
  edge: '#d0d7de',
  ink: '#1f2328',
  soft: '#59636e',
  grid: '#e6eaef',
  series: ['#59636e', '#0969da', '#bc4c00', '#1a7f37', '#8250df', '#bf3989', '#0b7a8a', '#9a6700'],
};
/** The same hues, lighter. */
const DARK: Theme = {
  paper: '#0d1117',
  edge: '#30363d',
  ink: '#e6edf3',
  soft: '#9198a1',
  grid: '#21262d',
  series: ['#9198a1', '#58a6ff', '#f0883e', '#3fb950', '#bc8cff', '#f778ba', '#39c5cf', '#d29922'],
};

/** Series 0 to 7 have the classes s0 to s7 as strokes, and f0 to f7 as fills. */
export const [GRAY, BLUE, ORANGE, GREEN] = [0, 1, 2, 3] as const;

/** The class that fills a shape with the colour of a series. */
export function fillOf(series: number): string {
  return `f${series}`;
}

/** The colour of the series at a position; after eight they repeat. */
export function colourOf(position: number): number {
  return position % LIGHT.series.length;
}

function rules({ paper, edge, ink, soft, grid, series }: Theme): string {
  const colours = series.map((colour, index) => `.s${index}{stroke:${colour}}.f${index}{fill:${colour}}`);
  return `.paper{fill:${paper};stroke:${edge}}.ink{fill:${ink}}.soft{fill:${soft}}.grid{stroke:${grid}}.axis{stroke:${soft}}.whisker{stroke:${ink}}.halo{stroke:${paper}}${colours.join('')}`;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
  /** The family; by default the reader's system font. */
  readonly font?: string;
}

const SYSTEM_FONT = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/** The distance of texts from the page's edge, in pixels. */
export const MARGIN = 24;

/**
 * A drawing on a card with a title.
 * @param theme by default the reader's choice of light or dark, by a media query; rasterisers need one of the two
 */
export function page(
  { width, height, title, subtitle, font = SYSTEM_FONT }: Page,
  body: string,
  theme?: 'light' | 'dark',
): string {
  const style =
    theme === undefined
      ? `${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}`
      : rules(theme === 'light' ? LIGHT : DARK);
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'font-family': font,
      'font-size': 12,
    },
    element('title', {}, escaped(`${title}. ${subtitle}`)),
    element('style', {}, style),
    rect(0.5, 0.5, width - 1, height - 1, { rx: 8, class: 'paper' }),
    text(MARGIN, 32, title, { class: 'ink', 'font-size': 16, 'font-weight': 600 }),
    text(MARGIN, 51, subtitle, { class: 'soft' }),
    body,
  )}\n`;
}
