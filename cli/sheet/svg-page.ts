import { SVG_FONT } from './font.js';
import type { Svg } from './write-svg.js';

/** A drawing on white ground, in our font. */
export function svgPage(width: number, height: number, parts: readonly string[]): Svg {
  const ground = `<rect width="${width}" height="${height}" fill="#fff"/>`;
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${SVG_FONT}>${ground}${parts.join('')}</svg>`;
  return { svg, width, height };
}
