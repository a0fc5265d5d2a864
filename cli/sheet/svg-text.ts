import { escaped } from './escaped.js';

export const INK = '#1c1c1c';
export const FADED = '#6a6a6a';

interface TextStyle {
  readonly colour?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** In pixels. */
  readonly size?: number;
  readonly bold?: boolean;
}

/** A line of text in an SVG. */
export function svgText(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { colour = INK, anchor = 'start', size = 11, bold = false } = style;
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"${weight}>${escaped(words)}</text>`;
}
