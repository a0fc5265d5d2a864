/** SVG as text: escaped, with numbers rounded to hundredths of a pixel. */

import { line as lineGenerator } from 'd3-shape';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 forbids: control characters, lone surrogates, and two non-characters. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Escapes a text for XML. Class and file names may hold any character. */
export function escaped(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

function valueText(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value);
}

/** @param inside the element's content as SVG, which is not escaped */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${valueText(value!)}"`)
    .join('');
  return inside.length === 0 ? `<${name}${given}/>` : `<${name}${given}>${inside.join('')}</${name}>`;
}

/** @param content is escaped */
export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(content));
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): string {
  return element('line', { x1, y1, x2, y2, ...attributes });
}

export function rect(x: number, y: number, width: number, height: number, attributes: Attributes): string {
  return element('rect', { x, y, width, height, ...attributes });
}

export function circle(cx: number, cy: number, r: number, attributes: Attributes): string {
  return element('circle', { cx, cy, r, ...attributes });
}

const straight = lineGenerator().digits(2);

/** A line through points, straight from each to the next. */
export function polyline(points: readonly (readonly [number, number])[], attributes: Attributes): string {
  return element('path', {
    d: straight(points as [number, number][]) ?? '',
    fill: 'none',
    ...attributes,
  });
}

/** Moves elements right and down by so many pixels. */
export function moved(x: number, y: number, ...inside: readonly string[]): string {
  return element('g', { transform: `translate(${valueText(x)} ${valueText(y)})` }, ...inside);
}
