import { createColors } from 'picocolors';
import stringWidth from 'string-width';

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** A piece of a line. Colour is put on at the very end, so that widths can be counted. */
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

/** Terminal columns that a text takes; class names may be of any script. */
export function widthOf(text: string | Line): number {
  return typeof text === 'string'
    ? stringWidth(text)
    : text.reduce((sum, span) => sum + stringWidth(typeof span === 'string' ? span : span.text), 0);
}

/** Cuts a text to at most so many columns; says by … that there was more. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  if (columns < 1) return '';
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Cuts or fills a text to exactly so many columns. */
export function fill(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const short = cut(text, columns);
  const space = ' '.repeat(Math.max(0, columns - stringWidth(short)));
  return align === 'left' ? short + space : space + short;
}

/** Puts the second part at the right edge, or leaves it out where there is no room. */
export function spread(left: Line, right: Line, columns: number): Line {
  // Without an edge there is nothing to align to.
  const space = Number.isFinite(columns) ? columns - widthOf(left) - widthOf(right) : 3;
  return space < 2 ? left : [...left, ' '.repeat(space), ...right];
}

/** Breaks a text between words into lines of at most so many columns; a longer word stays whole. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

export interface Canvas {
  /** Longer lines are cut; Infinity leaves them whole. */
  readonly columns: number;
  readonly colour: boolean;
}

/** A line as text for a terminal or a file. */
export function textOf(line: Line, { columns, colour }: Canvas): string {
  const colours = createColors(colour);
  let left = columns;
  let text = '';
  for (const span of line) {
    const { text: whole, style } = typeof span === 'string' ? { text: span, style: undefined } : span;
    const shown = cut(harmless(whole), left);
    left -= stringWidth(shown);
    text += style ? colours[style](shown) : shown;
  }
  return text.trimEnd();
}

/** A folder's name may hold anything, also what would move the cursor. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}
