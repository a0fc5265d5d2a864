import cliTruncate from 'cli-truncate';
import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { harmless } from '../harmless.js';

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** A piece of a line, without escape sequences, so that its width can be counted. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

export type Line = ReadonlyArray<string | Span>;

export function styled(style: Style, text: string): Span {
  return { text, style };
}

export const bold = (text: string) => styled('bold', text);
export const dim = (text: string) => styled('dim', text);

/** Terminal columns that a text takes; class names may be in any script. */
export function widthOf(text: string | Line): number {
  return typeof text === 'string'
    ? stringWidth(text)
    : text.reduce((sum, span) => sum + stringWidth(harmless(typeof span === 'string' ? span : span.text)), 0);
}

/** Cuts a text, which may have escape sequences, to at most so many columns; a cut text ends with …. */
export function cut(text: string, columns: number): string {
  const short = cliTruncate(text, columns);
  // cli-truncate 5 keeps a wide character that crosses the edge; version 6, which doesn't, needs Node 22.
  return stringWidth(short) > columns ? cut(text, columns - 1) : short;
}

/** Cuts or fills a text to exactly so many columns. */
export function fill(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const short = cut(text, columns);
  const space = ' '.repeat(Math.max(0, columns - stringWidth(short)));
  return align === 'left' ? short + space : space + short;
}

/** Puts the second part at the right edge, or leaves it out if there is no room. */
export function spread(left: Line, right: Line, columns: number): Line {
  // Without a right edge, three spaces separate the parts.
  const space = Number.isFinite(columns) ? columns - widthOf(left) - widthOf(right) : 3;
  return space < 2 ? left : [...left, ' '.repeat(space), ...right];
}

/** Breaks a text between words into lines of at most so many columns; a longer word stays whole. */
export function wrap(text: string, columns: number): string[] {
  return wrapAnsi(text.replace(/\s+/g, ' '), columns).split('\n');
}

export interface Canvas {
  /** Longer lines are cut; Infinity leaves them whole. */
  readonly columns: number;
  readonly colour: boolean;
}

/** A line as text for a terminal or a file. */
export function textOf(line: Line, { columns, colour }: Canvas): string {
  const colours = createColors(colour);
  const spans = line.map((span) =>
    typeof span === 'string'
      ? harmless(span)
      : (span.style ? colours[span.style] : String)(harmless(span.text)),
  );
  return cut(spans.join(''), columns).trimEnd();
}
