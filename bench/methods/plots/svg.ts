/** SVG as text: elements, escaping, and a page that is readable on light and on dark ground. */

import { escaped } from '../../../cli/sheet/escaped.js';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Hundredths of a pixel are enough. */
function written(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value);
}

/** An element with what is in it, which is SVG already. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${written(value!)}"`)
    .join('');
  return inside.length === 0 ? `<${name}${given}/>` : `<${name}${given}>${inside.join('')}</${name}>`;
}

/** A text, escaped. */
export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(content));
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): string {
  return element('line', { x1, y1, x2, y2, ...attributes });
}

/** Through points, straight from each to the next. */
export function path(
  points: readonly (readonly [number, number])[],
  attributes: Attributes,
  closed = false,
): string {
  const steps = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${written(x)} ${written(y)}`);
  return element('path', { d: `${steps.join('')}${closed ? 'Z' : ''}`, ...attributes });
}

interface Theme {
  readonly paper: string;
  readonly edge: string;
  readonly ink: string;
  readonly soft: string;
  readonly grid: string;
  readonly colours: readonly string[];
}

/** Eight colours that stay apart for colour-blind eyes, in a darker and a lighter version. */
const LIGHT: Theme = {
  paper: '#ffffff',
  edge: '#d0d7de',
  ink: '#1f2328',
  soft: '#59636e',
  grid: '#e6eaef',
  colours: ['#59636e', '#0969da', '#bc4c00', '#1a7f37', '#8250df', '#bf3989', '#0b7a8a', '#9a6700'],
};
const DARK: Theme = {
  paper: '#0d1117',
  edge: '#30363d',
  ink: '#e6edf3',
  soft: '#9198a1',
  grid: '#21262d',
  colours: ['#9198a1', '#58a6ff', '#f0883e', '#3fb950', '#bc8cff', '#f778ba', '#39c5cf', '#d29922'],
};

function rules({ paper, edge, ink, soft, grid, colours }: Theme): string {
  const series = colours.map(
    (colour, index) => `.s${index}{stroke:${colour}}.f${index}{fill:${colour}}.t${index}{fill:${colour}}`,
  );
  return `.paper{fill:${paper};stroke:${edge}}.ink{fill:${ink}}.soft{fill:${soft}}.grid{stroke:${grid}}.axis{stroke:${soft}}.whisker{stroke:${ink}}.halo{stroke:${paper}}${series.join('')}`;
}

/** A colour's number for a series' place; they come round again after eight. */
export function colourOf(place: number): number {
  return place % LIGHT.colours.length;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
}

/**
 * A whole picture on a card of its own, which follows the reader's choice of light or dark.
 * @param theme fixes one, for renderers that know no media queries
 */
export function page(
  { width, height, title, subtitle }: Page,
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
      'font-family': 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif',
      'font-size': 12,
    },
    element('title', {}, escaped(`${title}. ${subtitle}`)),
    element('style', {}, style),
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8, class: 'paper' }),
    text(24, 32, title, { class: 'ink', 'font-size': 16, 'font-weight': 600 }),
    text(24, 51, subtitle, { class: 'soft' }),
    body,
  )}\n`;
}
